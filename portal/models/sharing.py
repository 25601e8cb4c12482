"""What agencies share on a case, each thing under its own handling."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.handling import Handling, Told


class SharedItem(Base):
    """A thing that an agency, or the coordinator's office, shares on a case."""

    __tablename__ = "shared_item"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "key"),
        sa.CheckConstraint(
            "(told = 'in_these_words') = (words_for_applicant <> '')", name="words_where_told_so"
        ),
        {"info": {"scope": "shared_item"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    # Random, not counted: a gap in numbers would tell that there is something hidden.
    key: Mapped[str] = mapped_column(sa.String(12))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    shared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    shared_at: Mapped[dt.datetime]
    title: Mapped[str]
    happened_on: Mapped[dt.date]
    content: Mapped[str] = mapped_column(sa.Text)
    handling: Mapped[Handling] = mapped_column(enum_type(Handling))
    told: Mapped[Told] = mapped_column(enum_type(Told))
    words_for_applicant: Mapped[str] = mapped_column(sa.Text, default="")


class SharedItemAgency(Base):
    """An agency that an item with the handling “named” names."""

    __tablename__ = "shared_item_agency"
    __table_args__ = {"info": {"scope": "shared_item"}}

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_item.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)
