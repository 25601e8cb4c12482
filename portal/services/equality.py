"""The voluntary questions after a request was sent: opened, and counted without a way back."""

import enum
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.scope.equality import sent_draft_held
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.equality import half_year_of
from portal.domain.roles import Actor
from portal.mail import sealed
from portal.models.equality import EqualityAnswer
from portal.services import drafts
from portal.services.area_pages import AreaContact, area_with

_KEY_BYTES = 16  # 128 bits: no order, and no second one like it


@dataclass(frozen=True)
class EqualityPage:
    """What the page with the questions needs.

    Attributes:
        is_answered: a set of answers was given for this request; which one, nobody knows.
    """

    area: AreaContact
    is_answered: bool


def open_questions(actor: Actor, key: str) -> EqualityPage:
    """Return what the page needs.

    Raises:
        NoDraftError: this browser has sent no request.
        HoldEndedError: it was left alone for too long.
    """
    with transaction():
        draft = drafts.held(actor, key)
        if draft.case_id is None:
            raise drafts.NoDraftError
        drafts.record(actor, draft, "request_page_opened", "equality")
        return EqualityPage(area_with(draft.area_id), draft.is_equality_answered)


def count_answers(actor: Actor, key: str, answers: Mapping[str, enum.StrEnum | None]) -> None:
    """Keep a set of answers with area, local government area and half-year, and nothing else.

    A request has one set: what is sent again is not kept. The draft only remembers that there is
    one. Nothing of it is logged: an entry has an instant and a reference. The two are written
    apart, because the database marks what was written together; where the second fails, a set is
    lost, and nobody is named.

    Args:
        actor: who answers, with the instant.
        key: that the browser holds.
        answers: by the names of ``domain.equality.QUESTIONS``; none for what was left out.

    Raises:
        NoDraftError: this browser has sent no request.
    """
    place = _mark_answered(key)
    if place is None:
        return
    area_id, lga_id = place
    with transaction():
        db.session.add(
            EqualityAnswer(
                key=secrets.token_hex(_KEY_BYTES),
                area_id=area_id,
                lga_id=lga_id,
                half_year=half_year_of(london_day(actor.at)),
                **answers,
            )
        )


def _mark_answered(key: str) -> tuple[int, int] | None:
    """Return area and local government area of the request, or none where it has a set."""
    with transaction():
        found = db.session.execute(sent_draft_held(sealed.hash_of(key))).one_or_none()
        if found is None:
            raise drafts.NoDraftError
        draft, lga_id = found
        if draft.is_equality_answered:
            return None
        draft.is_equality_answered = True
        return draft.area_id, lga_id
