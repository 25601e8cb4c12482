"""The log: who saw and did what; append-only, chained by hash per area."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class LogChain(Base):
    """The head of an area's chain; the installation has one for what belongs to no area."""

    __tablename__ = "log_chain"

    key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    length: Mapped[int]
    head: Mapped[str] = mapped_column(sa.String(64))


class LogEntry(Base):
    """One entry. It names things by reference and number, never by what they say."""

    __tablename__ = "log_entry"
    __table_args__ = (
        sa.UniqueConstraint("chain", "number"),
        sa.Index("ix_log_entry_reference", "chain", "reference", "number"),
        sa.Index("ix_log_entry_person", "chain", "person_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(sa.ForeignKey("log_chain.key"))
    number: Mapped[int]
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None]
    role: Mapped[str] = mapped_column(sa.String(40))
    act: Mapped[str] = mapped_column(sa.String(60))
    reference: Mapped[str] = mapped_column(sa.String(20))
    thing: Mapped[str]
    outcome: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))
