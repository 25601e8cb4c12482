import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.access.tripwire import UnscopedStatementError
from portal.db import Base, db

SCOPED = {
    mapper.local_table.name: mapper.class_
    for mapper in Base.registry.mappers
    if "scope" in mapper.local_table.info
}

# They name who asks, a person or a party, and are read by nobody else.
OF_WHO_ASKS = {"sign_in", "form_token", "kept_form"}

WAYS = {
    "select": sa.select,
    "column": lambda model: sa.select(next(iter(model.__table__.primary_key))),
    "count": lambda model: sa.select(sa.func.count()).select_from(model),
    "table": lambda model: sa.select(model.__table__),
    "alias": lambda model: sa.select(sa.orm.aliased(model)),
    "subquery": lambda model: sa.select(sa.select(model).subquery()),
    "cte": lambda model: sa.select(sa.select(model).cte()),
    "exists": lambda model: sa.select(sa.select(model).exists()),
    "union": lambda model: sa.union_all(sa.select(model), sa.select(model)),
    "update": lambda model: sa.update(model).values({_key(model): 1}),
    "delete": sa.delete,
    "insert": lambda model: sa.insert(model).values({_key(model): 1}),
    "from statement": lambda model: sa.select(model).from_statement(sa.select(model)),
}


def _key(model):
    return next(iter(model.__table__.primary_key)).name


def test_every_table_of_a_case_has_a_scope():
    of_cases = {
        table.name
        for table in Base.metadata.tables.values()
        if table.name == "review_case"
        or any(key.column.table.name in SCOPED for key in table.foreign_keys)
    }

    assert of_cases - set(SCOPED) == OF_WHO_ASKS


@pytest.mark.parametrize("way", WAYS)
def test_a_statement_without_scope_fails_before_it_runs(in_app, count_queries, way):
    let_through = []
    with count_queries() as queries:
        for table, model in SCOPED.items():
            try:
                db.session.execute(WAYS[way](model))
            except UnscopedStatementError:
                continue
            let_through.append(table)

    assert (let_through, queries.count) == ([], 0)


def test_a_row_cannot_be_got_by_its_key_either(in_app):
    for model in SCOPED.values():
        with pytest.raises(UnscopedStatementError):
            db.session.get(model, (1,) * len(model.__table__.primary_key))


def test_a_scope_of_one_table_does_not_open_another(in_app):
    case, item = SCOPED["review_case"], SCOPED["shared_item"]
    statement = sa.select(case).join(item, item.case_id == case.id)

    with pytest.raises(UnscopedStatementError, match="shared_item"):
        db.session.execute(statement.execution_options(scope=frozenset({"case"})))


def test_text_fails(in_app):
    with pytest.raises(UnscopedStatementError):
        db.session.execute(sa.text("SELECT 1"))  # noqa: TID251  # that it fails is the test


def test_the_named_door_opens_every_table_and_wants_a_reason(in_app):
    for model in SCOPED.values():
        statement = sa.select(model).execution_options(**unscoped("the test looks at all of them"))
        assert db.session.execute(statement).all() == []

    with pytest.raises(ValueError, match="Say why"):
        unscoped("")
