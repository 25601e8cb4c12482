"""A field that only programs fill in: they are answered as people are, and nothing is kept."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.case import Case
from portal.models.draft import RequestDraft
from portal.models.log import LogEntry
from tests import noor

DOOR = unscoped("a test looks at what is stored")
TRAPPED = sa.select(LogEntry.thing).where(LogEntry.act == "request_trapped")
# Names that browsers and password managers fill in by themselves.
FILLED_IN_FOR_PEOPLE = (
    "name",
    "mail",
    "user",
    "pass",
    "tel",
    "phone",
    "address",
    "url",
    "web",
    "code",
)


@pytest.fixture
def many(scalars):
    return lambda model: len(scalars(sa.select(model).execution_options(**DOOR)))


def test_a_program_begins_and_sends_nothing(visitor, people, many, scalars, clock):
    clock.at = noor.AT
    start = visitor.get(noor.START)
    (field,) = [each for each in start.tree.iter("input") if each.get("name") == "remark"]
    assert (field.get("tabindex"), field.get("autocomplete"), field.get("type")) == (
        "-1",
        "off",
        "text",
    )
    assert not [each for each in FILLED_IN_FOR_PEOPLE if each in field.get("name")]
    assert visitor.submit(start, remark="https://spam.example").location == "/request/who"
    assert many(RequestDraft) == 0

    check = noor.write(visitor)
    caught = visitor.submit(check, is_true="yes", remark="buy now")
    assert (caught.status, caught.location) == (303, "/request/sent")
    assert many(Case) == 0
    assert scalars(TRAPPED) == ["start", "check"]
    # Nobody is told that a request was sent which was not; a person sends it all the same.
    assert visitor.get("/request/sent").location == "/request/continue"
    assert visitor.follow(visitor.submit(check, is_true="yes")).h1 == "Request sent"


def test_the_log_of_one_hour_is_not_filled_by_a_program(visitor, people, scalars):
    start = visitor.get(noor.START)
    for _ in range(22):
        assert visitor.submit(start, remark="x").location == "/request/who"
    assert len(scalars(TRAPPED)) == 20
