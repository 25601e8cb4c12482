"""Rooms that an office meets in again and again, with their links to join by video."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.models.edited import Edited


class Room(Edited, Base):
    """A place to meet, on site or by video.

    Attributes:
        access_notes: steps, lift, where to wait: read out to who comes.
        join_link: for the panel.
        applicant_join_link: for the applicant, never the panel's.
        is_active: offered when a meeting is booked; one that is not stays with old meetings.
    """

    __tablename__ = "room"
    __table_args__ = (
        sa.UniqueConstraint("area_id", "name"),
        sa.CheckConstraint(
            "join_link = '' OR join_link <> applicant_join_link", name="links_apart"
        ),
        {"info": {"scope": "room"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    address: Mapped[str] = mapped_column(sa.String(110))
    access_notes: Mapped[str] = mapped_column(sa.String(500))
    join_link: Mapped[str] = mapped_column(sa.String(500))
    applicant_join_link: Mapped[str] = mapped_column(sa.String(500))
    is_active: Mapped[bool]

    @property
    def label(self) -> str:
        """Name and address in one line: the place of a meeting."""
        return f"{self.name}, {self.address}" if self.address else self.name
