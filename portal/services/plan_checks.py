"""What has to be true before a plan is issued, and whether it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.items import shared_items_for
from portal.db import db
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.roles import Actor
from portal.domain.scheme_words.parts import listed
from portal.models.case import Party
from portal.models.consultation import ConsultationOutcome
from portal.models.plan import PlanDraft
from portal.services.actions import ShownAction
from portal.services.agreed import agreed
from portal.services.applicant_content import for_applicant, words_of
from portal.services.cases import applicant_names
from portal.services.consulted import ShownConsultation, consultations_of, last_answered
from portal.services.letter_drafts import addressee_of, hidden_parties
from portal.services.paper_checks import Check, Texts, named, never_told, quoted, quotes
from portal.services.plan_issues import LastIssue, last_issue
from portal.services.plan_pointing import Pointing, pointed_at, told_of_others

CONSULTED, VERSIONS = "consulted", "versions"
# Decided on a page of its own.
OWN_WORDS = "own-words"


@dataclass(frozen=True)
class PlanTexts:
    """What the two versions say, by where it stands: the anchor on the page, its name, the text."""

    panel: tuple[tuple[str, str, str], ...]
    applicant: tuple[tuple[str, str, str], ...]


def checks(
    actor: Actor, opened: Opened, draft: PlanDraft, actions: Sequence[ShownAction]
) -> tuple[Check, ...]:
    """Return what has to be true before the plan is issued, what is open first."""
    texts = texts_of(actor, opened, draft, actions)
    words = words_of(for_applicant(actor, opened, draft, actions, issue=0))
    last = last_issue(actor, opened)
    consultations = consultations_of(actor, opened)
    found = [
        Check(
            "The plan has at least one action",
            any(action.superseded_on is None for action in actions),
            at=VERSIONS,
        ),
        *_complete(actions),
        Check(
            "What the panel agreed is written in words for the applicant",
            bool(draft.what_was_agreed.strip()),
            at=VERSIONS,
        ),
        *_consulted(draft, consultations, words, last),
        *_leaks(actor, opened, texts),
        *_untold(actions, texts),
        *(_to_decide(each) for each in pointed_at(actor, opened, texts.applicant)),
        *([] if last is None else _says_what_changed(draft, words, last)),
        Check(
            "The chair has checked the draft as it stands", draft.checked_at is not None, at="check"
        ),
    ]
    return tuple(sorted(found, key=lambda check: check.is_done))


def _complete(actions: Sequence[ShownAction]) -> list[Check]:
    missing = [
        Check(
            f"Action {action.number} still needs {listed([*action.to_do])}",
            is_done=False,
            at=f"action-{action.number}",
        )
        for action in actions
        if action.to_do
    ]
    return missing or [
        Check(
            "Every action has an owner, a day, a way to know, and words or a reason",
            bool(actions),
            at=VERSIONS,
        )
    ]


def _consulted(
    draft: PlanDraft,
    consultations: Sequence[ShownConsultation],
    words: str,
    last: LastIssue | None,
) -> Iterator[Check]:
    """Yield whether the applicant was asked about what they will read.

    The statutory guidance has the victim consulted on any plan before it is final; to be asked and
    not want to be, or not to be reached, are answers as well. A new issue with the same words for
    them needs no new answer.
    """
    waiting = [each for each in consultations if each.outcome is None]
    for each in waiting:
        by = f", who has until {in_words(each.answer_by)}" if each.answer_by else ""
        yield Check(
            f"Write down what the applicant says about draft {each.number}{by}, "
            "or that they could not be reached",
            is_done=False,
            at=CONSULTED,
        )
    for each in consultations:
        if each.outcome is ConsultationOutcome.SAID and not each.what_changed:
            yield Check(
                f"Say what was changed because of what the applicant said about draft "
                f"{each.number}, or why nothing was",
                is_done=False,
                at=CONSULTED,
            )
    answered = last_answered(consultations)
    yield Check(
        "The applicant was consulted on the draft, or asked and did not want to be, "
        "or could not be reached",
        answered is not None,
        at=CONSULTED,
    )
    if answered is not None and not _is_about(answered, words, draft, last):
        yield Check(
            "The applicant was consulted on other words than these: consult them again, "
            "or say why not",
            is_done=False,
            at=CONSULTED,
        )


def _is_about(
    answered: ShownConsultation, words: str, draft: PlanDraft, last: LastIssue | None
) -> bool:
    """Say whether the last answer stands for the text as it is now.

    Where it was not kept what they were asked about, nothing can be said against it.
    """
    if last is not None and last.words == words:
        return True
    if answered.not_again_because and answered.not_again_words == words:
        return True
    since = draft.changing_since
    if since is not None and answered.asked_on < london_day(since):
        return answered.words == words
    return answered.outcome is not ConsultationOutcome.SAID or answered.words in {words, ""}


def _says_what_changed(draft: PlanDraft, words: str, last: LastIssue) -> Iterator[Check]:
    yield Check(
        f"The panel’s version says what has changed since issue {last.number}",
        bool(draft.what_changed.strip()),
        at="changes",
    )
    if words != last.words:
        yield Check(
            f"The applicant’s version says what has changed since issue {last.number}",
            bool(draft.what_changed_for_applicant.strip()),
            at="changes",
        )


def texts_of(
    actor: Actor, opened: Opened, draft: PlanDraft, actions: Sequence[ShownAction]
) -> PlanTexts:
    """Gather what each version says that somebody typed; belongs inside a transaction."""
    for_panel = [
        (VERSIONS, "What the panel found", draft.findings),
        ("changes", "What has changed, for the panel", draft.what_changed),
    ]
    applicant = [
        (VERSIONS, "What the panel agreed", draft.what_was_agreed),
        ("changes", "What has changed, for the applicant", draft.what_changed_for_applicant),
    ]
    for each in consultations_of(actor, opened):
        said = f"{each.said}\n{each.what_changed}"
        for_panel.append((CONSULTED, f"What the applicant said about draft {each.number}", said))
    said_of = agreed(actor, opened)
    for_panel.extend(
        ("powers", f"Power {each.number}", f"{each.who}\n{each.words}") for each in said_of.powers
    )
    for advice in said_of.recommendations:
        name, words = f"Recommendation {advice.number}", advice.words_for_applicant
        for_panel.append(("recommendations", name, f"{advice.what}\n{advice.why}"))
        applicant.append(("recommendations", f"The words of {name.lower()}", words))
    for action in actions:
        at, name = f"action-{action.number}", f"Action {action.number}"
        reasons = f"{action.reason_not_told}\n{action.superseded_reason}"
        for_panel.append((at, name, f"{action.what}\n{action.how_we_know}\n{reasons}"))
        if action.superseded_on is None:
            applicant.append((at, f"The words of {name.lower()}", action.words_for_applicant))
    return PlanTexts(tuple(for_panel), tuple(applicant))


def _leaks(actor: Actor, opened: Opened, texts: PlanTexts) -> Iterator[Check]:
    """Find text that the readers of a version may not have."""
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    narrow = [item for item in items if item.handling is not Handling.PANEL]
    untold = [item for item in items if item.told is not Told.YES]
    hidden = _hidden_parties(actor, opened)
    others = told_of_others(actor, opened)
    for at, where, text in texts.panel:
        yield from _open(at, quoted([(where, text)], narrow, "the panel"))
    for at, where, text in texts.applicant:
        one: Texts = [(where, text)]
        yield from _open(at, quoted(one, untold, "the applicant"))
        yield from _open(at, named(one, hidden))
        yield from _open(at, never_told(one, opened.case.reference))
        yield from _open(at, others.found_in(where, text))


def _untold(actions: Sequence[ShownAction], texts: PlanTexts) -> Iterator[Check]:
    """Find what the applicant's version takes from an action that they are not told of."""
    for action in actions:
        if not action.reason_not_told:
            continue
        for at, where, text in texts.applicant:
            if quotes(text, action.what):
                yield Check(
                    f"{where}: take out the words of action {action.number}, of which the "
                    "applicant is not told",
                    is_done=False,
                    at=at,
                )


def _open(at: str, sentences: Iterator[str]) -> Iterator[Check]:
    return (Check(sentence, is_done=False, at=at) for sentence in sentences)


def _to_decide(pointing: Pointing) -> Check:
    return Check(
        f"{pointing.where}: “{pointing.words}” may point to somebody. Change the words, or say "
        "that they are the applicant’s own",
        is_done=False,
        at=OWN_WORDS,
    )


def _hidden_parties(actor: Actor, opened: Opened) -> list[Party]:
    """Return whom the applicant's version may not name: everybody but whose plan it is."""
    whose = applicant_names(actor, [opened.case.id]).get(opened.case.id)
    others = hidden_parties(actor, opened, addressee_of(actor, opened))
    return [party for party in others if party.name != whose]
