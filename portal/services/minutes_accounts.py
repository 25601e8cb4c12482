"""Each agency corrects its own account in the minutes, and no other, for 2 working days."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.db import transaction
from portal.domain.deadlines import london_day
from portal.domain.minutes import why_not_corrected
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.models.minutes import MinutesDraft, MinutesText
from portal.services.frames import CaseFrame, frame
from portal.services.minutes import ShownText, change_text, draft_of, shown_texts, stored_texts
from portal.services.once import once


@dataclass(frozen=True)
class AccountPage:
    """The account of the reader's agency.

    Attributes:
        correct_until: the last day on which it may be corrected.
        why_not: why it may be corrected no more; empty as long as it may.
    """

    frame: CaseFrame
    account: ShownText
    correct_until: dt.date
    why_not: str


def open_account(actor: Actor, reference: str) -> AccountPage:
    """Return the account of the actor's agency.

    Raises:
        CaseNotFoundError: the minutes were not sent round yet, or the agency has no account.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CORRECT_ACCOUNT, thing="form")
        draft, account = _own(actor, opened)
        (shown,) = shown_texts([account])
        until = _until(draft)
        return AccountPage(
            frame=frame(actor, opened),
            account=shown,
            correct_until=until,
            why_not=why_not_corrected(until, london_day(actor.at)),
        )


def _own(actor: Actor, opened: Opened) -> tuple[MinutesDraft, MinutesText]:
    draft = draft_of(actor, opened)
    texts = stored_texts(actor, opened)
    if not texts:
        raise CaseNotFoundError(opened.case.reference)
    (account,) = texts
    return draft, account


def _until(draft: MinutesDraft) -> dt.date:
    assert draft.correct_until is not None  # noqa: S101 - the scope hands out what was sent round
    return draft.correct_until


def correct_account(
    actor: Actor, reference: str, token: str, words: str, version: int | None
) -> None:
    """Save the account of the actor's agency as it should read.

    Raises:
        CaseNotFoundError: as for the page.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IllegalMoveError: the time for it is over, as a sentence.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CORRECT_ACCOUNT)
        draft, account = _own(actor, opened)
        why_not = why_not_corrected(_until(draft), london_day(actor.at))
        if why_not:
            raise IllegalMoveError(why_not)
        change_text(actor, opened, account, words, version)
