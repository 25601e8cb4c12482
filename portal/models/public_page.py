"""What an area's office tells the public besides its rules."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.directory import EntryKind
from portal.models.edited import Edited


class PublicPage(Edited, Base):
    """What the office says of itself on its public pages; what is empty is left out there.

    Attributes:
        phone_hours: when the office's phone is answered.
        visits: how to ask for a visit.
        formats: interpreters, British Sign Language, large print.
        data_officer: who the data protection officer is, and how to reach them.
        retention_years: how long a closed case is kept.
        exit_address: the harmless page that the way out leads to; empty takes the portal's.
    """

    __tablename__ = "public_page"
    __table_args__ = (
        sa.CheckConstraint("retention_years BETWEEN 1 AND 100", name="retention_years"),
    )

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    phone_hours: Mapped[str] = mapped_column(sa.String(200))
    visits: Mapped[str] = mapped_column(sa.String(500))
    formats: Mapped[str] = mapped_column(sa.String(500))
    data_officer: Mapped[str] = mapped_column(sa.String(500))
    retention_years: Mapped[int | None]
    exit_address: Mapped[str] = mapped_column(sa.String(500))


class DirectoryEntry(Edited, Base):
    """Somebody whom the public can turn to; there is at least one way to reach them.

    Attributes:
        words: what they do, or what kind of report they take.
        is_free: it costs nothing, which is said of those who support.
    """

    __tablename__ = "directory_entry"
    __table_args__ = (
        sa.UniqueConstraint("area_id", "kind", "name"),
        sa.CheckConstraint("phone <> '' OR web <> '' OR email <> ''", name="can_be_reached"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    kind: Mapped[EntryKind] = mapped_column(enum_type(EntryKind))
    name: Mapped[str] = mapped_column(sa.String(120))
    words: Mapped[str] = mapped_column(sa.String(500))
    phone: Mapped[str] = mapped_column(sa.String(40))
    web: Mapped[str] = mapped_column(sa.String(500))
    email: Mapped[str] = mapped_column(sa.String(254))
    is_free: Mapped[bool]
