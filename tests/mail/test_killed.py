"""Killed by signal 9 at twelve points around a send: nothing is lost, and little is doubled."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.models.outbox import DeliveryState, OutboxMessage
from tests.mail.killing import MAY_DOUBLE, POINTS
from tests.mail.outbox import waiting
from tests.mail.wire import Server

ROOT = Path(__file__).parents[2]
DOOR = unscoped("a test looks at what is stored")


def test_no_message_is_lost_and_one_is_doubled_only_between_acceptance_and_our_mark(app, people):
    """Until its lease ends nobody takes up a message again, so each death meets another one.

    But for the first two deaths, before a lease is there: the third one meets the same message.
    """
    killed_with = {point: f"k-{max(0, number - 2)}" for number, point in enumerate(POINTS)}
    with app.app_context():
        with transaction():
            db.session.add_all(waiting(f"k-{number}") for number, _ in enumerate(POINTS))
        address = db.engine.url.render_as_string(hide_password=False)
    with Server({}) as server:
        done = subprocess.run(  # noqa: S603  # the arguments are these
            [sys.executable, "-m", "tests.mail.killing", address, str(server.port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{point}: 9" for point in POINTS]

    keys = [body.partition("Message-ID: <")[2].partition("@")[0] for body in server.bodies]
    times = Counter(keys)
    doubled = {key for key, number in times.items() if number > 1}
    assert set(times) == {f"k-{number}" for number, _ in enumerate(POINTS)}
    # The second time under the same Message-ID, by which it is known again.
    assert doubled == {killed_with[point] for point in MAY_DOUBLE}
    assert max(times.values()) == 2
    with app.app_context():
        query = sa.select(OutboxMessage.state).execution_options(**DOOR)
        assert set(db.session.scalars(query)) == {DeliveryState.SENT}
