"""From the case and what was typed for a letter to what the letter says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.people import chairs_for
from portal.access.scope.request import details_for
from portal.db import db
from portal.documents.content import ApplicantRoute, ApplicantText, Fact, long_date
from portal.documents.letters import (
    Acknowledgement,
    Letter,
    LetterOffice,
    LetterReport,
    LetterSpoc,
    LetterStep,
    ThresholdMet,
    ThresholdNotMet,
)
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.clocks.running import work_out_clock
from portal.domain.deadlines import london_day
from portal.domain.letters import LetterKind, Topic
from portal.domain.roles import Actor
from portal.domain.threshold.advice import Advice
from portal.models.letter import AreaWords, LetterDraft
from portal.models.person import Area, Person
from portal.models.request import Landlord
from portal.services import clocks
from portal.services.agencies import agencies_of_area
from portal.services.assessment import ShownDecision
from portal.services.clock_lines import has_passed
from portal.services.letter_drafts import (
    OFFICE,
    Addressee,
    ToldReport,
    TypedStep,
    addressee_of,
    told_reports,
)

OUR_OFFICE = "Our office"


@dataclass(frozen=True)
class LetterFacts:
    """What a letter is made of besides the draft.

    Attributes:
        topics: what the office says of itself, as far as it is filled in.
        agencies: the names of the area's agencies by number.
        due_on, due_how: the end of the clock that the letter names, and how it was worked out; of
            the appeal where the threshold is not met. None where the scheme has no such clock.
        is_due_open: that clock still runs.
    """

    office: LetterOffice
    reference: str
    today: dt.date
    received_on: dt.date
    issuer: str
    addressee: Addressee
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
        addressee=addressee_of(actor, opened),
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
}


@dataclass(frozen=True)
class _Due:
    """The day that a letter names, how it was worked out, and whether its clock still runs."""

    on: dt.date | None
    how: str
    is_open: bool


def _due(actor: Actor, opened: Opened, kind: LetterKind) -> _Due:
    """Return the last day that a letter names; for what is late, the new day that the office set.

    An appeal against the decision is counted from the day of the letter that tells it.
    """
    kept = clocks.kept_clocks(actor, opened.case)
    events = {event: row.happened_at for event, row in kept.recorded.items()}
    if kind is LetterKind.THRESHOLD_NOT_MET:
        events[ClockEvent.DECISION_NOTICE_SENT] = actor.at
    clock = _CLOCKS[kind]
    # Why a clock stood still is the office's own note: the applicant reads which days do not count.
    pauses = [replace(pause, reason="") for pause in kept.pauses(clock)]
    worked = work_out_clock(kept.scheme.rule(clock), events, kept.calendar, pauses)
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


def letter(kind: LetterKind, facts: LetterFacts, draft: LetterDraft) -> Letter:
    """Build what a letter says."""
    match kind:
        case LetterKind.ACKNOWLEDGEMENT:
            return _acknowledgement(facts, draft)
        case LetterKind.THRESHOLD_MET:
            return _threshold_met(facts, draft)
        case LetterKind.THRESHOLD_NOT_MET:
            return _threshold_not_met(facts, draft)


def _acknowledgement(facts: LetterFacts, draft: LetterDraft) -> Acknowledgement:
    waits = facts.addressee.waits
    landlord = ", your landlord" if facts.has_landlord and not waits else ""
    return Acknowledgement(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        received_on=long_date(facts.received_on),
        spoc=_spoc(draft),
        how_we_reach_you=ApplicantText("" if waits else draft.how_we_reach_you),
        sent_to=ApplicantText(f"the police, the council{landlord} and the local NHS"),
        decision_by=_day(facts.due_on),
        decision_how=ApplicantText(facts.due_how),
        support=_support(facts),
        consent_needed=ApplicantText(_CONSENT_NEEDED if waits else ""),
        issuer=Fact(facts.issuer),
    )


_CONSENT_NEEDED = (
    "You asked for somebody else. We can’t share anything with you until they say yes. We ask them "
    "ourselves. There is no last day for it, and the request goes on meanwhile."
)


def _threshold_met(facts: LetterFacts, draft: LetterDraft) -> ThresholdMet:
    return ThresholdMet(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        bodies=_bodies(facts),
        decided_on=_decided_on(facts),
        reasons=_paragraphs(draft.reasons),
        chair=Fact(facts.chair),
        meeting_by=_day(facts.due_on),
        meeting_how=ApplicantText(facts.due_how),
        spoc=_spoc(draft),
        support=_support(facts),
        not_happy=_not_happy(facts),
        issuer=Fact(facts.issuer),
    )


def _threshold_not_met(facts: LetterFacts, draft: LetterDraft) -> ThresholdNotMet:
    return ThresholdNotMet(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        bodies=_bodies(facts),
        decided_on=_decided_on(facts),
        reasons=_paragraphs(draft.reasons),
        reports=tuple(
            LetterReport(label=ApplicantText(each.label), words=words_of(each, draft))
            for each in facts.reports
        ),
        factors=_paragraphs(draft.factors),
        steps=tuple(_step(facts, TypedStep.of(each)) for each in draft.steps),
        next_contact=_day(draft.next_contact_on),
        what_would_change=_paragraphs(draft.what_would_change),
        spoc=_spoc(draft),
        support=_support(facts),
        appeal_last_day=_day(facts.due_on),
        appeal_how=ApplicantText(facts.due_how),
        appeal_words=ApplicantText(facts.topics.get(Topic.APPEAL, "")),
        not_happy=_not_happy(facts),
        issuer=Fact(facts.issuer),
    )


def words_of(report: ToldReport, draft: LetterDraft) -> ApplicantText:
    """Return what is said of a report: what was typed, or else what the advice says."""
    return ApplicantText(draft.report_words.get(report.key, report.words))


def who_of(step: TypedStep, facts: LetterFacts) -> str:
    """Return who does a step, by name; empty where nobody is chosen, or nobody who is there."""
    if step.who == OFFICE:
        return OUR_OFFICE
    return facts.agencies.get(int(step.who), "") if step.who.isdecimal() else ""


def _step(facts: LetterFacts, step: TypedStep) -> LetterStep:
    return LetterStep(
        who=Fact(who_of(step, facts)),
        what=ApplicantText(step.what.strip().rstrip(".")),
        by=_day(step.by),
    )


def _asked_for(facts: LetterFacts) -> ApplicantText:
    names = _listed(facts.addressee.asked_for)
    return ApplicantText(f"You asked for {names}." if names else "")


def _bodies(facts: LetterFacts) -> Fact:
    return Fact(_listed(facts.decision.agreed_by) if facts.decision else "")


def _decided_on(facts: LetterFacts) -> Fact:
    return _day(facts.decision.decided_on if facts.decision else None)


def _day(day: dt.date | None) -> Fact:
    return long_date(day) if day else Fact("")


def _spoc(draft: LetterDraft) -> LetterSpoc:
    return LetterSpoc(
        name=Fact(draft.spoc_name),
        phone=Fact(draft.spoc_phone),
        hours=Fact(draft.spoc_hours),
        cover=Fact(draft.spoc_cover),
    )


def _support(facts: LetterFacts) -> ApplicantText:
    return ApplicantText(facts.topics.get(Topic.SUPPORT, ""))


def _paragraphs(text: str) -> tuple[ApplicantText, ...]:
    return tuple(ApplicantText(line) for line in text.split("\n") if line.strip())


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _not_happy(facts: LetterFacts) -> tuple[ApplicantRoute, ...]:
    """Return where to complain, and who looks at it after that.

    A complaint about the police is reviewed within 28 days of the day after the outcome letter.
    """
    said = {topic: facts.topics.get(topic, "") for topic in Topic}
    return (
        _route("Complain about a service.", f"Tell the service first. {said[Topic.COMPLAINTS]}"),
        _route("If the council’s last answer does not put it right:", said[Topic.COUNCIL]),
        _route(
            "If your landlord is a housing association or the council, and its last answer does "
            "not put it right:",
            said[Topic.HOUSING],
        ),
        _route("If the police’s answer does not put it right:", said[Topic.POLICE]),
        _route("If the NHS’s last answer does not put it right:", said[Topic.HEALTH]),
    )


def _route(about: str, words: str) -> ApplicantRoute:
    return ApplicantRoute(about=ApplicantText(about), words=ApplicantText(words))
