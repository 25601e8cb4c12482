import ast
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal import migrating
from portal.db import db
from portal.resources import MIGRATIONS
from tests.conftest import make_app

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


@pytest.fixture
def bare(empty_address):
    """An app on a database without tables."""
    app = make_app(empty_address)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


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
