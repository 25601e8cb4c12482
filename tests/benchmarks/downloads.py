"""Fifty downloads at once, again and again: do ten people who only click have to wait?

Run it from the checkout; it starts gunicorn as in production on this computer and stops it again:

    python tests/benchmarks/downloads.py --seconds 60

The people click for a while alone, then as long beside the downloads: issued plans, PDFs, templates
filled with examples, templates checked, plans issued, a template that is broken.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from portal import create_app  # noqa: E402  # the checkout comes first
from portal.clock import OffsetClock, SystemClock  # noqa: E402
from portal.config import Config  # noqa: E402
from portal.db import db, transaction  # noqa: E402
from portal.documents import office_suite  # noqa: E402
from portal.documents.content import Kind  # noqa: E402
from portal.documents.render import template_for  # noqa: E402
from portal.jobs import demo  # noqa: E402
from portal.mail.deliver import Nowhere, send_next  # noqa: E402
from portal.models.template import TemplateVersion  # noqa: E402
from portal.services import pdf_work, pdfs, template_pages, templates  # noqa: E402
from tests import cases  # noqa: E402
from tests.benchmarks import at_work  # noqa: E402
from tests.benchmarks.browsing import Answer, Browser  # noqa: E402
from tests.benchmarks.load import ACCOUNTS, free_port, is_answering, say, sign_in  # noqa: E402
from tests.documents.word_reading import changed  # noqa: E402

ADMINISTRATOR = "admin@wharrow-lpb.example"
PEOPLE = ACCOUNTS[:10]
PAUSE_SECONDS = 5
AT_ONCE = 50
ISSUE_PAUSE_SECONDS = 2
PAGES = ("", "/shared", "/people", "/meeting", "/documents", "/papers")
TIMEOUT_SECONDS = 120
# The targets; what takes longer or more is a fault of the run.
MOST_MILLISECONDS, MOST_MEGABYTES = 1000, 1024

PLAN, LETTER = Kind.PANEL_PLAN, Kind.ACKNOWLEDGEMENT
DOCUMENTS = ("action-plan-panel-1", "action-plan-applicant-1")
SOUND = template_for("default", PLAN).read_bytes()
UNSOUND = changed(SOUND, lambda word: word.add_paragraph("{{ no_such_field }}"))
BROKEN = "“Letter: acknowledgement”, version 1 of your office"

Ask = Callable[[Browser], str]


@dataclass
class Sample:
    """What there is to download.

    Attributes:
        issued: reference of a case with issued plans.
        ready: references of cases whose plan can be issued, each once.
        broken: reference of a case whose letter is filled from a damaged template.
        has_pdfs: LibreOffice is there, and the issued plans have PDFs.
    """

    issued: str
    ready: list[str]
    broken: str
    has_pdfs: bool


@dataclass
class Phase:
    """What was answered while it lasted, and what was wrong with it."""

    pages: list[Answer] = field(default_factory=list)
    downloads: list[Answer] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: Answer) -> None:
        """Keep the answer to somebody who clicks."""
        self.pages.append(answer)


def fill(app: Flask, issues: int) -> Sample:
    """Fill the database with the demonstration and what is to be downloaded."""
    demo.fill(app)
    broken = cases.make_case(app, stage="assessing")
    issued = cases.make_case(app, stage="monitoring")
    ready = [cases.make_case(app, stage="ready") for _ in range(issues)]
    with app.app_context():
        office = cases.actor_of(ADMINISTRATOR, at_work.BEGINS_AT)
        _keep(office, PLAN, SOUND)
        _keep(office, LETTER, template_for("default", LETTER).read_bytes())
        templates.put_in_force(office, LETTER, cases.token(), 1, 0, at_work.BEGINS_AT.date())
        _damage(LETTER)
        if office_suite.is_there():
            coordinator = cases.actor_of(cases.COORDINATOR, at_work.BEGINS_AT)
            for name in DOCUMENTS:
                pdfs.ask_for_pdf(coordinator, issued, name, cases.token())
            template_pages.ask_for_example_pdf(office, PLAN, 1, cases.token())
            while pdf_work.work_next(app.extensions["clock"]):
                pass  # one that cannot be made is a download that fails
        while send_next(app.extensions["clock"], Nowhere(), "no-reply@portal.example"):
            pass  # an invite that waits would be a fault of the installation
        db.session.remove()
        db.engine.dispose()
    return Sample(issued, ready, broken, office_suite.is_there())


def _keep(office: cases.Actor, kind: Kind, content: bytes) -> None:
    templates.keep_template(
        office, kind, cases.token(), file_name="own.docx", content=content, note="Our own"
    )


def _damage(kind: Kind) -> None:
    with transaction():
        mine = TemplateVersion.kind == kind.value
        db.session.execute(sa.update(TemplateVersion).where(mine).values(content=b"damaged"))


@contextmanager
def gunicorn(folder: Path, port: int) -> Iterator[int]:
    """Run the portal as the README says for production; yield the process that the rest is of."""
    settings = {
        "SECRET_KEY": "only for a benchmark, 32 characters long",
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "TRUSTED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite'}",
        "HOME": str(folder),  # where gunicorn puts its socket
    }
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "32"]
    command += ["--bind", f"127.0.0.1:{port}", "tests.benchmarks.at_work:portal()"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603  # the arguments are these
            command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            if not is_answering(port, server):
                raise SystemExit((folder / "server.log").read_text(errors="replace")[-2000:])
            yield server.pid
        finally:
            server.terminate()
            server.wait(60)


class Memory(threading.Thread):
    """Watches how much all processes of the server hold together; what they share counts twice."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.is_over = pid, 0.0, threading.Event()

    def run(self) -> None:
        """Look five times a second."""
        while not self.is_over.wait(0.2):
            self.most = max(self.most, sum(map(_megabytes, _family(self.pid))))


def _family(pid: int) -> list[int]:
    """Return a process, those that it has started, and what these have started."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = " ".join((task / "children").read_text() for task in tasks).split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _megabytes(pid: int) -> float:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) / 1024 if found else 0


class Person(threading.Thread):
    """Somebody who opens a page every five seconds, on a connection of its own."""

    def __init__(self, browser: Browser, number: int, phase: Phase, ends_at: float) -> None:
        super().__init__(daemon=True)
        self.browser, self.number, self.phase, self.ends_at = browser, number, phase, ends_at
        self.chance = random.Random(number)  # noqa: S311  # only who clicks what

    def run(self) -> None:
        """Click until the end."""
        listed = self.browser.afresh(lambda _: None).get("/cases").text
        mine = sorted(set(re.findall(r"/cases/(ACR-[0-9A-Z]{4}-[0-9A-Z]{4})(?=\")", listed)))
        next_at = time.monotonic() + self.number * PAUSE_SECONDS / len(PEOPLE)
        while next_at < self.ends_at:
            time.sleep(max(next_at - time.monotonic(), 0))
            next_at += PAUSE_SECONDS * self.chance.uniform(0.8, 1.2)
            self._click(mine)

    def _click(self, mine: list[str]) -> None:
        ways = ["/home", "/cases"]
        ways += [f"/cases/{self.chance.choice(mine)}{page}" for page in PAGES if mine]
        fault = _tried(self.browser.afresh(self.phase.note), _page(self.chance.choice(ways)))
        self.phase.faults += [fault] if fault else []


def _tried(browser: Browser, ask: Ask) -> str:
    """Ask, and return what was wrong with the answer."""
    try:
        return ask(browser)
    except Exception as error:  # a connection that broke is a fault of the run, not its end
        return f"{type(error).__name__}: {error}"


def _wrong(answer: Answer, *, status: int = 200, has: str = "", starts: bytes = b"") -> str:
    if (
        answer.status == status
        and has.encode() in answer.content
        and answer.content.startswith(starts)
    ):
        return ""
    return f"{answer.method} {answer.path}: {answer.status}, {answer.content[:80]!r}"


def _page(path: str) -> Ask:
    return lambda browser: _wrong(browser.get(path))


def _file(path: str, starts: bytes = b"PK") -> Ask:
    return lambda browser: _wrong(browser.get(path), starts=starts)


def _check(content: bytes, status: int, has: str = "") -> Ask:
    """A template that the administrator uploads."""

    def ask(browser: Browser) -> str:
        path = f"/admin/templates/{PLAN}"
        form = browser.get(path).form("form_token")
        typed = {**form.hidden, "note": "Our own"}
        return _wrong(browser.upload(path, typed, content), status=status, has=has)

    return ask


def _issue(ready: list[str]) -> Ask:
    """A plan that the coordinator issues: both versions are made and kept; then the next one."""

    def ask(browser: Browser) -> str:
        time.sleep(ISSUE_PAUSE_SECONDS)
        path = f"/cases/{ready.pop()}/plan"
        form = browser.get(path).form("form_token")
        return _wrong(browser.post(f"{path}/issue", {**form.hidden, "read": "yes"}), status=303)

    return ask


def lanes(sample: Sample) -> list[tuple[str, str, Ask]]:
    """Fifty who download: as whom, what kind of thing, and how."""
    plans = f"/cases/{sample.issued}/documents"
    example = f"/admin/templates/{PLAN}/versions/1/example"
    letter = f"/cases/{sample.broken}/letters/{LETTER.removeprefix('letter-')}"
    found: list[tuple[str, str, Ask]] = [
        (cases.COORDINATOR, "plan issued", _issue(sample.ready)),
        (ADMINISTRATOR, "template checked and kept", _check(SOUND, 303)),
        (ADMINISTRATOR, "template checked and refused", _check(UNSOUND, 422, "no_such_field")),
        (
            cases.COORDINATOR,
            "broken template named",
            lambda browser: _wrong(browser.get(letter), status=409, has=BROKEN),
        ),
    ]
    found += [(ADMINISTRATOR, "template filled", _file(f"{example}.docx"))] * 14
    if sample.has_pdfs:
        paths = [f"{plans}/{name}/pdf/download" for name in DOCUMENTS] * 4
        found += [(cases.COORDINATOR, "PDF", _file(path, b"%PDF-")) for path in paths]
    paths = [f"{plans}/{name}.docx" for name in DOCUMENTS] * AT_ONCE
    found += [(cases.COORDINATOR, "issued plan", _file(path)) for path in paths]
    return found[:AT_ONCE]


def _again_and_again(browser: Browser, what: str, ask: Ask, phase: Phase, ends_at: float) -> None:
    while time.monotonic() < ends_at:
        fault = _tried(browser.afresh(phase.downloads.append), ask)
        with phase.lock:
            phase.asked[what] += 1
            phase.faults += [fault] if fault else []


def hold(seconds: float, browsers: dict[str, Browser], sample: Sample | None) -> Phase:
    """Let the people click for so long, with the downloads of a sample beside them or without."""
    phase, began = Phase(), time.monotonic()
    ends_at = began + seconds
    threads: list[threading.Thread] = [
        Person(browsers[email], number, phase, ends_at) for number, email in enumerate(PEOPLE)
    ]
    threads += [
        threading.Thread(
            target=_again_and_again, args=(browsers[email], what, ask, phase, ends_at), daemon=True
        )
        for email, what, ask in (lanes(sample) if sample else ())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + TIMEOUT_SECONDS)
    phase.seconds = time.monotonic() - began
    return phase


def percentile(answers: list[Answer], share: float) -> float:
    """Return how long an answer took, in milliseconds, that this share of them did not exceed."""
    times = sorted(answer.milliseconds for answer in answers)
    return times[min(int(len(times) * share), len(times) - 1)]


def report(alone: Phase, beside: Phase, most_megabytes: float) -> list[str]:
    """Print the times and return what was wrong."""
    for words, phase in (("alone", alone), ("beside the downloads", beside)):
        p50, p95 = (percentile(phase.pages, share) for share in (0.5, 0.95))
        longest = percentile(phase.pages, 1)
        say(
            f"pages {words}: {len(phase.pages)}, p50 {p50:.0f} ms, p95 {p95:.0f} ms, "
            f"longest {longest:.0f} ms"
        )
    ratios = [percentile(beside.pages, s) / percentile(alone.pages, s) for s in (0.5, 0.95)]
    say(f"beside to alone: p50 {ratios[0]:.1f}, p95 {ratios[1]:.1f} (information)")
    count = sum(beside.asked.values())
    say(f"downloads: {count}, {count / beside.seconds:.1f} a second")
    say(
        f"one of them: p50 {percentile(beside.downloads, 0.5):.0f} ms, "
        f"p95 {percentile(beside.downloads, 0.95):.0f} ms (information)"
    )
    say("  " + ", ".join(f"{number} x {what}" for what, number in beside.asked.most_common()))
    say(f"most memory of all processes: {most_megabytes:.0f} MB")
    faults = [*alone.faults, *beside.faults]
    say(f"answers that were not as expected: {len(faults)}")
    if (p95 := percentile(beside.pages, 0.95)) > MOST_MILLISECONDS:
        faults.append(f"The 95th percentile of pages is {p95:.0f} ms")
    if most_megabytes > MOST_MEGABYTES:
        faults.append(f"The processes held {most_megabytes:.0f} MB")
    return faults


def measured(seconds: float, folder: Path) -> list[str]:
    """Fill, serve, click and download; print what it took, and return what was wrong."""
    port, issues = free_port(), 1 + int(seconds / ISSUE_PAUSE_SECONDS)
    clock = OffsetClock.starting_at(at_work.BEGINS_AT, SystemClock())
    sample = fill(create_app(Config.for_demo(folder, port), clock), issues)
    if not sample.has_pdfs:
        say("LibreOffice is not installed: no PDFs among the downloads")
    with gunicorn(folder, port) as pid:
        emails = {*PEOPLE, cases.COORDINATOR, ADMINISTRATOR}
        browsers = {email: sign_in(port, Phase(), email) for email in emails}
        memory = Memory(pid)
        memory.start()
        alone = hold(seconds, browsers, None)
        beside = hold(seconds, browsers, sample)
        memory.is_over.set()
        memory.join()
    return report(alone, beside, memory.most)


def main() -> None:
    """Run it and leave with 1 where a target was missed."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asking.add_argument("--seconds", type=float, default=60, help="of each of the two phases")
    wanted = asking.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = measured(wanted.seconds, Path(folder))
    for fault in faults[:20]:
        say(f"  {fault}")
    say("FAILED" if faults else "passed")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
