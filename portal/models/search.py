"""Words by which a case is found."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.searching import LONGEST_TERM


class TermKind(enum.StrEnum):
    """Where a word stands, and so who may find a case by it."""

    REFERENCE = "reference"
    PARTY = "party"
    PLACE = "place"
    CONTACT = "contact"


class SearchTerm(Base):
    """A word of a case, folded; made anew from the case whenever its parties or place change."""

    __tablename__ = "search_term"
    __table_args__ = (
        sa.Index("ix_search_term_term", "term", "case_id"),
        {"info": {"scope": "search"}},
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(enum_type(TermKind), primary_key=True)
    # Byte order on both databases: the beginning of a word is a range of the index.
    term: Mapped[str] = mapped_column(
        sa.String(LONGEST_TERM).with_variant(sa.String(LONGEST_TERM, collation="C"), "postgresql"),
        primary_key=True,
    )
