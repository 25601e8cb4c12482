import datetime as dt
import socket
import threading
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from portal.access.scope.marks import unscoped
from portal.config import Config
from portal.db import db, transaction
from portal.jobs import worker
from portal.mail import deliver
from portal.mail.deliver import Nowhere, Smtp, send_next, transport_for
from portal.models.outbox import DeliveryState, OutboxMessage
from tests.mail.outbox import waiting

SENDER = "no-reply@portal.example"


class _Inbox:
    """A mail server's handler: keeps what it gets, or answers as it is told to."""

    def __init__(self):
        self.answer = ""
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        if self.answer:
            return self.answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class _Remembering:
    """A transport that remembers the keys, and may fail."""

    def __init__(self, fault=None):
        self.keys = []
        self.fault = fault

    def send(self, message):
        self.keys.append(message.key)
        if self.fault:
            raise self.fault


class _PulledPlugError(BaseException):
    """The process ends in the middle of sending."""


@pytest.fixture
def inbox():
    return _Inbox()


@pytest.fixture
def server(inbox):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield _smtp(port)
    controller.stop()


def _smtp(port):
    return Smtp(host="127.0.0.1", port=port, user="", password="", security="none")


@pytest.fixture
def put(app, people):
    """Put messages into the outbox."""

    def add(*messages):
        with app.app_context(), transaction():
            db.session.add_all(messages)

    return add


@pytest.fixture
def send(app, clock):
    """Send one message, as the worker does."""

    def one(transport):
        with app.app_context():
            return send_next(clock, transport, SENDER)

    return one


@pytest.fixture
def stored(app):
    """Look at a message of the outbox."""

    def look(key="k-1"):
        found = sa.select(OutboxMessage).where(OutboxMessage.key == key)
        with app.app_context():
            return db.session.scalars(
                found.execution_options(**unscoped("the test looks at what was stored"))
            ).one()

    return look


def test_what_is_due_is_sent_once(put, send, stored, server, inbox, clock):
    put(waiting("k-1", invite=b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST", invite_method="REQUEST"))

    first, second = send(server), send(server)

    assert (first, second) == (True, False)
    (mail,) = inbox.mails
    assert mail["Message-ID"] == "<k-1@portal.example>"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]
    row = stored()
    assert (row.state, row.sent_at, row.attempts) == (DeliveryState.SENT, clock.now(), 1)


def test_what_is_not_due_yet_waits(put, send, clock):
    put(waiting("k-1", try_at=clock.now() + dt.timedelta(seconds=1)))
    transport = _Remembering()

    too_early = send(transport)
    clock.advance(seconds=1)

    assert (too_early, send(transport)) == (False, True)


def test_the_oldest_goes_first(put, send, clock):
    put(waiting("new"), waiting("old", try_at=clock.now() - dt.timedelta(hours=1)))
    transport = _Remembering()

    send(transport)
    send(transport)

    assert transport.keys == ["old", "new"]


def test_a_message_that_the_server_refuses_for_now_is_tried_again(
    put, send, stored, server, inbox, clock
):
    put(waiting("k-1"))
    inbox.answer = "451 Try again later"

    send(server)

    row = stored()
    assert (row.state, row.attempts, row.fault) == (DeliveryState.WAITING, 1, "SMTPDataError")
    assert row.try_at == clock.now() + dt.timedelta(seconds=10)
    inbox.answer = ""
    clock.advance(seconds=10)
    send(server)
    assert (stored().state, len(inbox.mails), stored().fault) == (DeliveryState.SENT, 1, "")


def test_a_server_that_is_not_there_costs_nothing_but_time(put, send, stored):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        put(waiting("k-1"))

        send(_smtp(closed.getsockname()[1]))

    assert (stored().state, stored().fault) == (DeliveryState.WAITING, "ConnectionRefusedError")


def test_a_server_that_says_nothing_holds_the_worker_only_for_the_time_out(
    put, send, stored, monkeypatch
):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        put(waiting("k-1"))

        send(_smtp(silent.getsockname()[1]))

    # That is what smtplib makes of a time-out.
    assert (stored().state, stored().fault) == (DeliveryState.WAITING, "SMTPServerDisconnected")


def test_the_pauses_double_up_to_an_hour_and_after_the_twelfth_try_a_person_looks(
    put, send, stored, clock
):
    put(waiting("k-1"))
    refused = _Remembering(fault=OSError())
    pauses = []

    while stored().state is DeliveryState.WAITING:
        clock.at = stored().try_at
        send(refused)
        pauses.append((stored().try_at - clock.now()).total_seconds())

    assert pauses[:9] == [10, 20, 40, 80, 160, 320, 640, 1280, 2560]
    assert pauses[9:11] == [3600, 3600]
    assert (stored().state, stored().attempts) == (DeliveryState.UNDELIVERED, 12)
    clock.advance(days=30)
    assert send(refused) is False


def test_a_message_that_can_never_be_sent_does_not_stop_the_others(put, send, stored, server):
    put(waiting("bad", receiver="a@x.example,b@evil.example"), waiting("good"))

    while send(server):
        pass

    assert stored("bad").state is DeliveryState.UNDELIVERED
    assert stored("bad").fault == "MessageError"
    assert stored("good").state is DeliveryState.SENT


def test_a_subject_with_an_end_of_line_does_not_stop_the_others(put, send, stored, server):
    put(waiting("bad", subject="Case\r\nBcc: b@evil.example"), waiting("good"))

    while send(server):
        pass

    assert stored("bad").state is DeliveryState.UNDELIVERED
    assert stored("good").state is DeliveryState.SENT


def test_what_a_crash_left_is_sent_again_under_the_same_id(put, send, stored, server, inbox, clock):
    put(waiting("k-1"))

    class SentThenCrashed:
        def send(self, message):
            server.send(message)
            raise _PulledPlugError

    with pytest.raises(_PulledPlugError):
        send(SentThenCrashed())
    clock.advance(minutes=2)
    leased = send(server)
    clock.advance(seconds=1)
    expired = send(server)

    assert (leased, expired) == (False, True)
    assert [mail["Message-ID"] for mail in inbox.mails] == ["<k-1@portal.example>"] * 2
    assert (stored().state, stored().attempts) == (DeliveryState.SENT, 2)


def test_a_worker_that_comes_back_late_does_not_undo_what_another_did(put, send, stored, clock):
    put(waiting("k-1"))

    class Slow:
        def send(self, _message):
            clock.advance(minutes=3)
            send_next(clock, _Remembering(), SENDER)
            raise OSError

    send(Slow())

    assert (stored().state, stored().attempts) == (DeliveryState.SENT, 2)


@pytest.mark.xdist_group("threads")
def test_workers_side_by_side_send_everything_once(app, put, clock):
    put(*[waiting(f"k-{number}") for number in range(30)])
    transport = _Remembering()
    failed = []

    def work():
        try:
            with app.app_context():
                while send_next(clock, transport, SENDER):
                    pass
        except Exception as error:  # a thread must not fail unseen
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert sorted(transport.keys) == sorted(f"k-{number}" for number in range(30))


def test_in_a_demonstration_the_worker_marks_messages_sent_and_nothing_leaves(app, put, stored):
    put(waiting("k-1"), waiting("k-2"))

    worker.work(app, until_idle=True)

    assert (stored("k-1").state, stored("k-2").state) == (DeliveryState.SENT, DeliveryState.SENT)


def test_messages_leave_by_the_server_of_the_settings_and_in_a_demonstration_not_at_all(tmp_path):
    production = Config.from_env(
        {
            "SECRET_KEY": "k" * 32,
            "PUBLIC_BASE_URL": "https://portal.example",
            "TRUSTED_HOSTS": "portal.example",
            "SMTP_HOST": "mail.example",
            "SMTP_PORT": "587",
            "SMTP_USER": "portal",
            "SMTP_PASSWORD": "of the mail server",
        }
    )

    assert transport_for(production) == Smtp(
        "mail.example", 587, "portal", "of the mail server", "starttls"
    )
    assert isinstance(transport_for(Config.for_demo(tmp_path, 1)), Nowhere)


def _about(key, method, **changes):
    ics = f"BEGIN:VCALENDAR\r\nMETHOD:{method}".encode()
    return waiting(key, invite=ics, invite_method=method, invite_uid="u@portal.example", **changes)


@pytest.mark.parametrize(
    ("invite", "goes"),
    [
        ({"state": DeliveryState.SENT}, True),
        ({"state": DeliveryState.WITHHELD}, False),
        ({"state": DeliveryState.UNDELIVERED, "attempts": 12, "fault": "OSError"}, False),
        # A crash between sending and marking: nobody knows, so it may be in a calendar.
        ({"state": DeliveryState.WITHHELD, "attempts": 1}, True),
        ({"state": DeliveryState.SENT, "receiver": "somebody@else.example"}, False),
    ],
)
def test_a_cancellation_goes_where_the_invite_went_and_nowhere_else(
    put, send, stored, clock, invite, goes
):
    put(_about("invite", "REQUEST", **invite), _about("cancel", "CANCEL"))
    transport = _Remembering()

    assert send(transport) is True

    assert transport.keys == (["cancel"] if goes else [])
    after = DeliveryState.SENT if goes else DeliveryState.WITHHELD
    assert stored("cancel").state is after


def test_a_cancellation_waits_until_the_invite_that_is_on_its_way_has_arrived(
    put, send, stored, clock
):
    until = clock.now() + dt.timedelta(minutes=2)
    on_its_way = {"state": DeliveryState.SENDING, "leased_until": until, "attempts": 1}
    put(_about("invite", "REQUEST", **on_its_way), _about("cancel", "CANCEL"))
    transport = _Remembering()

    early = send(transport)
    clock.advance(minutes=3)
    while send(transport):
        pass

    assert early is False
    assert transport.keys == ["invite", "cancel"]
