"""The caseload: ready lists and filters over the cases that somebody may open."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, knowing, known
from portal.access.scope.membership import is_seated
from portal.access.scope.once import built_once
from portal.domain.caselists import (
    CLOCKS_OF_AGENCIES,
    CLOCKS_OF_OFFICE,
    NEVER,
    CaseList,
    Spot,
    Wanted,
)
from portal.domain.clocks.rules import Clock
from portal.domain.roles import Actor, Role
from portal.domain.stages import Stage
from portal.models.case import Case
from portal.models.meeting import Meeting
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat

BY_DATE = (Case.next_due_on, Case.reference)


@dataclass(frozen=True)
class Days:
    """The days that lists are divided by: today, and the last of the next 5 working days."""

    today: dt.date
    soon_on: dt.date


@built_once
def undeclared_cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases on which a chair has still to declare: known, but not open yet.

    By reference, which is random: an order by date would tell of what is not open.
    """
    mine = sa.true() if actor.role is Role.CHAIR else sa.false()
    appointed = sa.select(ChairAppointment.case_id).where(
        ChairAppointment.person_id == actor.person_id, ChairAppointment.ended_at.is_(None)
    )
    return (
        sa.select(Case)
        .where(
            mine,
            Case.id.in_(appointed),
            *knowing(actor, declared=False, by_key=True),
            ~sa.and_(*knowing(actor, declared=True, by_key=True)),
        )
        .order_by(Case.reference)
        .execution_options(scope=KNOWING)
    )


def listed_cases_for(
    actor: Actor, wanted: Wanted, days: Days, among: Collection[int] | None
) -> sa.Select[Case]:
    """Select the cases of a list that the actor may open, in no order.

    Args:
        actor: who asks.
        wanted: which list, narrowed by what.
        days: by which it is divided.
        among: the numbers that ``held_ids_for`` gave, where they are few.
    """
    opened = knowing(actor, declared=True, by_key=among is not None)
    found = sa.select(Case).where(*opened, *_narrowed(wanted, days))
    if among is not None:
        found = found.where(Case.id.in_(among))
    return found.execution_options(scope=KNOWING | {"meeting"})


def after(cases: sa.Select[Case], spot: Spot | None) -> sa.Select[Case]:
    """Narrow a list to what comes after a place in it, and sort it by its next date."""
    if spot is not None:
        cases = cases.where(sa.tuple_(*BY_DATE) > sa.tuple_(spot.due_on, spot.reference))
    return cases.order_by(*BY_DATE)


def counted(cases: sa.Select[Case], up_to: int) -> sa.Select[int]:
    """Count a list, but no further than this."""
    some = cases.with_only_columns(Case.id).limit(up_to).subquery()
    options = cases.get_execution_options()
    return sa.select(sa.func.count()).select_from(some).execution_options(**options)


def before(cases: sa.Select[Case], spot: Spot) -> sa.Select[Case]:
    """Narrow a list to what comes before a place in it, the nearest first."""
    earlier = cases.where(sa.tuple_(*BY_DATE) < sa.tuple_(spot.due_on, spot.reference))
    return earlier.order_by(*(column.desc() for column in BY_DATE))


def _narrowed(wanted: Wanted, days: Days) -> list[sa.ColumnElement[bool]]:
    conditions = _of_list(wanted.which, days)
    if wanted.stage is not None:
        conditions.append(Case.stage == wanted.stage)
    if wanted.lga_id is not None:
        conditions.append(Case.lga_id == wanted.lga_id)
    if wanted.agency_id is not None:
        seat = sa.select(PanelSeat.id).where(
            PanelSeat.case_id == Case.id, PanelSeat.agency_id == wanted.agency_id, is_seated()
        )
        conditions.append(seat.correlate(Case).exists())
    return conditions


def _of_list(which: CaseList, days: Days) -> list[sa.ColumnElement[bool]]:
    is_open = Case.stage != Stage.CLOSED
    booked = (
        sa.select(Meeting.id)
        .where(Meeting.case_id == Case.id, Meeting.called_off_at.is_(None))
        .correlate(Case)
        .exists()
    )
    match which:
        case CaseList.OPEN:
            return [is_open]
        case CaseList.LATE:
            return [is_open, Case.next_due_on < days.today]
        case CaseList.SOON:
            return [is_open, Case.next_due_on.between(days.today, days.soon_on)]
        case CaseList.OFFICE:
            to_book = sa.and_(Case.next_clock == Clock.MEETING, ~booked)
            of_office = sa.or_(Case.next_clock.in_(CLOCKS_OF_OFFICE), to_book)
            return [
                Case.stage.not_in({Stage.CLOSED, Stage.REVIEWING}),
                Case.next_due_on < NEVER,
                of_office,
            ]
        case CaseList.AGENCIES:
            acting = sa.and_(Case.next_clock.is_(None), Case.stage == Stage.MONITORING)
            return [
                Case.stage.not_in({Stage.CLOSED, Stage.REVIEWING}),
                sa.or_(Case.next_clock.in_(CLOCKS_OF_AGENCIES), acting),
            ]
        case CaseList.CLOSED:
            return [Case.stage == Stage.CLOSED]


def held_ids_for(actor: Actor, wanted: Wanted) -> sa.Select[int] | None:
    """Select the numbers of the cases that an appointment, seat or name could give the actor.

    None where it is the whole area. Only a way in: it grants nothing, ``listed_cases_for`` asks
    again. Where they are few it is quicker to sort them than to walk the area by date.
    """
    match actor.role:
        case Role.COORDINATOR if wanted.agency_id is None:
            return None
        case Role.COORDINATOR:
            held = sa.select(PanelSeat.case_id).where(PanelSeat.agency_id == wanted.agency_id)
        case Role.CHAIR:
            held = sa.select(ChairAppointment.case_id).where(
                ChairAppointment.person_id == actor.person_id
            )
        case Role.AGENCY_REPRESENTATIVE:
            held = (
                sa.select(PanelSeat.case_id)
                .join(PanelMember, PanelMember.seat_id == PanelSeat.id)
                .where(PanelMember.person_id == actor.person_id)
            )
        case _:
            held = sa.select(PanelSeat.case_id).where(PanelSeat.agency_id == actor.agency_id)
    return held.execution_options(scope=KNOWING)


def meetings_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[Meeting]:
    """Select the meetings of cases that the actor may open."""
    return (
        sa.select(Meeting)
        .where(
            Meeting.case_id.in_(case_ids),
            Meeting.called_off_at.is_(None),
            known(actor, Meeting.case_id, declared=True),
        )
        .execution_options(scope=KNOWING | {"meeting"})
    )
