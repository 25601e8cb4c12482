"""What every row shares that two people may change at the same time."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class Edited:
    """A thing with a version; a form carries the version that it was filled from."""

    version: Mapped[int] = mapped_column()
    changed_at: Mapped[dt.datetime | None] = mapped_column()
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  # SQLAlchemy hands in the class
        """Let the row refuse a write that was made from an older version."""
        return {"version_id_col": cls.version}
