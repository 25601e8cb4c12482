"""Two hundred requests a minute from one source: do ten people who only click have to wait?

Run it from the checkout; it starts gunicorn as in production on this computer and stops it again:

    python tests/benchmarks/submissions.py --seconds 60

The people click for a while alone, then as long beside a machine that begins a request every 0.3
seconds from one address and sends it where it is let. From another address somebody asks for a
review all the time, and must get through.
"""

import argparse
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from portal import create_app  # noqa: E402  # the checkout comes first
from portal.clock import OffsetClock, SystemClock  # noqa: E402
from portal.config import Config  # noqa: E402
from portal.db import db  # noqa: E402
from portal.jobs import demo  # noqa: E402
from portal.mail.deliver import Nowhere, send_next  # noqa: E402
from tests import noor  # noqa: E402
from tests.benchmarks import at_work  # noqa: E402
from tests.benchmarks.browsing import Answer, Browser, Unanswered  # noqa: E402
from tests.benchmarks.downloads import (  # noqa: E402
    PEOPLE,
    TIMEOUT_SECONDS,
    Memory,
    Person,
    Phase,
    gunicorn,
    percentile,
)
from tests.benchmarks.load import free_port, say, sign_in  # noqa: E402

A_MINUTE = 200
SOURCE, NEIGHBOUR = "127.0.0.2", "127.0.0.3"
SEE_OTHER, TOO_MANY = 303, 429
MOST_PAGES = 20
MOST_MILLISECONDS = 1000
_CHOICE = r'<input[^>]*name="{}"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="{}"'


class Stranger(Browser):
    """A browser at another address than everybody else's."""

    def __init__(self, port: int, address: str) -> None:
        super().__init__(port, lambda _: None)
        self._connection = HTTPConnection(
            "127.0.0.1", port, timeout=TIMEOUT_SECONDS, source_address=(address, 0)
        )


@dataclass
class Sent:
    """What became of the requests from one source."""

    counted: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _send_one(port: int, address: str) -> str:
    """Ask for a review page by page, as Noor Haddad does; return what became of it."""
    browser = Stranger(port, address)
    begun = browser.get(noor.START)
    answer = browser.post(noor.START, begun.form("csrf_token").hidden)
    for _ in range(MOST_PAGES):
        path = answer.location
        if answer.status != SEE_OTHER:
            break
        if path == "/request/sent":
            return "sent"
        page = browser.get(path)
        typed = {"is_true": "yes"} if path == "/request/check" else _answers(page)
        answer = browser.post(path, page.form("csrf_token").hidden | typed)
    return "told that it is too much" if answer.status == TOO_MANY else f"lost at {answer.path}"


def _answers(page: Answer) -> dict[str, str]:
    answers = noor.ANSWERS[page.path.partition("?")[0]]
    typed = {
        name: value if isinstance(value, str) else value[0] for name, value in answers.items()
    } | {"step": "on"}
    for name in ("lga", "told", "bodies"):
        found = re.search(_CHOICE.format(name, name), page.text)
        if found:
            typed[name] = found[1] or found[2]
    return typed


def _again_and_again(port: int, address: str, sent: Sent, ends_at: float, *, every: float) -> None:
    next_at = time.monotonic()
    while next_at < ends_at:
        time.sleep(max(next_at - time.monotonic(), 0))
        next_at += every
        try:
            became = _send_one(port, address)
        except (Unanswered, OSError, KeyError) as error:
            became = f"{type(error).__name__}: {error}"
        with sent.lock:
            sent.counted[became] += 1


def hold(seconds: float, port: int, browsers: dict[str, Browser], *, is_flooded: bool) -> Phase:
    """Let the people click for so long, beside the flood or without it."""
    phase, began = Phase(), time.monotonic()
    ends_at = began + seconds
    flood, neighbour, at_once = Sent(), Sent(), 4
    threads: list[threading.Thread] = [
        Person(browsers[email], number, phase, ends_at) for number, email in enumerate(PEOPLE)
    ]
    sources = [(SOURCE, flood, 60 / A_MINUTE * at_once)] * at_once + [(NEIGHBOUR, neighbour, 5.0)]
    threads += [
        threading.Thread(
            target=_again_and_again,
            args=(port, address, sent, ends_at),
            kwargs={"every": every},
            daemon=True,
        )
        for address, sent, every in (sources if is_flooded else ())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + TIMEOUT_SECONDS)
    phase.seconds = time.monotonic() - began
    if is_flooded:
        phase.faults += _told(flood, neighbour, seconds)
    return phase


def _told(flood: Sent, neighbour: Sent, seconds: float) -> list[str]:
    begun = sum(flood.counted.values())
    say(f"from one source: {begun}, {begun / seconds * 60:.0f} a minute: {dict(flood.counted)}")
    say(f"from another: {dict(neighbour.counted)}")
    wrong = set(flood.counted) - {"sent", "told that it is too much"}
    wrong |= set(neighbour.counted) - {"sent"}
    faults = [f"not as expected: {each}" for each in sorted(wrong)]
    if not flood.counted["told that it is too much"]:
        faults.append("The source was never told that it is too much")
    return faults


def report(alone: Phase, beside: Phase, most_megabytes: float) -> list[str]:
    """Print the times and return what was wrong."""
    for words, phase in (("alone", alone), ("beside the flood", beside)):
        p50, p95, longest = (percentile(phase.pages, share) for share in (0.5, 0.95, 1))
        say(
            f"pages {words}: {len(phase.pages)}, p50 {p50:.0f} ms, p95 {p95:.0f} ms, "
            f"longest {longest:.0f} ms"
        )
    ratios = [percentile(beside.pages, s) / percentile(alone.pages, s) for s in (0.5, 0.95)]
    say(f"beside to alone: p50 {ratios[0]:.1f}, p95 {ratios[1]:.1f} (information)")
    say(f"most memory of all processes: {most_megabytes:.0f} MB")
    faults = [*alone.faults, *beside.faults]
    if (longest := percentile(beside.pages, 0.95)) > MOST_MILLISECONDS:
        faults.append(f"The 95th percentile of pages is {longest:.0f} ms")
    return faults


def measured(seconds: float, folder: Path) -> list[str]:
    """Fill, serve, click and flood; print what it took, and return what was wrong."""
    port = free_port()
    clock = OffsetClock.starting_at(at_work.BEGINS_AT, SystemClock())
    app = create_app(Config.for_demo(folder, port), clock)
    demo.fill(app)
    with app.app_context():
        while send_next(clock, Nowhere(), "no-reply@portal.example"):
            pass  # a message that waits would be a fault of the installation
        db.session.remove()
        db.engine.dispose()
    with gunicorn(folder, port) as pid:
        browsers = {email: sign_in(port, Phase(), email) for email in {*PEOPLE}}
        memory = Memory(pid)
        memory.start()
        alone = hold(seconds, port, browsers, is_flooded=False)
        beside = hold(seconds, port, browsers, is_flooded=True)
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
