"""Whether a report was found: said by the agency that took it, or recorded for it by the office."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.scope.reports import report_states_for, reports_for, reports_to_answer_for
from portal.db import db, transaction
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor, Role
from portal.domain.threshold.facts import ReportState
from portal.models.case import Report
from portal.models.threshold import ReportStateChange
from portal.services.changes import check_version, mark_changed
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once

NOT_YOURS = "Only the agency that this report was made to can say whether it has it"
TOLD_ANOTHER = "It was corrected to whom this was reported"
_SAID = {
    ReportState.CLAIMED: "Set back to claimed",
    ReportState.CONFIRMED: "Confirmed",
    ReportState.NOT_TRACED: "Not traced",
}


@dataclass(frozen=True, kw_only=True)
class TypedState:
    """What is said of a report.

    Attributes:
        reason: why it is set back, or what was looked for.
        said_by, said_on: who at the body said so, and when; asked of the coordinator alone. An
            agency speaks for itself, today.
    """

    state: ReportState
    reason: str = ""
    said_by: str = ""
    said_on: dt.date | None = None


@dataclass(frozen=True)
class ShownChange:
    """One thing that was said of a report: a line, and the reason where one was given."""

    line: str
    reason: str


@dataclass(frozen=True)
class StatePage:
    """A report of which somebody says whether it was found.

    Attributes:
        is_for_another: the coordinator records it for the body, and is asked who said so.
        typed: what was said last.
        history: all that was said, the newest first.
    """

    frame: CaseFrame
    is_for_another: bool
    reported_on: dt.date | None
    reported_to: str
    their_reference: str
    typed: TypedState
    history: tuple[ShownChange, ...]
    version: int


def open_report_state(actor: Actor, reference: str, report_id: int) -> StatePage:
    """Return a report with all that was said of it.

    Raises:
        CaseNotFoundError: it is not one of this case.
        ActRefusedError: it was made to another agency.
    """
    with transaction():
        thing = f"report {report_id}, form"
        opened = load_case(actor, reference, Act.SET_REPORT_STATE, thing=thing)
        report = _own_report(actor, opened, report_id)
        changes = [row[0] for row in _changes(actor, opened, report_id)]
        return StatePage(
            frame=frame(actor, opened),
            is_for_another=actor.role is Role.COORDINATOR,
            reported_on=report.reported_on,
            reported_to=report.reported_to,
            their_reference=report.their_reference,
            typed=_typed(report, changes[-1] if changes else None),
            history=states_of(actor, opened.case.id).get(report_id, ())[::-1],
            version=report.version,
        )


def set_report_state(
    actor: Actor,
    reference: str,
    report_id: int,
    token: str,
    typed: TypedState,
    version: int | None,
) -> None:
    """Keep what is said of a report; the advice takes it from here on.

    Raises:
        CaseNotFoundError: it is not one of this case.
        ActRefusedError: it was made to another agency.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: a reason, a name or a day is missing or does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"report {report_id}, {typed.state.value}"
        opened = load_case(actor, reference, Act.SET_REPORT_STATE, thing=thing)
        report = _own_report(actor, opened, report_id)
        check_version(report, version)
        _check(actor, report, typed)
        said = typed if actor.role is Role.COORDINATOR else _for_oneself(actor, typed)
        keep_state(actor, report, said, body=report.reported_to)
        mark_changed(actor, report)


def keep_state(actor: Actor, report: Report, typed: TypedState, *, body: str) -> None:
    """Set a report's state and keep that it was set; does not commit."""
    report.state = typed.state
    db.session.add(
        ReportStateChange(
            case_id=report.case_id,
            report_id=report.id,
            state=typed.state,
            body=body,
            said_on=typed.said_on or london_day(actor.at),
            said_by=typed.said_by,
            reason=typed.reason,
            is_by_office=actor.role is Role.COORDINATOR,
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
        )
    )


def states_of(actor: Actor, case_id: int) -> dict[int, tuple[ShownChange, ...]]:
    """Return what was said of the reports of a case, by report, the oldest first.

    Belongs inside a transaction.
    """
    found: dict[int, tuple[ShownChange, ...]] = {}
    for change, name in db.session.execute(report_states_for(actor, case_id)):
        shown = ShownChange(_line(change, name), change.reason)
        found[change.report_id] = (*found.get(change.report_id, ()), shown)
    return found


def _own_report(actor: Actor, opened: Opened, report_id: int) -> Report:
    mine = reports_to_answer_for(actor, opened.case.id).where(Report.id == report_id)
    found = db.session.scalars(mine).one_or_none()
    if found is not None:
        return found
    every = reports_for(actor, opened.case.id).where(Report.id == report_id)
    if db.session.scalars(every).one_or_none() is None:
        raise CaseNotFoundError(opened.case.reference)
    raise ActRefusedError(NOT_YOURS)


def _changes(actor: Actor, opened: Opened, report_id: int) -> list[tuple[ReportStateChange, str]]:
    query = report_states_for(actor, opened.case.id)
    rows = db.session.execute(query.where(ReportStateChange.report_id == report_id))
    return [(row[0], row[1]) for row in rows]


def _typed(report: Report, last: ReportStateChange | None) -> TypedState:
    if last is None:
        return TypedState(state=report.state)
    return TypedState(
        state=report.state, reason=last.reason, said_by=last.said_by, said_on=last.said_on
    )


def _for_oneself(actor: Actor, typed: TypedState) -> TypedState:
    return TypedState(state=typed.state, reason=typed.reason, said_by=actor.name)


def _check(actor: Actor, report: Report, typed: TypedState) -> None:
    if typed.state is ReportState.CLAIMED and not typed.reason:
        raise IntakeError("reason", "Write why it is set back to “Claimed”")
    if actor.role is not Role.COORDINATOR:
        return
    if not typed.said_by:
        raise IntakeError("said_by", "Enter who said so")
    if typed.said_on is None:
        raise IntakeError("said_on", "Enter the day they said so")
    if typed.said_on > london_day(actor.at):
        raise IntakeError("said_on", "The day they said so must be today or in the past")
    if report.reported_on and typed.said_on < report.reported_on:
        sentence = "The day they said so must be the same as or after the day it was reported"
        raise IntakeError("said_on", sentence)


def _line(change: ReportStateChange, recorded_by: str) -> str:
    said = _SAID[change.state]
    by = f"{said} by {change.body}" if change.body else said
    line = f"{by}, {change.said_by}, {in_words(change.said_on)}"
    is_for_another = change.is_by_office and change.said_by != recorded_by
    return f"{line} (recorded by {recorded_by})" if is_for_another else line


__all__ = [
    "ReportState",
    "ShownChange",
    "StatePage",
    "TypedState",
    "keep_state",
    "open_report_state",
    "set_report_state",
    "states_of",
]
