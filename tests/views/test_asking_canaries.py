"""What is typed in a request nobody but its writer reads before it is sent; after, who may."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.log import LogEntry
from portal.models.outbox import OutboxMessage
from tests import asking, cases, noor
from tests.asking import GWEN, GWEN_AT
from tests.walking import signed_in

DOOR = unscoped("a test looks")
BIRDS = {
    "/request/who": ("last_name", "Wrenfield"),
    "/request/reach": ("times", "Dunnock o’clock"),
    "/request/home": ("earlier_address", "4 Siskin Yard"),
    "/request/happening": ("what", "A goldcrest sings"),
    "/request/incidents/1": ("title", "A twite at night"),
    "/request/incidents/1/reports/1": ("what_was_done", "A brambling came"),
    "/request/effect": ("impact", "No fieldfare sleeps"),
    "/request/meeting": ("need", "A whinchat"),
    "/request/sharing": ("keep_from", "My stonechat works there"),
}
ALL = {bird for _, bird in BIRDS.values()}
AUDITOR = "auditor@wharrow-lpb.example"


@pytest.fixture
def told(visitor, people, clock):
    """Type a request with a word in each page that stands nowhere else; return its last page."""
    clock.at = GWEN_AT
    typed = {path: GWEN[path] | dict([bird]) for path, bird in BIRDS.items()}
    typed["/request/meeting"] |= {"needs": ["other"]}
    return asking.write(visitor, "wharrowdale", GWEN | typed)


def _walked(app, email):
    walker = signed_in(app, email)
    walker.walk()
    return walker


def _found(walker):
    pages = "\n".join(walker.texts.values())
    return {bird for bird in ALL if bird in pages}


def test_before_it_is_sent_nobody_reads_it_and_after_only_who_may(told, visitor, app, scalars):
    reference = noor.number_in(told)
    office, council = _walked(app, cases.COORDINATOR), _walked(app, cases.COUNCIL)
    assert _found(office) == _found(council) == set()
    for words in ("Wrenfield", reference):
        assert f"/cases/{reference}" not in office.client.get(f"/search?q={words}").html

    assert visitor.submit(told, is_true="yes").location == "/request/sent"

    assert f"/cases/{reference}" in office.client.get("/search?q=Wrenfield").html
    assert _found(_walked(app, cases.COORDINATOR)) == ALL
    # Nobody else is on the case yet; the auditor reads who did what, and never what was typed.
    for email in (cases.COUNCIL, AUDITOR):
        assert _found(_walked(app, email)) == set()
    for model in (LogEntry, OutboxMessage):
        rows = scalars(sa.select(model).execution_options(**DOOR))
        assert rows
        for row in rows:
            words = repr([getattr(row, each.key) for each in sa.inspect(model).column_attrs])
            assert not [bird for bird in ALL if bird in words], words
