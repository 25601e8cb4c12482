"""Telling people of a case that something is waiting for them: reference and link, nothing else."""

from collections.abc import Iterable

import sqlalchemy as sa

from portal.access.readers import CaseReader
from portal.db import db
from portal.domain.roles import Actor
from portal.models.case import Case
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Person
from portal.services import links


def tell(actor: Actor, case: Case, readers: Iterable[CaseReader], key: str, page: str) -> None:
    """Put a message to each of these readers into the outbox; does not commit.

    Args:
        actor: who makes it wait for them.
        case: one that the gate has opened.
        readers: each of them gets one message, in however many roles.
        key: names the occasion, of all in this installation: "plan-", case and issue.
        page: of the case, that the link leads to.
    """
    ids = {reader.person_id for reader in readers}
    people = db.session.scalars(sa.select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    db.session.add_all(
        OutboxMessage(
            key=f"{key}-{person.id}",
            area_id=case.area_id,
            case_id=case.id,
            person_id=person.id,
            receiver=person.email,
            subject=case.reference,
            body=f"Something is waiting for you on {case.reference}.\n\n"
            f"{links.case_link(case.reference, page)}\n",
            invite=None,
            invite_method=None,
            state=DeliveryState.WAITING,
            created_at=actor.at,
            try_at=actor.at,
        )
        for person in people
    )
