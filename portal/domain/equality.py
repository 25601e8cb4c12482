"""Questions about who asks for reviews: voluntary, only counted, never with a name or a case.

The answers are short forms of the harmonised questions of the Government Statistical Service;
each question can be left out, and each can be answered by not wanting to say.
"""

import datetime as dt
import enum
from typing import Final

_MONTHS_OF_A_HALF = 6


class AgeBand(enum.StrEnum):
    """How old somebody is, in whole years."""

    UNDER_18 = "under_18"
    FROM_18 = "18_24"
    FROM_25 = "25_34"
    FROM_35 = "35_44"
    FROM_45 = "45_54"
    FROM_55 = "55_64"
    FROM_65 = "65_74"
    FROM_75 = "75_or_over"
    NOT_SAID = "not_said"


class Sex(enum.StrEnum):
    """Of somebody who asks for a review."""

    FEMALE = "female"
    MALE = "male"
    NOT_SAID = "not_said"


class SameAsAtBirth(enum.StrEnum):
    """Whether the gender somebody identifies with is the sex they were registered with at birth."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"


class Ethnicity(enum.StrEnum):
    """The broad groups of the census of England and Wales."""

    ASIAN = "asian"
    BLACK = "black"
    MIXED = "mixed"
    WHITE = "white"
    OTHER = "other"
    NOT_SAID = "not_said"


class Religion(enum.StrEnum):
    """Religion, as the census of England and Wales asks for it."""

    NONE = "none"
    BUDDHIST = "buddhist"
    CHRISTIAN = "christian"
    HINDU = "hindu"
    JEWISH = "jewish"
    MUSLIM = "muslim"
    SIKH = "sikh"
    OTHER = "other"
    NOT_SAID = "not_said"


class Disability(enum.StrEnum):
    """Whether an illness or condition of twelve months or more makes daily life harder."""

    A_LOT = "a_lot"
    A_LITTLE = "a_little"
    NO = "no"
    NOT_SAID = "not_said"


class Orientation(enum.StrEnum):
    """Sexual orientation, as the census of England and Wales asks for it."""

    STRAIGHT = "straight"
    GAY_OR_LESBIAN = "gay_or_lesbian"
    BISEXUAL = "bisexual"
    OTHER = "other"
    NOT_SAID = "not_said"


QUESTIONS: Final[dict[str, type[enum.StrEnum]]] = {
    "age_band": AgeBand,
    "sex": Sex,
    "same_as_at_birth": SameAsAtBirth,
    "ethnicity": Ethnicity,
    "religion": Religion,
    "disability": Disability,
    "orientation": Orientation,
}
"""What is asked, by the name of the answer."""


def half_year_of(day: dt.date) -> str:
    """Return the half-year a day lies in, such as ``2026-2`` for July to December 2026."""
    return f"{day.year}-{(day.month - 1) // _MONTHS_OF_A_HALF + 1}"
