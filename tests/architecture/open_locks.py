"""Open one lock of access at a time and see whether the tests notice: each has to show twice.

``python tests/architecture/open_locks.py`` runs the quick tests of four rooms in processes in which
one lock is open, and names the rooms with failures. It ends with 0 only if each open lock is
noticed in two rooms or more, by tests that pass when all locks are closed. ``--all`` goes on after
the second.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.access import rules
from portal.access.scope import items, marks, membership, supporting
from portal.models.panel import Conflict

ROOT = Path(__file__).parents[2]
ROOMS = ("views", "documents", "invites", "services")
MODULES = (items, marks, membership, rules, supporting)
ENOUGH = 2
SLOWEST_SECONDS = 600
QUICKLY = ("-q", "--no-header", "--tb=no", "-m", "not browser and not slow")


def _case_scope() -> None:
    def everybodys(_actor: Any, *, declared: bool) -> Any:
        return sa.true()

    marks._mine = everybodys


def _handling() -> None:
    items._readable = lambda _actor: sa.true()


def _act_rule() -> None:
    rules.may = lambda _actor, _act, _facts: rules.Allowed()


def _conflict() -> None:
    for module in (marks, supporting):
        module.without_conflict = lambda _actor: sa.true()


def _leaving() -> None:
    for module in (marks, membership):
        module.is_seated = sa.true
    membership.is_named = sa.true


def _agency_conflict() -> None:
    def in_person(actor: Any) -> Any:
        return sa.select(Conflict.case_id).where(Conflict.person_id == actor.person_id)

    marks.cases_shut_to = in_person


def _observer() -> None:
    membership.reads_as_agency = sa.true


def _versions() -> None:
    items._version_readable = lambda _actor: sa.true()


def _withdrawal() -> None:
    items._stands = sa.true


# Each with words of the tests that are made to notice it; the others are asked if they do not.
LOCKS: dict[str, tuple[Callable[[], None], tuple[str, ...]]] = {
    "case scope": (_case_scope, ("test_sharing", "test_lists", "routes")),
    "handling": (_handling, ("test_sharing", "share_pages", "canaries")),
    "act rule": (_act_rule, ("test_sharing", "test_declaration", "routes")),
    "conflict": (_conflict, ("test_conflicts", "membership", "canaries")),
    "leaving": (_leaving, ("test_leaving", "membership")),
    "agency conflict": (_agency_conflict, ("test_conflicts", "membership")),
    "observer": (_observer, ("test_leaving", "membership", "routes")),
    "versions": (_versions, ("test_corrections", "item_pages", "canaries")),
    "withdrawal": (_withdrawal, ("test_corrections", "item_pages", "canaries")),
}


class Noticing:
    """Counts rooms with failures; leaves out the rest of a room that has noticed."""

    def __init__(self, first: tuple[str, ...], *, whole: bool) -> None:
        self.first, self.whole = first, whole
        self.noticed: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._place(item.path.name))

    def _place(self, name: str) -> int:
        places = (place for place, word in enumerate(self.first) if word in name)
        return next(places, len(self.first))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if item.path.parent.name in self.noticed:
            pytest.skip("this room has noticed")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        report = yield
        if report.failed:
            self.noticed.setdefault(item.path.parent.name, item.nodeid)
            if not self.whole and len(self.noticed) >= ENOUGH:
                item.session.shouldstop = "noticed in two rooms"
        return report


def run_with(lock: str, *, whole: bool) -> int:
    """Run the tests in this process with a lock open; return how many rooms have failures."""
    opening, first = LOCKS[lock]
    names = {module: set(vars(module)) for module in MODULES}
    opening()
    # A lock that has got another name is not opened by its old one.
    if any(set(vars(module)) != names[module] for module in MODULES):
        sys.exit(f"{lock}: what it opens is not there any more")
    noticing = Noticing(first, whole=whole)
    made_to_notice = [
        str(path)
        for room in ROOMS
        for path in sorted((ROOT / "tests" / room).glob("test_*.py"))
        if any(word in path.name for word in first)
    ]
    for asked in (made_to_notice, [f"tests/{room}" for room in ROOMS]):
        if whole or len(noticing.noticed) < ENOUGH:
            pytest.main([*QUICKLY, *asked], [noticing])
    found = [room for room in ROOMS if room in noticing.noticed]
    sys.stderr.write(f"{lock} open: noticed in {', '.join(found) or 'no room'}\n")
    for room in found:
        sys.stderr.write(f"  {noticing.noticed[room]}\n")
    return len(found)


def main(options: list[str]) -> int:
    """Open each lock in a process of its own; return 0 if all of them were noticed."""
    if options and options[0] in LOCKS:
        sys.path.insert(0, str(ROOT))
        return 0 if run_with(options[0], whole="--all" in options) >= ENOUGH else 1
    # Scratch databases: each process migrates its own, whatever the surroundings name.
    surroundings = {k: v for k, v in os.environ.items() if k != "TEST_DATABASE_URL"}
    running = {
        lock: subprocess.Popen(  # noqa: S603  # the arguments are these
            [sys.executable, __file__, lock, *options],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for lock in LOCKS
    }
    try:
        said = [each.communicate(timeout=SLOWEST_SECONDS)[1] for each in running.values()]
    finally:
        for each in running.values():
            each.kill()
    sys.stderr.writelines(said)
    if any(each.returncode for each in running.values()):
        return 1
    noticing = {line.strip() for text in said for line in text.splitlines() if line[:2] == "  "}
    closed = subprocess.run(  # noqa: S603  # the arguments are these
        [sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=line", *sorted(noticing)],
        cwd=ROOT,
        env=surroundings,
        check=False,
    )
    return closed.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
