"""The page of incidents and reports: for the whole panel."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import load_case
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.roles import Act, Actor
from portal.models.case import Incident, Report, ReportChannel
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.frames import CaseFrame, frame
from portal.services.words import REPORT_CHANNELS, REPORT_STATES, STRANDS


@dataclass(frozen=True)
class ShownReport:
    """A report of an incident.

    Attributes:
        how: channel and what more is known of it, in words; empty where nothing is.
        state: whether the agency has found it, in words.
    """

    id: int
    reported_on: dt.date | None
    reported_to: str
    spoke_to: str
    how: str
    their_reference: str
    what_was_done: str
    what_was_promised: str
    state: str


@dataclass(frozen=True)
class ShownIncident:
    """An incident with its reports; ``hate`` in words, empty where it was not asked or is none."""

    id: int
    happened_on: dt.date | None
    happened_time: dt.time | None
    place: str
    title: str
    account: str
    hate: str
    reports: tuple[ShownReport, ...]


@dataclass(frozen=True)
class ReportsPage:
    """What happened and to whom it was reported."""

    frame: CaseFrame
    incidents: tuple[ShownIncident, ...]
    decision: ShownDecision | None


def open_reports(actor: Actor, reference: str) -> ReportsPage:
    """Return incidents and their reports, what has no day last."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="reports")
        by_incident: dict[int, list[ShownReport]] = {}
        for row in db.session.scalars(reports_for(actor, opened.case.id)):
            by_incident.setdefault(row.incident_id, []).append(_shown_report(row))
        return ReportsPage(
            frame=frame(actor, opened),
            incidents=tuple(
                _shown_incident(row, tuple(by_incident.get(row.id, [])))
                for row in db.session.scalars(incidents_for(actor, opened.case.id))
            ),
            decision=shown_decision(actor, opened.case.id),
        )


def how_reported(report: Report) -> str:
    """Return how something was reported: the channel, and what more was said of it."""
    channel = "" if report.channel is ReportChannel.NOT_KNOWN else REPORT_CHANNELS[report.channel]
    return ": ".join(part for part in (channel, report.how) if part)


def hate_in_words(hate: Answer | None, strands: list[str]) -> str:
    """Return what was said of hate, with its strands."""
    if hate is Answer.NOT_KNOWN:
        return "Not known whether it was hate"
    if hate is not Answer.YES:
        return ""
    named = ", ".join(STRANDS[strand].lower() for strand in strands)
    return f"Hate: {named}" if named else "Hate, about what is not known"


def _shown_report(row: Report) -> ShownReport:
    return ShownReport(
        id=row.id,
        reported_on=row.reported_on,
        reported_to=row.reported_to,
        spoke_to=row.spoke_to,
        how=how_reported(row),
        their_reference=row.their_reference,
        what_was_done=row.what_was_done,
        what_was_promised=row.what_was_promised,
        state=REPORT_STATES[row.state],
    )


def _shown_incident(row: Incident, reports: tuple[ShownReport, ...]) -> ShownIncident:
    return ShownIncident(
        id=row.id,
        happened_on=row.happened_on,
        happened_time=row.happened_time,
        place=row.place,
        title=row.title,
        account=row.account,
        hate=hate_in_words(row.hate, row.strands),
        reports=reports,
    )
