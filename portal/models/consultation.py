"""The applicant is consulted on the plan before it is final: what they were asked and said."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.models.edited import Edited


class ConsultationWay(enum.StrEnum):
    """How the applicant is asked."""

    PAPER = "paper"
    PHONE = "phone"
    PAGE = "page"


class ConsultationOutcome(enum.StrEnum):
    """What came of it."""

    SAID = "said"
    DID_NOT_WANT = "did_not_want"
    NOT_REACHED = "not_reached"


class Consultation(Edited, Base):
    """Asking the applicant once what they think of the draft; a row each time they are asked.

    Attributes:
        asked_on: the London day on which they were asked.
        answer_by: until when they have time, where that was said.
        words: the applicant's version as it stood, word for word; empty where only the day is
            known on which they were asked.
        file: the Word file that they were given, byte for byte, with its hash and its template;
            none where none was made.
        outcome: none while the answer is awaited.
        answer: what they said, word for word; or when it was tried to reach them.
        answered_on: the London day of that; written down by ``written_by_id``.
        what_changed: because of what they said, or why nothing did; for the panel.
        party_id: who is asked by their own page, and reads it there; none where asked otherwise.
        sent_at: when they last sent what they think by their page; none where they did not.
        not_again_because: why they are not asked about the text as it stands in
            ``not_again_words``, which differs from ``words``.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name="answered_on_a_day"),
        sa.CheckConstraint("(file IS NULL) = (sha256 = '')", name="hash_of_file"),
        sa.CheckConstraint("(way = 'page') = (party_id IS NOT NULL)", name="page_of_a_party"),
        sa.CheckConstraint("sent_at IS NULL OR party_id IS NOT NULL", name="sent_by_a_party"),
        {"info": {"scope": "consultation"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    way: Mapped[ConsultationWay] = mapped_column(enum_type(ConsultationWay))
    asked_on: Mapped[dt.date]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answer_by: Mapped[dt.date | None]
    words: Mapped[str] = mapped_column(sa.Text)
    file: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    template_version: Mapped[str] = mapped_column(sa.String(20))
    outcome: Mapped[ConsultationOutcome | None] = mapped_column(enum_type(ConsultationOutcome))
    answer: Mapped[str] = mapped_column(sa.Text)
    answered_on: Mapped[dt.date | None]
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    what_changed: Mapped[str] = mapped_column(sa.Text)
    not_again_because: Mapped[str] = mapped_column(sa.Text)
    not_again_words: Mapped[str] = mapped_column(sa.Text)
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    sent_at: Mapped[dt.datetime | None]


class ConsultedRow(Base):
    """A row of the draft on the page of who is asked, and what they think of it.

    Attributes:
        label: what the row is called, for example "Action 1".
        words: of the applicant's version, as they stood.
        who: who does it and by when; empty where nobody does.
        answer: what they said of it, word for word; may be empty.
    """

    __tablename__ = "consulted_row"
    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "number"),
        {"info": {"scope": "consultation"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[str] = mapped_column(sa.Text)
