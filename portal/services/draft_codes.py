"""Coming back to a request that was saved: by its number and code, told apart by nobody."""

import hmac
import secrets

import sqlalchemy as sa

from portal import log
from portal.access.scope.drafts import draft_by_link, draft_by_reference
from portal.db import db, transaction
from portal.domain.references import normalise_reference
from portal.domain.roles import Act, Actor, Role
from portal.mail import sealed
from portal.models.draft import RequestDraft
from portal.services import drafts, throttle

WRONG = (
    "The number or the code is not right, or the saved request was deleted. Try again, or ring us"
)
WRONG_BY_LINK = (
    "The code is not right, or the link is too old. Try again, use your number and code, or ring us"
)
WRONG_BY_PHONE = (
    "The number or the code is not right, the saved request was sent or deleted, or it belongs to "
    "another office. Ask them to read both out again"
)
_KEY_BYTES = 32


class WrongCodeError(Exception):
    """Number or code is wrong, or there is no such request any more; nobody is told which."""


def open_by_code(actor: Actor, reference: str, code: str) -> str:
    """Return a new key to the draft with a number, for a code that is right.

    A wrong number takes as long as a wrong code, and counts as a try all the same.

    Args:
        actor: who asks, with the instant and the network address.
        reference: as typed.
        code: as typed.

    Raises:
        WrongCodeError: nothing is opened.
        TooManyError: there were too many tries from this address.
    """
    asked = normalise_reference(reference) or ""
    return _open_by(actor, draft_by_reference(actor, asked), code)


def open_by_link(actor: Actor, token: str, code: str) -> str:
    """Return a new key to the draft of a link, for a code that is right; else as ``open_by_code``.

    Args:
        actor: who asks, with the instant and the network address.
        token: the end of the link.
        code: as typed.
    """
    link_hash = sealed.hash_of_link(token)
    return _open_by(actor, draft_by_link(link_hash), code)


def _open_by(actor: Actor, query: sa.Select[RequestDraft], code: str) -> str:
    typed = sealed.hash_of_typed(code)
    with transaction():
        tries = throttle.add(throttle.TRIED_FROM, actor.address, actor.at)
        is_too_often = tries > throttle.TRIED_FROM.most
        draft = db.session.scalars(query).one_or_none()
        is_right = hmac.compare_digest(draft.code_hash if draft else "0" * len(typed), typed)
        if draft and is_right and not is_too_often and _is_kept(actor, draft):
            return _open(actor, draft)
        log.record(actor, "wrong_code_of_request", outcome="refused")
    if is_too_often:
        raise throttle.TooManyError
    raise WrongCodeError


def _is_kept(actor: Actor, draft: RequestDraft) -> bool:
    return draft.touched_at > actor.at - drafts.LASTS


def _open(actor: Actor, draft: RequestDraft) -> str:
    key = secrets.token_urlsafe(_KEY_BYTES)
    drafts.hold(actor, draft, key)
    draft.touched_at = actor.at
    act = Act.OPEN_DRAFT if actor.role is Role.COORDINATOR else "request_continued"
    drafts.record(actor, draft, act)
    return key
