"""The agenda of a meeting: its items, when the table was at them, and what was noted."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.agenda import Part, Topic
from portal.models.edited import Edited


class AgendaItem(Edited, Base):
    """An item of a meeting's agenda; the positions rise, with gaps where an item was taken out.

    Attributes:
        key: random, not counted: a gap in numbers would tell of a restricted item.
        recorded: what is to be written down, in words.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key"),
        {"info": {"scope": "agenda"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    key: Mapped[str] = mapped_column(sa.String(12))
    position: Mapped[int]
    topic: Mapped[Topic] = mapped_column(enum_type(Topic))
    title: Mapped[str]
    part: Mapped[Part] = mapped_column(enum_type(Part))
    minutes: Mapped[int]
    lead: Mapped[str]
    recorded: Mapped[str]


class AgendaSpan(Base):
    """From when to when the table was at an item; the one without an end is the present item."""

    __tablename__ = "agenda_span"
    __table_args__ = {"info": {"scope": "agenda"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    sitting: Mapped[int]
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class ItemNote(Edited, Base):
    """The notes on an item as they stand: for the chair and the coordinator."""

    __tablename__ = "item_note"
    __table_args__ = {"info": {"scope": "note"}}

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)


class ItemNoteVersion(Base):
    """The notes on an item as they were left once, or as they stood at the close; only added."""

    __tablename__ = "item_note_version"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "number"),
        {"info": {"scope": "note"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    is_at_close: Mapped[bool]
    kept_at: Mapped[dt.datetime]
    kept_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
