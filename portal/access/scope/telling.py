"""Who has agreed to confidentiality, and who tells the applicant what."""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import (
    KNOWING,
    SEES_EVERYTHING,
    knowing,
    knowing_or_observing,
    part,
)
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.domain.stages import Stage
from portal.models.case import Case
from portal.models.telling import ConfidentialityAgreement, Telling


@built_once
def agreements_for(actor: Actor, case_id: int) -> sa.Select[ConfidentialityAgreement]:
    """Select who has agreed to confidentiality: for the coordinator and the chair."""
    leads = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return (
        part(actor, ConfidentialityAgreement, case_id, "confidentiality")
        .where(leads)
        .order_by(ConfidentialityAgreement.agreed_at, ConfidentialityAgreement.person_id)
    )


@built_once
def own_agreement_for(actor: Actor, reference: str) -> sa.Select[ConfidentialityAgreement]:
    """Select what the actor has agreed to on a case that they know of, or only observe."""
    return (
        sa.select(ConfidentialityAgreement)
        .join(Case, Case.id == ConfidentialityAgreement.case_id)
        .where(
            Case.reference == reference,
            ConfidentialityAgreement.person_id == actor.person_id,
            *knowing_or_observing(actor),
        )
        .execution_options(scope=KNOWING | {"confidentiality"})
    )


@built_once
def tellings_for(actor: Actor, case_id: int) -> sa.Select[Telling]:
    """Select what the applicant will be told, and by whom: for the whole panel."""
    return part(actor, Telling, case_id, "telling").order_by(Telling.number)


@built_once
def own_tellings_for(actor: Actor, case_id: int) -> sa.Select[Telling]:
    """Select what is the actor's to tell, or to say of that it was told.

    The coordinator answers for all of them, a lead for those of the agency.
    """
    is_office = actor.role is Role.COORDINATOR
    return tellings_for(actor, case_id).where(sa.true() if is_office else _theirs(actor))


def tellings_to_do_for(actor: Actor, late_since: dt.datetime) -> sa.Select[Telling, Case]:
    """Select what is the actor's to tell and was not told yet, by when it is due.

    For the coordinator also what others have not told in time: it must not vanish with them.
    """
    mine = _theirs(actor)
    if actor.role is Role.COORDINATOR:
        mine = sa.or_(mine, Telling.due_at < late_since)
    return (
        sa.select(Telling, Case)
        .join(Case, Case.id == Telling.case_id)
        .where(
            mine,
            Telling.told_at.is_(None),
            Case.stage != Stage.CLOSED,
            *knowing(actor, declared=True),
        )
        .order_by(Telling.due_at, Telling.id)
        .execution_options(scope=KNOWING | {"telling"})
    )


def _theirs(actor: Actor) -> sa.ColumnElement[bool]:
    match actor.role:
        case Role.AGENCY_LEAD:
            return Telling.agency_id == actor.agency_id
        case Role.COORDINATOR | Role.CHAIR | Role.AGENCY_REPRESENTATIVE:
            return sa.and_(
                Telling.person_id == actor.person_id, Telling.agency_id == actor.agency_id
            )
        case _:
            return sa.false()
