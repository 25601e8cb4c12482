"""Refuse any statement on a case table whose scope ``access.scope`` did not name.

Refusing loudly is better than filtering quietly: a forgotten scope is a mistake in the code, and
it has to stop the first time it runs.
"""

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors


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
    for element in visitors.iterate(statement):
        if not isinstance(element, sa.Table):
            continue
        scope = element.info.get("scope")
        if scope and scope not in allowed:
            raise UnscopedStatementError(element.name)
