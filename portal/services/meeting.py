"""The meeting itself: opened, who was there, what was decided, what will be done, closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.items import panel_items_for
from portal.access.scope.meeting import meeting_decisions_for
from portal.db import db, transaction
from portal.domain.clocks.rules import ClockEvent
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.meeting import MeetingDecision
from portal.models.plan import PlanDraft
from portal.services import clocks
from portal.services.actions import ShownAction, owners, shown_actions
from portal.services.agenda import (
    ShownAgenda,
    begin_sitting,
    end_sitting,
    go_to,
    meeting_of,
    shown_agenda,
)
from portal.services.agreed import Agreed, agreed
from portal.services.assessment import move_to
from portal.services.attending import Attender, Here, record_attendance, who_is_here
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.confidentiality import who_has_not_agreed
from portal.services.decisions import decided
from portal.services.frames import CaseFrame, frame
from portal.services.item_notes import ShownNote, keep_at_close, shown_note
from portal.services.joining import Agencies, panel_agencies
from portal.services.live_stamp import moved, pulse_of, token_of
from portal.services.meeting_gaps import gaps_of
from portal.services.once import once
from portal.services.opening import OpeningState, opening_state
from portal.services.powers import ShownPower, powers_of_area
from portal.services.risk_page import is_scored_at_meeting
from portal.services.writing import ShownWriting, writers


@dataclass(frozen=True)
class RunPage:
    """The chair's page of the meeting; it may be projected, so it holds panel items only.

    Attributes:
        note: what was noted on the item that the table is at; none before the first.
        writers: who is writing in what, by thing.
        token: what the open page knows; its script asks for what is newer.
        not_agreed: who has not yet agreed to the confidentiality statement.
    """

    frame: CaseFrame
    meeting: ShownMeeting
    is_open: bool
    here: Here
    applicant_attendance: str
    decisions: tuple[str, ...]
    actions: tuple[ShownAction, ...]
    owners: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    is_risk_scored: bool
    agencies: Agencies
    powers: tuple[ShownPower, ...]
    agreed: Agreed
    agenda: ShownAgenda
    note: ShownNote | None
    writers: Mapping[str, tuple[ShownWriting, ...]]
    token: str
    at: dt.datetime
    not_agreed: tuple[str, ...]
    opening: OpeningState

    @property
    def attenders(self) -> tuple[Attender, ...]:
        """Return everybody who is expected."""
        return self.here.attenders


def open_run_page(actor: Actor, reference: str) -> RunPage:
    """Return the chair's page, before the meeting is opened and while it is under way."""
    with transaction():
        opened = _load_for_chair(actor, reference)
        meeting = meeting_of(actor, opened)
        people = readers_of(opened.case)
        agenda = shown_agenda(actor, opened, meeting)
        return RunPage(
            frame=frame(actor, opened),
            meeting=shown_meeting(meeting),
            is_open=meeting.is_under_way,
            here=who_is_here(actor, opened, meeting, people),
            applicant_attendance=meeting.applicant_attendance,
            decisions=decided(actor, opened),
            actions=shown_actions(actor, opened, people),
            owners=owners(people),
            items=tuple(
                (item.title, item.content)
                for item in db.session.scalars(panel_items_for(actor, opened.case.id))
            ),
            is_risk_scored=is_scored_at_meeting(actor, opened, meeting.opened_at),
            agencies=panel_agencies(people),
            powers=powers_of_area(actor),
            agreed=agreed(actor, opened),
            agenda=agenda,
            note=shown_note(actor, opened, agenda.now) if agenda.now else None,
            writers=writers(actor, opened),
            token=token_of(pulse_of(actor, opened)),
            at=actor.at,
            not_agreed=tuple(p.label for p in who_has_not_agreed(actor, opened)),
            opening=opening_state(actor, opened.case.id, meeting.sitting),
        )


def _load_for_chair(actor: Actor, reference: str) -> Opened:
    """Open the page for the chair alone, whether the meeting is still to be opened or under way."""
    opened = load_case(actor, reference, Act.VIEW_CASE, thing="meeting, chair’s page")
    if opened.allows(actor, Act.OPEN_MEETING) or opened.allows(actor, Act.RUN_MEETING):
        return opened
    # The table says it with the right sentence.
    return load_case(actor, reference, Act.RUN_MEETING, thing="meeting, chair’s page")


def open_meeting(actor: Actor, reference: str, token: str) -> None:
    """Open the meeting; its clock has done its work. Once adjourned, open its next sitting.

    Raises:
        IllegalMoveError: what is missing, as a sentence.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.OPEN_MEETING)
        if not opened.facts.is_adjourned:
            move_to(actor, opened, Act.OPEN_MEETING, Stage.REVIEWING)
            clocks.happened(actor, opened.case, ClockEvent.MEETING_OPENED, actor.at)
        meeting = meeting_of(actor, opened)
        meeting.opened_at = actor.at
        begin_sitting(actor, opened, meeting)


def move_on(actor: Actor, reference: str, token: str, *, left: str, to: str) -> str:
    """Go on, or back, to an item; return the title of the present one where that is another.

    ``left`` is the key of the item that the page shows as the present one, or empty; ``to`` that
    of the item to go to.

    Raises:
        CaseNotFoundError: there is no such item.
    """
    with once(actor, token) as turn:
        if not turn.is_repeat:
            opened = load_case(actor, reference, Act.RUN_MEETING, thing="agenda")
            turn.result = go_to(actor, opened, meeting_of(actor, opened), left=left, key=to)
    return turn.result


def add_decision(actor: Actor, reference: str, token: str, decision: str) -> None:
    """Record a decision of the meeting; the whole panel reads it."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="decision")
        meeting = meeting_of(actor, opened)
        before = db.session.scalars(meeting_decisions_for(actor, opened.case.id)).all()
        db.session.add(
            MeetingDecision(meeting_id=meeting.id, number=len(before) + 1, decision=decision)
        )
        moved(opened)


def close_meeting(actor: Actor, reference: str, token: str) -> None:
    """Close the meeting: the plan is drafted from it and the plan's clock starts.

    Raises:
        IllegalMoveError: what is missing, as a sentence.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CLOSE_MEETING)
        meeting = meeting_of(actor, opened)
        missing = gaps_of(actor, opened, meeting)
        move_to(actor, opened, Act.CLOSE_MEETING, Stage.PLANNING)
        meeting.closed_at = actor.at
        meeting.missing_at_close = "\n".join(gap.sentence for gap in missing)
        end_sitting(actor, opened, meeting)
        keep_at_close(actor, opened)
        db.session.add(
            PlanDraft(
                case_id=opened.case.id,
                findings="\n".join(decided(actor, opened)),
                what_was_agreed="",
                changed_at=actor.at,
            )
        )
        clocks.happened(actor, opened.case, ClockEvent.MEETING_CLOSED, actor.at)


__all__ = [
    "RunPage",
    "add_decision",
    "close_meeting",
    "move_on",
    "open_meeting",
    "open_run_page",
    "record_attendance",
]
