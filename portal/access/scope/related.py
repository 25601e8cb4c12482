"""Cases that may be about the same, and what the coordinator found of them: the office's alone."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from portal.access.scope.marks import KNOWING, knowing, open_case
from portal.access.scope.once import built_once
from portal.domain.likeness import Likeness
from portal.domain.roles import Actor, Role
from portal.models.case import Case, Party, PartyContact
from portal.models.related import CaseLikeness, CaseTie

_TIES = KNOWING | {"tie"}
_ALIKE = _TIES | {"likeness"}
_FOR_INDEX = frozenset({"case", "party", "contact", "likeness"})
_MINE = aliased(CaseLikeness)


def _office(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.COORDINATOR else sa.false()


def _of_pair(case_id: int) -> sa.ColumnElement[bool]:
    """Say of a tie that ``Case`` is the other one of this case's."""
    return sa.or_(
        sa.and_(CaseTie.first_case_id == case_id, CaseTie.second_case_id == Case.id),
        sa.and_(CaseTie.second_case_id == case_id, CaseTie.first_case_id == Case.id),
    )


def _alike(actor: Actor, case_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what is true of ``CaseLikeness`` and ``Case`` where they are like a case."""
    return (
        _MINE.case_id == case_id,
        CaseLikeness.case_id != case_id,
        _office(actor),
        open_case(actor, case_id),
        *knowing(actor, declared=True, by_key=True),
    )


@built_once
def candidates_for(actor: Actor, case_id: int) -> sa.Select[Case, int]:
    """Select the cases that are like a case and of which nothing was said yet, the likest first.

    A row is the case, and how many such cases there are in all.
    """
    said = sa.select(CaseTie.id).where(_of_pair(case_id), CaseTie.ended_at.is_(None))
    return (
        sa.select(Case, sa.func.count().over())
        .join(CaseLikeness, CaseLikeness.case_id == Case.id)
        .join(_MINE, sa.and_(_MINE.kind == CaseLikeness.kind, _MINE.key == CaseLikeness.key))
        .where(*_alike(actor, case_id), ~said.correlate(Case).exists())
        .group_by(Case.id)
        .order_by(
            sa.func.count(sa.distinct(CaseLikeness.kind)).desc(),
            Case.received_at.desc(),
            Case.id,
        )
        .execution_options(scope=_ALIKE)
    )


def likenesses_of(
    actor: Actor, case_id: int, other_ids: Collection[int]
) -> sa.Select[int, Likeness]:
    """Select by what these cases are like a case: number of the case, and kind."""
    return (
        sa.select(CaseLikeness.case_id, CaseLikeness.kind)
        .join(Case, Case.id == CaseLikeness.case_id)
        .join(_MINE, sa.and_(_MINE.kind == CaseLikeness.kind, _MINE.key == CaseLikeness.key))
        .where(*_alike(actor, case_id), CaseLikeness.case_id.in_(other_ids))
        .distinct()
        .execution_options(scope=_ALIKE)
    )


@built_once
def ties_for(actor: Actor, case_id: int) -> sa.Select[CaseTie, Case]:
    """Select what was found of a case and others, with the other one, the latest first."""
    return (
        sa.select(CaseTie, Case)
        .join(Case, _of_pair(case_id))
        .where(
            _office(actor),
            open_case(actor, case_id),
            *knowing(actor, declared=True, by_key=True),
        )
        .order_by(CaseTie.id.desc())
        .execution_options(scope=_TIES)
    )


@built_once
def other_case_for(actor: Actor, reference: str) -> sa.Select[Case]:
    """Select another case, by its reference, that the coordinator may open too."""
    return (
        sa.select(Case)
        .where(Case.reference == reference, _office(actor), *knowing(actor, declared=True))
        .execution_options(scope=KNOWING)
    )


def new_tie(dialect: str, values: dict[str, Any]) -> Any:
    """Insert a tie, unless one of the two cases is in force: then nothing comes back."""
    kind = postgresql if dialect == "postgresql" else sqlite
    return (
        kind.insert(CaseTie)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(CaseTie.id)
        .execution_options(scope=_TIES)
    )


def end_tie(tie_id: int, at: dt.datetime, person_id: int | None, why: str) -> sa.Update:
    """End a tie that is in force; the row that was ended comes back."""
    return (
        sa.update(CaseTie)
        .where(CaseTie.id == tie_id, CaseTie.ended_at.is_(None))
        .values(ended_at=at, ended_by_id=person_id, why_ended=why)
        .returning(CaseTie.id)
        .execution_options(scope=_TIES, synchronize_session=False)
    )


# For the likenesses alone, which are of every case: what is found by them is asked of the actor.


def places_to_compare(case_ids: Collection[int]) -> sa.Select[int, int, str]:
    """Select number, local government area and place of cases."""
    query = sa.select(Case.id, Case.lga_id, Case.place).where(Case.id.in_(case_ids))
    return query.execution_options(scope=_FOR_INDEX)


def parties_to_compare(
    case_ids: Collection[int],
) -> sa.Select[int, int, str, str | None, str | None, str | None]:
    """Select case, its local government area, and name, address, phone and email of each party."""
    return (
        sa.select(
            Case.id,
            Case.lga_id,
            Party.name,
            PartyContact.address,
            PartyContact.phone,
            PartyContact.email,
        )
        .join(Party, Party.case_id == Case.id)
        .join(PartyContact, PartyContact.party_id == Party.id, isouter=True)
        .where(Case.id.in_(case_ids))
        .execution_options(scope=_FOR_INDEX)
    )


def without_likenesses(case_ids: Collection[int]) -> sa.Delete:
    """Delete the likenesses of cases, before they are made anew."""
    query = sa.delete(CaseLikeness).where(CaseLikeness.case_id.in_(case_ids))
    return query.execution_options(scope=_FOR_INDEX, synchronize_session=False)


def new_likenesses() -> sa.Insert:
    """Insert likenesses of cases."""
    return sa.insert(CaseLikeness).execution_options(scope=_FOR_INDEX)
