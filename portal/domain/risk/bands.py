"""The bands of risk, and what may be done about the one that was worked out."""

import enum
from dataclasses import dataclass


class Band(enum.StrEnum):
    """How high the risk is, the lowest first."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def rank(self) -> int:
        """Return its place, 0 for the lowest."""
        return list(Band).index(self)

    @property
    def label(self) -> str:
        """Return what staff read; an applicant never does."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_high(self) -> bool:
        """Whether it is High or Very high."""
        return self.rank >= Band.HIGH.rank

    @property
    def next_higher(self) -> "Band":
        """Return the band above, or the highest itself."""
        return list(Band)[min(self.rank + 1, Band.VERY_HIGH.rank)]


def higher_of(*bands: Band | None) -> Band:
    """Return the highest of the bands that are there, Standard if none is."""
    return max((band for band in bands if band), key=lambda band: band.rank, default=Band.STANDARD)


class BandReason(enum.StrEnum):
    """Why a person decides on another band than the one that was worked out."""

    NEW_FACT = "new_fact"
    WRONG_ANSWER = "wrong_answer"
    SAFETY_STEP = "safety_step"
    APPLICANTS_VIEW = "applicants_view"
    AGENCY_INFORMATION = "agency_information"
    OTHER = "other"


@dataclass(frozen=True)
class Standing:
    """What a change of band starts from.

    Attributes:
        worked_out: the band of the latest scoring, raised where too little is known.
        floor: the lowest band that an answer allows, if one does.
        now: the band that is in force.
    """

    worked_out: Band
    floor: Band | None
    now: Band


class BandChangeError(ValueError):
    """The band cannot be changed so; the message is a sentence for the person who asked."""


def needs_second_person(standing: Standing, wanted: Band) -> bool:
    """Say whether a second person has to agree before the wanted band is in force.

    Up is immediate. Down is one band at a time and never more than one below what was worked out;
    from High or Very high, or below a floor, a second person agrees first (our risk matrix, 6).

    Raises:
        BandChangeError: it is the band already, or too far down.
    """
    if wanted is standing.now:
        raise BandChangeError(f"It is {wanted.label} already")
    if wanted.rank > standing.now.rank:
        return False
    if wanted.rank < standing.now.rank - 1 or wanted.rank < standing.worked_out.rank - 1:
        raise BandChangeError("A band can be lowered by one at most. Score again for more")
    return standing.now.is_high or wanted.rank < higher_of(standing.floor).rank
