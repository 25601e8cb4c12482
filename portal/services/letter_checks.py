"""What has to be true before a letter is issued, and whether it is."""

from collections.abc import Iterator

from portal.access.gate import Opened
from portal.access.scope.items import shared_items_for
from portal.db import db
from portal.domain.handling import Told
from portal.domain.letters import LetterKind, Topic
from portal.domain.roles import Actor
from portal.domain.threshold.caveats import quoted_caveats
from portal.domain.threshold.reading import read_rules
from portal.models.letter import LetterDraft
from portal.models.sharing import SharedItem
from portal.services import clocks
from portal.services.letter_content import as_what, who_of, words_of
from portal.services.letter_drafts import TypedStep, hidden_parties
from portal.services.letter_facts import LetterFacts, is_again
from portal.services.paper_checks import Check, named, never_told, quoted

NOT_ASKED = frozenset({"", "not asked yet"})
"""How a safe way to reach the applicant reads that nobody knows yet."""
# Where a check is put right that is no field of the letter.
SAFE_CONTACT, CONSENT, LATE, PEOPLE = "safe-contact", "consent", "late", "people"
REASONS = "reasons_not_invited"

_ANY = (Topic.POST, Topic.SUPPORT)
_ONWARD = (Topic.COMPLAINTS, Topic.COUNCIL, Topic.HOUSING, Topic.POLICE, Topic.HEALTH)
TOPICS = {
    LetterKind.ACKNOWLEDGEMENT: _ANY,
    LetterKind.CONSENT_REQUEST: (Topic.POST,),
    LetterKind.THRESHOLD_MET: (*_ANY, *_ONWARD),
    LetterKind.THRESHOLD_NOT_MET: (*_ANY, *_ONWARD, Topic.APPEAL),
    LetterKind.NOT_INVITED: (*_ANY, *_ONWARD),
    LetterKind.CLOSURE: (*_ANY, *_ONWARD, Topic.APPEAL),
}


def checks(
    actor: Actor,
    opened: Opened,
    kind: LetterKind,
    facts: LetterFacts,
    draft: LetterDraft,
    number: int,
) -> tuple[Check, ...]:
    """Return what has to be true before a letter is issued, what is open first.

    Belongs inside a transaction.
    """
    found = [
        *_for_all(opened, facts, draft, is_again=is_again(kind, number, facts.asking)),
        *_topics(kind, facts),
        *_OF_KIND[kind](facts, draft),
        *_leaks(actor, opened, facts, draft),
    ]
    return tuple(sorted(found, key=lambda check: check.is_done))


def _for_all(
    opened: Opened, facts: LetterFacts, draft: LetterDraft, *, is_again: bool
) -> Iterator[Check]:
    is_known = opened.case.safe_contact.strip().rstrip(".").casefold() not in NOT_ASKED
    yield Check("It is known how it is safe to reach the applicant", is_known, SAFE_CONTACT)
    yield _filled("The letter says whom it greets", draft, "salutation")
    spoc = ("spoc_name", "spoc_phone", "spoc_hours", "spoc_cover")
    missing = next((name for name in spoc if not getattr(draft, name).strip()), "")
    yield Check(
        "The contact person has a name, a phone, hours and cover", not missing, missing or spoc[0]
    )
    if is_again:
        yield _filled("What has changed since the last letter is written", draft, "what_changed")


def _topics(kind: LetterKind, facts: LetterFacts) -> Iterator[Check]:
    missing = [topic for topic in TOPICS[kind] if not facts.topics.get(topic)]
    for topic in missing:
        yield Check(f"The area still has to fill in {topic.label}: tell the administrator", False)
    if not missing:
        yield Check("All that the office says of itself and of others to turn to is there", True)


def _of_acknowledgement(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    yield _promised("The last day for the decision is known", facts)
    if not facts.addressee.waits:
        yield _filled("The letter says how you reach the applicant", draft, "how_we_reach_you")


def _of_consent_request(facts: LetterFacts, _draft: LetterDraft) -> Iterator[Check]:
    """Check that the victim can tell who asks: nobody agrees to somebody they cannot place."""
    who_asks = facts.asking.who_asks if facts.asking else None
    is_known = who_asks is not None and bool(who_asks.name.strip() and as_what(who_asks))
    yield Check("It is known who asks for the victim, and as what", is_known, PEOPLE)


def _consent(facts: LetterFacts) -> Check:
    return Check(
        "Nobody waits for the victim’s consent: before it is recorded nothing of the case may be "
        "told",
        not facts.addressee.waits,
        CONSENT,
    )


def _of_decision(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    yield _consent(facts)
    yield _filled("The reasons are written for the applicant", draft, "reasons")


def _of_met(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    yield from _of_decision(facts, draft)
    yield _promised("The last day for the meeting is known", facts)


def _of_not_met(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    yield from _of_decision(facts, draft)
    yield Check("The last day for an appeal is known", facts.due_on is not None)
    wordless = [report for report in facts.reports if not words_of(report, draft).strip()]
    for report in wordless:
        yield Check(f"{report.label}: say whether it counts, and why", False, report.key)
    if not wordless:
        yield Check("Each report is said to count or not, and why", True)
    yield _filled(
        "It is written what was thought about how long, how much harm and the answer they got",
        draft,
        "factors",
    )
    yield Check("At least one thing will be done all the same", bool(draft.steps), "step_1_what")
    yield from _steps(facts, draft)
    yield _filled("It is written what would change the answer", draft, "what_would_change")
    day = draft.next_contact_on
    yield Check(
        "The day on which the contact person tells how it goes is set, and not over",
        day is not None and day >= facts.today,
        "next_contact_on-day",
    )


def _of_not_invited(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    """Check that there are reasons, and that the letter still comes before the meeting."""
    yield _consent(facts)
    reasons = facts.reasons
    yield Check(
        "The reasons are written for the applicant",
        reasons is not None and bool(reasons.words.strip()),
        REASONS,
    )
    yield Check(
        "The day of the meeting is not over",
        reasons is not None and reasons.meeting_on >= facts.today,
        REASONS,
    )
    yield _filled("The letter says how you reach the applicant", draft, "how_we_reach_you")


def _of_closure(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    yield from _of_decision(facts, draft)
    endless = [each for each in facts.told_steps if not draft.ends.get(each.key, "").strip()]
    for step in endless:
        yield Check(f"“{step.what}”: say what became of it", False, step.key)
    if not endless:
        yield Check("Each step that they were told of is said to be done or not, and why", True)
    yield _filled("It is written how long their papers are kept", draft, "papers_kept")
    yield Check(
        "The day on which it was talked about is not in the future",
        draft.talked_on is None or draft.talked_on <= facts.today,
        "talked_on-day",
    )


def _steps(facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    for number, step in enumerate(map(TypedStep.of, draft.steps), start=1):
        for field, is_there, missing in (
            ("what", step.what.strip(), "what will be done"),
            ("who", who_of(step, facts), "who does it"),
            ("by-day", step.by, "the day by which it is done"),
        ):
            if not is_there:
                yield Check(f"Step {number} still needs {missing}", False, f"step_{number}_{field}")
        if step.by and step.by < facts.today:
            yield Check(f"The day of step {number} is over", False, f"step_{number}_by-day")


_OF_KIND = {
    LetterKind.ACKNOWLEDGEMENT: _of_acknowledgement,
    LetterKind.CONSENT_REQUEST: _of_consent_request,
    LetterKind.THRESHOLD_MET: _of_met,
    LetterKind.THRESHOLD_NOT_MET: _of_not_met,
    LetterKind.NOT_INVITED: _of_not_invited,
    LetterKind.CLOSURE: _of_closure,
}


def _promised(sentence: str, facts: LetterFacts) -> Check:
    """Check the day that a letter promises: one that is over needs a new one, or no letter."""
    if facts.due_on is not None and facts.is_due_open and facts.due_on < facts.today:
        over = "The day that the letter promises is over: write why it is late, and the new day"
        return Check(over, False, LATE)
    if facts.due_on is not None and facts.due_on < facts.today:
        return Check("What the letter promises has come: another letter says so", False)
    return Check(sentence, facts.due_on is not None)


def _filled(sentence: str, draft: LetterDraft, field: str) -> Check:
    return Check(sentence, bool(getattr(draft, field).strip()), field)


_Texts = list[tuple[str, str, str]]
"""Pieces of the letter that somebody typed: the field, how a sentence names it, what it says."""


def _leaks(actor: Actor, opened: Opened, facts: LetterFacts, draft: LetterDraft) -> Iterator[Check]:
    """Find what the applicant may not be told, or what the law does not ask."""
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    untold: list[SharedItem] = [item for item in items if item.told is not Told.YES]
    hidden = hidden_parties(actor, opened, facts.addressee)
    is_floor_met = facts.advice.floor.is_met is True
    rules = read_rules(clocks.scheme_of(opened.case).threshold) if is_floor_met else None
    for field, where, text in _texts(facts, draft):
        for sentence in (
            *quoted([(where, text)], untold, "the applicant"),
            *named([(where, text)], hidden),
            *never_told([(where, text)], facts.reference),
        ):
            yield Check(sentence, False, field)
        for caveat, words in quoted_caveats(text, rules) if rules else ():
            sentence = (
                f"{where}: take out “{words}”. By law enough reports were made, so "
                f"{caveat.name} makes no difference"
            )
            yield Check(sentence, False, field)


def _texts(facts: LetterFacts, draft: LetterDraft) -> _Texts:
    found = [(field, where, getattr(draft, field)) for field, where in _WHERE.items()]
    if draft.salutation != f"Dear {facts.addressee.name}":
        found.append(("salutation", "The greeting", draft.salutation))
    if facts.reasons:
        found.append((REASONS, "The reasons", facts.reasons.words))
    for report in facts.reports if draft.kind is LetterKind.THRESHOLD_NOT_MET else ():
        text = f"{report.label}: {words_of(report, draft)}"
        found.append((report.key, report.label, text))
    found += [
        (each.key, f"“{each.what}”", draft.ends.get(each.key, "")) for each in facts.told_steps
    ]
    for number, step in enumerate(map(TypedStep.of, draft.steps), start=1):
        found.append((f"step_{number}_what", f"Step {number}", step.what))
    return found


_WHERE = {
    "what_changed": "What has changed",
    "spoc_name": "The contact person",
    "spoc_hours": "The contact person’s hours",
    "spoc_cover": "Who answers instead",
    "how_we_reach_you": "How you reach the applicant",
    "reasons": "The reasons",
    "factors": "What was thought about",
    "what_would_change": "What would change the answer",
    "your_view": "What they think of it",
    "papers_kept": "How long their papers are kept",
}
