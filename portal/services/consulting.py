"""The applicant is consulted on the draft: asked on paper or by phone, and what they say is kept.

The text that they are asked about is kept as it stood, on paper also the file, so that it can be
told later whether they were asked about what they then got.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.plan import consultations_for
from portal.db import db, transaction
from portal.documents.content import ApplicantPlan, Kind
from portal.documents.render import render_applicant_plan
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.consultation import Consultation, ConsultationOutcome, ConsultationWay
from portal.services.actions import shown_actions, uncheck
from portal.services.applicant_content import (
    QUESTIONS,
    DraftRow,
    applicant_plan,
    for_applicant,
    rows_of,
    words_of,
)
from portal.services.asking_by_page import ConsultationError, ask, who_is_asked
from portal.services.changes import ChangedMeanwhileError, check_version, mark_changed
from portal.services.consulted import ShownConsultation, consultations_of
from portal.services.frames import CaseFrame, frame
from portal.services.once import is_used, once
from portal.services.planning import PlanClock, clock_of, draft_of
from portal.services.template_filling import fill_all

WAITS = "Write down first what came of the draft that they have now"


@dataclass(frozen=True, kw_only=True)
class TypedAnswer:
    """What came of a consultation.

    Attributes:
        answer: what they said, word for word, or when it was tried to reach them.
        answered_on: the London day.
        what_changed: because of it, or why nothing did; may be empty until the plan is issued.
    """

    outcome: ConsultationOutcome
    answer: str
    answered_on: dt.date
    what_changed: str


@dataclass(frozen=True)
class StartPage:
    """Before the applicant is asked: what they would be asked about, and how long the plan has."""

    frame: CaseFrame
    words: str
    clock: PlanClock | None


@dataclass(frozen=True)
class ConsultationPage:
    """One consultation: what they are asked about, and what came of it.

    Attributes:
        questions: that they are asked.
        is_open: what came of it may still be written.
        words_now: what they would be told now.
    """

    frame: CaseFrame
    consultation: ShownConsultation
    questions: tuple[str, ...]
    clock: PlanClock | None
    is_open: bool
    words_now: str


def open_start(actor: Actor, reference: str) -> StartPage:
    """Return what the applicant would be asked about."""
    with transaction():
        opened = load_case(actor, reference, Act.CONSULT_APPLICANT, thing="form")
        return StartPage(frame(actor, opened), _words_now(actor, opened), clock_of(actor, opened))


def _words_now(actor: Actor, opened: Opened) -> str:
    actions = shown_actions(actor, opened, readers_of(opened.case))
    draft = draft_of(actor, opened)
    return words_of(for_applicant(actor, opened, draft, actions, issue=0))


@dataclass(frozen=True)
class _Draft:
    """What a draft says: on paper, read out, and row by row on a page."""

    content: ApplicantPlan
    words: str
    rows: tuple[DraftRow, ...]


def start(
    actor: Actor, reference: str, token: str, way: ConsultationWay, answer_by: dt.date | None
) -> int:
    """Begin to consult the applicant; return the number of the consultation.

    On paper a Word file is made of what stands now, outside any transaction, and kept.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        way: on paper, by phone or by their page.
        answer_by: until when they have time; needed on paper and by their page.

    Raises:
        ConsultationError: the day is not to come, an earlier draft waits for its answer, or the
            applicant cannot open a page of their own.
        ChangedMeanwhileError: the plan changed while the file was made; nothing was kept.
    """
    draft = _prepare(actor, reference, token, answer_by)
    made, template = b"", ""
    if draft is not None and way is ConsultationWay.PAPER:
        (made,), template = fill_all(
            actor, Kind.APPLICANT_PLAN, render_applicant_plan, [draft.content]
        )
    with once(actor, token) as turn:
        if turn.is_repeat or draft is None:
            return int(turn.result)
        opened = load_case(actor, reference, Act.CONSULT_APPLICANT, thing=f"began, {way}")
        if _words_now(actor, opened) != draft.words:
            raise ChangedMeanwhileError
        before = _none_waits(actor, opened)
        asked = who_is_asked(actor, opened) if way is ConsultationWay.PAGE else None
        kept = Consultation(
            case_id=opened.case.id,
            number=before + 1,
            way=way,
            asked_on=london_day(actor.at),
            asked_by_id=actor.person_id,
            answer_by=answer_by,
            words=draft.words,
            file=made or None,
            sha256=hashlib.sha256(made).hexdigest() if made else "",
            template_version=template,
            answer="",
            what_changed="",
            not_again_because="",
            not_again_words="",
            party_id=asked.id if asked else None,
        )
        mark_changed(actor, kept)
        db.session.add(kept)
        if asked:
            ask(actor, opened, asked, kept, draft.rows)
        turn.result = str(kept.number)
    return int(turn.result)


def _prepare(actor: Actor, reference: str, token: str, answer_by: dt.date | None) -> _Draft | None:
    """Gather what the draft says; None where this form was carried out before."""
    with transaction():
        if is_used(actor, token):
            return None
        opened = load_case(actor, reference, Act.CONSULT_APPLICANT, thing="prepared")
        if answer_by is not None and answer_by <= london_day(actor.at):
            raise ConsultationError("answer_by", "The day must be in the future")
        _none_waits(actor, opened)
        actions = shown_actions(actor, opened, readers_of(opened.case))
        facts = for_applicant(
            actor, opened, draft_of(actor, opened), actions, issue=0, answer_by=answer_by
        )
        return _Draft(applicant_plan(facts), words_of(facts), rows_of(facts))


def _none_waits(actor: Actor, opened: Opened) -> int:
    """Return how many consultations there were; belongs inside a transaction."""
    rows = db.session.scalars(consultations_for(actor, opened.case.id)).all()
    if any(row.outcome is None for row in rows):
        raise ConsultationError("way", WAITS)
    return len(rows)


def open_consultation(
    actor: Actor, reference: str, number: int, act: Act = Act.READ_PLAN_DRAFT
) -> ConsultationPage:
    """Return a consultation, for the coordinator and the chair, or for an act on it.

    Raises:
        CaseNotFoundError: there is none of this number.
    """
    with transaction():
        opened = load_case(actor, reference, act, thing=f"consultation {number}")
        found = [each for each in consultations_of(actor, opened) if each.number == number]
        if not found:
            raise CaseNotFoundError(reference)
        return ConsultationPage(
            frame=frame(actor, opened),
            consultation=found[0],
            questions=QUESTIONS,
            clock=clock_of(actor, opened),
            is_open=opened.allows(actor, Act.CONSULT_APPLICANT),
            words_now=_words_now(actor, opened),
        )


def _stored(actor: Actor, opened: Opened, number: int) -> Consultation:
    query = consultations_for(actor, opened.case.id).where(Consultation.number == number)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def write_answer(
    actor: Actor,
    reference: str,
    number: int,
    token: str,
    typed: TypedAnswer,
    version: int | None,
) -> None:
    """Keep what came of a consultation, word for word; it can be put right until the issue.

    Raises:
        CaseNotFoundError: there is none of this number.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        ConsultationError: the day lies before they were asked, or in the future.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"consultation {number}, answer"
        opened = load_case(actor, reference, Act.CONSULT_APPLICANT, thing=thing)
        row = _stored(actor, opened, number)
        check_version(row, version)
        if row.sent_at is not None:
            # What they sent themselves stays as they sent it.
            raise ChangedMeanwhileError(at=row.sent_at)
        if not row.asked_on <= typed.answered_on <= london_day(actor.at):
            raise ConsultationError(
                "answered_on", "The day must be from the day you asked until today"
            )
        row.outcome, row.answer = typed.outcome, typed.answer
        row.answered_on, row.what_changed = typed.answered_on, typed.what_changed
        row.written_by_id = actor.person_id
        mark_changed(actor, row)
        # What was said stands in the panel's version.
        uncheck(actor, opened)


def write_what_changed(
    actor: Actor, reference: str, number: int, token: str, what_changed: str, version: int | None
) -> None:
    """Keep what was changed because of what the applicant sent by their page, which ends it.

    Raises:
        CaseNotFoundError: there is none of this number.
        ChangedMeanwhileError: the applicant or somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"consultation {number}, what changed"
        opened = load_case(actor, reference, Act.CONSULT_APPLICANT, thing=thing)
        row = _stored(actor, opened, number)
        check_version(row, version)
        row.what_changed = what_changed
        mark_changed(actor, row)
        uncheck(actor, opened)


def do_not_ask_again(
    actor: Actor, reference: str, number: int, token: str, reason: str, version: int | None
) -> None:
    """Say why the applicant is not asked about the text as it stands now.

    Raises:
        CaseNotFoundError: there is none of this number.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"consultation {number}, not again"
        opened = load_case(actor, reference, Act.CONSULT_APPLICANT, thing=thing)
        row = _stored(actor, opened, number)
        check_version(row, version)
        row.not_again_because = reason
        row.not_again_words = _words_now(actor, opened)
        mark_changed(actor, row)


def download_draft(actor: Actor, reference: str, number: int) -> bytes:
    """Return the draft that the applicant was given, byte for byte.

    Raises:
        CaseNotFoundError: none was made under this number.
    """
    with transaction():
        thing = f"consultation {number}, draft"
        opened = load_case(actor, reference, Act.READ_PLAN_DRAFT, thing=thing)
        file = _stored(actor, opened, number).file
        if file is None:
            raise CaseNotFoundError(reference)
        return file
