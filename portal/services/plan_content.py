"""From rows to what a plan says: the panel's content and the applicant's, built apart.

The applicant's is made of what was written for the applicant and of plain facts; no text of the
panel is handed to the function that builds it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.meeting import attendance_for, meetings_for
from portal.access.scope.reports import decisions_for
from portal.db import db
from portal.documents.content import (
    ApplicantAction,
    ApplicantDate,
    ApplicantPlan,
    ApplicantRoute,
    ApplicantSpoc,
    ApplicantText,
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
from portal.domain.dates import time_of
from portal.domain.deadlines import london_day
from portal.domain.roles import Actor
from portal.models.meeting import Attendance, Meeting, Presence
from portal.models.person import Agency, Area, Person
from portal.models.plan import PlanDraft
from portal.services.actions import ShownAction
from portal.services.agreed import ShownConsidered, ShownRecommendation, agreed
from portal.services.attending import Attended, attended
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
    """Build what the panel's version says; belongs inside a transaction."""
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
        consulted=PanelText(_consulted(draft)),
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


def _consulted(draft: PlanDraft) -> str:
    if draft.consulted_on is None:
        return "Not yet"
    said = f". {draft.what_applicant_said}" if draft.what_applicant_said else ""
    return f"{long_date(draft.consulted_on)}{said}"


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
    told = [action.number for action in actions if action.words_for_applicant]
    return {number: position for position, number in enumerate(told, start=1)}


def _panel_action(action: ShownAction, told: dict[int, int]) -> PanelAction:
    is_told = action.number in told
    return PanelAction(
        number=action.number,
        what=PanelText(_what(action)),
        owner_person=owner_of(action).person,
        owner_agency=Fact(_who(action)),
        by_when=_by_when(action.due_on),
        how_we_know=PanelText(action.how_we_know),
        what_applicant_is_told=PanelText(
            f"Their action {told[action.number]}"
            if is_told
            else f"Not told. {action.reason_not_told}"
        ),
    )


def _what(action: ShownAction) -> str:
    return f"{action.what}\nPower: {action.power_name}" if action.power else action.what


def _who(action: ShownAction) -> str:
    """Return the agency that leads, and those that join in."""
    with_whom = f"\nwith {action.with_whom}" if action.joining else ""
    return f"{action.owner_agency}{with_whom}"


def _by_when(day: dt.date | None) -> Fact:
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


@dataclass(frozen=True)
class ForApplicant:
    """All that the applicant's version is built from: their words and plain facts."""

    office_name: str
    office_phone: str
    office_email: str
    reference: str
    applicant_name: str
    coordinator: str
    issued_on: dt.date
    consulted_on: dt.date | None
    next_look_on: dt.date | None
    what_was_agreed: ApplicantText
    actions: tuple[tuple[ApplicantText, Owner, dt.date | None], ...]


def for_applicant(
    actor: Actor, opened: Opened, draft: PlanDraft, actions: Sequence[ShownAction]
) -> ForApplicant:
    """Take from the case what was written for the applicant; belongs inside a transaction."""
    area = db.session.get_one(Area, opened.case.area_id)
    return ForApplicant(
        office_name=area.office_name,
        office_phone=area.office_phone,
        office_email=area.office_email,
        reference=opened.case.reference,
        applicant_name=frame(actor, opened).name,
        coordinator=actor.name,
        issued_on=london_day(actor.at),
        consulted_on=draft.consulted_on,
        next_look_on=draft.next_look_on,
        what_was_agreed=ApplicantText(
            "\n".join(
                [
                    draft.what_was_agreed,
                    *(
                        each.words_for_applicant
                        for each in agreed(actor, opened).recommendations
                        if each.words_for_applicant
                    ),
                ]
            )
        ),
        actions=tuple(
            (ApplicantText(action.words_for_applicant), owner_of(action), action.due_on)
            for action in actions
            if action.words_for_applicant
        ),
    )


def applicant_plan(facts: ForApplicant) -> ApplicantPlan:
    """Build what the applicant's version says."""
    return ApplicantPlan(
        office_name=Fact(facts.office_name),
        reference=Fact(facts.reference),
        applicant_name=Fact(facts.applicant_name),
        issued_on=long_date(facts.issued_on),
        spoc=ApplicantSpoc(
            name=Fact(facts.coordinator),
            phone=Fact(facts.office_phone),
            hours=OFFICE_HOURS,
            email=Fact(facts.office_email),
        ),
        emergency=ApplicantText("If you are in danger, call 999."),
        introduction=_introduction(facts),
        what_was_agreed=tuple(
            ApplicantText(line) for line in facts.what_was_agreed.split("\n") if line.strip()
        ),
        actions=tuple(
            ApplicantAction(
                number=number,
                words=words,
                who_person=owner.person,
                who_agency=owner.agency,
                by_when=_by_when(due_on),
            )
            for number, (words, owner, due_on) in enumerate(facts.actions, start=1)
        ),
        next_dates=_next_dates(facts),
        not_happy=_NOT_HAPPY,
        contacts=(),
        how_we_reach_you=ApplicantText(
            f"Only in the way that you told us is safe. Tell {facts.coordinator} if this changes."
        ),
    )


def _introduction(facts: ForApplicant) -> tuple[ApplicantText, ...]:
    text = "This plan says what will be done, who will do it, and by when."
    if facts.consulted_on:
        text += f" We asked you about a draft of it on {long_date(facts.consulted_on)}."
    return (ApplicantText(text),)


def _next_dates(facts: ForApplicant) -> tuple[ApplicantDate, ...]:
    found = []
    if facts.next_look_on:
        words = ApplicantText(f"{facts.coordinator} goes through the plan with you")
        found.append(ApplicantDate(when=long_date(facts.next_look_on), what=words))
    done = ApplicantText("We tell you that the plan is complete, and ask how it was for you")
    return (*found, ApplicantDate(when=Fact("When all is done"), what=done))


# Product: an appeal against the way the review was carried out opens when the plan is issued and
# ends 14 days after the plan is completed.
_NOT_HAPPY = (
    ApplicantRoute(
        about=ApplicantText("With an action:"), words=ApplicantText("tell the person above.")
    ),
    ApplicantRoute(
        about=ApplicantText("With how the review was carried out:"),
        words=ApplicantText(
            "you can appeal from today until 14 days after the plan is completed. Write, or call "
            "and we write it down for you. Other people decide, not this office."
        ),
    ),
    ApplicantRoute(
        about=ApplicantText("With one agency:"),
        words=ApplicantText(
            "you can complain to it, and after that to an ombudsman. We can tell you which one."
        ),
    ),
)
