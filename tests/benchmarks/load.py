"""People clicking at once: does every saved thing survive, and does every page answer?

Run it from the checkout; it starts a demonstration of its own on this computer and stops it again:

    python tests/benchmarks/load.py --clients 28 --seconds 120 --rate 2

Times are information: they say more about the computer than about the portal.
"""

import argparse
import datetime as dt
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from portal.jobs.demo_people import PASSPHRASE  # noqa: E402  # the checkout comes first
from tests.benchmarks.browsing import Answer, Browser, Unanswered  # noqa: E402
from tests.benchmarks.checking import (  # noqa: E402
    Run,
    lost,
    lost_in_database,
    verify_log,
)

COORDINATOR = "coordinator@wharrow-lpb.example"
CHAIRS = ("chair@chairs.example", "chair-two@chairs.example")
SHARING = (
    "police@wharrow-police.example",
    "council@hexley.example",
    "council@wharrowdale.example",
    "housing@tollgate.example",
    "health@wharrow-icb.example",
    "fire@wharrow-fire.example",
)
# Fourteen seats; with 28 clients, two browsers on each.
ACCOUNTS = (COORDINATOR, *SHARING, COORDINATOR, *SHARING[:4], *CHAIRS)

SEATED = ("Wharrow Valley Police", "Hexley Council", "Wharrowdale Council", "Tollgate Homes")
SEATED_TOO = ("Wharrow ICB", "Wharrow Fire and Rescue")

CLICKS_OF_A_SHARING = 3
CLICKS_OF_AN_INCIDENT = 2
WRITING = 0.2
TWICE = 0.1  # of the writes are sent a second time, as by a double click
BUSY_MARK = 500

HANDLINGS = ("panel", "statutory", "chair_and_coordinator")
_REFERENCE = re.compile(r"/cases/(ACR-[0-9A-Z]{4}-[0-9A-Z]{4})(?=\")")
_ITEM = re.compile(r"/cases/[^/\"]+/shared/[0-9a-f]{10}(?=\")")


class Client(threading.Thread):
    """Somebody who clicks until the time is over, four times out of five only to read."""

    def __init__(self, run: Run, browser: Browser, number: int, email: str) -> None:
        super().__init__(daemon=True, name=f"client {number}")
        self.shared_run, self.browser, self.email = run, browser, email
        self.number, self.written = number, 0
        self.chance = random.Random(number)  # noqa: S311  # only who clicks what
        self.next_at = time.monotonic()
        self.cases: list[str] = []
        self.writable: list[str] = []

    def run(self) -> None:
        """Click until the end; whatever is not an answer is a fault of the run."""
        try:
            self._look_around()
            while time.monotonic() < self.shared_run.ends_at:
                self._click()
        except Exception as error:  # who stops early must not pass unseen
            self.shared_run.fault(f"{self.name}, {self.email}: {type(error).__name__}: {error}")

    def _click(self) -> None:
        """Read or write something; a page that is not the right one does not stop this person."""
        try:
            self._write() if self._is_writing() else self._read()
        except Unanswered as error:
            self.shared_run.fault(str(error))

    def _pause(self) -> None:
        """Wait until this person clicks again, about ``rate`` times a second."""
        pause = self.chance.uniform(0.5, 1.5) / self.shared_run.rate
        self.next_at = max(self.next_at + pause, time.monotonic())
        time.sleep(max(self.next_at - time.monotonic(), 0))

    def _get(self, path: str) -> Answer:
        self._pause()
        return self.browser.get(path)

    def _look_around(self) -> None:
        self.cases = sorted(set(_REFERENCE.findall(self._get("/cases").text)))
        where, button = ("reports", "reports/add-incident") if self._is_office else ("", "share")
        for reference in self.cases:
            page = self._get(f"/cases/{reference}/{where}".rstrip("/")).text
            if f'href="/cases/{reference}/{button}"' in page:
                self.writable.append(reference)

    @property
    def _is_office(self) -> bool:
        return self.email == COORDINATOR

    def _is_writing(self) -> bool:
        """Whether the next thing is to write: so often that a fifth of the clicks belong to it."""
        clicks = CLICKS_OF_AN_INCIDENT if self._is_office else CLICKS_OF_A_SHARING
        odds = WRITING / (clicks * (1 - WRITING))
        return bool(self.writable) and self.chance.random() < odds / (1 + odds)

    def _read(self) -> None:
        if not self.cases:
            self._get("/home")
            return
        case = f"/cases/{self.chance.choice(self.cases)}"
        way = self.chance.choice(
            ("/home", "/cases", case, case, f"{case}/shared", f"{case}/meeting", f"{case}/people")
        )
        answer = self._get(way)
        items = _ITEM.findall(answer.text) if way.endswith("/shared") else []
        if items:
            self._get(self.chance.choice(items))

    def _write(self) -> None:
        self.written += 1
        marker = f"Load {self.number:03d}-{self.written:04d}"
        reference = self.chance.choice(self.writable)
        if self._is_office:
            self._add_incident(reference, marker)
        else:
            self._share(reference, marker)

    def _share(self, reference: str, marker: str) -> None:
        path = f"/cases/{reference}/share"
        form = self._get(path).form("form_token")
        typed = {
            **form.hidden,
            "title": marker,
            "happened_on-day": "9",
            "happened_on-month": "11",
            "happened_on-year": "2026",
            "content": f"{marker}: what the agency knows. " * 10,
            "handling": self.chance.choice(HANDLINGS),
            "told": "no",
            "words": "",
        }
        self._pause()
        checked = self.browser.post(path, typed).form("form_token")
        self._pause()
        self._send(path, {**checked.hidden, "share": "yes"}, (reference, marker), "shared")

    def _add_incident(self, reference: str, marker: str) -> None:
        path = f"/cases/{reference}/reports/add-incident"
        form = self._get(path).form("form_token")
        typed = {
            **form.hidden,
            "happened_on-day": "9",
            "happened_on-month": "11",
            "happened_on-year": "2026",
            "title": marker,
            "account": f"{marker}: in the applicant’s words.",
            "was_reported": "yes",
            "reported_on-day": "10",
            "reported_on-month": "11",
            "reported_on-year": "2026",
            "reported_to": "Wharrow Valley Police",
        }
        self._pause()
        self._send(path, typed, (reference, marker), "incidents")

    def _send(self, path: str, typed: dict[str, str], what: tuple[str, str], kind: str) -> None:
        """Save, sometimes twice; keep the marker only where the portal said that it was saved."""
        is_twice = self.chance.random() < TWICE
        for _ in range(2 if is_twice else 1):
            answer = self.browser.post(path, typed)
        if answer.status != 303:
            self.shared_run.fault(f"{what[1]} was answered with {answer.status}")
            return
        with self.shared_run.lock:
            getattr(self.shared_run, kind).append(what)
            self.shared_run.sent_twice += is_twice
        self.browser.get(urlsplit(answer.location).path)


def free_port() -> int:
    """Return a port of this computer that nobody uses."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def demonstration(folder: Path, port: int):
    """Run a demonstration of its own and stop it at the end."""
    command = [sys.executable, "-m", "portal.jobs.cli", "demo"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603  # the arguments are these
            [*command, "--folder", str(folder), "--port", str(port)],
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            if not is_answering(port, server):
                words = (folder / "server.log").read_text(errors="replace")
                raise SystemExit(f"The demonstration did not start.\n{words[-2000:]}")
            yield
        finally:
            server.terminate()
            server.wait(30)


def is_answering(port: int, server: subprocess.Popen) -> bool:
    """Wait until the server answers; say whether it does within two minutes."""
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as asking:
                asking.request("GET", "/health")
                if asking.getresponse().status == 200:
                    return True
        except OSError:
            time.sleep(0.2)
    return False


def sign_in(port: int, run: Run, email: str) -> Browser:
    """Return a browser of this person."""
    browser = Browser(port, run.note)
    form = browser.get("/sign-in").form("form_token")
    answer = browser.post("/sign-in", {**form.hidden, "email": email, "passphrase": PASSPHRASE})
    if answer.status != 303:
        raise SystemExit(f"{email} could not sign in: {answer.status}")
    return browser


def prepare(browser: Browser) -> None:
    """Seat the agencies on the cases that are being arranged, so that many cases are shared on."""
    for reference in sorted(set(_REFERENCE.findall(browser.get("/cases").text))):
        path = f"/cases/{reference}/people/add-agency"
        if browser.get(path).status != 200 or "Tollgate Homes</th>" in _people(browser, reference):
            continue
        for name in (*SEATED, *SEATED_TOO):
            _choose(browser, path, "agency", rf'<option value="(\d+)">{name}</option>')
        officer = r'<option value="(\d+-\d+)">Sgt Daniel Okafor</option>'
        _choose(browser, f"/cases/{reference}/people/name", "person", officer)


def _people(browser: Browser, reference: str) -> str:
    return browser.get(f"/cases/{reference}/people").text


def _choose(browser: Browser, path: str, field: str, option: str) -> None:
    page = browser.get(path)
    found = re.search(option, page.text)
    if found:
        browser.post(path, {**page.form("form_token").hidden, field: found[1]})


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def report(run: Run, took: float, first: int) -> None:
    """Print what was asked and how long the answers took."""
    asked = run.answers[first:]
    times = sorted(answer.milliseconds for answer in asked)
    say(f"requests: {len(asked)} in {took:.0f} s, {len(asked) / took:.1f} a second")
    statuses = Counter(answer.status for answer in asked)
    say("answers: " + ", ".join(f"{count} x {code}" for code, count in sorted(statuses.items())))
    for name, at in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        say(f"{name}: {times[int(len(times) * at)]:.0f} ms (information)")
    for kind in ("GET", "POST"):
        some = sorted(answer.milliseconds for answer in asked if answer.method == kind)
        if some:
            middle, longest = some[len(some) // 2], some[-1]
            say(f"{kind}: p50 {middle:.0f} ms, longest {longest:.0f} ms (information)")


def click(clients: int, seconds: float, rate: float, folder: Path) -> list[str]:
    """Let the clients click, count, and return every fault."""
    port, database = free_port(), folder / "portal.sqlite"
    with demonstration(folder, port):
        run = Run(seconds, rate)
        checking = sign_in(port, run, COORDINATOR)
        prepare(checking)
        emails = [ACCOUNTS[number % len(ACCOUNTS)] for number in range(clients)]
        browsers = [sign_in(port, run, email) for email in emails]
        say(f"{clients} clients of {len(set(emails))} accounts, {rate:g} clicks a second each")
        began, first = time.monotonic(), len(run.answers)
        run.ends_at = began + seconds
        people = [
            Client(run, browser, number, email)
            for number, (browser, email) in enumerate(zip(browsers, emails, strict=True), start=1)
        ]
        for person in people:
            person.start()
        for person in people:
            person.join(seconds + 120)
            if person.is_alive():
                run.fault(f"{person.name} did not come to an end")
        report(run, time.monotonic() - began, first)
        gone = [*lost(run, checking), *lost_in_database(run, database)]
    whole, words = verify_log(database)
    saved = len(run.shared) + len(run.incidents)
    missing = {marker for fault in gone for marker in re.findall(r"Load \d+-\d+", fault)}
    faults = [*run.faults, *gone]
    say(f"saved: {len(run.shared)} items, {len(run.incidents)} incidents")
    say(f"of these sent twice: {run.sent_twice}")
    say(f"nothing lost: {saved - len(missing)} of {saved}")
    say("log verify:")
    say("\n".join(f"  {line}" for line in words.splitlines()))
    bad = Counter(f"{a.method} {a.status} {a.path}" for a in run.answers if a.status >= BUSY_MARK)
    faults += [f"{count} x {what}" for what, count in bad.items()]
    if not (run.shared and run.incidents):
        faults.append("Nothing was shared, or no incident was added: the run was too short")
    return faults if whole else [*faults, "The log does not hold"]


def main() -> None:
    """Run it and leave with 1 where anything failed."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asking.add_argument("--clients", type=int, default=28)
    asking.add_argument("--seconds", type=float, default=120)
    asking.add_argument("--rate", type=float, default=2, help="clicks a second of each client")
    wanted = asking.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = dt.timedelta(seconds=time.monotonic())
        faults = click(wanted.clients, wanted.seconds, wanted.rate, Path(folder))
        took = dt.timedelta(seconds=time.monotonic()) - began
        log = (Path(folder) / "server.log").read_text(errors="replace")
    errors = [line for line in log.splitlines() if "rror" in line]
    say(f"errors: {len(faults)}")
    for line in (*faults[:50], *errors[-20:]):
        say(f"  {line}")
    say(f"done in {took.seconds} s: {'FAILED' if faults else 'passed'}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
