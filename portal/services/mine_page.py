"""The applicant's own page: where it stands, what they can do now, and whom they can ring.

It is built from the stages' words for them, from the clocks and from what is their own; nothing
that anybody shared or the panel wrote is selected for it.
"""

import datetime as dt
from dataclasses import dataclass

from portal.access.own import OwnCase, load_own_case
from portal.access.scope.mine import (
    own_clocks_for,
    own_contact_for,
    own_events_for,
    own_meeting_for,
    own_reach_for,
    own_supporters_for,
)
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.deadlines import london_day
from portal.domain.delivery import SafeWay
from portal.domain.own_steps import NextEvent, OwnFacts, OwnStep, next_event, steps
from portal.domain.roles import Act, Actor
from portal.models.delivery import SafeReach
from portal.models.person import Area
from portal.services.own_draft import is_asked
from portal.services.plan_content import OFFICE_HOURS

_WAYS = {
    SafeWay.EMAIL: "By email, with a link and never with what it is about",
    SafeWay.POST: "By post, in a plain envelope",
    SafeWay.PHONE: "By phone: somebody reads them to you",
}
_SAFE = {Answer.YES: "Yes", Answer.NO: "Never", Answer.NOT_KNOWN: "Never: it is not known as safe"}


@dataclass(frozen=True)
class Supporter:
    """Somebody who stands by them."""

    name: str
    phone: str


@dataclass(frozen=True)
class OwnPage:
    """All that stands on the page.

    Attributes:
        next: what comes next.
        steps: what has happened and what comes.
        office_hours: when somebody answers the phone.
        contact: how they are reached: what, and how; empty where nobody has asked them yet.
        may: what they can do now.
        is_victim: they have a statement of their own.
        is_asked: they can say now what they think of the draft of their plan.
    """

    reference: str
    next: NextEvent
    steps: tuple[OwnStep, ...]
    office_name: str
    office_phone: str
    office_hours: str
    supporters: tuple[Supporter, ...]
    contact: tuple[tuple[str, str], ...]
    may: frozenset[Act]
    is_victim: bool
    is_asked: bool


def open_own_page(actor: Actor) -> OwnPage:
    """Return the page of somebody of the applicant's side.

    Raises:
        CaseNotFoundError: their key has ended, or the victim whom they act for does not agree.
    """
    with transaction():
        own = load_own_case(actor, Act.OPEN_OWN_PAGE)
        facts = _facts(actor, own)
        area = db.session.get_one(Area, own.case.area_id)
        found = db.session.execute(own_supporters_for(actor))
        return OwnPage(
            reference=own.case.reference,
            next=next_event(facts),
            steps=steps(facts),
            office_name=area.office_name,
            office_phone=area.office_phone,
            office_hours=OFFICE_HOURS,
            supporters=tuple(Supporter(name, phone) for name, phone in found),
            contact=_contact(actor),
            may=frozenset(act for act in Act if own.allows(actor, act)),
            is_victim=own.party.role.is_victim,
            is_asked=facts.is_asked,
        )


def _facts(actor: Actor, own: OwnCase) -> OwnFacts:
    """Return what the words for them are made of."""
    happened = {row.event: row.happened_at for row in db.session.scalars(own_events_for(actor))}
    meeting = db.session.execute(own_meeting_for(actor)).one_or_none()
    is_met = ClockEvent.MEETING_CLOSED in happened
    ahead = meeting if meeting and not is_met else None
    return OwnFacts(
        stage=own.case.stage,
        today=london_day(actor.at),
        received_on=london_day(own.case.received_at),
        due=_due(actor, own),
        decided_on=_day(happened.get(ClockEvent.THRESHOLD_DECIDED)),
        is_told_no=ClockEvent.DECISION_NOTICE_SENT in happened,
        meeting_at=ahead.starts_at if ahead else None,
        opening_ends_at=ahead.opening_ends_at if ahead else None,
        is_invited=bool(ahead and ahead.is_applicant_invited),
        met_on=_day(happened.get(ClockEvent.MEETING_CLOSED)),
        is_asked=is_asked(actor),
        plan_on=_day(happened.get(ClockEvent.PLAN_ISSUED)),
    )


def _due(actor: Actor, own: OwnCase) -> dict[Clock, dt.date | None]:
    """Return the last day of what is not done yet; none while it stands still or has no day.

    A decision of which they were not told yet is not done for them.
    """
    rows = db.session.scalars(own_clocks_for(actor)).all()
    untold = Clock.THRESHOLD_DECISION if own.facts.stage is not own.case.stage else None
    return {
        row.clock: None if row.is_paused or row.due_on == NEVER else row.due_on
        for row in rows
        if row.stopped_on is None or row.clock is untold
    }


def _day(at: dt.datetime | None) -> dt.date | None:
    return london_day(at) if at else None


def _contact(actor: Actor) -> tuple[tuple[str, str], ...]:
    reach = db.session.scalars(own_reach_for(actor)).one_or_none()
    if reach is None:
        return ()
    contact = db.session.scalars(own_contact_for(actor)).one_or_none()
    ending = contact.phone[-3:] if contact and contact.phone else ""
    rows = (
        ("Letters and papers", _WAYS[reach.way]),
        ("Phone", _phone(reach, ending)),
        ("Voicemail", _safe(reach.voicemail_is_safe)),
        ("Email", _safe(reach.email_is_safe)),
        ("Post", _safe(reach.post_is_safe)),
        ("Who may answer", reach.who_may_answer or "Nobody but you"),
    )
    return tuple((what, how) for what, how in rows if how)


def _phone(reach: SafeReach, ending: str) -> str:
    number = f"The number ending {ending}" if ending else ""
    return ", ".join(each for each in (number, reach.times) if each)


def _safe(answer: Answer | None) -> str:
    return _SAFE[answer or Answer.NOT_KNOWN]
