"""Drafts of minutes that were there before their tables grew stay readable, and make nothing up."""

import datetime as dt

import flask_migrate
import sqlalchemy as sa

from portal.db import db
from portal.services.minutes_tables import tables_of

BEFORE, AFTER = "0024_kept_texts", "0029_adequacy"
AT = dt.datetime(2027, 1, 20, 9, tzinfo=dt.UTC)
# As a draft was stored before: who was there without what they declared, and no findings.
TABLES = {
    "attendance": [
        {"sitting": "Tuesday", "name": "Ann", "agency": "Chair", "how": "Present", "hours": ""}
    ],
    "powers": [],
    "actions": [],
    "recommendations": [],
}
ROWS = {
    "area": {"id": 1, "slug": "w", "name": "W", "office_name": "O", "office_phone": "",
             "office_email": ""},
    "person": {"id": 1, "email": "a@b.example", "name": "A", "phone": "", "active": True,
               "fs_uniquifier": "x"},
    "local_government_area": {"id": 1, "area_id": 1, "name": "Hexley"},
    "scheme_version": {"id": 1, "area_id": 1, "number": 1, "in_force_on": AT.date(), "rules": {}},
    "review_case": {"id": 1, "area_id": 1, "lga_id": 1, "scheme_version_id": 1,
                    "reference": "ACR-7K3Q-9MXD", "stage": "planning", "channel": "phone",
                    "received_at": AT, "keyed_at": AT, "keyed_by_id": 1, "place": "",
                    "summary": "", "safe_contact": "", "version": 1},
    "minutes_draft": {"case_id": 1, "drafted_at": AT, "tables": TABLES, "what_changed": "",
                      "version": 1},
}  # fmt: skip


def _stored():
    draft = sa.table("minutes_draft", sa.column("tables", sa.JSON))
    with db.engine.connect() as connection:
        return connection.execute(sa.select(draft)).scalar_one()


def test_a_draft_made_before_says_that_it_did_not_note_what_was_declared(bare):
    flask_migrate.upgrade(revision=BEFORE)
    before = sa.MetaData()
    before.reflect(db.engine)
    with db.engine.begin() as connection:
        for name, row in ROWS.items():
            connection.execute(sa.insert(before.tables[name]), row)

    flask_migrate.upgrade(revision=AFTER)

    tables = tables_of(_stored())
    (row,) = tables.attendance
    assert (row.name, row.conflict, row.confidentiality) == ("Ann", "Not noted", "Not noted")
    assert tables.adequacy == ()
    flask_migrate.downgrade(revision=BEFORE)
    assert _stored() == TABLES
