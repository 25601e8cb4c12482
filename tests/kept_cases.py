"""Cases that were made once in a run are put again, row by row, where nothing else has happened.

Making one goes through a dozen services; most tests begin with the same few. A database in which
anything else was done gets its case made by the services, as the first one was.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.db import db

Rows = dict[sa.Table, dict[tuple[Any, ...], dict[str, Any]]]


@dataclass(frozen=True)
class _Kept:
    before: tuple[int, ...]
    new: dict[sa.Table, list[dict[str, Any]]]
    changed: list[tuple[sa.Table, dict[str, Any]]]
    made: str


_kept: dict[Hashable, _Kept] = {}


def made_once(key: Hashable, make: Callable[[], str]) -> str:
    """Make something with a reference, or put again what was made under the key before."""
    before = _counted()
    known = _kept.get(key)
    if known and known.before == before:
        _put(known)
        return known.made
    rows = None if known else _all_rows()
    made = make()
    db.session.remove()
    if rows is not None:
        _kept[key] = _difference(before, rows, _all_rows(), made)
    return made


def _counted() -> tuple[int, ...]:
    counts = [
        sa.select(sa.func.count()).select_from(table).scalar_subquery()
        for table in db.metadata.sorted_tables
    ]
    with db.engine.connect() as connection:
        return tuple(connection.execute(sa.select(*counts)).one())


def _all_rows() -> Rows:
    with db.engine.connect() as connection:
        return {
            table: {
                tuple(row[column.name] for column in table.primary_key): dict(row)
                for row in connection.execute(sa.select(table)).mappings()
            }
            for table in db.metadata.sorted_tables
        }


def _difference(before: tuple[int, ...], old: Rows, now: Rows, made: str) -> _Kept:
    new = {
        table: [row for key, row in rows.items() if key not in old[table]]
        for table, rows in now.items()
    }
    changed = [
        (table, row)
        for table, rows in now.items()
        for key, row in rows.items()
        if old[table].get(key, row) != row
    ]
    return _Kept(before, {table: rows for table, rows in new.items() if rows}, changed, made)


def _put(kept: _Kept) -> None:
    with db.engine.begin() as connection:
        for table, rows in kept.new.items():
            connection.execute(sa.insert(table), rows)
            if connection.dialect.name == "postgresql" and "id" in table.c:
                last = max(row["id"] for row in rows)
                connection.execute(sa.select(sa.func.setval(f"{table.name}_id_seq", last)))
        for table, row in kept.changed:
            mine = [column == row[column.name] for column in table.primary_key]
            connection.execute(sa.update(table).where(*mine).values(row))
