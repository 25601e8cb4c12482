"""From rows to what the panel's version of a plan says; the applicant's is built apart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.meeting import attendance_for, meetings_for
from portal.access.scope.reports import decisions_for
from portal.db import db
from portal.documents.content import (
    Fact,
    PanelAbsence,
    PanelAction,
    PanelContact,
    PanelFinding,
    PanelMeeting,
    PanelPlan,
    PanelPower,
    PanelRecommendation,
    PanelText,
    long_date,
    stacked_date,
)
from portal.domain.dates import in_words, time_of
from portal.domain.deadlines import london_day
from portal.domain.roles import Actor
from portal.models.meeting import Attendance, Meeting, Presence
from portal.models.person import Agency, Area, Person
from portal.models.plan import PlanDraft
from portal.services.actions import ShownAction
from portal.services.agreed import ShownConsidered, ShownRecommendation, agreed
from portal.services.attending import Attended, attended
from portal.services.consulted import consultations_of, consulted_in_words
from portal.services.frames import frame

OFFICE_HOURS = Fact("Monday to Friday, 9am to 5pm")


@dataclass(frozen=True)
class Owner:
    """Who does an action, as both versions say it."""

    person: Fact
    agency: Fact


def panel_plan(
    actor: Actor,
    opened: Opened,
    draft: PlanDraft,
    actions: Sequence[ShownAction],
    number: int,
) -> PanelPlan:
    """Build what the panel's version says; belongs inside a transaction.

    Args:
        actor: the coordinator, who issues it.
        opened: the case.
        draft: that the chair has checked.
        actions: in their order; those that are superseded are listed as such.
        number: of the issue.
    """
    area = db.session.get_one(Area, opened.case.area_id)
    top = frame(actor, opened)
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one()
    rows = db.session.scalars(attendance_for(actor, opened.case.id)).all()
    attendance = attended(rows)
    people = _people(rows, draft.checked_by_id)
    chair = db.session.get_one(Person, draft.checked_by_id)
    told = _numbers_for_applicant(actions)
    said = agreed(actor, opened)
    return PanelPlan(
        office_name=Fact(area.office_name),
        reference=Fact(opened.case.reference),
        applicant_name=Fact(top.name),
        lga_name=Fact(top.lga),
        issue_number=number,
        issued_on=long_date(london_day(actor.at)),
        safe_contact=PanelText(opened.case.safe_contact),
        meeting=PanelMeeting(
            when=Fact(_when(meeting)),
            place=Fact(meeting.place),
            chair=Fact(f"{chair.name}, independent"),
        ),
        present=tuple(
            PanelText(_present_line(each, people, sittings=meeting.sitting))
            for each in attendance
            if each.was_there
        ),
        not_present=_absences(attendance, people),
        applicant_attendance=PanelText(meeting.applicant_attendance or "Not recorded"),
        threshold=PanelText(_threshold(actor, opened)),
        consulted=PanelText(consulted_in_words(consultations_of(actor, opened))),
        next_look=PanelText(_next_look(draft)),
        actions=tuple(_panel_action(action, told) for action in actions),
        findings=tuple(
            PanelFinding(heading=PanelText(""), text=PanelText(line))
            for line in draft.findings.split("\n")
            if line.strip()
        ),
        powers=tuple(_panel_power(each) for each in said.powers),
        recommendations=tuple(_panel_recommendation(each) for each in said.recommendations),
        contact=PanelContact(
            name=Fact(actor.name), phone=Fact(area.office_phone), email=Fact(area.office_email)
        ),
        checked_by=PanelText(_checked(draft, chair)),
        what_changed=tuple(
            PanelText(line) for line in draft.what_changed.split("\n") if line.strip()
        ),
    )


def _when(meeting: Meeting) -> str:
    start = meeting.opened_at or meeting.starts_at
    end = meeting.closed_at or meeting.ends_at
    return f"{long_date(london_day(start))}, {time_of(start)} to {time_of(end)}"


def _people(attendance: Sequence[Attendance], chair_id: int | None) -> dict[int, str]:
    """Return name and agency, or role, of those who were expected, in two queries."""
    ids = {row.person_id for row in attendance}
    people = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    names = {row[0]: row[1] for row in people}
    agency_ids = {row.agency_id for row in attendance}
    found = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(agency_ids)))
    agencies = {row[0]: row[1] for row in found}
    return {
        row.person_id: f"{names[row.person_id]}, {agencies[row.agency_id]}"
        if row.agency_id
        else f"{names[row.person_id]}, {'chair' if row.person_id == chair_id else 'coordinator'}"
        for row in attendance
    }


def _present_line(each: Attended, people: dict[int, str], *, sittings: int) -> str:
    """Return who attended and how; of several sittings which, where it was not all of them."""
    how = [
        "observer" if each.row.is_observer else "",
        "by video or phone" if each.row.presence is Presence.REMOTE else "",
        "left early" if each.left_early else "",
        _sittings(each.sittings) if len(each.sittings) < sittings else "",
    ]
    said = ", ".join(part for part in how if part)
    return f"{people[each.row.person_id]}{f' ({said})' if said else ''}"


def _sittings(numbers: Sequence[int]) -> str:
    """Return ``sitting 1`` or ``sittings 1 and 2``."""
    *first, last = (str(number) for number in numbers)
    return f"sittings {', '.join(first)} and {last}" if first else f"sitting {last}"


def _absences(attendance: Sequence[Attended], people: dict[int, str]) -> tuple[PanelAbsence, ...]:
    """Return who was at no sitting; a required agency is missed where none of its people was.

    An observer does not stand for an agency.
    """
    there = {
        each.row.agency_id for each in attendance if each.was_there and not each.row.is_observer
    }
    return tuple(
        _absence(
            each.row,
            people,
            is_missed=each.row.is_required and each.row.agency_id not in there,
        )
        for each in attendance
        if not each.was_there
    )


def _absence(row: Attendance, people: dict[int, str], *, is_missed: bool) -> PanelAbsence:
    name, _, agency = people[row.person_id].partition(", ")
    sent = "apologies" if row.presence is Presence.APOLOGIES else "no apology received"
    why = f"required; {sent}" if is_missed else sent
    return PanelAbsence(name=Fact(name), agency=Fact(agency), why=PanelText(why))


def _threshold(actor: Actor, opened: Opened) -> str:
    decision = db.session.scalars(decisions_for(actor, opened.case.id)).one()
    return f"{'Met' if decision.is_met else 'Not met'} on {long_date(decision.decided_on)}"


def _next_look(draft: PlanDraft) -> str:
    if draft.next_look_on is None:
        return ""
    return (
        f"{long_date(draft.next_look_on)}, by the coordinator. "
        "An owner who cannot keep a date says so before it passes"
    )


def _checked(draft: PlanDraft, chair: Person) -> str:
    if draft.checked_at is None:
        return ""
    return f"Checked by {chair.name}, chair, on {long_date(london_day(draft.checked_at))}."


def _numbers_for_applicant(actions: Sequence[ShownAction]) -> dict[int, int]:
    """Return the applicant's own numbering, without a gap for what they are not told."""
    told = [action.number for action in actions if action.is_told]
    return {number: position for position, number in enumerate(told, start=1)}


def _panel_action(action: ShownAction, told: dict[int, int]) -> PanelAction:
    return PanelAction(
        number=action.number,
        what=PanelText(_what(action)),
        owner_person=owner_of(action).person,
        owner_agency=Fact(_who(action)),
        by_when=by_when(action.due_on),
        how_we_know=PanelText(action.how_we_know),
        what_applicant_is_told=PanelText(_told(action, told)),
    )


def _told(action: ShownAction, told: dict[int, int]) -> str:
    if action.number in told:
        return f"Their action {told[action.number]}"
    if action.superseded_on and not action.reason_not_told:
        return "No longer in their plan"
    return ". ".join(["Not told", *not_told_in_words(action)])


def not_told_in_words(action: ShownAction) -> list[str]:
    """Return why the applicant is not told of an action, who decided it, when to look again."""
    decided = f"Decided by {action.not_told_by}" if action.not_told_by else ""
    if decided and action.not_told_on:
        decided += f", {in_words(action.not_told_on)}"
    again = f"Look again on {in_words(action.look_again_on)}" if action.look_again_on else ""
    return [each for each in (action.reason_not_told, decided, again) if each]


def _what(action: ShownAction) -> str:
    what = f"{action.what}\nPower: {action.power_name}" if action.power else action.what
    if action.superseded_on is None:
        return what
    since = in_words(action.superseded_on)
    return f"No longer part of the plan since {since}: {action.superseded_reason}\n{what}"


def _who(action: ShownAction) -> str:
    """Return the agency that leads, and those that join in."""
    with_whom = f"\nwith {action.with_whom}" if action.joining else ""
    return f"{action.owner_agency}{with_whom}"


def by_when(day: dt.date | None) -> Fact:
    """Return the day; there always is one in a plan that may be issued."""
    return stacked_date(day) if day else Fact("No day yet")


def _panel_power(said: ShownConsidered) -> PanelPower:
    return PanelPower(
        name=Fact(said.power_name),
        who_may_use_it=Fact(said.who_may_use),
        result=Fact(said.result.label),
        reason=PanelText(f"{said.agency_name}: {said.text}"),
    )


def _panel_recommendation(said: ShownRecommendation) -> PanelRecommendation:
    return PanelRecommendation(
        number=said.number,
        what=PanelText(said.text),
        to=Fact(said.body),
        answer_by=stacked_date(said.reply_by),
    )


def owner_of(action: ShownAction) -> Owner:
    """Return person and agency of an action.

    Those who join in are not named to the applicant: that one does may say something of the
    person complained about.
    """
    return Owner(Fact(action.owner_name), Fact(action.owner_agency))
