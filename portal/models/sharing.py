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
    # The number of the newest version, whose texts these are.
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class SharedItemAgency(Base):
    """An agency that an item with the handling “named” names."""

    __tablename__ = "shared_item_agency"
    __table_args__ = {"info": {"scope": "shared_item"}}

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_item.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)


class SharedItemVersion(Base):
    """An item as it was saved once; only ever added. The number is never shown: it tells of gaps.

    The first version has no reason; the others say why the one before was corrected.
    """

    __tablename__ = "shared_item_version"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "number"),
        sa.CheckConstraint(
            "(told = 'in_these_words') = (words_for_applicant <> '')", name="words_where_told_so"
        ),
        {"info": {"scope": "shared_item"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_item.id"))
    number: Mapped[int]
    title: Mapped[str]
    happened_on: Mapped[dt.date]
    content: Mapped[str] = mapped_column(sa.Text)
    handling: Mapped[Handling] = mapped_column(enum_type(Handling))
    told: Mapped[Told] = mapped_column(enum_type(Told))
    words_for_applicant: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.String(500))
    saved_at: Mapped[dt.datetime]
    saved_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class SharedItemVersionAgency(Base):
    """An agency that a version with the handling “named” named."""

    __tablename__ = "shared_item_version_agency"
    __table_args__ = {"info": {"scope": "shared_item"}}

    version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("shared_item_version.id"), primary_key=True
    )
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)


class SharedItemWithdrawal(Base):
    """That an item was withdrawn: by whom, when and why. It is never taken back."""

    __tablename__ = "shared_item_withdrawal"
    __table_args__ = {"info": {"scope": "shared_item"}}

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_item.id"), primary_key=True)
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(500))
