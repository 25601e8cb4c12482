"""Possible duplicates and related cases: offered to the coordinator, who says what they are."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.related import (
    candidates_for,
    end_tie,
    likenesses_of,
    new_tie,
    other_case_for,
    ties_for,
)
from portal.db import db, transaction
from portal.domain.likeness import Likeness
from portal.domain.references import normalise_reference
from portal.domain.roles import Act, Actor
from portal.models.case import Case
from portal.models.related import CaseTie, TieKind
from portal.services import cases
from portal.services.changes import EndedMeanwhileError, name_of, names_of
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once

MOST_SHOWN = 10
KINDS: dict[str, str] = {
    TieKind.DUPLICATE: "Duplicate: the same request twice",
    TieKind.RELATED: "Related: another request about the same people or place",
    TieKind.NOT_RELATED: "Not related",
}
_SHOWN_KINDS = {
    TieKind.DUPLICATE: "Duplicate",
    TieKind.RELATED: "Related",
    TieKind.NOT_RELATED: "Not related",
}
_ORDER = list(Likeness)


@dataclass(frozen=True)
class OtherCase:
    """Another case, as it stands beside this one."""

    reference: str
    name: str
    place: str
    stage: str
    received_at: dt.datetime


@dataclass(frozen=True)
class Candidate:
    """A case that may be the same or related; ``why`` says by what, the surest first."""

    other: OtherCase
    why: tuple[str, ...]


@dataclass(frozen=True)
class ShownTie:
    """What the coordinator found of this case and another.

    Attributes:
        ended_at: when it was taken back; none as long as it holds.
    """

    number: int
    other: OtherCase
    kind: str
    reason: str
    at: dt.datetime
    by: str
    ended_at: dt.datetime | None
    ended_by: str
    why_ended: str


@dataclass(frozen=True)
class RelatedPage:
    """What is like a case, and what was found.

    Attributes:
        more: how many candidates are not shown.
    """

    frame: CaseFrame
    ties: tuple[ShownTie, ...]
    before: tuple[ShownTie, ...]
    candidates: tuple[Candidate, ...]
    more: int


def open_related(actor: Actor, reference: str) -> RelatedPage:
    """Return the cases that are like this one and what was found of them: for the coordinator."""
    with transaction():
        opened = load_case(actor, reference, Act.RELATE_CASES, thing="list")
        found = db.session.execute(candidates_for(actor, opened.case.id).limit(MOST_SHOWN)).all()
        tied = db.session.execute(ties_for(actor, opened.case.id)).all()
        listed = [case for case, _ in found] + [case for _, case in tied]
        others = _others(actor, listed)
        names = names_of(
            number for row, _ in tied for number in (row.recorded_by_id, row.ended_by_id)
        )
        ties = [_shown(row, others[case.id], names) for row, case in tied]
        return RelatedPage(
            frame=frame(actor, opened),
            ties=tuple(each for each in ties if each.ended_at is None),
            before=tuple(each for each in ties if each.ended_at is not None),
            candidates=_candidates(actor, opened, [case for case, _ in found], others),
            more=found[0][1] - len(found) if found else 0,
        )


def _others(actor: Actor, listed: Iterable[Case]) -> dict[int, OtherCase]:
    by_number = {case.id: case for case in listed}
    names = cases.applicant_names(actor, list(by_number))
    return {
        number: OtherCase(
            reference=case.reference,
            name=names.get(number, ""),
            place=case.place,
            stage=case.stage.label,
            received_at=case.received_at,
        )
        for number, case in by_number.items()
    }


def _candidates(
    actor: Actor, opened: Opened, found: list[Case], others: dict[int, OtherCase]
) -> tuple[Candidate, ...]:
    ids = [case.id for case in found]
    why: dict[int, list[Likeness]] = {}
    for number, kind in db.session.execute(likenesses_of(actor, opened.case.id, ids)):
        why.setdefault(number, []).append(kind)
    return tuple(
        Candidate(
            others[number],
            tuple(kind.label for kind in sorted(why[number], key=_ORDER.index)),
        )
        for number in ids
    )


def _shown(row: CaseTie, other: OtherCase, names: dict[int | None, str]) -> ShownTie:
    return ShownTie(
        number=row.id,
        other=other,
        kind=_SHOWN_KINDS[row.kind],
        reason=row.reason,
        at=row.recorded_at,
        by=names[row.recorded_by_id],
        ended_at=row.ended_at,
        ended_by=names.get(row.ended_by_id, ""),
        why_ended=row.why_ended,
    )


def open_saying(actor: Actor, reference: str) -> CaseFrame:
    """Return the frame for saying what another case is to this one."""
    with transaction():
        return frame(actor, load_case(actor, reference, Act.RELATE_CASES, thing="form"))


def say_what_it_is(
    actor: Actor, reference: str, token: str, other_reference: str, kind: TieKind, reason: str
) -> None:
    """Keep what another case is to this one; it stands on both.

    Raises:
        IntakeError: there is no such other case that the actor may open, or it was said already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RELATE_CASES)
        other = _other(actor, opened, other_reference)
        first, second = sorted((opened.case.id, other.id))
        values = {
            "first_case_id": first,
            "second_case_id": second,
            "kind": kind,
            "reason": reason,
            "recorded_at": actor.at,
            "recorded_by_id": actor.person_id,
            "why_ended": "",
        }
        number = db.session.scalar(new_tie(db.engine.dialect.name, values))
        if number is None:
            raise IntakeError("other", _said_already(actor, opened, other))
        _log(actor, other.reference, number)


def _other(actor: Actor, opened: Opened, typed: str) -> Case:
    asked = normalise_reference(typed) or typed
    found = db.session.scalars(other_case_for(actor, asked)).one_or_none()
    if found is None:
        raise IntakeError("other", "Enter the reference of a case of your area")
    if found.id == opened.case.id:
        raise IntakeError("other", "Enter the reference of another case, not of this one")
    return found


def _said_already(actor: Actor, opened: Opened, other: Case) -> str:
    query = ties_for(actor, opened.case.id).where(Case.id == other.id, CaseTie.ended_at.is_(None))
    row = db.session.execute(query).first()
    what = _SHOWN_KINDS[row[0].kind].lower() if row else "something else"
    by = name_of(row[0].recorded_by_id) if row else "Somebody"
    return f"{by} has said already what {other.reference} is: {what}. Take that back first"


def _log(actor: Actor, other_reference: str, tie_id: int) -> None:
    """Tell it in the log of the other case too, whose page shows it."""
    log.record(
        actor, Act.RELATE_CASES.value, reference=other_reference, thing=f"tie of cases {tie_id}"
    )


def open_taking_back(actor: Actor, reference: str, tie_id: int) -> tuple[CaseFrame, str, str]:
    """Return the frame, the other case's reference and what was said, to be taken back.

    Raises:
        CaseNotFoundError: there is no such tie on this case.
        EndedMeanwhileError: it was taken back already.
    """
    with transaction():
        thing = f"tie of cases {tie_id}, form"
        opened = load_case(actor, reference, Act.RELATE_CASES, thing=thing)
        row, other = _tie(actor, opened, tie_id)
        return frame(actor, opened), other.reference, _SHOWN_KINDS[row.kind].lower()


def take_back(actor: Actor, reference: str, tie_id: int, token: str, why: str) -> None:
    """Take back what was said of two cases; it stays in the history of both.

    Raises:
        CaseNotFoundError, EndedMeanwhileError: as ``open_taking_back``.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"tie of cases {tie_id} taken back"
        opened = load_case(actor, reference, Act.RELATE_CASES, thing=thing)
        _, other = _tie(actor, opened, tie_id)
        if db.session.scalar(end_tie(tie_id, actor.at, actor.person_id, why)) is None:
            raise EndedMeanwhileError(other.reference, by="", at=None)
        _log(actor, other.reference, tie_id)


def _tie(actor: Actor, opened: Opened, tie_id: int) -> tuple[CaseTie, Case]:
    found = db.session.execute(
        ties_for(actor, opened.case.id).where(CaseTie.id == tie_id)
    ).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    row, other = found
    if row.ended_at is not None:
        by = name_of(row.ended_by_id)
        raise EndedMeanwhileError(other.reference, by=by, at=row.ended_at, reason=row.why_ended)
    return row, other


__all__ = [
    "KINDS",
    "EndedMeanwhileError",
    "RelatedPage",
    "TieKind",
    "open_related",
    "open_saying",
    "open_taking_back",
    "say_what_it_is",
    "take_back",
]
