"""How a paper goes to somebody on the applicant's side: only by a way that they called safe."""

import enum
from dataclasses import dataclass, replace

from portal.domain.addresses import is_address
from portal.domain.answers import Answer


class SafeWay(enum.StrEnum):
    """The way that somebody has chosen for their papers."""

    EMAIL = "email"
    POST = "post"
    PHONE = "phone"


class WhyHeld(enum.StrEnum):
    """Why a paper goes nowhere yet."""

    NOT_ASKED = "not_asked"
    NOT_SAFE = "not_safe"
    NO_ADDRESS = "no_address"
    CONSENT = "consent"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """All that is known of how somebody can be reached, and what of it is safe.

    Attributes:
        way: chosen for papers; none where they were not asked yet, or have to be asked again.
        email_is_safe, post_is_safe: none where it was not asked.
        may_be_told: they are a victim, or act for one who has agreed to that.
    """

    way: SafeWay | None = None
    email_is_safe: Answer | None = None
    post_is_safe: Answer | None = None
    email: str = ""
    address: str = ""
    phone: str = ""
    may_be_told: bool = True


def why_held(reach: Reach) -> WhyHeld | None:
    """Return why nothing may go to somebody, or none where their way is open.

    Nothing goes by a way that was not called safe, and what is not known is not safe (content
    rules of letters: what the program checks before sending).
    """
    if not reach.may_be_told:
        return WhyHeld.CONSENT
    if reach.way is None:
        return WhyHeld.NOT_ASKED
    if not _is_safe(reach):
        return WhyHeld.NOT_SAFE
    return None if _has_address(reach) else WhyHeld.NO_ADDRESS


def by_way(reach: Reach, way: SafeWay) -> Reach:
    """Return the same person, reached by another way; one who was not asked stays so."""
    return replace(reach, way=way) if reach.way else reach


def _is_safe(reach: Reach) -> bool:
    match reach.way:
        case SafeWay.EMAIL:
            return reach.email_is_safe is Answer.YES
        case SafeWay.POST:
            return reach.post_is_safe is Answer.YES
        case _:
            return True


def _has_address(reach: Reach) -> bool:
    match reach.way:
        case SafeWay.EMAIL:
            return is_address(reach.email)
        case SafeWay.POST:
            return bool(reach.address.strip())
        case _:
            return bool(reach.phone.strip())
