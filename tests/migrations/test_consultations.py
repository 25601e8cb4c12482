"""What was typed of a consultation becomes a row of its own, and goes back into the draft."""

import datetime as dt

import flask_migrate
import sqlalchemy as sa

from portal.db import db
from tests.migrations.test_migrations import _add_shared_item


def _rows(statement):
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement).all()]


def test_what_was_said_of_a_plan_becomes_a_row_and_goes_back(bare):
    flask_migrate.upgrade(revision="0002_kept_forms")
    before = sa.MetaData()
    before.reflect(db.engine)
    with db.engine.begin() as connection:
        _add_shared_item(connection, before.tables)
        connection.execute(
            sa.insert(before.tables["plan_draft"]),
            {
                "case_id": 2,
                "findings": "F",
                "what_was_agreed": "A",
                "consulted_on": dt.date(2027, 1, 21),
                "what_applicant_said": "The door first",
                "version": 1,
            },
        )
        connection.execute(
            sa.insert(before.tables["action"]),
            {
                "case_id": 2, "number": 1, "what": "Glass", "owner_id": 3, "owner_agency_id": 5,
                "due_on": dt.date(2027, 1, 29), "how_we_know": "Photo", "version": 1,
                "words_for_applicant": "Your door", "reason_not_told": "",
            },
        )  # fmt: skip

    flask_migrate.upgrade(revision="0028_plan")

    said = "SELECT number, way, outcome, answer, CAST(answered_on AS VARCHAR(10)) FROM consultation"
    assert _rows(said) == [(1, "phone", "said", "The door first", "2027-01-21")]
    assert _rows("SELECT number, position FROM action") == [(1, 1)]
    # Nothing was issued yet.
    assert _rows("SELECT number FROM plan_issue") == []
    flask_migrate.downgrade(revision="0027_templates")
    back = "SELECT CAST(consulted_on AS VARCHAR(10)), what_applicant_said FROM plan_draft"
    assert _rows(back) == [("2027-01-21", "The door first")]
