"""When a request waits for a victim's consent: the clocks run, and nothing of theirs is disclosed.

Each victim agrees for themselves. Nothing of a victim who has not agreed goes to the applicant
representative, and nothing at all before one of them has (product: a hold, not a stage).
"""

from collections.abc import Collection
from dataclasses import dataclass

WAITING = "Waiting for consent"


@dataclass(frozen=True)
class Hold:
    """What one applicant representative may be told, as far as the victims agreed to them.

    Attributes:
        applicant_representative_id: a party of the case.
        waits_for: the victims for whom somebody asks, and who have not agreed to them.
        is_told: a victim has agreed that they are told.
    """

    applicant_representative_id: int
    waits_for: tuple[int, ...]
    is_told: bool


@dataclass(frozen=True)
class Victim:
    """A victim of a case that somebody acts in for them, as far as consent goes.

    Attributes:
        is_group: it agrees by its members, where they are named.
        asks: they ask for the review themselves, with somebody who acts for them.
        has_agreed: that this applicant representative is told, and has not taken it back.
    """

    party_id: int
    is_group: bool
    asks: bool
    has_agreed: bool


def still_to_agree(victims: Collection[Victim]) -> list[int]:
    """Return the victims who have not consented: nothing of theirs goes to who acts for them."""
    return [each.party_id for each in _asked(victims) if not each.has_agreed]


def waits_for(victims: Collection[Victim]) -> list[int]:
    """Return for whose consent a request waits: a victim who asks themselves holds up nothing."""
    return [each.party_id for each in _asked(victims) if not (each.has_agreed or each.asks)]


def hold_of(applicant_representative_id: int, victims: Collection[Victim]) -> Hold:
    """Return what an applicant representative may be told."""
    return Hold(applicant_representative_id, tuple(waits_for(victims)), may_be_told(victims))


def may_be_told(victims: Collection[Victim]) -> bool:
    """Say whether the applicant representative may be told what is about no victim alone."""
    return any(each.has_agreed for each in victims)


def _asked(victims: Collection[Victim]) -> Collection[Victim]:
    return [each for each in victims if not each.is_group] or victims
