"""The guide to powers against anti-social behaviour: who may use each, on what test, for how long.

The guide ships with the portal. It is no legal advice: the agency that would use a power checks it
with its own lawyer. What is not in force for certain is off until an area switches it on.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parent / "data" / "powers.json"
NO_LONGER: Final = "A power that the guide no longer has"


class PowerGroup(StrEnum):
    """What a power is for."""

    EARLY_INTERVENTION = "early_intervention"
    SUPPORT = "support"
    ENFORCEMENT = "enforcement"
    PREVENTION = "prevention"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _GROUPS[self]


_GROUPS = {
    PowerGroup.EARLY_INTERVENTION: "Try early, by agreement or warning",
    PowerGroup.SUPPORT: "Help for the people harmed, and for who causes harm",
    PowerGroup.ENFORCEMENT: "Court orders, notices, tenancy and police powers",
    PowerGroup.PREVENTION: "Make it harder or less likely to happen",
}


class PowerStatus(StrEnum):
    """Whether a power is law today, as far as the guide's text tells."""

    IN_FORCE = "in_force"
    CHANGE_PENDING = "in_force_change_pending"
    COMMENCEMENT_UNKNOWN = "enacted_commencement_unknown"
    PARTLY_REPEALED = "partly_repealed"
    NO_STATUTE = "no_statute"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _STATUSES[self]


_STATUSES = {
    PowerStatus.IN_FORCE: "In force on the text that was read",
    PowerStatus.CHANGE_PENDING: "In force. The Crime and Policing Act 2026 changes it: check "
    "whether the change has started",
    PowerStatus.COMMENCEMENT_UNKNOWN: "Passed, but nobody could confirm from when it is in force",
    PowerStatus.PARTLY_REPEALED: "Ends for some landlords or tenancies",
    PowerStatus.NO_STATUTE: "Good practice, no power in law",
}
# What the guide's list of law to watch asks for: each behind a dated setting of the area, and off.
_UNCERTAIN = frozenset({PowerStatus.COMMENCEMENT_UNKNOWN, PowerStatus.PARTLY_REPEALED})

WHO: Final[Mapping[str, str]] = {
    "police": "police",
    "council": "council",
    "housing_provider": "housing provider",
    "private_landlord": "private landlord",
    "youth_justice": "youth justice",
    "cps": "Crown Prosecution Service",
    "court": "court",
    "probation": "probation",
    "fire": "fire and rescue",
    "nhs": "NHS",
    "social_care": "social care",
    "education": "school or college",
    "transport": "transport",
    "environment_agency": "Environment Agency",
    "charity": "charity",
    "applicant": "the applicant",
    "any_person": "anybody",
}


@dataclass(frozen=True, kw_only=True)
class Power:
    """One tool or power, as the guide describes it.

    Attributes:
        who_may_use: keys of `WHO`.
        plain: for the applicant's page or letter.
        min_age: lowest age of the person it is used against; none where there is no fixed one.
        applies_in: "england", "wales".
        unverified: what nobody could confirm.
        checked_on: the day on which the source was read.
        is_read: the central facts were read in the source; else they are background knowledge.
    """

    id: str
    name: str
    group: PowerGroup
    who_may_use: tuple[str, ...]
    legal_basis: str
    test: str
    evidence: str
    duration: str
    breach: str
    appeal: str
    typical_use: str
    cautions: str
    children: str
    plain: str
    status: PowerStatus
    min_age: int | None
    applies_in: tuple[str, ...]
    unverified: str
    source: str
    checked_on: dt.date
    is_read: bool

    @property
    def who(self) -> str:
        """Return who may use it, in one line."""
        words = ", ".join(WHO[each] for each in self.who_may_use)
        return words[:1].upper() + words[1:]

    @property
    def is_certain(self) -> bool:
        """Return whether it is in force for certain, so that no area has to switch it on."""
        return self.status not in _UNCERTAIN

    def has(self, words: str) -> bool:
        """Say whether every word stands somewhere in what the guide says of it."""
        texts = (self.name, self.legal_basis, self.test, self.typical_use, self.plain, self.who)
        text = " ".join(texts).casefold()
        return all(word in text for word in words.casefold().split())


class PowersError(ValueError):
    """The file of the guide is not what it should be."""


def read_powers(found: Mapping[str, Any]) -> tuple[Power, ...]:
    """Return the powers of the guide's file, in its order.

    Raises:
        PowersError: something is missing, of the wrong kind, or there twice.
    """
    try:
        powers = tuple(_power(row) for row in found["powers"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PowersError(f"The guide to powers cannot be read: {error!r}") from error
    if len({power.id for power in powers}) != len(powers):
        raise PowersError("The guide to powers has an id twice")
    return powers


_TEXTS = (
    "id", "name", "legal_basis", "test", "evidence", "duration", "breach", "appeal", "typical_use",
    "cautions", "children", "plain", "unverified", "source",
)  # fmt: skip
_CONFIDENCE = {"found": True, "background": False}


def _power(row: Mapping[str, Any]) -> Power:
    texts = {name: row[name] for name in _TEXTS}
    who, applies_in, age = tuple(row["who_may_use"]), tuple(row["applies_in"]), row["min_age"]
    if not all(isinstance(text, str) for text in texts.values()):
        raise PowersError(f"a field of {row['id']} is no text")
    if not who or not set(who) <= set(WHO) or not set(applies_in) <= {"england", "wales"}:
        raise PowersError(f"who may use {row['id']}, and where")
    if not (age is None or isinstance(age, int)):
        raise PowersError(f"the lowest age of {row['id']}")
    return Power(
        group=PowerGroup(row["group"]),
        who_may_use=who,
        status=PowerStatus(row["status"]),
        min_age=age,
        applies_in=applies_in,
        checked_on=dt.date.fromisoformat(row["checked_on"]),
        is_read=_CONFIDENCE[row["confidence"]],
        **texts,
    )


GUIDE: Final = read_powers(json.loads(_FILE.read_text(encoding="utf-8")))
_BY_ID: Final = {power.id: power for power in GUIDE}


def power_of(power_id: str) -> Power | None:
    """Return a power of the guide by its id, or none."""
    return _BY_ID.get(power_id)


def power_name(power_id: str) -> str:
    """Return what a power that was chosen is called; empty where none was."""
    if not power_id:
        return ""
    power = power_of(power_id)
    return power.name if power else NO_LONGER
