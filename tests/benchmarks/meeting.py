"""Eight people at one meeting for ten minutes at real pace: what does the server need for it?

Run it from the checkout; it starts a server of its own on this computer and stops it again:

    python tests/benchmarks/meeting.py --seconds 600

Everybody's page asks for what is new every four seconds; the chair agrees actions, notes and moves
on, the coordinator writes notes, and now and then somebody opens the page anew.
"""

import argparse
import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from portal import create_app  # noqa: E402  # the checkout comes first
from portal.clock import OffsetClock, SystemClock  # noqa: E402
from portal.config import Config  # noqa: E402
from portal.db import db  # noqa: E402
from portal.jobs import demo_people  # noqa: E402
from portal.mail.deliver import Nowhere, send_next  # noqa: E402
from portal.models.log import LogEntry  # noqa: E402
from portal.models.meeting import Presence  # noqa: E402
from portal.services import meeting, panel  # noqa: E402
from portal.services.live import FRESH  # noqa: E402
from tests import cases  # noqa: E402
from tests.benchmarks.browsing import Answer, Browser  # noqa: E402
from tests.benchmarks.load import free_port, is_answering, say, sign_in  # noqa: E402

FIRE = "fire@wharrow-fire.example"
PEOPLE = (
    cases.CHAIR,
    cases.COORDINATOR,
    cases.POLICE,
    cases.POLICE_LEAD,
    cases.COUNCIL,
    cases.HOUSING,
    cases.HEALTH,
    FIRE,
)
POLL_SECONDS = 4
ACT_SECONDS = 20
LOOK_SECONDS = 120
WARM_UP_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")
# The targets: share of one core, growth in megabytes, entries in the log from polls.
MOST_CPU, MOST_MEGABYTES, MOST_ENTRIES = 5.0, 10.0, 30
_STATE = re.compile(r'id="live"[^>]*data-seen="([^"]*)" data-since="([^"]*)"')
_OWNER = re.compile(r'<option value="(\d+-\d+)"')
_NEXT = re.compile(r'name="to_item" value="([0-9a-f]+)">(?:Start|Next)')
_NOTES = re.compile(r'/meeting/items/([0-9a-f]+)"')


class Counting:
    """What was answered."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    def note(self, answer: Answer) -> None:
        """Keep an answer."""
        self.answers.append(answer)


class Attender(threading.Thread):
    """Somebody whose page is open until the meeting ends."""

    def __init__(self, browser: Browser, reference: str, email: str, ends_at: float) -> None:
        super().__init__(daemon=True, name=email)
        self.browser, self.email, self.ends_at = browser, email, ends_at
        self.meeting = f"/cases/{reference}/meeting"
        self.acted = 0
        self.has_stayed = False

    @property
    def is_chair(self) -> bool:
        """Whether this is who leads."""
        return self.email == cases.CHAIR

    def run(self) -> None:
        """Ask every four seconds; act, or look anew, when it is time."""
        self._attend()
        self.has_stayed = True

    def _attend(self) -> None:
        number = PEOPLE.index(self.email)
        time.sleep(number * POLL_SECONDS / len(PEOPLE))
        self._look()
        act_at = time.monotonic() + ACT_SECONDS
        look_at = time.monotonic() + LOOK_SECONDS + number
        while time.monotonic() < self.ends_at:
            time.sleep(POLL_SECONDS)
            self._poll()
            if time.monotonic() > act_at:
                act_at += ACT_SECONDS
                self._act()
            if time.monotonic() > look_at:
                look_at += LOOK_SECONDS
                self._look()

    def _look(self) -> None:
        self._keep(self.browser.get(f"{self.meeting}/{'run' if self.is_chair else 'live'}"))

    def _keep(self, answer: Answer) -> None:
        found = _STATE.search(answer.text)
        if found is None:
            found = re.search(r'id="live" data-seen="([^"]*)" data-since="([^"]*)"', answer.text)
        if found:
            self.seen, self.since = found[1], found[2].replace("+", "%2B")

    def _poll(self) -> None:
        on = "&on=run" if self.is_chair else ""
        asked = f"{self.meeting}/live/latest?seen={self.seen}&since={self.since}{on}"
        answer = self.browser.get(asked)
        if answer.status == 200:
            self._keep(answer)

    def _act(self) -> None:
        self.acted += 1
        if self.is_chair:
            self._lead()
        elif self.email == cases.COORDINATOR and self.acted % 3 == 0:
            page = self.browser.get(f"{self.meeting}/agenda").text
            self._note(_NOTES.findall(page)[self.acted % 5])

    def _lead(self) -> None:
        page = self.browser.get(f"{self.meeting}/run")
        self._keep(page)
        hidden = page.form("note_token").hidden
        if self.acted % 3 == 1 and (to := _NEXT.search(page.text)):
            self.browser.post(f"{self.meeting}/now", {**hidden, "to_item": to[1]})
        elif self.acted % 3 == 2:
            self._agree(page, hidden)
        else:
            noted = {**hidden, "text": f"Noted in turn {self.acted}"}
            self.browser.post(f"{self.meeting}/run", noted)
        self._look()

    def _agree(self, page: Answer, hidden: dict[str, str]) -> None:
        typed = {
            **hidden,
            "what": f"Action agreed in turn {self.acted}",
            "owner": _OWNER.findall(page.text)[0],
            "due": "2",
        }
        self.browser.post(f"{self.meeting}/actions", typed)

    def _note(self, key: str) -> None:
        path = f"{self.meeting}/items/{key}"
        form = self.browser.get(path).form("version")
        self.browser.post(path, {**form.hidden, "text": f"Noted in turn {self.acted}"})


def _app(folder: Path):
    config = Config(
        secret_key="only for a benchmark, 32 characters long",
        public_base_url="http://127.0.0.1",
        trusted_hosts=("127.0.0.1",),
        database_url=f"sqlite:///{folder / 'portal.sqlite'}",
        mail_from="no-reply@portal.example",
        demo=True,
    )
    return create_app(config, OffsetClock.starting_at(cases.at(19, 10, 5), SystemClock()))


def serve(folder: Path, port: int) -> None:
    """Answer until the process is ended."""
    make_server("127.0.0.1", port, _app(folder), threaded=True).serve_forever()


def prepare(folder: Path) -> str:
    """A case whose meeting is under way, with eight people at it; return its reference."""
    app = _app(folder)
    with app.app_context():
        flask_migrate.upgrade()
        demo_people.add_all()
    reference = cases.make_case(app, stage="reviewing")
    with app.app_context():
        office = cases.actor_of(cases.COORDINATOR, cases.OPENED_AT)
        for agency, email in ((demo_people.ICB, cases.HEALTH), (demo_people.FIRE, FIRE)):
            number = cases.agency_id(agency)
            panel.seat_agency(office, reference, cases.token(), agency_id=number, is_required=False)
            panel.name_agency_representative(
                office,
                reference,
                cases.token(),
                agency_id=number,
                person_id=cases.person_id(email),
            )
        _all_are_present(reference)
        while send_next(app.extensions["clock"], Nowhere(), "no-reply@portal.example"):
            pass  # an invite that waits would be a fault of the installation
        db.session.remove()
        db.engine.dispose()
    return reference


def _all_are_present(reference: str) -> None:
    """Mark everybody as present: their polls keep them signed in, which is a write now and then."""
    chair = cases.actor_of(cases.CHAIR, cases.OPENED_AT)
    expected = {each.person_id for each in meeting.open_run_page(chair, reference).attenders}
    missing = [email for email in PEOPLE if cases.person_id(email) not in expected]
    if missing:
        raise SystemExit(f"Not expected at the meeting: {', '.join(missing)}")
    presences = dict.fromkeys(expected, Presence.PRESENT)
    meeting.record_attendance(chair, reference, cases.token(), presences, "In person")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmRSS")


def _entries(folder: Path) -> int:
    app = _app(folder)
    with app.app_context():
        found = sa.select(sa.func.count()).where(LogEntry.thing == FRESH)
        return db.session.scalar(found) or 0


def hold(seconds: float, folder: Path) -> bool:
    """Hold the meeting, print what it cost, and say whether that is within the targets."""
    reference, port = prepare(folder), free_port()
    command = [sys.executable, __file__, "--serve", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:  # noqa: S603  # these
        try:
            if not is_answering(port, server):
                raise SystemExit("The server did not start.")
            return _measured(seconds, folder, reference, port, server.pid)
        finally:
            server.terminate()


def _measured(seconds: float, folder: Path, reference: str, port: int, pid: int) -> bool:
    counting = Counting()
    browsers = [sign_in(port, counting, email) for email in PEOPLE]
    counting.answers.clear()
    ends_at = time.monotonic() + seconds
    people = [
        Attender(browser, reference, email, ends_at)
        for browser, email in zip(browsers, PEOPLE, strict=True)
    ]
    cpu, began = _cpu_seconds(pid), time.monotonic()
    for person in people:
        person.start()
    time.sleep(min(WARM_UP_SECONDS, seconds / 2))
    memory = _megabytes(pid)
    for person in people:
        person.join()
    took = time.monotonic() - began
    share = 100 * (_cpu_seconds(pid) - cpu) / took
    growth, entries = _megabytes(pid) - memory, _entries(folder)
    polls = [each for each in counting.answers if "/live/latest" in each.path]
    statuses = Counter((each.method, each.status) for each in counting.answers)
    say(f"{len(people)} people, {dt.timedelta(seconds=round(took))}: {dict(statuses)}")
    say(f"polls: {len(polls)}, with something new: {sum(each.status == 200 for each in polls)}")
    say(f"share of one core: {share:.1f} % (at most {MOST_CPU:g})")
    say(f"growth of memory after the first minute: {growth:.1f} MB (under {MOST_MEGABYTES:g})")
    say(f"entries in the log from polls: {entries} (under {MOST_ENTRIES})")
    faults = [each for each in counting.answers if each.status >= 400]
    for each in faults[:10]:
        say(f"  {each.method} {each.path}: {each.status}")
    gone = [person.email for person in people if not person.has_stayed]
    say(f"who did not stay to the end: {', '.join(gone) or 'nobody'}")
    within = share <= MOST_CPU and growth < MOST_MEGABYTES and entries < MOST_ENTRIES
    return within and not faults and not gone


def main() -> None:
    """Run it and leave with 1 where a target was missed."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asking.add_argument("--seconds", type=float, default=600)
    asking.add_argument("--serve", type=Path)
    asking.add_argument("--port", type=int, default=0)
    wanted = asking.parse_args()
    if wanted.serve:
        serve(wanted.serve, wanted.port)
        return
    with tempfile.TemporaryDirectory() as folder:
        is_within = hold(wanted.seconds, Path(folder))
    say("passed" if is_within else "FAILED")
    sys.exit(0 if is_within else 1)


if __name__ == "__main__":
    main()
