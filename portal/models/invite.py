"""Answers to the invites of a meeting; none is ever changed, the last one that counts holds."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.invites import AnswerToInvite


class AnswerWay(enum.StrEnum):
    """How an answer came: by button here, as a calendar file, or told to the office."""

    BUTTON = "button"
    FILE = "file"
    OFFICE = "office"


class InviteAnswer(Base):
    """One answer to an invite.

    Attributes:
        person_id: who answers; none is the applicant, whose answer the office types in.
        delegate_id: who comes instead.
        sequence: of the invite that it answers.
    """

    __tablename__ = "invite_answer"
    __table_args__ = (
        sa.CheckConstraint(
            "(answer = 'delegated') = (delegate_id IS NOT NULL)", name="delegate_where_delegated"
        ),
        {"info": {"scope": "invite_answer"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answer: Mapped[AnswerToInvite] = mapped_column(enum_type(AnswerToInvite))
    delegate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    comment: Mapped[str] = mapped_column(sa.String(500))
    sequence: Mapped[int]
    way: Mapped[AnswerWay] = mapped_column(enum_type(AnswerWay))
    answered_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
