"""The opening section: the applicant comes in, is heard, is told what comes next, and leaves."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.scope.opening import own_statement_for, visits_for, wishes_for
from portal.access.scope.people import VICTIMS, parties_for
from portal.access.victims import victims_by_who_acts
from portal.db import db, transaction
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.clocks.running import work_out_clock
from portal.domain.roles import Act, Actor
from portal.models.case import Case
from portal.models.meeting import Meeting
from portal.models.opening import OpeningVisit, Statement, Wishes
from portal.services import clocks
from portal.services.agenda import meeting_of
from portal.services.changes import check_version, mark_changed
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.opening_content import (
    OpeningScreen,
    name_in_the_room,
    opening_screen,
)
from portal.services.opening_words import STEPS
from portal.services.statements import add_reading
from portal.services.words import party_name

NOT_OPEN = "The meeting is not open. Open it first, then let the applicant in"
THING = "opening section"


class NobodyInTheRoomError(Exception):
    """The opening section is not under way: nobody was let in, or they have left."""


@dataclass(frozen=True)
class OpeningState:
    """Whether an applicant is in the room, for the panel's page.

    Attributes:
        who: who is in the room or left last, by first name; empty where nobody has come yet.
        entered_at: when they came in; none where nobody has come yet.
        left_at: when they left; none while they are in the room.
    """

    who: str = ""
    entered_at: dt.datetime | None = None
    left_at: dt.datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether somebody is in the room now, so that the panel's part may not be shown."""
        return self.entered_at is not None and self.left_at is None


@dataclass(frozen=True, kw_only=True)
class TypedVisit:
    """Who comes in; see the attributes of ``OpeningVisit``.

    Attributes:
        who: a key of ``LettingIn.who_can_come``.
    """

    who: str
    is_remote: bool
    with_them: str
    rings_today: str


@dataclass(frozen=True)
class LettingIn:
    """What the form needs on which the chair says who comes in.

    Attributes:
        who_can_come: the victims, and who stands in for them with their consent, by key.
        state: who was in before.
    """

    frame: CaseFrame
    who_can_come: dict[str, str]
    state: OpeningState


def opening_state(actor: Actor, case_id: int, sitting: int) -> OpeningState:
    """Return whether an applicant is in the room; belongs inside a transaction.

    Args:
        actor: who leads the case; for everybody else nobody is ever in the room.
        case_id: of a case that the gate has opened.
        sitting: number of the sitting.
    """
    last = _last_visit(actor, case_id, sitting)
    if last is None:
        return OpeningState()
    who = name_in_the_room(actor, case_id, last.stands_in_id or last.party_id)
    return OpeningState(who, last.entered_at, last.left_at)


def open_letting_in(actor: Actor, reference: str) -> LettingIn:
    """Return what the form needs on which the chair says who comes in.

    Raises:
        ActRefusedError: the meeting is not open.
    """
    with transaction():
        opened, meeting = _load(actor, reference, f"{THING}, form")
        return LettingIn(
            frame(actor, opened),
            _who_can_come(actor, opened),
            opening_state(actor, opened.case.id, meeting.sitting),
        )


def let_in(actor: Actor, reference: str, token: str, typed: TypedVisit) -> None:
    """Record that an applicant comes in: the opening section begins.

    Raises:
        ActRefusedError: the meeting is not open.
        IntakeError: they cannot come, or somebody is in the room already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, meeting = _load(actor, reference, f"{THING}, begun")
        if typed.who not in _who_can_come(actor, opened):
            raise IntakeError("who", "Select one of the people on this page")
        last = _last_visit(actor, opened.case.id, meeting.sitting)
        if last is not None and last.left_at is None:
            raise IntakeError("who", "Somebody is in the room. End their opening section first")
        party_id, _, stands_in_id = typed.who.partition("-")
        moved(opened)
        _enter(
            actor,
            meeting,
            party_id=int(party_id),
            stands_in_id=int(stands_in_id) if stands_in_id else None,
            is_remote=typed.is_remote,
            with_them=typed.with_them,
            rings_today=typed.rings_today,
            step=1,
        )


def come_back(actor: Actor, reference: str, token: str) -> None:
    """Record that who left last comes in again, where they were: nothing is asked anew.

    Raises:
        ActRefusedError: the meeting is not open.
        NobodyInTheRoomError: nobody has been in this sitting's opening section yet.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, meeting = _load(actor, reference, f"{THING}, back in")
        last = _last_visit(actor, opened.case.id, meeting.sitting)
        if last is None or _key(last) not in _who_can_come(actor, opened):
            raise NobodyInTheRoomError
        if last.left_at is None:
            return
        moved(opened)
        same = ("party_id", "stands_in_id", "is_remote", "with_them", "rings_today", "step")
        _enter(actor, meeting, **{name: getattr(last, name) for name in same})


def open_screen(actor: Actor, reference: str) -> OpeningScreen:
    """Return the screen that is safe to show while the applicant is in the room.

    Raises:
        ActRefusedError: the meeting is not open.
        NobodyInTheRoomError: there is nobody to show it to.
    """
    with transaction():
        opened, visit = _load_visit(actor, reference, THING)
        case = opened.case
        return opening_screen(actor, case.id, case.reference, visit, _plan_by(actor, case))


def go_to_step(actor: Actor, reference: str, token: str, step: int) -> None:
    """Say which of the four steps is now, from 1.

    Raises:
        NobodyInTheRoomError: the opening section is not under way.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        _, visit = _load_visit(actor, reference, f"{THING}, step")
        visit.step = min(max(step, 1), len(STEPS))


def save_wishes(actor: Actor, reference: str, token: str, words: str, version: int | None) -> None:
    """Keep what who is in the room would like to happen.

    Raises:
        NobodyInTheRoomError: the opening section is not under way.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, visit = _load_visit(actor, reference, f"{THING}, wishes")
        query = wishes_for(actor, opened.case.id, visit.party_id)
        row: Wishes | None = db.session.scalars(query).one_or_none()
        if row is None:
            row = Wishes(party_id=visit.party_id, case_id=opened.case.id)
            db.session.add(row)
        elif row.words == words:
            return
        else:
            check_version(row, version)
        row.words = words
        mark_changed(actor, row)


def note_read_as_planned(actor: Actor, reference: str, token: str) -> None:
    """Note that the statement of who is in the room was read out by who was to read it.

    Raises:
        NobodyInTheRoomError: the opening section is not under way.
        CaseNotFoundError: they have handed in no statement.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, visit = _load_visit(actor, reference, f"{THING}, statement read out")
        query = own_statement_for(actor, opened.case.id, visit.party_id)
        row: Statement | None = db.session.scalars(query).one_or_none()
        if row is None:
            raise CaseNotFoundError(opened.case.reference)
        add_reading(actor, row, row.reads_out, row.reads_out_name)


def end_opening(actor: Actor, reference: str, token: str) -> None:
    """Record that the applicant and who came with them have left, in the room and on video.

    Raises:
        NobodyInTheRoomError: they have left already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, visit = _load_visit(actor, reference, f"{THING}, ended")
        moved(opened)
        visit.left_at, visit.left_by_id = actor.at, actor.person_id


def cover(actor: Actor, reference: str) -> bool:
    """Let the chair cover the screen; say whether it is the applicant's screen that is covered."""
    with transaction():
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="cover of the screen")
        meeting = meeting_of(actor, opened)
        return opening_state(actor, opened.case.id, meeting.sitting).is_under_way


def _load(actor: Actor, reference: str, thing: str) -> tuple[Opened, Meeting]:
    opened = load_case(actor, reference, Act.RUN_MEETING, thing=thing)
    meeting = meeting_of(actor, opened)
    if not meeting.is_under_way:
        raise ActRefusedError(NOT_OPEN)
    return opened, meeting


def _load_visit(actor: Actor, reference: str, thing: str) -> tuple[Opened, OpeningVisit]:
    opened, meeting = _load(actor, reference, thing)
    visit = _last_visit(actor, opened.case.id, meeting.sitting)
    if visit is None or visit.left_at is not None:
        raise NobodyInTheRoomError
    return opened, visit


def _last_visit(actor: Actor, case_id: int, sitting: int) -> OpeningVisit | None:
    query = visits_for(actor, case_id).where(OpeningVisit.sitting == sitting)
    visits = db.session.scalars(query).all()
    return visits[-1] if visits else None


def _enter(actor: Actor, meeting: Meeting, **who_and_how: Any) -> None:
    db.session.add(
        OpeningVisit(
            meeting_id=meeting.id,
            sitting=meeting.sitting,
            entered_at=actor.at,
            entered_by_id=actor.person_id,
            **who_and_how,
        )
    )


def _key(visit: OpeningVisit) -> str:
    return f"{visit.party_id}-{visit.stands_in_id}" if visit.stands_in_id else str(visit.party_id)


def _who_can_come(actor: Actor, opened: Opened) -> dict[str, str]:
    """Return the victims, and who may come in their place: only with the victim's own consent."""
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    names = {party.id: party_name(party.name) for party in parties}
    found = {str(party.id): names[party.id] for party in parties if party.role in VICTIMS}
    acting = victims_by_who_acts(opened.case.id, for_meeting=True)
    for who_acts, victims in acting.items():
        for victim in victims:
            if victim.has_agreed:
                key = f"{victim.party_id}-{who_acts}"
                found[key] = f"{names[who_acts]}, in the place of {names[victim.party_id]}"
    return found


def _plan_by(actor: Actor, case: Case) -> dt.date | None:
    """Return the last day for the plan if the meeting ends today."""
    kept = clocks.kept_clocks(actor, case)
    events = {event: row.happened_at for event, row in kept.recorded.items()}
    events[ClockEvent.MEETING_CLOSED] = actor.at
    rule = next((each for each in kept.scheme.clocks if each.clock is Clock.ACTION_PLAN), None)
    worked = work_out_clock(rule, events, kept.calendar) if rule else None
    return worked.due_on if worked else None
