import ast
import datetime as dt
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal import migrating
from portal.db import db
from portal.resources import MIGRATIONS

SCRIPTS = ScriptDirectory(str(MIGRATIONS))
REVISIONS = [each.revision for each in reversed(list(SCRIPTS.walk_revisions()))]
TRIGGERS = {
    "sqlite": {"log_entry_no_update", "log_entry_no_delete"},
    "postgresql": {"log_entry_no_change", "log_entry_no_truncate"},
}
TRIGGERS_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def _tables():
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def _triggers():
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql(TRIGGERS_PRESENT[connection.dialect.name])
        return set(found.scalars())


def test_up_down_and_up_again_from_nothing(bare):
    flask_migrate.upgrade()
    first = _tables()
    flask_migrate.downgrade(revision="base")
    between = _tables()
    flask_migrate.upgrade()

    assert between == set()
    assert first == _tables() == set(db.metadata.tables)


def test_models_and_migrated_database_do_not_differ(bare):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=migrating.OPTIONS)
        differences = compare_metadata(context, db.metadata)

    assert differences == []


def test_the_log_is_append_only_after_every_revision_up_and_after_down_and_up(bare):
    expected = TRIGGERS[db.engine.dialect.name]

    for revision in REVISIONS:
        flask_migrate.upgrade(revision=revision)
        assert _triggers() == expected, revision

    for below in reversed(REVISIONS[:-1]):
        flask_migrate.downgrade(revision=below)
        assert _triggers() == expected, below
    flask_migrate.downgrade(revision="base")
    flask_migrate.upgrade()
    assert _triggers() == expected


def test_the_installation_has_its_log_chain_from_the_start(bare):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT key, length, head FROM log_chain").all()
    assert rows == [("installation", 0, "")]


def test_what_is_shared_already_becomes_its_first_version(bare):
    flask_migrate.upgrade(revision="0002_kept_forms")
    before = sa.MetaData()
    before.reflect(db.engine)
    with db.engine.begin() as connection:
        _add_shared_item(connection, before.tables)

    flask_migrate.upgrade(revision="0005_item_versions")

    with db.engine.connect() as connection:
        versions = connection.exec_driver_sql(
            "SELECT item_id, number, title, content, handling, told, words_for_applicant, reason,"
            " saved_by_id FROM shared_item_version"
        ).all()
        named = connection.exec_driver_sql(
            "SELECT number, agency_id FROM shared_item_version_agency"
            " JOIN shared_item_version ON shared_item_version.id = version_id"
        ).all()
        numbers = connection.exec_driver_sql("SELECT version FROM shared_item").all()
    assert versions == [(7, 1, "Call", "Text", "named", "in_these_words", "You told us", "", 3)]
    assert named == [(1, 5)]
    assert numbers == [(1,)]


def _add_shared_item(connection, tables):
    """Add an item that names an agency, with all that it belongs to."""
    at = dt.datetime(2027, 1, 6, 9, tzinfo=dt.UTC)
    rows = {
        "area": {"id": 1, "slug": "w", "name": "W", "office_name": "O", "office_phone": "",
                 "office_email": ""},
        "person": {"id": 3, "email": "a@b.example", "name": "A", "phone": "", "active": True,
                   "fs_uniquifier": "x"},
        "agency": {"id": 5, "area_id": 1, "name": "Council", "kind": "council",
                   "is_co_opted": False},
        "local_government_area": {"id": 1, "area_id": 1, "name": "Hexley"},
        "scheme_version": {"id": 1, "area_id": 1, "number": 1, "in_force_on": at.date(),
                           "rules": {}},
        "review_case": {"id": 2, "area_id": 1, "lga_id": 1, "scheme_version_id": 1,
                        "reference": "ACR-7K3Q-9MXD", "stage": "arranging", "channel": "phone",
                        "received_at": at, "keyed_at": at, "keyed_by_id": 3, "place": "",
                        "summary": "", "safe_contact": "", "version": 1},
        "shared_item": {"id": 7, "case_id": 2, "key": "ab", "agency_id": 5, "shared_by_id": 3,
                        "shared_at": at, "title": "Call", "happened_on": at.date(),
                        "content": "Text", "handling": "named", "told": "in_these_words",
                        "words_for_applicant": "You told us"},
        "shared_item_agency": {"item_id": 7, "agency_id": 5},
    }  # fmt: skip
    for name, row in rows.items():
        connection.execute(sa.insert(tables[name]), row)


def test_there_is_one_head_and_the_file_names_it():
    assert SCRIPTS.get_heads() == [(MIGRATIONS / ".current-head").read_text().strip()]


def test_no_revision_depends_on_what_the_models_become():
    imported = {
        f"{path.name}: {name}"
        for path in Path(SCRIPTS.versions).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _imported(node)
        if name.split(".")[0] == "portal"
    }

    assert imported == set()


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
