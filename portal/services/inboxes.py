"""Where agencies and community safety partnerships are told of a request: the administrator's."""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.receipt import agencies_with_inbox, lgas_with_inbox
from portal.db import db, transaction
from portal.domain.addresses import is_address
from portal.domain.roles import Act, Actor
from portal.models.person import Agency, LocalGovernmentArea
from portal.models.receipt import SharedInbox
from portal.services.changes import ChangedMeanwhileError, check_version, mark_changed
from portal.services.faults import IntakeError
from portal.services.once import once

Of = Literal["agency", "partnership"]
OF_AGENCY: Of = "agency"
OF_PARTNERSHIP: Of = "partnership"


@dataclass(frozen=True)
class ShownInbox:
    """A body and where it is told; ``version`` is 0 where no address was ever kept."""

    of: Of
    number: int
    name: str
    email: str
    version: int


@dataclass(frozen=True)
class InboxesPage:
    """The agencies that a request can be passed on to, and the partnerships."""

    agencies: tuple[ShownInbox, ...]
    partnerships: tuple[ShownInbox, ...]


def list_inboxes(actor: Actor) -> InboxesPage:
    """Return where the relevant bodies of the area and its partnerships are told."""
    with transaction():
        log.record(actor, Act.KEEP_INBOXES.value)
        agencies = db.session.execute(agencies_with_inbox(_area(actor)))
        lgas = db.session.execute(lgas_with_inbox(_area(actor)))
        return InboxesPage(
            tuple(_shown(OF_AGENCY, each, box) for each, box in agencies if each.is_relevant_body),
            tuple(_shown(OF_PARTNERSHIP, each, box) for each, box in lgas),
        )


def open_inbox(actor: Actor, of: Of, number: int) -> ShownInbox:
    """Return one of them for its form.

    Raises:
        CaseNotFoundError: the area has no such body.
    """
    with transaction():
        log.record(actor, Act.KEEP_INBOXES.value, thing=f"{of} {number}, form")
        return _shown(of, *_found(actor, of, number))


def save_inbox(
    actor: Actor, token: str, of: Of, number: int, email: str, version: int | None
) -> None:
    """Keep where a body is told of requests from now on; empty where the office rings it.

    Raises:
        CaseNotFoundError: the area has no such body.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: it is not one email address.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        if email and not is_address(email):
            sentence = "Enter an email address in the correct format, like name@example.com"
            raise IntakeError("email", sentence)
        body, box = _found(actor, of, number)
        if box is None:
            if version != 0:
                raise ChangedMeanwhileError
            column = "agency_id" if of == OF_AGENCY else "lga_id"
            box = SharedInbox(area_id=_area(actor), **{column: body.id})
            db.session.add(box)
        else:
            check_version(box, version)
        box.email = email
        mark_changed(actor, box)
        log.record(actor, Act.KEEP_INBOXES.value, thing=f"{of} {number}")


def _area(actor: Actor) -> int:
    if actor.area_id is None:
        raise CaseNotFoundError("area")
    return actor.area_id


def _found(
    actor: Actor, of: Of, number: int
) -> tuple[Agency | LocalGovernmentArea, SharedInbox | None]:
    query: sa.Select[Agency | LocalGovernmentArea, SharedInbox | None]
    if of == OF_AGENCY:
        query = agencies_with_inbox(_area(actor)).where(Agency.id == number)
    else:
        query = lgas_with_inbox(_area(actor)).where(LocalGovernmentArea.id == number)
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise CaseNotFoundError("inbox")
    return found[0], found[1]


def _shown(of: Of, body: Agency | LocalGovernmentArea, box: SharedInbox | None) -> ShownInbox:
    name = body.name if of == OF_AGENCY else f"{body.name} community safety partnership"
    return ShownInbox(of, body.id, name, box.email if box else "", box.version if box else 0)


__all__ = [
    "OF_AGENCY",
    "OF_PARTNERSHIP",
    "ChangedMeanwhileError",
    "InboxesPage",
    "Of",
    "ShownInbox",
    "list_inboxes",
    "open_inbox",
    "save_inbox",
]
