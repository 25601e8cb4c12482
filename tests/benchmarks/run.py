"""How long the busiest pages take with 1,000 and with 10,000 cases, and how many queries.

Run it from the checkout. It fills databases of its own and throws them away:

    python tests/benchmarks/run.py                                  # SQLite
    python tests/benchmarks/run.py --postgres postgresql://portal@/postgres?host=/run/postgresql
    python tests/benchmarks/run.py --sizes 1000 10000 100000

Milliseconds say more about the computer than about the portal. The ratio between two sizes, asked
in turn, says how the portal grows: the caseload may take 1.3 times as long with ten times the
cases.
"""

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import sqlalchemy as sa  # noqa: E402  # the checkout comes first
from flask import Flask  # noqa: E402
from sqlalchemy import event  # noqa: E402
from sqlalchemy.engine import Engine  # noqa: E402

from portal.config import database_url  # noqa: E402
from portal.db import db  # noqa: E402
from portal.domain.caselists import Spot  # noqa: E402
from portal.domain.stages import Stage  # noqa: E402
from portal.jobs.demo_people import PASSPHRASE  # noqa: E402
from portal.models.case import Case  # noqa: E402
from tests.apps import FakeClock, make_app, migrate  # noqa: E402
from tests.benchmarks.advising import advice_took  # noqa: E402
from tests.benchmarks.filling import IDLE, Filled, fill  # noqa: E402

COORDINATOR = "coordinator@wharrow-lpb.example"
POLICE = "police@wharrow-police.example"
LEAD = "police-lead@wharrow-police.example"
CHAIR = "chair@chairs.example"
CASELOAD_MAY_GROW = 1.3
_HIDDEN = re.compile(r'name="(csrf_token|form_token)" value="([^"]*)"')


@dataclass(frozen=True)
class Asked:
    """A page, and who asks for it; ``{wide}``, ``{long}`` and ``{half}`` are filled in."""

    name: str
    email: str
    path: str

    @property
    def is_caseload(self) -> bool:
        return self.path.startswith("/cases?") or self.path == "/cases"


PAGES = (
    Asked("home, coordinator", COORDINATOR, "/home"),
    Asked("home, agency lead", LEAD, "/home"),
    Asked("home, agency with no cases", IDLE, "/home"),
    Asked("caseload, first page", COORDINATOR, "/cases"),
    Asked("caseload, half-way page", COORDINATOR, "/cases?after={half}"),
    Asked("caseload, agency of most cases", LEAD, "/cases"),
    Asked("caseload, agency with no cases", IDLE, "/cases"),
    Asked("caseload, late", COORDINATOR, "/cases?list=late"),
    Asked("caseload, chair", CHAIR, "/cases"),
    Asked("search by name", COORDINATOR, "/search?q=noor+had"),
    Asked("case page, 40 items", POLICE, "/cases/{wide}"),
    Asked("share, 40 items", POLICE, "/cases/{wide}/share"),
    Asked("case page, 500 lines", COORDINATOR, "/cases/{long}"),
    Asked("chronology, 500 lines", COORDINATOR, "/cases/{long}/chronology"),
)


@dataclass
class Site:
    """A portal on a filled database, with a signed-in browser for each who asks."""

    app: Flask
    filled: Filled
    half: str
    browsers: dict[str, Any] = field(default_factory=dict)

    def get(self, asked: Asked) -> tuple[int, float, int]:
        """Ask for a page; return its status, milliseconds and number of statements."""
        path = asked.path.format(wide=self.filled.wide, long=self.filled.long, half=self.half)
        browser = self.browsers.get(asked.email) or self._sign_in(asked.email)
        with _counting() as statements:
            began = time.perf_counter()
            answer = browser.get(path)
            took = (time.perf_counter() - began) * 1000
        return answer.status_code, took, len(statements)

    def _sign_in(self, email: str) -> Any:
        browser = self.app.test_client()
        page = browser.get("/sign-in").get_data(as_text=True)
        typed = {**dict(_HIDDEN.findall(page)), "email": email, "passphrase": PASSPHRASE}
        answer = browser.post("/sign-in", data=typed)
        if answer.status_code != 303:
            raise SystemExit(f"{email} could not sign in: {answer.status_code}")
        self.browsers[email] = browser
        return browser


@contextmanager
def _counting() -> Iterator[list[str]]:
    statements: list[str] = []

    def add(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", add)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", add)


def open_site(address: str, many: int) -> Site:
    """Migrate and fill a database and return a portal on it."""
    migrate(address)
    app = make_app(address, FakeClock())
    filled = fill(app, many, say)
    with app.app_context(), db.engine.connect() as connection:
        of_list = sa.select(Case.next_due_on, Case.reference).where(Case.stage != Stage.CLOSED)
        middle = of_list.order_by(Case.next_due_on, Case.reference).offset(many * 2 // 5).limit(1)
        half = connection.execute(middle).one()
    return Site(app, filled, str(Spot(half[0], half[1])))


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def compare(sites: dict[int, Site], times: int) -> list[str]:
    """Ask for each page in turn at each size, and print what it took; return what grew too much."""
    sizes = list(sites)
    head = "".join(f"{f'{size:,}: queries, median, p95':>36}" for size in sizes)
    say(f"{'page':<34}{head}{'ratio':>9}")
    grown = []
    for asked in PAGES:
        if sites[sizes[0]].get(asked)[0] == 404:
            say(f"{asked.name:<34}   there is no such page")
            continue
        took, queries = _ask(sites, asked, times)
        medians = [statistics.median(took[size]) for size in sizes]
        cells = "".join(
            f"{queries[size]:>16} {median:>8.1f} ms {_p95(took[size]):>6.1f} ms"
            for size, median in zip(sizes, medians, strict=True)
        )
        # Of each turn, in which the sizes were asked one after the other: noise hits both alike.
        turns = zip(took[sizes[-1]], took[sizes[0]], strict=True)
        ratio = statistics.median(large / small for large, small in turns)
        say(f"{asked.name:<34}{cells}{ratio:>9.2f}")
        if asked.is_caseload and len(sizes) > 1 and ratio > CASELOAD_MAY_GROW:
            grown.append(f"{asked.name}: {ratio:.2f}")
    return grown


def _ask(
    sites: dict[int, Site], asked: Asked, times: int
) -> tuple[dict[int, list[float]], dict[int, int]]:
    took: dict[int, list[float]] = {size: [] for size in sites}
    queries: dict[int, int] = {}
    for turn in range(times + 2):
        in_turn = list(sites.items())
        for size, site in in_turn if turn % 2 else reversed(in_turn):
            status, milliseconds, queries[size] = site.get(asked)
            if status != 200:
                raise SystemExit(f"{asked.name} was answered with {status}")
            if turn >= 2:  # the first ones fill caches
                took[size].append(milliseconds)
    return took, queries


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def on_sqlite(sizes: list[int], times: int, folder: Path) -> list[str]:
    """Compare the sizes on SQLite."""
    say("SQLite")
    sites = {size: open_site(f"sqlite:///{folder / f'{size}.sqlite'}", size) for size in sizes}
    return compare(sites, times)


def on_postgresql(cluster: str, sizes: list[int], times: int) -> list[str]:
    """Compare the sizes on PostgreSQL, in databases of their own that are dropped again."""
    say("PostgreSQL")
    root = sa.make_url(database_url(cluster, Path()))
    engine = sa.create_engine(root, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    names = {size: f"portal_benchmark_{size}" for size in sizes}
    sites: dict[int, Site] = {}
    try:
        with engine.connect() as connection:
            for name in names.values():
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
        for size, name in names.items():
            address = root.set(database=name).render_as_string(hide_password=False)
            sites[size] = open_site(address, size)
        return compare(sites, times)
    finally:
        for site in sites.values():
            with site.app.app_context():
                db.engine.dispose()
        with engine.connect() as connection:
            for name in names.values():
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def main() -> None:
    """Fill, ask, print."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asking.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    asking.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    asking.add_argument("--postgres", default=os.environ.get("DATABASE_URL", ""))
    asking.add_argument("--no-sqlite", action="store_true")
    wanted = asking.parse_args()
    grown = []
    for name, median in advice_took():
        say(f"{name:<40}{median:>8.1f} ms")
    if not wanted.no_sqlite:
        with tempfile.TemporaryDirectory() as folder:
            grown += on_sqlite(wanted.sizes, wanted.times, Path(folder))
    if wanted.postgres:
        grown += on_postgresql(wanted.postgres, wanted.sizes, wanted.times)
    say(
        f"Grown by more than {CASELOAD_MAY_GROW}: {', '.join(grown)}"
        if grown
        else f"No caseload takes more than {CASELOAD_MAY_GROW} times as long"
    )


if __name__ == "__main__":
    main()
