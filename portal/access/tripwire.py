"""Refuse any statement on a case table whose scope ``access.scope`` did not name.

Refusing loudly is better than filtering quietly: a forgotten scope is a mistake in the code, and
it has to stop the first time it runs.
"""

from weakref import ref

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors

Clause = visitors.ExternallyTraversible


class UnscopedStatementError(RuntimeError):
    """A case table was reached without asking ``access.scope``."""


@event.listens_for(Session, "do_orm_execute")
def refuse_unscoped(state: ORMExecuteState) -> None:
    """Fail before the SQL runs.

    Raises:
        UnscopedStatementError: the statement is text, or names a table without its scope.
    """
    if state.is_column_load or state.is_relationship_load:
        return
    allowed: frozenset[str] = state.execution_options.get("scope", frozenset())
    statement = state.statement
    if isinstance(statement, sa.TextClause) or not isinstance(statement, sa.ClauseElement):
        raise UnscopedStatementError("The tripwire cannot see into this statement.")
    for table in _tables(statement):
        scope = table.info.get("scope")
        if scope and scope not in allowed:
            raise UnscopedStatementError(table.name)


# What is built once and asked again is looked through once: a statement of the access room, or the
# condition on the case, which is the same object in a dozen statements of a page. By identity:
# two clauses are compared by SQLAlchemy with a third clause.
_seen: dict[int, tuple[ref[Clause], frozenset[sa.Table]]] = {}


def _tables(top: Clause) -> frozenset[sa.Table]:
    """Return every table that stands anywhere in a clause."""
    seen = _seen.get(id(top))
    if seen and seen[0]() is top:
        return seen[1]
    found: set[sa.Table] = set()
    waiting = list(top.get_children())
    while waiting:
        element = waiting.pop()
        if isinstance(element, sa.Table):
            found.add(element)
        elif isinstance(element, sa.Exists):
            found |= _tables(element)
        else:
            waiting.extend(element.get_children())
    key, tables = id(top), frozenset(found)
    _seen[key] = ref(top, lambda _gone: _seen.pop(key, None)), tables
    return tables
