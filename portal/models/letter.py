"""Letters to the applicant: the draft that is worked on, and the steps that one has promised."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.letters import LetterKind, Topic
from portal.models.edited import Edited


class LetterDraft(Edited, Base):
    """What the coordinator has typed for a letter; all of it is written to the applicant.

    Attributes:
        reasons: a paragraph a line.
        report_words: what is said of each report, by the key of the report.
        factors: what was thought about how long it has gone on, the harm and the answer.
        steps: what will be done all the same, as far as it is typed: what, who and by which day.
        what_changed: since the issue before; empty in the first one.
        talked_on, your_view: when its closing was talked about, and what the applicant thinks.
        ends: what became of each step that they were told of, by the key of the step.
        papers_kept: how long; goes on after "We keep them".
    """

    __tablename__ = "letter_draft"
    __table_args__ = {"info": {"scope": "letter"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    kind: Mapped[LetterKind] = mapped_column(enum_type(LetterKind), primary_key=True)
    salutation: Mapped[str]
    spoc_name: Mapped[str]
    spoc_phone: Mapped[str] = mapped_column(sa.String(40))
    spoc_hours: Mapped[str]
    spoc_cover: Mapped[str]
    how_we_reach_you: Mapped[str] = mapped_column(sa.String(500))
    reasons: Mapped[str] = mapped_column(sa.Text)
    report_words: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    factors: Mapped[str] = mapped_column(sa.Text)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    what_would_change: Mapped[str] = mapped_column(sa.Text)
    next_contact_on: Mapped[dt.date | None]
    what_changed: Mapped[str] = mapped_column(sa.Text)
    talked_on: Mapped[dt.date | None]
    your_view: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    ends: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict, server_default="{}")
    papers_kept: Mapped[str] = mapped_column(default="", server_default="")


class OnwardStep(Base):
    """What somebody does although the threshold is not met, as a letter has promised it.

    Attributes:
        document_id: the letter, one issue of it; the steps of the last issue are in force.
        agency_id: who does it; none where the office does.
    """

    __tablename__ = "onward_step"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "number"),
        {"info": {"scope": "letter"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(sa.Text)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    due_on: Mapped[dt.date]


class AreaWords(Base):
    """What an office says of itself in its letters: its address, where to complain, who helps."""

    __tablename__ = "area_words"

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(enum_type(Topic), primary_key=True)
    words: Mapped[str] = mapped_column(sa.Text)
