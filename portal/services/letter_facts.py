"""What a letter is made of besides the draft, gathered from the case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.people import chairs_for
from portal.access.scope.request import details_for
from portal.db import db
from portal.documents.content import ApplicantText, Fact
from portal.documents.letters import LetterOffice
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import RIGHTS, Clock, ClockEvent, ClockRule
from portal.domain.clocks.running import work_out_clock
from portal.domain.deadlines import london_day
from portal.domain.letters import LetterKind, Topic
from portal.domain.roles import Actor
from portal.domain.stages import Stage
from portal.domain.threshold.advice import Advice
from portal.models.letter import AreaWords
from portal.models.person import Area, Person
from portal.models.request import Landlord
from portal.services import clocks
from portal.services.addressees import Asking, asking_of
from portal.services.agencies import agencies_of_area
from portal.services.assessment import ShownDecision
from portal.services.clock_lines import has_passed
from portal.services.letter_drafts import (
    Addressee,
    ToldReport,
    greeted_by,
    told_reports,
)
from portal.services.reasons import Reasons, reasons_of
from portal.services.told_steps import ToldStep, told_steps


@dataclass(frozen=True)
class LetterFacts:
    """What a letter is made of besides the draft.

    Attributes:
        asking: who asks for a victim who has not agreed to it, where anybody does.
        topics: what the office says of itself, as far as it is filled in.
        agencies: the names of the area's agencies by number.
        due_on, due_how: the end of the clock that the letter names, and how it was worked out; of
            the appeal where the threshold is not met. None where the scheme has no such clock.
        is_due_open: that clock still runs.
        closed_on: none while the case is open.
        reasons: why the applicant is not invited; none but for the letter that says it.
        told_steps: what the applicant was told would be done; none but for the closure.
    """

    office: LetterOffice
    reference: str
    today: dt.date
    received_on: dt.date
    issuer: str
    addressee: Addressee
    asking: Asking | None
    decision: ShownDecision | None
    reports: tuple[ToldReport, ...]
    advice: Advice
    topics: Mapping[Topic, str]
    agencies: Mapping[int, str]
    chair: str
    has_landlord: bool
    due_on: dt.date | None
    due_how: str
    is_due_open: bool
    closed_on: dt.date | None
    reasons: Reasons | None
    told_steps: tuple[ToldStep, ...]


def facts_of(
    actor: Actor, opened: Opened, kind: LetterKind, decision: ShownDecision | None
) -> LetterFacts:
    """Gather what a letter is made of; belongs inside a transaction."""
    case = opened.case
    area = db.session.get_one(Area, case.area_id)
    topics = topics_of(case.area_id)
    reports, advice = told_reports(actor, opened)
    due = _due(actor, opened, kind)
    return LetterFacts(
        office=LetterOffice(
            name=Fact(area.office_name),
            post=ApplicantText(topics.get(Topic.POST, "")),
            phone=Fact(area.office_phone),
            email=Fact(area.office_email),
        ),
        reference=case.reference,
        today=london_day(actor.at),
        received_on=london_day(case.received_at),
        issuer=actor.name,
        addressee=greeted_by(actor, opened, kind),
        asking=asking_of(actor, opened),
        decision=decision,
        reports=reports,
        advice=advice,
        topics=topics,
        agencies=agencies_of_area(actor),
        chair=_chair(actor, opened),
        has_landlord=_has_landlord(actor, opened),
        due_on=due.on,
        due_how=due.how,
        is_due_open=due.is_open,
        closed_on=_closed_on(actor, opened),
        reasons=reasons_of(actor, opened) if kind is LetterKind.NOT_INVITED else None,
        told_steps=told_steps(actor, opened) if kind is LetterKind.CLOSURE else (),
    )


def topics_of(area_id: int) -> dict[Topic, str]:
    """Return what the office of an area says of itself, as far as it is filled in."""
    rows = db.session.scalars(sa.select(AreaWords).where(AreaWords.area_id == area_id))
    return {row.topic: row.words for row in rows if row.words.strip()}


# The clock whose end a letter names.
_CLOCKS = {
    LetterKind.ACKNOWLEDGEMENT: Clock.THRESHOLD_DECISION,
    LetterKind.THRESHOLD_MET: Clock.MEETING,
    LetterKind.THRESHOLD_NOT_MET: Clock.APPEAL_THRESHOLD,
    LetterKind.NOT_INVITED: Clock.ACTION_PLAN,
}


@dataclass(frozen=True)
class _Due:
    """The day that a letter names, how it was worked out, and whether its clock still runs."""

    on: dt.date | None
    how: str
    is_open: bool


def _due(actor: Actor, opened: Opened, kind: LetterKind) -> _Due:
    """Return the last day that a letter names, if any; for what is late, the new one of the office.

    An appeal against the decision is counted from the day of the letter that tells it, the plan as
    if the meeting ended on the day for which it is booked.
    """
    if kind is LetterKind.CLOSURE:
        return _appeal(actor, opened)
    if kind not in _CLOCKS:
        return _Due(None, "", is_open=False)
    kept = clocks.kept_clocks(actor, opened.case)
    events = {event: row.happened_at for event, row in kept.recorded.items()}
    if kind is LetterKind.THRESHOLD_NOT_MET:
        events[ClockEvent.DECISION_NOTICE_SENT] = actor.at
    clock = _CLOCKS[kind]
    # Why a clock stood still is the office's own note: the applicant reads which days do not count.
    pauses = [replace(pause, reason="") for pause in kept.pauses(clock)]
    rule = kept.scheme.rule(clock)
    if kind is LetterKind.NOT_INVITED:
        rule = _ahead(rule)
    worked = work_out_clock(rule, events, kept.calendar, pauses)
    if worked is None:
        return _Due(None, "", is_open=False)
    row = kept.rows.get(clock)
    due = _Due(
        worked.due_on,
        " ".join(worked.sentences),
        is_open=row is not None and row.stopped_on is None,
    )
    if row is None or not due.is_open or not has_passed(row, actor.at):
        return due
    new_day = _new_day(kept, clock)
    return replace(due, on=new_day, how=f"{due.how} We are late with it.") if new_day else due


def _ahead(rule: ClockRule) -> ClockRule:
    """Return a clock of the meeting's close as it is counted before: from its day."""
    ahead = {ClockEvent.MEETING_CLOSED: ClockEvent.MEETING}
    return replace(rule, starts_from=tuple(ahead.get(each, each) for each in rule.starts_from))


def _appeal(actor: Actor, opened: Opened) -> _Due:
    """Return the last day of the rights to appeal that have one; it is kept after a closing.

    From the issue of a plan on its applicant can appeal, and until it is complete there is no last
    day.
    """
    kept = clocks.kept_clocks(actor, opened.case)
    days = [row.due_on for row in kept.rows.values() if row.clock in RIGHTS]
    last = max((day for day in days if day != NEVER), default=None)
    return _Due(last, "", is_open=last is None and ClockEvent.PLAN_ISSUED in kept.recorded)


def _closed_on(actor: Actor, opened: Opened) -> dt.date | None:
    if opened.case.stage is not Stage.CLOSED:
        return None
    recorded = clocks.kept_clocks(actor, opened.case).recorded
    return london_day(recorded[ClockEvent.CASE_CLOSED].happened_at)


def _new_day(kept: clocks.KeptClocks, clock: Clock) -> dt.date | None:
    """Return the day that the office has set since for what is late."""
    days = [each.new_day for each in kept.entries if each.clock is clock and each.new_day]
    return days[-1] if days else None


def _chair(actor: Actor, opened: Opened) -> str:
    """Return who leads the meeting, once they have declared to have no conflict."""
    appointed = db.session.scalars(chairs_for(actor, opened.case.id)).one_or_none()
    if appointed is None or appointed.declared_none_at is None:
        return ""
    return db.session.get_one(Person, appointed.person_id).name


def _has_landlord(actor: Actor, opened: Opened) -> bool:
    details = db.session.scalars(details_for(actor, opened.case.id)).one_or_none()
    return details is not None and details.landlord in {Landlord.AGENCY, Landlord.OTHER}


def is_again(kind: LetterKind, number: int, asking: Asking | None) -> bool:
    """Say whether whom a letter is for has one of its kind already, so that it says what is new.

    Args:
        kind: of the letter.
        number: of the issue.
        asking: who asks for which victim, where anybody does.
    """
    if kind is LetterKind.CONSENT_REQUEST:
        return asking is not None and asking.was_asked
    return number > 1
