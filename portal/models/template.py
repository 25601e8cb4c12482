"""An office's own Word templates: each version kept, and which one holds from which day."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

# Which kinds of document there are is said by the code; a new one needs no change of the table.
_KIND_LENGTH = 40


class TemplateVersion(Base):
    """A template that an area's office has uploaded and that was found to be sound; never changed.

    Attributes:
        kind: of document, as the code names it.
        number: 1 for the first of this kind in the area.
        file_name: as its owner called it; only ever shown.
        note: what is different in it, in the words of who uploaded it.
        sha256: of the content; one that does not fit any more is not used.
    """

    __tablename__ = "template_version"
    __table_args__ = (sa.UniqueConstraint("area_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(sa.String(_KIND_LENGTH))
    number: Mapped[int]
    file_name: Mapped[str]
    note: Mapped[str] = mapped_column(sa.String(500))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    kept_at: Mapped[dt.datetime]
    kept_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class TemplateChoice(Base):
    """From a day on an area uses a version of its own, or again what the portal came with.

    Of those whose day has come the one with the latest day holds, and of two of one day the later.

    Attributes:
        number: 1 for the first choice of this kind in the area.
        template_id: the version; none is the default.
        from_on: a London day.
        taken_back_at, taken_back_by_id: before its day came.
    """

    __tablename__ = "template_choice"
    __table_args__ = (
        sa.UniqueConstraint("area_id", "kind", "number"),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(sa.String(_KIND_LENGTH))
    number: Mapped[int]
    template_id: Mapped[int | None] = mapped_column(sa.ForeignKey("template_version.id"))
    from_on: Mapped[dt.date]
    chosen_at: Mapped[dt.datetime]
    chosen_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
