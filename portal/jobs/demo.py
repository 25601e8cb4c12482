"""The demonstration: sample people and cases, its own clock, the worker inside, one command."""

import datetime as dt
import socket
import sys
import threading
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
import waitress
from flask import Flask

from portal import create_app
from portal.clock import OffsetClock, SystemClock
from portal.config import Config
from portal.db import db
from portal.jobs import demo_cases, demo_people, worker
from portal.models.person import Area

THREADS = 8


def run(at: dt.datetime, port: int, folder: Path) -> None:
    """Set up what is missing, print the accounts, and serve until stopped.

    Args:
        at: what the clock says at the start, aware; it runs on from there.
        port: on this computer.
        folder: where the demonstration's database is kept.
    """
    _check_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    clock = OffsetClock.starting_at(at, SystemClock())
    app = create_app(Config.for_demo(folder, port), clock)
    fill(app)
    threading.Thread(target=worker.work, args=(app,), daemon=True).start()
    _print_accounts(port)
    # Many connections at once are cheap here; few would let slow ones lock everybody out.
    waitress.serve(app, host="127.0.0.1", port=port, threads=THREADS, connection_limit=1000)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. Choose another: make demo PORT={port + 1}")


def fill(app: Flask) -> None:
    """Bring the database to the newest revision and, where it is empty, fill it."""
    with app.app_context():
        flask_migrate.upgrade()
        is_empty = db.session.scalar(sa.select(sa.func.count(Area.id))) == 0
        db.session.rollback()
        if is_empty:
            demo_people.add_all()
            demo_cases.add_all()


def _print_accounts(port: int) -> None:
    lines = ["", f"Case Review Portal, demonstration: http://127.0.0.1:{port}", ""]
    lines += [f"  {line}" for line in demo_people.accounts_listed()]
    lines += ["", f"Passphrase of all: {demo_people.PASSPHRASE}", "Stop with Ctrl+C.", ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
