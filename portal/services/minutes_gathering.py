"""Gathering what a meeting recorded, as the minutes are drafted from it."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.readers import readers_of
from portal.access.scope.agenda import notes_for, projected_agenda_for
from portal.access.scope.clocks import clocks_for
from portal.access.scope.items import panel_items_for
from portal.access.scope.meeting import (
    adjourned_sittings_for,
    attendance_for,
    meeting_decisions_for,
)
from portal.access.scope.opening import readings_for, visits_for, wishes_for
from portal.access.scope.people import parties_for, seats_for
from portal.access.scope.reports import reports_for
from portal.access.scope.risk import band_decisions_for, scorings_for
from portal.db import db
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import Clock
from portal.domain.risk.bands import Band
from portal.domain.roles import Actor
from portal.models.clock import CaseClock
from portal.models.meeting import Attendance, Meeting
from portal.models.person import Agency, Person
from portal.models.risk import BandState, RiskScoring
from portal.services.actions import shown_actions
from portal.services.agreed import agreed
from portal.services.bands import bands_by_case
from portal.services.minutes_declared import Declared, declared
from portal.services.minutes_record import Attended, Noted, Record, RiskFound, Sat, Visited
from portal.services.opening_words import who_reads
from portal.services.telling import shown_tellings
from portal.services.words import party_name

_IN_FORCE = frozenset({BandState.IN_FORCE, BandState.AGREED})


def gathered(actor: Actor, opened: Opened, meeting: Meeting) -> Record:
    """Return what the meeting recorded; belongs inside a transaction.

    Raises:
        ValueError: the meeting has not been closed.
    """
    if meeting.opened_at is None or meeting.closed_at is None:
        raise ValueError("Minutes are drafted once the meeting is closed.")
    case_id = opened.case.id
    decisions = db.session.scalars(meeting_decisions_for(actor, case_id))
    return Record(
        sittings=_sittings(actor, case_id, meeting, meeting.opened_at, meeting.closed_at),
        applicant_attendance=meeting.applicant_attendance,
        visits=_visits(actor, case_id),
        read_out_by=tuple(
            who_reads(row.read_by, row.read_by_name)
            for row in db.session.scalars(readings_for(actor, case_id))
        ),
        reports=tuple(each.state for each in db.session.scalars(reports_for(actor, case_id))),
        risk=_risk(actor, opened, meeting.opened_at),
        notes=_notes(actor, case_id),
        decisions=tuple(row.decision for row in decisions),
        actions=shown_actions(actor, opened, readers_of(opened.case)),
        agreed=agreed(actor, opened),
        tellings=shown_tellings(actor, opened),
        closed_at=meeting.closed_at,
        plan_due_on=_plan_due_on(actor, case_id),
    )


def _visits(actor: Actor, case_id: int) -> tuple[Visited, ...]:
    """Return who of the applicant's side came in, with what was typed of their wishes."""
    names = {
        row.id: party_name(row.name) for row in db.session.scalars(parties_for(actor, [case_id]))
    }
    rows = db.session.scalars(visits_for(actor, case_id)).all()
    wishes = {
        party_id: db.session.scalars(wishes_for(actor, case_id, party_id)).one_or_none()
        for party_id in {row.party_id for row in rows}
    }
    return tuple(
        Visited(
            who=names[row.stands_in_id or row.party_id],
            entered_at=row.entered_at,
            left_at=row.left_at,
            wishes=found.words if (found := wishes[row.party_id]) else "",
        )
        for row in rows
    )


def _sittings(
    actor: Actor, case_id: int, meeting: Meeting, opened_at: dt.datetime, closed_at: dt.datetime
) -> tuple[Sat, ...]:
    """Return the sittings that were adjourned and, last, the one that closed the meeting."""
    adjourned = db.session.scalars(adjourned_sittings_for(actor, case_id)).all()
    ends = {row.number: row.adjourned_at for row in adjourned} | {meeting.sitting: closed_at}
    attended = _attended(actor, case_id, ends)
    earlier = [
        Sat(
            row.opened_at,
            row.adjourned_at,
            row.place,
            row.reason,
            attended.get(row.number, ()),
            row.interim_steps,
            row.told_applicant,
        )
        for row in adjourned
    ]
    last = Sat(opened_at, closed_at, meeting.place, "", attended.get(meeting.sitting, ()))
    return (*earlier, last)


def _attended(
    actor: Actor, case_id: int, ends: Mapping[int, dt.datetime]
) -> dict[int, tuple[Attended, ...]]:
    """Return by sitting who was expected: the chair and the office first, then the agencies."""
    rows = db.session.scalars(attendance_for(actor, case_id)).all()
    names = names_of(Person, {row.person_id for row in rows})
    agencies = names_of(Agency, {row.agency_id for row in rows if row.agency_id})
    said = declared(actor, case_id)
    found = [
        (
            row.sitting,
            row.agency_id is not None,
            Attended(
                name=names[row.person_id],
                agency=_agency(row, agencies, said),
                is_required=row.is_required,
                presence=row.presence,
                is_observer=row.is_observer,
                joined_at=row.joined_at,
                left_at=row.left_at,
                conflict=said.conflict_of(row, ends[row.sitting]),
                agreed_on=said.agreed_on.get(row.person_id),
            ),
        )
        for row in rows
        if row.sitting in ends
    ]
    found.sort(key=lambda each: (*each[:2], each[2].agency, each[2].name))
    by_sitting = itertools.groupby(found, key=lambda each: each[0])
    return {sitting: tuple(each for *_, each in group) for sitting, group in by_sitting}


def _agency(row: Attendance, agencies: dict[int, str], said: Declared) -> str:
    if row.agency_id:
        return agencies[row.agency_id]
    return "Chair" if row.person_id in said.chairs else "Coordinator"


def names_of(model: type[Person] | type[Agency], ids: set[int]) -> dict[int, str]:
    """Return the names of people or agencies by their number, in one query."""
    rows = db.session.execute(sa.select(model.id, model.name).where(model.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _risk(actor: Actor, opened: Opened, opened_at: dt.datetime) -> RiskFound | None:
    now = bands_by_case(actor, [opened.case.id]).get(opened.case.id)
    if now is None:
        return None
    return RiskFound(_band_before(actor, opened, opened_at), Band(now.band), now.line)


def _band_before(actor: Actor, opened: Opened, opened_at: dt.datetime) -> Band | None:
    """Return the band of the last scoring before the meeting, with what was decided on it then.

    It was in force, so the whole panel could read it.
    """
    query = scorings_for(actor, opened.case.id).where(RiskScoring.scored_at < opened_at)
    scoring = db.session.scalars(query.limit(1)).first()
    if scoring is None:
        return None
    decided = [
        row.band
        for row in db.session.scalars(band_decisions_for(actor, opened.case.id))
        if row.scoring_id == scoring.id
        and row.state in _IN_FORCE
        and (row.answered_at or row.decided_at) < opened_at
    ]
    return decided[-1] if decided else scoring.band


def _notes(actor: Actor, case_id: int) -> tuple[Noted, ...]:
    """Return what was noted, item after item; restricted items are not among them."""
    notes = {note.item_id: note.text for note in db.session.scalars(notes_for(actor, case_id))}
    return tuple(
        Noted(item.topic, item.title, notes[item.id])
        for item in db.session.scalars(projected_agenda_for(actor, case_id))
        if notes.get(item.id, "").strip()
    )


def _plan_due_on(actor: Actor, case_id: int) -> dt.date | None:
    query = clocks_for(actor, [case_id]).where(CaseClock.clock == Clock.ACTION_PLAN)
    clock = db.session.scalars(query).one_or_none()
    return clock.due_on if clock and clock.due_on != NEVER else None


def accounts(actor: Actor, opened: Opened) -> Sequence[tuple[int, tuple[str, ...]]]:
    """Return the agencies on the panel, and the titles of what each shares with all of it."""
    items = db.session.scalars(panel_items_for(actor, opened.case.id)).all()
    return [
        (seat.agency_id, tuple(item.title for item in items if item.agency_id == seat.agency_id))
        for seat in db.session.scalars(seats_for(actor, opened.case.id))
    ]
