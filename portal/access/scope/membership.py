"""Who belongs to a case's panel now, as what, and whom a conflict shuts out: each said once.

What has ended counts for nothing: a seat that an agency left, a name that was taken off. Every
statement about seats, members and conflicts takes its condition from here.
"""

import sqlalchemy as sa

from portal.access.scope.once import built_once
from portal.domain.membership import Standing
from portal.domain.roles import Actor, Role
from portal.models.panel import Conflict, PanelMember, PanelSeat
from portal.models.person import RoleHeld


def is_seated() -> sa.ColumnElement[bool]:
    """Say of a seat that its agency has not left it."""
    return PanelSeat.left_at.is_(None)


def is_named() -> sa.ColumnElement[bool]:
    """Say of a member that nobody has taken them off."""
    return PanelMember.left_at.is_(None)


def reads_as_agency() -> sa.ColumnElement[bool]:
    """Say of a member that they read as their agency: all but an observer, who reads nothing."""
    return PanelMember.standing != Standing.OBSERVER


@built_once
def cases_named_in(actor: Actor, *, observing: bool) -> sa.Select[int]:
    """Select the cases on which the actor was named for the agency that they act for."""
    found = (
        sa.select(PanelSeat.case_id)
        .join(PanelMember, PanelMember.seat_id == PanelSeat.id)
        .where(
            PanelSeat.agency_id == actor.agency_id,
            PanelMember.person_id == actor.person_id,
            is_seated(),
            is_named(),
        )
    )
    return found if observing else found.where(reads_as_agency())


def shuts_out(*, as_chair: bool) -> sa.ColumnElement[bool]:
    """Say of a conflict that it excludes; one that was waived does not exclude from the chair."""
    return Conflict.waived_at.is_(None) if as_chair else sa.true()


@built_once
def cases_shut_to(actor: Actor) -> sa.Select[int]:
    """Select the cases that a conflict of theirs, or of an agency of theirs, shuts to the actor."""
    of_agencies = sa.select(RoleHeld.agency_id).where(
        RoleHeld.person_id == actor.person_id, RoleHeld.ended_at.is_(None)
    )
    return sa.select(Conflict.case_id).where(
        shuts_out(as_chair=actor.role is Role.CHAIR),
        sa.or_(Conflict.person_id == actor.person_id, Conflict.agency_id.in_(of_agencies)),
    )


def people_shut_out(case_id: int | sa.BindParameter[int], *, as_chair: bool) -> sa.Select[int]:
    """Select the people whom conflicts shut out of a case: in person, or with their agency."""
    in_person = sa.select(Conflict.person_id).where(
        Conflict.case_id == case_id, Conflict.person_id.is_not(None), shuts_out(as_chair=as_chair)
    )
    with_agency = (
        sa.select(RoleHeld.person_id)
        .join(Conflict, Conflict.agency_id == RoleHeld.agency_id)
        .where(Conflict.case_id == case_id, RoleHeld.ended_at.is_(None))
    )
    return in_person.union_all(with_agency)  # type: ignore[return-value]  # used as a subquery


def agencies_shut_out(case_id: int) -> sa.Select[int | None]:
    """Select the agencies whose own conflict shuts all their people out of a case."""
    return sa.select(Conflict.agency_id).where(
        Conflict.case_id == case_id, Conflict.agency_id.is_not(None)
    )
