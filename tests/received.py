"""Changing a meeting, sending what waits, and reading it as its receivers' calendars would."""

from dataclasses import replace

import icalendar
import sqlalchemy as sa

from portal.db import db
from portal.domain.dates import LONDON
from portal.mail.deliver import Nowhere, send_next
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.services import booking
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, token

AT = cases.at(12)
NOOR = "noor@example.org"
# Council and housing with one each, the police with two, chair and coordinator.
PANEL = {
    cases.COUNCIL, cases.HOUSING, cases.POLICE_LEAD, cases.POLICE, cases.CHAIR, cases.COORDINATOR,
}  # fmt: skip


def office(at=AT):
    return actor_of(cases.COORDINATOR, at)


def change(reference, at=AT, **changes):
    page = booking.open_meeting_page(office(at), reference)
    typed = replace(page.booked, **changes)
    booking.book_meeting(office(at), reference, token(), typed, page.version)


def sent(clock, at=AT):
    """Send all that waits; return the invites that reached somebody in this round, in order."""
    before = set(db.session.scalars(_numbers(OutboxMessage.state == DeliveryState.SENT)))
    clock.at = at
    while send_next(clock, Nowhere(), "no-reply@portal.example"):
        pass
    rows = db.session.scalars(
        sa.select(OutboxMessage)
        .where(
            OutboxMessage.state == DeliveryState.SENT,
            OutboxMessage.id.not_in(before),
            OutboxMessage.invite.is_not(None),
        )
        .order_by(OutboxMessage.id)
        .execution_options(**DOOR)
    )
    return [Received(row) for row in rows]


def _numbers(condition):
    return sa.select(OutboxMessage.id).where(condition).execution_options(**DOOR)


class Received:
    """A message as its receiver's calendar reads it."""

    def __init__(self, row):
        calendar = icalendar.Calendar.from_ical(row.invite)
        (self.event,) = calendar.events
        self.to, self.mime, self.method = row.receiver, row.invite_method, str(calendar["METHOD"])
        self.uid, self.sequence = str(self.event["UID"]), int(self.event["SEQUENCE"])
        self.status = str(self.event.get("STATUS", ""))
        self.listed = {each.email for each in self.event.attendees}
        self.said = {each.email: each.params.get("PARTSTAT") for each in self.event.attendees}
        self.event_file = row.invite
        self.text = row.invite.decode().replace("\r\n ", "")
        assert self.mime == self.method
        assert str(self.event["SUMMARY"]) == row.subject
        assert str(self.event["CLASS"]) == "PRIVATE"

    @property
    def starts(self):
        return self.event.DTSTART.astimezone(LONDON).strftime("%d %b %H:%M")


def what(received):
    return {each.to: (each.method, each.sequence) for each in received}
