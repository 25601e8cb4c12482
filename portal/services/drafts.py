"""A request while it is written: begun, held by a browser, saved page by page, erased in time."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from portal import log
from portal.access.scope.drafts import held_draft, without_old_drafts
from portal.db import ChangedMeanwhileError, db, transaction
from portal.domain.deadlines import london_day
from portal.domain.references import new_reference
from portal.domain.request_draft import (
    DraftAnswers,
    Filled,
    NoSuchPlaceError,
    Place,
    from_json,
    mark_of,
    to_json,
)
from portal.domain.request_pages import safe_email
from portal.domain.roles import Actor, Role
from portal.mail import sealed
from portal.models.draft import DraftHold, RequestDraft
from portal.models.person import Area
from portal.services import throttle
from portal.services.agencies import bodies_of_area
from portal.services.area_pages import AreaContact, area_with
from portal.services.intake import lgas

LASTS = dt.timedelta(days=14)
IDLE = dt.timedelta(minutes=30)
_KEY_BYTES = 32


class NoDraftError(LookupError):
    """The browser holds no draft, or one that was erased."""


class HoldEndedError(Exception):
    """The draft is there, but was left alone for too long: it is shown after the code only."""


class AlreadySentError(Exception):
    """The request was sent: it cannot be changed here any more."""


@dataclass(frozen=True)
class DraftPage:
    """A draft as its pages need it.

    Attributes:
        draft_id: its number, for what is kept beside the answers.
        until: the last day on which one can come back.
        lgas: the council areas, by number.
        bodies: who can be told of something, and may get contact details, by number.
        code: as it is written down; empty once something was saved.
        is_by_phone: a coordinator types for somebody.
        email: where it is safe to send the link to; empty where nowhere.
    """

    draft_id: int
    reference: str
    area: AreaContact
    answers: DraftAnswers
    saved_at: dt.datetime
    until: dt.date
    lgas: dict[int, str]
    bodies: dict[int, str]
    code: str
    is_by_phone: bool
    email: str


def begin(actor: Actor, slug: str) -> str:
    """Begin a request; return the key that the browser holds.

    Args:
        actor: a job's actor with the instant and the network address.
        slug: short name of an area that there is.

    Raises:
        TooManyError: too many were begun from this address within the hour.
    """
    with transaction():
        throttle.count(throttle.BEGUN, actor.address, actor.at)
        key = secrets.token_urlsafe(_KEY_BYTES)
        draft = RequestDraft(
            area_id=db.session.scalars(sa.select(Area.id).where(Area.slug == slug)).one(),
            reference=new_reference(secrets.randbelow),
            code_hash=sealed.hash_of(_code_of(key)),
            answers={},
            begun_at=actor.at,
            touched_at=actor.at,
        )
        db.session.add(draft)
        db.session.flush()
        hold(actor, draft, key)
        record(actor, draft, "request_begun")
        return key


def hold(actor: Actor, draft: RequestDraft, key: str) -> None:
    """Let a browser hold a draft; does not commit."""
    db.session.add(
        DraftHold(
            draft_id=draft.id,
            key_hash=sealed.hash_of(key),
            person_id=actor.person_id,
            seen_at=actor.at,
        )
    )


def open_draft(actor: Actor, key: str, thing: str) -> DraftPage:
    """Return a draft for one of its pages.

    Args:
        actor: who writes, with the instant and the network address.
        key: that the browser holds.
        thing: which page, for the log.

    Raises:
        NoDraftError: there is none.
        HoldEndedError: the code is needed again.
        AlreadySentError: it is a request by now.
    """
    with transaction():
        draft = held(actor, key)
        if draft.case_id is not None:
            raise AlreadySentError
        record(actor, draft, "request_page_opened", thing)
        return _page(actor, draft, key)


def draft_to_fill(actor: Actor, key: str) -> DraftPage:
    """Return a draft for a form that is sent: it is read to save it, and shown to nobody.

    Raises:
        NoDraftError: there is none.
        AlreadySentError: it is a request by now.
    """
    with transaction():
        draft, _ = _held(actor, key)
        if draft.case_id is not None:
            raise AlreadySentError
        return _page(actor, draft, key)


def save(actor: Actor, key: str, place: Place, filled: Filled, seen: str) -> DraftPage:
    """Save what was typed in a place.

    The same twice is saved once. What is sent by a browser that was left alone for too long is
    saved too, and only then the code is asked for. Returns the draft as it stands then.

    Args:
        actor: who writes.
        key: that the browser holds.
        place: of the answers.
        filled: as it was typed.
        seen: the mark of what stood there when the page was opened.

    Raises:
        NoDraftError: there is none.
        AlreadySentError: nothing can be changed any more.
        ChangedMeanwhileError: somebody else has saved something else there; nothing was saved.
        NoSuchPlaceError: it is an incident or a report beyond the next one.
        HoldEndedError: it is saved, and the code is needed to go on.
    """

    def put(answers: DraftAnswers) -> DraftAnswers:
        stored = answers.at(place)
        if stored != filled and mark_of(stored) != seen:
            raise ChangedMeanwhileError
        return answers.put(place, filled)

    return change(actor, key, put, thing=name_of(place))


def remove(actor: Actor, key: str, place: Place, seen: str) -> None:
    """Take an incident or a report out of a draft; one that was taken out or changed is no fault.

    Args:
        actor: who writes.
        key: that the browser holds.
        place: of the answers.
        seen: the mark of what stood there on the page that asked: after a double click, another
            one stands there, and stays.

    Raises:
        NoDraftError, AlreadySentError: as ``save``.
        HoldEndedError: nothing was taken out, and the code is needed to go on.
    """

    def take_out(answers: DraftAnswers) -> DraftAnswers:
        try:
            is_seen = mark_of(answers.at(place)) == seen
            return answers.without(place) if is_seen else answers
        except NoSuchPlaceError:
            return answers

    thing = f"{name_of(place)} taken out"
    change(actor, key, take_out, thing=thing, is_kept_late=False)


def change(
    actor: Actor,
    key: str,
    how: Callable[[DraftAnswers], DraftAnswers],
    *,
    thing: str,
    is_kept_late: bool = True,
) -> DraftPage:
    """Change the answers of a draft; see ``save``.

    What adds something is kept from a browser that was left alone for too long, too; what takes
    something away is not: whoever picks the phone up must not be able to.
    """
    with transaction():
        draft, row = _held(actor, key)
        if draft.case_id is not None:
            raise AlreadySentError
        if not is_kept_late and _is_over(actor, row):
            raise HoldEndedError
        before = from_json(draft.answers)
        answers = how(before)
        draft.answers = to_json(answers)
        if safe_email(answers) != safe_email(before):
            draft.link_hash = None  # it may be read where it is not safe any more
        is_over = _is_over(actor, row)
        if not is_over:
            row.seen_at = actor.at
        draft.touched_at = actor.at
        record(actor, draft, "request_page_saved", thing)
        page = _page(actor, draft, key)
    if is_over:
        raise HoldEndedError
    return page


def held(actor: Actor, key: str) -> RequestDraft:
    """Return the draft that a browser holds and may go on with; belongs inside a transaction.

    Raises:
        NoDraftError, HoldEndedError: as ``open_draft``.
    """
    draft, row = _held(actor, key)
    if _is_over(actor, row):
        raise HoldEndedError
    draft.touched_at = row.seen_at = actor.at
    return draft


def let_go(actor: Actor, key: str) -> None:
    """End the hold of a browser, if it has one: a copy of its key opens nothing more.

    The draft stays, and opens with its number and code as before.
    """
    with transaction():
        found = db.session.execute(held_draft(actor, sealed.hash_of(key))).one_or_none()
        if found:
            db.session.delete(found[1])
            record(actor, found[0], "request_let_go")


def erase_old(at: dt.datetime) -> int:
    """Erase what nobody has touched for 14 days; return how many there were."""
    with transaction():
        throttle.forget_old(at)
        return len(db.session.execute(without_old_drafts(at - LASTS)).all())


def _held(actor: Actor, key: str) -> tuple[RequestDraft, DraftHold]:
    found = db.session.execute(held_draft(actor, sealed.hash_of(key))).one_or_none()
    if found is None or found[0].touched_at <= actor.at - LASTS:
        raise NoDraftError
    return found[0], found[1]


def _is_over(actor: Actor, row: DraftHold) -> bool:
    """Say whether nothing may be shown: it was left alone, or a coordinator is signed out."""
    is_signed_out = row.person_id is not None and actor.role is not Role.COORDINATOR
    return is_signed_out or row.seen_at <= actor.at - IDLE


def record(actor: Actor, draft: RequestDraft, act: str, thing: str = "") -> None:
    """Keep in the log of the draft's area what was done with it."""
    of_area = in_area(actor, draft)
    log.record(of_area, act, reference=draft.reference, thing=thing)


def in_area(actor: Actor, draft: RequestDraft) -> Actor:
    """Return the actor as one of the draft's area."""
    return replace(actor, area_id=draft.area_id)


def _page(actor: Actor, draft: RequestDraft, key: str) -> DraftPage:
    here = in_area(actor, draft)
    answers = from_json(draft.answers)
    code = _code_of(key)
    is_new = answers == DraftAnswers() and sealed.hash_of(code) == draft.code_hash
    return DraftPage(
        draft_id=draft.id,
        reference=draft.reference,
        area=area_with(draft.area_id),
        answers=answers,
        saved_at=actor.at,
        until=london_day(draft.touched_at + LASTS),
        lgas=dict(lgas(here)),
        bodies=bodies_of_area(here),
        code=sealed.in_groups(code) if is_new else "",
        is_by_phone=actor.person_id is not None,
        email=safe_email(answers),
    )


def _code_of(key: str) -> str:
    """Return the code that goes with the first key: it is shown until something is saved."""
    return sealed.secret_of(f"code-{key}")


def name_of(place: Place) -> str:
    """Return what the log calls a place of the answers."""
    if not place.incident:
        return place.page
    of_incident = f"incident {place.incident}"
    return f"{of_incident}, report {place.report}" if place.report else of_incident
