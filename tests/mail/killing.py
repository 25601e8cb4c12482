"""A worker that kills itself at a named point around a send, in a process of its own.

``python -m tests.mail.killing ADDRESS PORT`` sends the messages of a database and is killed at
one point after the other; then it sends what is left, once the leases have run out. The points
are put round the product’s own functions here: there is none in it.
"""

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.mail import deliver
from tests.apps import BEGINS_AT, FakeClock, make_app

SENDER = "no-reply@portal.example"
POINTS = (
    "before the lease",
    "lease not committed",
    "leased",
    "message made",
    "connected",
    "sender named",
    "receiver named",
    "body begun",
    "accepted",
    "line closed",
    "mark not committed",
    "marked",
)
# Between the server's acceptance and our mark nobody can know whether it was sent.
MAY_DOUBLE = POINTS[8:11]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after(owner: Any, name: str) -> None:
    """Die as soon as a function of the product, or of smtplib, has returned."""
    real: Callable[..., Any] = getattr(owner, name)

    def then(*args: Any, **kwargs: Any) -> Any:
        real(*args, **kwargs)
        die()

    setattr(owner, name, then)


def _before(owner: Any, name: str) -> None:
    setattr(owner, name, lambda *_args, **_kwargs: die())


def _at_commit(number: int) -> None:
    """Die before the commit of the transaction with this number."""
    commits = []

    def count(_session: Session) -> None:
        commits.append(1)
        if len(commits) == number:
            die()

    event.listen(Session, "before_commit", count)


def arm(point: str) -> None:
    """Put a death at the point."""
    smtp = deliver.smtplib.SMTP
    {
        "before the lease": lambda: _before(deliver, "_lease"),
        "lease not committed": lambda: _at_commit(1),
        "leased": lambda: _after(deliver, "_lease"),
        "message made": lambda: _after(deliver, "to_mail"),
        "connected": lambda: _after(deliver.Smtp, "_connect"),
        "sender named": lambda: _after(smtp, "mail"),
        "receiver named": lambda: _after(smtp, "rcpt"),
        "body begun": lambda: _in_body(smtp),
        "accepted": lambda: _after(smtp, "data"),
        "line closed": lambda: _after(deliver, "_say_goodbye"),
        "mark not committed": lambda: _at_commit(2),
        "marked": lambda: _after(deliver, "_mark_sent"),
    }[point]()


def _in_body(smtp: Any) -> None:
    """Send half of the body, and die."""
    real = smtp.send

    def half(self: Any, text: Any) -> None:
        if len(text) > 200:  # the body: every command is shorter
            real(self, text[: len(text) // 2])
            die()
        real(self, text)

    smtp.send = half


def _send_all(app: Flask, port: int) -> None:
    transport = deliver.Smtp("127.0.0.1", port, "", "", "none")
    with app.app_context():
        while deliver.send_next(app.extensions["clock"], transport, SENDER):
            pass


def main(address: str, port: int) -> None:
    """Die once at each point, all within the time of a lease; later let one worker finish."""
    clock = FakeClock(BEGINS_AT)
    app = make_app(address, clock)  # connects to nothing before it is asked
    for point in POINTS:
        child = os.fork()
        if not child:
            arm(point)
            _send_all(app, port)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else "lived"
        sys.stdout.write(f"{point}: {died}\n")
        sys.stdout.flush()
    clock.at += deliver.LEASE + dt.timedelta(seconds=1)
    _send_all(app, port)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
