"""What the holder of a link gets: one paper, for a code; whatever else they do, the same answer."""

import datetime as dt
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from portal import log
from portal.access.scope.delivery import (
    codes_sent,
    count_try,
    end_code,
    end_codes,
    opened_by_link,
    paper_of,
    to_send_a_code,
)
from portal.db import db, transaction
from portal.domain.roles import Actor
from portal.mail import sealed
from portal.models.delivery import Delivery, DeliveryCode, PostState, StepKind
from portal.services.delivering import add_step, message

SENT_CODE_LASTS = dt.timedelta(minutes=15)
MOST_CODES_AN_HOUR = 5
WRONG = "The link or the code is not right, or is too old. Ask for a new code, or ring the office."


class WrongCodeError(Exception):
    """Nothing is handed out; that a link is unknown is told apart by nobody."""


@dataclass(frozen=True)
class Paper:
    """A paper that is handed out: the name of its file, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class _Found:
    """What a link opens, and of which area."""

    delivery: Delivery
    reference: str
    area_id: int


def hand_out(holder: Actor, token: str, code: str) -> Paper:
    """Return the one paper of a link, for a code that is right.

    Args:
        holder: of the link, a job's actor with the instant and the network address.
        token: the end of the link.
        code: as typed.

    Raises:
        WrongCodeError: link or code is wrong, too old, used, or was tried too often.
    """
    with transaction():
        found = _found(opened_by_link, holder, token)
        typed = sealed.hash_of_typed(code)
        # An unknown link counts a try at no code, so that it takes as long.
        tried = db.session.execute(count_try(found.delivery.id if found else 0, holder.at)).all()
        right = [row.id for row in tried if hmac.compare_digest(row.code_hash, typed)]
        if found and right:
            db.session.execute(end_code(right[0], holder.at))
            return _handed_out(holder, found)
        _record(holder, found, "wrong_code_by_link", outcome="refused")
    raise WrongCodeError


def _handed_out(holder: Actor, found: _Found) -> Paper:
    found.delivery.state = PostState.GONE
    add_step(holder, found.delivery, StepKind.OPENED)
    _record(holder, found, "paper_opened_by_link")
    content = db.session.scalars(paper_of(found.delivery.id)).one()
    return Paper(f"{found.reference}.docx", content)


def ask_for_code(holder: Actor, token: str) -> None:
    """Send a new code to where the link went, if there is such a link; say nothing of it.

    The code lives 15 minutes; five are sent in an hour at the most.
    """
    with transaction():
        found = _found(to_send_a_code, holder, token)
        _record(holder, found, "code_asked_by_link")
        if found and not _has_had_enough(found.delivery, holder.at):
            _send_code(holder, found)


def _send_code(holder: Actor, found: _Found) -> None:
    delivery, seed = found.delivery, sealed.new_seed("code")
    db.session.execute(end_codes(delivery.id, holder.at, is_told=False))
    code = DeliveryCode(
        delivery_id=delivery.id,
        code_hash=sealed.hash_of(sealed.secret_of(seed)),
        is_told=False,
        made_at=holder.at,
        until=holder.at + SENT_CODE_LASTS,
    )
    db.session.add(code)
    db.session.flush()
    add_step(holder, delivery, StepKind.CODE_SENT)
    db.session.add(
        message(
            holder.at,
            delivery,
            found.reference,
            found.area_id,
            key=f"code-{code.id}",
            body=f"Your code is {sealed.PLACE}. It works for 15 minutes, once.\n\n"
            "If you did not ask for a code, ignore this.\n",
            seed=seed,
        )
    )


def _found(
    by_link: Callable[[str, dt.datetime], sa.Select[Delivery, str, int]], holder: Actor, token: str
) -> _Found | None:
    link_hash = sealed.hash_of_link(token)
    row = db.session.execute(by_link(link_hash, holder.at)).one_or_none()
    return None if row is None else _Found(*row)


def _record(holder: Actor, found: _Found | None, act: str, outcome: str = "done") -> None:
    """Keep it in the area's log; what an unknown link was tried for, in the installation's."""
    actor = replace(holder, area_id=found.area_id) if found else holder
    reference = found.reference if found else ""
    thing = f"delivery {found.delivery.id}" if found else ""
    log.record(actor, act, reference=reference, thing=thing, outcome=outcome)


def _has_had_enough(delivery: Delivery, at: dt.datetime) -> bool:
    since = at - dt.timedelta(hours=1)
    return (db.session.scalar(codes_sent(delivery.id, since)) or 0) >= MOST_CODES_AN_HOUR
