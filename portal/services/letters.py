"""Letters to the applicant: which there are on a case, written, and shown as they will read."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.letters import issued_letters_for
from portal.db import db, transaction
from portal.documents.content import Kind
from portal.documents.letters import Letter
from portal.documents.reading import ShownParagraph, paragraphs_of
from portal.documents.render import render_letter
from portal.domain.letters import LetterKind, letter_of_decision, letters_that_fit
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.letter import LetterDraft
from portal.models.plan import LETTERS
from portal.services.addressees import asking_of
from portal.services.agencies import agencies_of_area
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.changes import ChangedMeanwhileError, check_version, mark_changed
from portal.services.documents import Made, ShownDocument, next_number, shown_documents
from portal.services.frames import CaseFrame, frame
from portal.services.letter_checks import checks
from portal.services.letter_content import letter
from portal.services.letter_drafts import (
    ToldReport,
    TypedLetter,
    TypedStep,
    addressee_of,
    draft_of,
    stored_draft,
    told_reports,
)
from portal.services.letter_facts import facts_of, is_again
from portal.services.once import once
from portal.services.paper_checks import Check
from portal.services.reasons import reasons_of
from portal.services.template_filling import fill
from portal.services.told_steps import ToldStep, told_steps


@dataclass(frozen=True)
class LetterLine:
    """A letter of the case: which, and what was issued of it.

    Attributes:
        fits: it can be written; else it was issued before.
    """

    kind: LetterKind
    documents: tuple[ShownDocument, ...]
    is_begun: bool
    fits: bool


@dataclass(frozen=True)
class LettersPage:
    """The letters that fit the case, and those that did when they were issued."""

    frame: CaseFrame
    letters: tuple[LetterLine, ...]
    is_decided: bool


@dataclass(frozen=True)
class Ready:
    """A letter as it stands: all that is issued, or that keeps it from being issued.

    Attributes:
        version: of what was typed for it, wherever it was typed; 0 where nothing was saved.
    """

    content: Letter
    checks: tuple[Check, ...]
    number: int
    version: int

    @property
    def open_checks(self) -> tuple[Check, ...]:
        """Return what still blocks issuing."""
        return tuple(check for check in self.checks if not check.is_done)


@dataclass(frozen=True)
class LetterPage:
    """A letter as it will read, what blocks issuing it, and what was issued.

    Attributes:
        acknowledges: issuing it records that the request was acknowledged.
    """

    frame: CaseFrame
    kind: LetterKind
    ready: Ready
    paragraphs: tuple[ShownParagraph, ...]
    documents: tuple[ShownDocument, ...]
    acknowledges: bool


@dataclass(frozen=True)
class LetterForm:
    """What a letter's form needs.

    Attributes:
        version: 0 where nothing was saved yet.
        reports: those of the applicant; none where the letter does not tell of them.
        told_steps: what they were told would be done; the same.
        waits: the victim's consent is waited for.
        is_again: they have had one of its kind, so it is asked what has changed.
    """

    frame: CaseFrame
    kind: LetterKind
    typed: TypedLetter
    version: int
    reports: tuple[ToldReport, ...]
    told_steps: tuple[ToldStep, ...]
    agencies: dict[int, str]
    waits: bool
    is_again: bool


@dataclass(frozen=True)
class IssuedLetter:
    """That a letter was issued: all that the panel is told of it."""

    kind: LetterKind
    number: int
    at: dt.datetime
    by: str


_KINDS = {document: kind for kind, document in LETTERS.items()}


def issued_letters(actor: Actor, opened: Opened) -> tuple[IssuedLetter, ...]:
    """Return which letters were issued, the oldest first; belongs inside a transaction."""
    rows = db.session.execute(issued_letters_for(actor, opened.case.id))
    return tuple(IssuedLetter(_KINDS[kind], number, at, by) for kind, number, at, by in rows)


def letter_to_send(
    opened: Opened, decision: ShownDecision | None, issued: tuple[IssuedLetter, ...]
) -> LetterKind | None:
    """Return the letter that has still to tell the decision or, at the end, the closing."""
    if opened.case.stage is Stage.CLOSED:
        kind = LetterKind.CLOSURE
    elif decision is None:
        return None
    else:
        kind = letter_of_decision(is_met=decision.is_met)
    return None if any(each.kind is kind for each in issued) else kind


def open_letters(actor: Actor, reference: str) -> LettersPage:
    """Return the letters of a case."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_LETTERS, thing="letters")
        documents = shown_documents(actor, opened, LETTERS.values())
        decision = shown_decision(actor, opened.case.id)
        fitting = _fitting(actor, opened, decision)
        issued = {kind: _of_kind(documents, kind) for kind in LetterKind}
        return LettersPage(
            frame(actor, opened),
            tuple(
                LetterLine(
                    kind,
                    issued[kind],
                    is_begun=stored_draft(actor, opened, kind) is not None,
                    fits=kind in fitting,
                )
                for kind in LetterKind
                if kind in fitting or issued[kind]
            ),
            is_decided=decision is not None,
        )


def _of_kind(documents: tuple[ShownDocument, ...], kind: LetterKind) -> tuple[ShownDocument, ...]:
    return tuple(each for each in documents if each.kind == LETTERS[kind])


def _fitting(
    actor: Actor, opened: Opened, decision: ShownDecision | None
) -> tuple[LetterKind, ...]:
    return letters_that_fit(
        is_met=decision.is_met if decision else None,
        waits=any(hold.waits_for for hold in opened.facts.holds),
        is_not_invited=reasons_of(actor, opened) is not None,
        is_closed=opened.case.stage is Stage.CLOSED,
    )


def decision_for(actor: Actor, opened: Opened, kind: LetterKind) -> ShownDecision | None:
    """Return the decision that a letter tells; belongs inside a transaction.

    Raises:
        CaseNotFoundError: the letter does not fit the case.
    """
    decision = shown_decision(actor, opened.case.id)
    if kind not in _fitting(actor, opened, decision):
        raise CaseNotFoundError(opened.case.reference)
    return decision


def ready_letter(actor: Actor, opened: Opened, kind: LetterKind) -> Ready:
    """Return a letter as it stands; belongs inside a transaction.

    Raises:
        CaseNotFoundError: the letter does not fit the case.
    """
    decision = decision_for(actor, opened, kind)
    draft = draft_of(actor, opened, kind, decision)
    facts = facts_of(actor, opened, kind, decision)
    number = next_number(actor, opened, [LETTERS[kind]])
    return Ready(
        content=letter(kind, facts, draft),
        checks=checks(actor, opened, kind, facts, draft, number),
        number=number,
        version=(draft.version or 0) + (facts.reasons.version if facts.reasons else 0),
    )


def make(actor: Actor, kind: LetterKind, ready: Ready) -> Made:
    """Make the Word file of a letter; outside any transaction, as it takes its time.

    Raises:
        IllegalMoveError: the template of the area is broken; the sentence names it.
    """
    return fill(actor, Kind(LETTERS[kind]), render_letter, ready.content)


def open_letter(actor: Actor, reference: str, kind: LetterKind) -> LetterPage:
    """Return a letter as it will read.

    Raises:
        CaseNotFoundError: there is no such case for this reader, or the letter does not fit it.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_LETTERS, thing=kind.value)
        ready = ready_letter(actor, opened, kind)
        top = frame(actor, opened)
        issued = shown_documents(actor, opened, [LETTERS[kind]])
    return LetterPage(
        frame=top,
        kind=kind,
        ready=ready,
        paragraphs=paragraphs_of(make(actor, kind, ready).content),
        documents=issued,
        acknowledges=kind is LetterKind.ACKNOWLEDGEMENT and Act.ACKNOWLEDGE in top.open_acts,
    )


def open_letter_form(actor: Actor, reference: str, kind: LetterKind) -> LetterForm:
    """Return what is typed for a letter, to be changed.

    Raises:
        CaseNotFoundError: as above.
    """
    with transaction():
        opened = load_case(actor, reference, Act.WRITE_LETTER, thing=f"{kind}, form")
        draft = draft_of(actor, opened, kind, decision_for(actor, opened, kind))
        is_not_met = kind is LetterKind.THRESHOLD_NOT_MET
        reports = told_reports(actor, opened)[0] if is_not_met else ()
        steps = told_steps(actor, opened) if kind is LetterKind.CLOSURE else ()
        return LetterForm(
            frame=frame(actor, opened),
            kind=kind,
            typed=_typed(draft, reports, steps),
            version=draft.version or 0,
            reports=reports,
            told_steps=steps,
            agencies=agencies_of_area(actor),
            waits=addressee_of(actor, opened).waits,
            is_again=is_again(
                kind,
                next_number(actor, opened, [LETTERS[kind]]),
                asking_of(actor, opened),
            ),
        )


# Each stands in the row under the name that it is typed under.
_PLAIN = tuple(set(TypedLetter.__dataclass_fields__) - {"report_words", "steps", "ends"})


def _typed(
    draft: LetterDraft, reports: tuple[ToldReport, ...], told: tuple[ToldStep, ...]
) -> TypedLetter:
    words = ((each.key, draft.report_words.get(each.key, each.words)) for each in reports)
    return TypedLetter(
        **{name: getattr(draft, name) for name in _PLAIN},
        report_words=tuple(words),
        steps=tuple(TypedStep.of(step) for step in draft.steps),
        ends=tuple((each.key, draft.ends.get(each.key, "")) for each in told),
    )


def write_letter(
    actor: Actor,
    reference: str,
    kind: LetterKind,
    token: str,
    typed: TypedLetter,
    version: int | None,
) -> None:
    """Save what is typed for a letter.

    Args:
        actor: the coordinator.
        reference: of the case.
        kind: of the letter.
        token: of the form.
        typed: all of it.
        version: that the form was filled from; 0 where nothing was saved.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        CaseNotFoundError: the letter does not fit the case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_LETTER, thing=kind.value)
        draft = draft_of(actor, opened, kind, decision_for(actor, opened, kind))
        if draft.version:
            check_version(draft, version)
        elif version != 0:
            raise ChangedMeanwhileError
        for name in _PLAIN:
            setattr(draft, name, getattr(typed, name))
        draft.report_words = _reworded(actor, opened, typed)
        draft.ends = dict(typed.ends)
        draft.steps = [step.stored() for step in typed.steps]
        mark_changed(actor, draft)
        db.session.add(draft)


def _reworded(actor: Actor, opened: Opened, typed: TypedLetter) -> dict[str, str]:
    """Return what is said otherwise than the advice says it: the rest follows the reports."""
    if not typed.report_words:
        return {}
    advised = {report.key: report.words for report in told_reports(actor, opened)[0]}
    return {key: words for key, words in typed.report_words if advised.get(key, words) != words}
