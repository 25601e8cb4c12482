"""Scorings of a case, made by the services that the pages use."""

import datetime as dt

from portal.domain.risk.bands import Band, BandReason
from portal.domain.risk.scorings import AnswerSource, Occasion, Sign
from portal.services import risk, risk_bands
from tests import cases
from tests.cases import actor_of, token

# The worked example of our risk matrix: 31 points, High.
NOOR = "1,1,2,4,3,4,2,2,2,2,0,3,3,1,1"
# Its parking quarrel: 7 points, Standard.
LOW = "1,0,1,0,1,0,2,0,0,0,0,1,1,0,0"
LINE = "It has got worse, and it is meant for them."


def answers(listed: str) -> dict[str, int | None]:
    """Answers 1 to 15; “?” for one that is not known."""
    return {
        f"q{number}": None if value == "?" else int(value)
        for number, value in enumerate(listed.split(","), start=1)
    }


def score(
    reference: str,
    listed: str,
    *,
    version: int = 0,
    email: str = cases.COORDINATOR,
    words: str = "",
    agency_words: str = "",
    line: str = LINE,
    why: str = "",
    signs: tuple[Sign, ...] = (),
    occasion: Occasion = Occasion.ANY_TIME,
    at: dt.datetime | None = None,
) -> None:
    """Score the risk of a case, on 7 January 2027 unless said otherwise."""
    typed = risk.TypedScoring(
        occasion=occasion,
        answers={
            key: risk.TypedAnswer(points=points, source=AnswerSource.APPLICANT, why=why)
            for key, points in answers(listed).items()
        },
        signs=signs,
        words=words,
        agency_words=agency_words,
        line=line,
    )
    risk.score_risk(actor_of(email, at or cases.at(7)), reference, token(), typed, version)


def ask_lower(
    reference: str,
    *,
    version: int = 1,
    words: str = "The door is mended.",
    fact: str = "Tollgate Homes wrote so.",
    line: str = "The door is safe again.",
) -> None:
    """The coordinator asks for Medium instead of High, which waits for a second person."""
    typed = risk_bands.TypedBand(
        band=Band.MEDIUM,
        reason=BandReason.SAFETY_STEP,
        words=words,
        fact=fact,
        fact_on=dt.date(2027, 1, 6),
        line=line,
    )
    office = actor_of(cases.COORDINATOR, cases.at(8))
    risk_bands.decide_band(office, reference, token(), typed, version)
