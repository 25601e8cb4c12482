"""What a load run keeps, and whether all of it is there afterwards."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.benchmarks.browsing import Answer, Browser

ROOT = Path(__file__).parents[2]


class Run:
    """What all clients share: the end, the answers so far, and what was acknowledged."""

    def __init__(self, seconds: float, rate: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.rate = rate
        self.lock = threading.Lock()
        self.answers: list[Answer] = []
        self.faults: list[str] = []
        self.shared: list[tuple[str, str]] = []
        self.incidents: list[tuple[str, str]] = []
        self.sent_twice = 0

    def note(self, answer: Answer) -> None:
        """Keep an answer."""
        with self.lock:
            self.answers.append(answer)

    def fault(self, sentence: str) -> None:
        """Keep what went wrong."""
        with self.lock:
            self.faults.append(sentence)


def lost(run: Run, browser: Browser) -> list[str]:
    """Return what was acknowledged and does not stand on its page exactly once."""
    faults = []
    for page, acknowledged in (("shared", run.shared), ("reports", run.incidents)):
        for reference in sorted({reference for reference, _ in acknowledged}):
            shown = browser.get(f"/cases/{reference}/{page}").text
            headings = Counter(re.findall(r"<h3[^>]*>[^\n]*?(Load \d+-\d+)", shown))
            faults += [
                f"{marker} stands {headings[marker]} times on {page} of {reference}"
                for case, marker in acknowledged
                if case == reference and headings[marker] != 1
            ]
    return faults


def lost_in_database(run: Run, database: Path) -> list[str]:
    """Return what is not stored exactly once, what nobody was told of, what is not in the log."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as reading:

        def stored(table: str) -> Counter[str]:
            rows = reading.execute(f"SELECT title FROM {table} WHERE title LIKE 'Load %'")  # noqa: S608
            return Counter(title for (title,) in rows)

        def not_logged() -> int:
            return reading.execute(
                "SELECT count(*) FROM shared_item WHERE title LIKE 'Load %' AND 1 <> "
                "(SELECT count(*) FROM log_entry WHERE act = 'share_item'"
                " AND thing LIKE 'item ' || shared_item.key || '%')"
            ).fetchone()[0]

        faults = []
        for table, acknowledged in (("shared_item", run.shared), ("incident", run.incidents)):
            counted, expected = stored(table), Counter(marker for _, marker in acknowledged)
            faults += [
                f"{marker} is stored {counted[marker]} times in {table}, acknowledged "
                f"{expected[marker]} times"
                for marker in sorted({*counted, *expected})
                if counted[marker] != 1 or expected[marker] != 1
            ]
        if missing := not_logged():
            faults.append(f"{missing} shared items have not one entry in the log")
        return faults


def verify_log(database: Path) -> tuple[bool, str]:
    """Return whether every chain is whole, and what the command said."""
    settings = {
        "SECRET_KEY": "only for reading the log of a load run",
        "PUBLIC_BASE_URL": "http://127.0.0.1",
        "TRUSTED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "portal.jobs.cli", "log", "verify"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, (done.stdout + done.stderr).strip()
