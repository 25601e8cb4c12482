"""What stood in each issue of a plan, so that the next one can say what has changed."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class PlanIssue(Base):
    """One issue of the plan, beside its two files.

    Attributes:
        words: the applicant's version, word for word, as a consultation keeps it; empty where it
            was issued before this was kept.
        what_changed_for_applicant: since the issue before; for the panel the file's row says it.
    """

    __tablename__ = "plan_issue"
    __table_args__ = {"info": {"scope": "plan"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    issued_at: Mapped[dt.datetime]
    words: Mapped[str] = mapped_column(sa.Text)
    what_changed_for_applicant: Mapped[str] = mapped_column(sa.Text)


class IssuedAction(Base):
    """An action as it stood in an issue; panel text and applicant text apart.

    Attributes:
        owner_id, owner_agency_id: who owned it then.
        is_superseded: it was listed as no longer part of the plan.
    """

    __tablename__ = "issued_action"
    __table_args__ = (
        sa.ForeignKeyConstraint(["case_id", "issue"], ["plan_issue.case_id", "plan_issue.number"]),
        {"info": {"scope": "plan"}},
    )

    case_id: Mapped[int] = mapped_column(primary_key=True)
    issue: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(sa.Text)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    owner_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    due_on: Mapped[dt.date | None]
    how_we_know: Mapped[str] = mapped_column(sa.Text)
    words_for_applicant: Mapped[str] = mapped_column(sa.Text)
    is_superseded: Mapped[bool]


class OwnWords(Base):
    """A word in the applicant's version that may point to somebody, and is the applicant's own.

    Attributes:
        words: as they were found, in small letters.
        reason: how it is known that the applicant used them.
    """

    __tablename__ = "own_words"
    __table_args__ = {"info": {"scope": "plan"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    words: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(500))
    kept_at: Mapped[dt.datetime]
    kept_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class HandedOver(Base):
    """The office handed an issued version to somebody on paper.

    Attributes:
        given_to: who got it, by name.
        handed_on: the London day.
    """

    __tablename__ = "handed_over"
    __table_args__ = (
        sa.Index("ix_handed_over_document_id", "document_id"),
        {"info": {"scope": "receipt"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    given_to: Mapped[str] = mapped_column(sa.String(200))
    handed_on: Mapped[dt.date]
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
