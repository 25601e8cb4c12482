"""The minutes of the meeting: drafted from the record, corrected, agreed; issued as a document."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.minutes import Section
from portal.models.edited import Edited


class MinutesDraft(Edited, Base):
    """The minutes of a case while they are worked on; all of it is for the whole panel.

    A change of a text counts as one of the draft, so that its version grows with whatever the
    minutes say.

    Attributes:
        tables: the record of the meeting as it stood when they were drafted, rows by table.
        what_changed: since the issue before; empty in the first one.
        correct_until: the last day on which an agency may correct its own account.
        agreed_at, agreed_by_id: by the chair, as the draft stands; taken back by a change.
        issued_at: as the draft stands; taken back by a change.
    """

    __tablename__ = "minutes_draft"
    __table_args__ = (
        sa.CheckConstraint(
            "(sent_round_at IS NULL) = (correct_until IS NULL)", name="sent_round_until"
        ),
        {"info": {"scope": "minutes"}},
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    drafted_at: Mapped[dt.datetime]
    tables: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    what_changed: Mapped[str] = mapped_column(sa.Text)
    sent_round_at: Mapped[dt.datetime | None]
    correct_until: Mapped[dt.date | None]
    agreed_at: Mapped[dt.datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    issued_at: Mapped[dt.datetime | None]


class MinutesText(Edited, Base):
    """What a section of the minutes says beside its table, or the account of one agency.

    Attributes:
        number: from 1 on within the case.
        agency_id: whose account it is; none for every other section.
        words: a paragraph a line; empty where there is nothing on record.
    """

    __tablename__ = "minutes_text"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint(
            "(section = 'accounts') = (agency_id IS NOT NULL)", name="account_of_agency"
        ),
        {"info": {"scope": "minutes_text"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    section: Mapped[Section] = mapped_column(enum_type(Section))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    words: Mapped[str] = mapped_column(sa.Text)
