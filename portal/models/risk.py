"""The risk and harm assessment: every scoring as it was made, and the band that is in force."""

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.risk.bands import Band, BandReason
from portal.domain.risk.scorings import AnswerSource, Occasion
from portal.models.edited import Edited


class RiskScoring(Base):
    """One scoring; kept as it was made and never overwritten.

    Attributes:
        number: from 1 on in its case.
        as_chair: by the chair, not the coordinator.
        rules_version: of the points, bands and floors that it was worked out by.
        signs: what was said beside the questions, values of ``Sign``.
        words: of the applicant, as they said it.
        agency_words: what the answer to the restricted question rests on.
        line: why, for the agencies on the panel.
        floors: the conditions of floors that held, as pairs of question and points.
    """

    __tablename__ = "risk_scoring"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"), {"info": {"scope": "risk"}})

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    occasion: Mapped[Occasion] = mapped_column(enum_type(Occasion))
    scored_at: Mapped[dt.datetime]
    scored_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    as_chair: Mapped[bool]
    rules_version: Mapped[str] = mapped_column(sa.String(40))
    signs: Mapped[list[str]] = mapped_column(sa.JSON)
    words: Mapped[str] = mapped_column(sa.Text)
    agency_words: Mapped[str] = mapped_column(sa.Text)
    line: Mapped[str] = mapped_column(sa.String(500))
    total: Mapped[int]
    unknown: Mapped[int]
    floor: Mapped[Band | None] = mapped_column(enum_type(Band, "floor"))
    floors: Mapped[list[Any]] = mapped_column(sa.JSON)
    is_raised: Mapped[bool]
    band: Mapped[Band] = mapped_column(enum_type(Band))


class RiskAnswer(Base):
    """An answer of a scoring.

    Attributes:
        points: none where it is not known, or they would rather not say.
        why: it differs by two points or more from the scoring before.
    """

    __tablename__ = "risk_answer"
    __table_args__ = {"info": {"scope": "risk"}}

    scoring_id: Mapped[int] = mapped_column(sa.ForeignKey("risk_scoring.id"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    points: Mapped[int | None]
    source: Mapped[AnswerSource] = mapped_column(enum_type(AnswerSource))
    why: Mapped[str] = mapped_column(sa.String(500))


class BandState(enum.StrEnum):
    """What came of a decision on a band; one that was asked for waits for a second person."""

    IN_FORCE = "in_force"
    ASKED = "asked"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    ENDED = "ended"


class BandDecision(Base):
    """A person's decision on another band than the one that was worked out or in force.

    Attributes:
        words: why, beside the reason that was chosen.
        fact: what it rests on and who said so; empty for a higher band.
        fact_on: when that was said.
        line: why, for the agencies on the panel.
        as_chair: by the chair, not the coordinator.
        answered_at, answered_by_id, answer: of the second person.
    """

    __tablename__ = "band_decision"
    __table_args__ = {"info": {"scope": "risk"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    scoring_id: Mapped[int] = mapped_column(sa.ForeignKey("risk_scoring.id"), index=True)
    before: Mapped[Band] = mapped_column(enum_type(Band, "before"))
    band: Mapped[Band] = mapped_column(enum_type(Band))
    reason: Mapped[BandReason] = mapped_column(enum_type(BandReason))
    words: Mapped[str] = mapped_column(sa.Text)
    fact: Mapped[str] = mapped_column(sa.Text)
    fact_on: Mapped[dt.date | None]
    line: Mapped[str] = mapped_column(sa.String(500))
    decided_at: Mapped[dt.datetime]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    as_chair: Mapped[bool]
    state: Mapped[BandState] = mapped_column(enum_type(BandState))
    answered_at: Mapped[dt.datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")


class RiskStanding(Edited, Base):
    """Where the risk of a case stands now: what lists, headers and agencies read, and no more.

    Attributes:
        band: the one in force.
        is_raised: it is one higher because not enough is known.
        line: why, for the agencies on the panel.
        find_out_by: the day by which the coordinator finds out what is not known; none where
            enough is.
        asked_id: the decision that waits for a second person, where there is one.
    """

    __tablename__ = "risk_standing"
    __table_args__ = {"info": {"scope": "risk_standing"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    scoring_id: Mapped[int] = mapped_column(sa.ForeignKey("risk_scoring.id"))
    band: Mapped[Band] = mapped_column(enum_type(Band))
    is_raised: Mapped[bool]
    line: Mapped[str] = mapped_column(sa.String(500))
    scored_at: Mapped[dt.datetime]
    find_out_by: Mapped[dt.date | None]
    asked_id: Mapped[int | None] = mapped_column(sa.ForeignKey("band_decision.id"))
