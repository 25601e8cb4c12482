"""What was done on receipt of a request, on one page for those who lead the case."""

from dataclasses import dataclass

from portal.access.gate import load_case
from portal.db import transaction
from portal.domain.roles import Act, Actor
from portal.services import first_call, passing_on, support_referrals
from portal.services.frames import CaseFrame, frame


@dataclass(frozen=True)
class ReceiptPage:
    """All that was done on receipt.

    Attributes:
        may_work: the reader can add to it.
        may_relate: the reader sees which cases are alike.
    """

    frame: CaseFrame
    passings: tuple[passing_on.ShownPassing, ...]
    calls: tuple[first_call.ShownCall, ...]
    next_call: first_call.NextCall | None
    safe: tuple[first_call.SafeParty, ...]
    victims: tuple[support_referrals.VictimOffers, ...]
    may_work: bool
    may_relate: bool


def open_receipt(actor: Actor, reference: str) -> ReceiptPage:
    """Return what was done on receipt of the request, for the coordinator and the chair."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_RECEIPT)
        return ReceiptPage(
            frame=frame(actor, opened),
            passings=passing_on.shown_passings(actor, opened),
            calls=first_call.shown_calls(actor, opened),
            next_call=first_call.next_call(actor, opened),
            safe=first_call.safe_ways(actor, opened),
            victims=support_referrals.shown_offers(actor, opened),
            may_work=opened.allows(actor, Act.WORK_ON_RECEIPT),
            may_relate=opened.allows(actor, Act.RELATE_CASES),
        )


def open_ring(actor: Actor, reference: str, number: int) -> tuple[CaseFrame, str, str]:
    """Return the frame, which body is to be rung, and of what.

    Raises:
        CaseNotFoundError: there is none of this number on the case that is told by phone.
        EndedMeanwhileError: somebody has told it already.
    """
    with transaction():
        thing = f"passed on {number}, form"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        return frame(actor, opened), *passing_on.open_ring(actor, opened, number)
