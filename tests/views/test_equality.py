"""Questions about who asks: voluntary, counted, and never to be led back to anybody."""

import re

import pytest
import sqlalchemy as sa

from portal.access.scope.equality import equality_counts
from portal.access.scope.marks import unscoped
from portal.access.tripwire import UnscopedStatementError
from portal.db import db
from portal.domain.equality import QUESTIONS, half_year_of
from portal.models.draft import RequestDraft
from portal.models.equality import EqualityAnswer
from portal.models.log import LogEntry
from portal.models.person import Area
from tests import noor
from tests.pages import Client

DOOR = unscoped("a test looks at what is stored")
PAGE = "/request/equality"
ANSWERS = {
    "age_band": "35_44",
    "sex": "female",
    "same_as_at_birth": "yes",
    "ethnicity": "asian",
    "religion": "not_said",
    "disability": "a_little",
}
# The request came on 17 December 2026.
HALF_YEAR = "2026-2"
SAYS_NOTHING_ELSE = {"key", "area_id", "lga_id", "half_year", *QUESTIONS}


@pytest.fixture(autouse=True)
def _on_a_thursday_evening(clock):
    clock.at = noor.AT


@pytest.fixture
def counted(app, people):
    def count(question):
        with app.app_context():
            area = db.session.scalars(sa.select(Area.id).where(Area.slug == "wharrowdale")).one()
            rows = db.session.execute(equality_counts(area, HALF_YEAR, question)).all()
            return {row[0]: row[1] for row in rows}

    return count


def test_answers_are_counted_once_and_skipping_leaves_nothing(visitor, people, counted, scalars):
    noor.send(visitor)
    asked = visitor.get(visitor.get("/request/sent").links["tell us who asks for reviews"])
    assert asked.main.count("Prefer not to say") == len(QUESTIONS)
    assert asked.links["Skip these questions"] == "/request/sent"
    blank = visitor.submit(asked)
    wrong = visitor.submit(asked, sex="neither of these")
    before = scalars(sa.select(LogEntry.act))

    first = visitor.submit(asked, **ANSWERS)
    again = visitor.submit(asked, **ANSWERS | {"sex": "male"})

    assert (blank.location, wrong.status, len(wrong.errors)) == ("/request/sent", 422, 1)
    assert (first.location, again.location) == (PAGE, PAGE)
    # No entry tells that, or when, something was answered.
    assert scalars(sa.select(LogEntry.act)) == before
    assert visitor.get(PAGE).h1 == "Thank you"
    assert counted("sex") == {"female": 1}
    assert counted("religion") == {"not_said": 1}
    assert counted("orientation") == {None: 1}


def test_nothing_is_asked_before_the_request_is_sent(visitor, people, counted):
    begun = noor.begin(visitor)
    assert visitor.get(PAGE).location == "/request/continue"
    token = begun.form_with(set(), "Save and continue").fields["csrf_token"]
    sent = visitor.send(PAGE, data=ANSWERS | {"csrf_token": token})
    assert sent.location == "/request/continue"
    assert counted("sex") == {}


def test_an_answer_holds_nothing_that_leads_to_a_request(app, visitor, counted, scalars):
    others = Client(app)
    for client in (visitor, others):
        noor.send(client)
        client.post(PAGE, **ANSWERS)

    assert counted("sex") == {"female": 2}
    assert set(EqualityAnswer.__table__.columns.keys()) == SAYS_NOTHING_ELSE
    # No table points to it, and the draft only knows that there is a set.
    assert not {
        table.name
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "equality_answer"
    }
    of_draft = [c.name for c in RequestDraft.__table__.columns if "equality" in c.name]
    assert of_draft == ["is_equality_answered"]
    keys = scalars(sa.select(EqualityAnswer.key).execution_options(**DOOR))
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)
    # The key is the order: there is no number of the row beside it.
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            number = sa.select(sa.literal_column("rowid")).select_from(EqualityAnswer)
            with pytest.raises(sa.exc.OperationalError, match="no such column: rowid"):
                db.session.execute(number.execution_options(**DOOR))


def test_nobody_reads_a_set_of_answers(app, people):
    with app.app_context():
        with pytest.raises(UnscopedStatementError):
            db.session.execute(sa.select(EqualityAnswer))
        counts = equality_counts(1, HALF_YEAR, "sex")
    answer, number = counts.selected_columns
    assert (answer.name, str(number)) == ("sex", "count(*)")
    assert not {"key", "lga_id"} & {each.name for each in counts.selected_columns}


@pytest.mark.parametrize(
    ("month", "half"), [(1, "2026-1"), (6, "2026-1"), (7, "2026-2"), (12, "2026-2")]
)
def test_a_half_year_ends_in_june_and_in_december(month, half):
    assert half_year_of(noor.AT.date().replace(month=month)) == half
