"""When a request waits for the victim's consent: the clocks run, and nothing is disclosed."""

from collections.abc import Collection
from dataclasses import dataclass

WAITING = "Waiting for consent"


@dataclass(frozen=True)
class Asker:
    """Who asks for the review, as far as consent goes.

    Attributes:
        has_applicant_representative: somebody acts for a victim in this case.
        victim_asks: the victim is the applicant, alone or with somebody who acts for them.
        is_agreed: a victim has consented that the applicant representative is told, and has not
            taken it back.
    """

    has_applicant_representative: bool
    victim_asks: bool
    is_agreed: bool


def waits_for_consent(asker: Asker) -> bool:
    """Say whether the case waits for consent (product: a hold, not a stage)."""
    if asker.victim_asks or not asker.has_applicant_representative:
        return False
    return not asker.is_agreed


def still_to_agree(victims: Collection[int], agreed: Collection[int]) -> list[int]:
    """Return the victims who have not consented: nothing of theirs goes to who acts for them."""
    return [victim for victim in victims if victim not in agreed]
