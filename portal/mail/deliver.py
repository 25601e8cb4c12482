"""From the outbox to the mail server: at least once, each try with a lease and a time-out."""

import datetime as dt
import logging
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from portal.access.readers import may_know_of
from portal.access.scope.drafts import draft_by_link
from portal.access.scope.marks import unscoped
from portal.clock import Clock
from portal.config import Config
from portal.db import db, transaction
from portal.mail import sealed
from portal.mail.message import Message, MessageError, to_mail
from portal.models.delivery import Delivery
from portal.models.outbox import FOR_DRAFT, DeliveryState, OutboxMessage

logger = logging.getLogger("portal.mail")

LEASE = dt.timedelta(minutes=2)
TIMEOUT_SECONDS = 10
LONGEST_SECONDS = 60.0
MOST_ATTEMPTS = 12
_PERMANENT = 500  # RFC 5321: 5yz will fail again, 4yz may not
LONGEST_PAUSE = dt.timedelta(hours=1)


class Transport(Protocol):
    """Something that takes a message to its receiver."""

    def send(self, message: Message) -> None:
        """Hand the message over; raise OSError or SMTPException where that fails."""


class Nowhere:
    """The demonstration's transport: messages are shown on a page and go nowhere."""

    def send(self, message: Message) -> None:
        """Make the message as it would be sent, so that a bad one is found here too."""
        to_mail(message).as_bytes()


@dataclass(frozen=True)
class Smtp:
    """A mail server."""

    host: str
    port: int
    user: str
    password: str
    security: str

    def send(self, message: Message) -> None:
        """Hand the message to the server within the time-out."""
        mail = to_mail(message)
        server = self._connect()
        with _no_longer_than(LONGEST_SECONDS, server):
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(mail)
        _say_goodbye(server)

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)


@contextmanager
def _no_longer_than(seconds: float, server: smtplib.SMTP) -> Iterator[None]:
    """Hang up after so long: a server that answers a letter at a time would never time out."""
    watch = threading.Timer(seconds, _hang_up, [server])
    watch.daemon = True
    watch.start()
    try:
        yield
    except BaseException:
        server.close()
        raise
    finally:
        watch.cancel()


def _hang_up(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        server.sock.shutdown(socket.SHUT_RDWR)


def _say_goodbye(server: smtplib.SMTP) -> None:
    """Leave the server; it has accepted the message, whatever becomes of the line now."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def is_for_good(error: Exception) -> bool:
    """Say whether trying again is of no use: the server will not have this receiver or message.

    What is wrong with the sender, the sign-in or the line is for the office to mend, and waits.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= _PERMANENT
    return isinstance(error, MessageError)


def transport_for(config: Config) -> Transport:
    """Return how messages leave this installation."""
    if config.demo:
        return Nowhere()
    return Smtp(
        config.smtp_host,
        config.smtp_port,
        config.smtp_user,
        config.smtp_password,
        config.smtp_security,
    )


def send_next(clock: Clock, transport: Transport, sender: str) -> bool:
    """Send one message that is due; say whether there was one.

    What its receiver may no longer know of is withheld instead, which counts as one too.
    The message is leased in one transaction, sent outside any, and marked in another: what
    crashes in between is sent again after the lease, under the same Message-ID.
    """
    leased = _lease(clock.now())
    if leased is None:
        return False
    if leased.is_withheld:
        return True
    try:
        transport.send(_message(leased, sender, clock.now()))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _mark_failed(leased, clock.now(), error)
    else:
        _mark_sent(leased, clock.now())
    return True


@dataclass(frozen=True)
class _Leased:
    id: int
    attempts: int
    attempts_before: int
    seed: str | None
    key: str
    receiver: str
    subject: str
    body: str
    invite: bytes | None
    invite_method: str | None
    is_withheld: bool


_DOOR = "the worker sends messages and shows them to nobody"


def _lease(now: dt.datetime) -> _Leased | None:
    due = sa.or_(
        sa.and_(OutboxMessage.state == DeliveryState.WAITING, OutboxMessage.try_at <= now),
        sa.and_(OutboxMessage.state == DeliveryState.SENDING, OutboxMessage.leased_until < now),
    )
    with transaction():
        row = db.session.scalars(
            sa.select(OutboxMessage)
            .where(due, sa.or_(_is_no_cancellation(), ~_is_being_invited()))
            .order_by(OutboxMessage.try_at, OutboxMessage.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .execution_options(**unscoped(_DOOR))
        ).one_or_none()
        if row is None:
            return None
        is_withheld = not _may_be_told(row, now)
        if is_withheld:
            row.state, row.leased_until = DeliveryState.WITHHELD, None
        else:
            row.state, row.leased_until = DeliveryState.SENDING, now + LEASE
            row.attempts += 1
        names = _Leased.__dataclass_fields__.keys() - {"is_withheld"}
        return _Leased(is_withheld=is_withheld, **{name: getattr(row, name) for name in names})


_CANCELLATION = "CANCEL"


def _is_no_cancellation() -> sa.ColumnElement[bool]:
    return OutboxMessage.invite_method.is_distinct_from(_CANCELLATION)


def _is_being_invited() -> sa.ColumnElement[bool]:
    """Say of a message that its receiver’s invite is on its way: it has to be there first."""
    other = sa.orm.aliased(OutboxMessage)
    return sa.exists().where(
        other.invite_uid == OutboxMessage.invite_uid,
        other.receiver == OutboxMessage.receiver,
        other.invite_method != _CANCELLATION,
        other.state == DeliveryState.SENDING,
    )


def _may_be_told(row: OutboxMessage, now: dt.datetime) -> bool:
    """Say whether the receiver may still know of the case: they may have left it since.

    A cancellation takes a meeting out of the calendar of somebody who may have left, and says
    nothing new: it goes wherever the invite went, and nowhere else.
    """
    if row.invite_method == _CANCELLATION:
        return row.invite_uid is None or _has_left(row)
    if row.delivery_id is not None:
        return _is_on_its_way(row.delivery_id)
    if row.seed and row.seed.startswith(FOR_DRAFT):
        return _leads_to_draft(row.seed)
    if row.case_id is None or row.person_id is None:
        return True
    return may_know_of(row.person_id, row.case_id, now)


def _is_on_its_way(delivery_id: int) -> bool:
    """Say whether a paper may still go where its message goes: that may have become unsafe."""
    in_force = sa.select(Delivery.id).where(Delivery.id == delivery_id, Delivery.ended_at.is_(None))
    return db.session.scalar(in_force.execution_options(**unscoped(_DOOR))) is not None


def _leads_to_draft(seed: str) -> bool:
    """Say whether a link still opens something: a newer one, or sending it, has ended it."""
    link = draft_by_link(sealed.hash_of(sealed.secret_of(seed)))
    return db.session.scalars(link).one_or_none() is not None


def _has_left(cancellation: OutboxMessage) -> bool:
    """Say whether an invite for the same entry was sent, or a crash leaves open whether it was."""
    maybe_sent = sa.and_(OutboxMessage.attempts > 0, OutboxMessage.fault == "")
    invites = sa.select(OutboxMessage.id).where(
        OutboxMessage.invite_uid == cancellation.invite_uid,
        OutboxMessage.receiver == cancellation.receiver,
        OutboxMessage.invite_method != _CANCELLATION,
        sa.or_(OutboxMessage.state == DeliveryState.SENT, maybe_sent),
    )
    found = db.session.scalars(invites.execution_options(**unscoped(_DOOR))).first()
    return found is not None


def _message(leased: _Leased, sender: str, now: dt.datetime) -> Message:
    return Message(
        key=leased.key,
        sender=sender,
        receiver=leased.receiver,
        subject=leased.subject,
        body=sealed.opened_body(leased.body, leased.seed),
        sent_at=now,
        invite=leased.invite,
        invite_method=leased.invite_method,
    )


def _mark_sent(leased: _Leased, now: dt.datetime) -> None:
    _mark(leased, {"state": DeliveryState.SENT, "sent_at": now, "fault": ""})


def _mark_failed(leased: _Leased, now: dt.datetime, error: Exception) -> None:
    """Try again later, each time after twice as long; after the last try a person has to look."""
    tries = leased.attempts - leased.attempts_before
    is_last = tries >= MOST_ATTEMPTS or is_for_good(error)
    pause = min(dt.timedelta(seconds=5 * 2**tries), LONGEST_PAUSE)
    state = DeliveryState.UNDELIVERED if is_last else DeliveryState.WAITING
    logger.warning("Message %s, try %s: %s", leased.key, leased.attempts, type(error).__name__)
    _mark(leased, {"state": state, "try_at": now + pause, "fault": type(error).__name__})


def _mark(leased: _Leased, values: dict[str, object]) -> None:
    with transaction():
        db.session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id == leased.id, OutboxMessage.attempts == leased.attempts)
            .values(**values)
            .execution_options(synchronize_session=False, **unscoped(_DOOR))
        )
