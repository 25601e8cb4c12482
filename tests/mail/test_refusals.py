"""What mail servers do to us: refuse, stall, drop the line; and that no page waits for them."""

import socket
import threading

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.mail import deliver
from portal.mail.deliver import Smtp, send_next
from portal.models.outbox import DeliveryState, OutboxMessage
from tests.mail.outbox import waiting
from tests.mail.wire import Line, Server

SENDER = "no-reply@portal.example"
DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def sent_to(app, people, clock):
    """Send one message by a server that answers as it is told; return what is stored then."""

    def send(server, *rows):
        transport = Smtp(host="127.0.0.1", port=server.port, user="", password="", security="none")
        with app.app_context():
            with transaction():
                db.session.add_all(rows or [waiting("k-1")])
            while send_next(clock, transport, SENDER):
                pass
            query = sa.select(OutboxMessage).order_by(OutboxMessage.id).execution_options(**DOOR)
            return list(db.session.scalars(query))

    return send


@pytest.mark.parametrize(
    ("at", "answer", "state"),
    [
        (Line.RCPT, "550 no such mailbox", DeliveryState.UNDELIVERED),
        (Line.RCPT, "450 mailbox busy", DeliveryState.WAITING),
        (Line.BODY, "554 refused", DeliveryState.UNDELIVERED),
        (Line.BODY, "451 later", DeliveryState.WAITING),
        # The sender is for the office to mend; the receiver is not at fault.
        (Line.MAIL, "550 sender refused", DeliveryState.WAITING),
    ],
)
def test_what_is_refused_for_good_needs_a_person_at_once_and_all_else_waits(
    sent_to, at, answer, state
):
    with Server({at: answer}) as server:
        (row,) = sent_to(server)

    assert (row.state, row.attempts) == (state, 1)


@pytest.mark.parametrize("answer", ["500 what", None])
def test_whatever_follows_the_acceptance_the_message_is_sent_and_not_sent_again(sent_to, answer):
    with Server({Line.QUIT: answer}) as server:
        (row,) = sent_to(server)

    assert row.state is DeliveryState.SENT
    assert len(server.bodies) == 1


@pytest.mark.parametrize("at", [Line.HELO, Line.RCPT, Line.DATA, Line.BODY])
def test_a_line_that_drops_costs_one_try(sent_to, at):
    with Server({at: None}) as server:
        (row,) = sent_to(server)

    assert (row.state, row.attempts) == (DeliveryState.WAITING, 1)


def test_a_server_that_answers_a_letter_at_a_time_is_hung_up_on(sent_to, monkeypatch):
    monkeypatch.setattr(deliver, "LONGEST_SECONDS", 0.3)
    with Server({Line.RCPT: "drip"}) as server:
        (row,) = sent_to(server)

    assert row.state is DeliveryState.WAITING


def test_each_receiver_is_alone_on_the_wire_and_never_copied(sent_to):
    public = [f"applicant-{number}@example.org" for number in range(3)]
    rows = [waiting(f"k-{each}", receiver=each, person_id=None) for each in public]

    with Server({}) as server:
        sent_to(server, *rows)

    assert server.receivers == [[f"<{each}>"] for each in public]
    for body, mine in zip(server.bodies, public, strict=True):
        heads = body.partition("\r\n\r\n")[0]
        assert f"To: {mine}" in heads
        assert "Cc:" not in heads
        assert "Bcc:" not in heads
        assert [each for each in public if each in body] == [mine]


@pytest.mark.xdist_group("threads")
def test_while_a_server_stalls_pages_are_answered(app, as_, clock, monkeypatch):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 5)
    office = as_("coordinator@wharrow-lpb.example")
    with app.app_context(), transaction():
        db.session.add(waiting("k-1"))
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        def work():
            reached.set()
            with app.app_context():
                send_next(clock, Smtp("127.0.0.1", port, "", "", "none"), SENDER)

        worker = threading.Thread(target=work)
        worker.start()
        taken, _ = silent.accept()  # the worker waits for a greeting that never comes
        page = office.get("/post/undelivered")
        still_waits = worker.is_alive()
        taken.close()
        worker.join()

    assert (page.status, still_waits) == (200, True)
