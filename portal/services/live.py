"""The meeting as the whole panel follows it: agenda, who is here, what is agreed, as it grows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal import log
from portal.access import rules
from portal.access.gate import ActRefusedError, Opened, glance, load_case
from portal.access.readers import readers_of
from portal.access.scope.live import look_of
from portal.access.scope.meeting import actions_to_change_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.live import LiveLook
from portal.models.meeting import Meeting
from portal.services.actions import ShownAction, shown_actions
from portal.services.agenda import ShownAgenda, meeting_of, shown_agenda
from portal.services.agreed import Agreed, agreed
from portal.services.attending import Here, who_is_here
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.decisions import decided
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import Pulse, pulse_of, token_of
from portal.services.writing import ShownWriting, writers

# Architecture 8.4: of what open pages hand out, one entry a person and sitting in this time.
LOGGED_EVERY: Final = dt.timedelta(minutes=15)
_THING: Final = "meeting, as it goes on"
FRESH: Final = f"{_THING}: what was new"


@dataclass(frozen=True)
class LivePage:
    """The meeting for everybody on its panel: what may stand on the screen in the room, no more.

    Attributes:
        own_agency_id: whose actions are the reader's; none for chair and coordinator.
        changeable: the numbers of the actions that the reader may change.
        may_consider, may_recommend: the reader may change powers and recommendations.
        token: what this page knows; its script asks for what is newer.
        at: when it was made.
    """

    frame: CaseFrame
    meeting: ShownMeeting
    is_open: bool
    agenda: ShownAgenda
    here: Here
    actions: tuple[ShownAction, ...]
    own_agency_id: int | None
    changeable: frozenset[int]
    decisions: tuple[str, ...]
    agreed: Agreed
    writers: Mapping[str, tuple[ShownWriting, ...]]
    token: str
    at: dt.datetime
    leads: bool
    may_note: bool
    may_change_own: bool
    may_consider: bool
    may_recommend: bool

    def is_own(self, action: ShownAction) -> bool:
        """Say whether the reader's agency owns an action."""
        agency = action.owner_key.rpartition("-")[2]
        return self.own_agency_id is not None and agency == str(self.own_agency_id)


def open_live(actor: Actor, reference: str) -> LivePage:
    """Return the page on which the panel follows the meeting.

    Raises:
        CaseNotFoundError: no meeting is booked.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=_THING)
        meeting = meeting_of(actor, opened)
        _note_look(actor, opened, meeting, is_logged=True)
        return _page(actor, opened, meeting)


def feel_pulse(actor: Actor, reference: str, *, on_chairs_page: bool) -> Pulse:
    """Return the pulse of a meeting for the script of an open page; no entry in the log.

    ``on_chairs_page`` says that the page that asks is the chair's.

    Raises:
        CaseNotFoundError: the case is not, or no longer, the actor's to know of.
        ActRefusedError: the chair's page asks, and the meeting is not the actor's to lead.
    """
    opened = glance(actor, reference, Act.VIEW_CASE)
    if on_chairs_page:
        _check_leads(actor, opened)
    return pulse_of(actor, opened)


def _check_leads(actor: Actor, opened: Opened) -> None:
    verdict = rules.may(actor, Act.RUN_MEETING, opened.facts)
    if isinstance(verdict, rules.Refused):
        raise ActRefusedError(verdict.sentence)


def latest(actor: Actor, reference: str, *, on_chairs_page: bool) -> LivePage:
    """Return what is new for an open page; the log says so once in a quarter of an hour.

    Raises:
        CaseNotFoundError, ActRefusedError: as ``feel_pulse``.
    """
    with transaction():
        opened = glance(actor, reference, Act.VIEW_CASE)
        if on_chairs_page:
            _check_leads(actor, opened)
        meeting = meeting_of(actor, opened)
        _note_look(actor, opened, meeting, is_logged=False)
        return _page(actor, opened, meeting)


def _note_look(actor: Actor, opened: Opened, meeting: Meeting, *, is_logged: bool) -> None:
    """Keep when the log last had an entry of the actor's open page, and add one where due."""
    if actor.person_id is None:
        return
    look = db.session.scalars(look_of(meeting.id, meeting.sitting, actor.person_id)).one_or_none()
    if look is not None and not is_logged and actor.at - look.logged_at < LOGGED_EVERY:
        return
    if look is None:
        look = LiveLook(meeting_id=meeting.id, sitting=meeting.sitting, person_id=actor.person_id)
        db.session.add(look)
    look.logged_at = actor.at
    if not is_logged:
        log.record(actor, Act.VIEW_CASE.value, reference=opened.case.reference, thing=FRESH)


def _page(actor: Actor, opened: Opened, meeting: Meeting) -> LivePage:
    people = readers_of(opened.case)
    actions = shown_actions(actor, opened, people)
    return LivePage(
        frame=frame(actor, opened),
        meeting=shown_meeting(meeting),
        is_open=meeting.is_under_way,
        agenda=shown_agenda(actor, opened, meeting),
        here=who_is_here(actor, opened, meeting, people),
        actions=actions,
        own_agency_id=actor.agency_id,
        changeable=_changeable(actor, opened),
        decisions=decided(actor, opened),
        agreed=agreed(actor, opened),
        may_change_own=opened.allows(actor, Act.CHANGE_OWN_ACTION),
        writers=writers(actor, opened),
        token=token_of(pulse_of(actor, opened)),
        at=actor.at,
        leads=opened.allows(actor, Act.RUN_MEETING),
        may_consider=opened.allows(actor, Act.CONSIDER_POWER),
        may_recommend=opened.allows(actor, Act.RECOMMEND),
        may_note=opened.allows(actor, Act.WRITE_NOTES),
    )


def _changeable(actor: Actor, opened: Opened) -> frozenset[int]:
    """Return the actions that the actor may change while the meeting is under way."""
    acts = (Act.RUN_MEETING, Act.CHANGE_OWN_ACTION)
    if not any(opened.allows(actor, act) for act in acts):
        return frozenset()
    mine = actions_to_change_for(actor, opened.case.id)
    return frozenset(action.number for action in db.session.scalars(mine))


__all__ = ["FRESH", "LivePage", "Pulse", "feel_pulse", "latest", "open_live", "token_of"]
