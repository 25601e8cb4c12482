"""The page of incidents and reports: for the whole panel."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.reports import incidents_for, reports_for, reports_to_answer_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.roles import Act, Actor
from portal.models.case import Incident, Report, ReportChannel
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.frames import CaseFrame, frame
from portal.services.report_states import ShownChange, states_of
from portal.services.reporters import makers_of
from portal.services.sources import export_names, export_of
from portal.services.words import REPORT_CHANNELS, REPORT_STATES, STRANDS

INCIDENTS_ON_A_PAGE = 100


@dataclass(frozen=True)
class ShownReport:
    """A report of an incident.

    Attributes:
        how: channel and what more is known of it, in words; empty where nothing is.
        state: whether the agency has found it, in words.
        source: as of the incident.
        made_by: who made it; empty where nobody has said yet.
        said: all that was said of whether it was found, the newest first.
        may_answer: this reader may say whether it was found.
    """

    id: int
    version: int
    reported_on: dt.date | None
    reported_to: str
    spoke_to: str
    how: str
    their_reference: str
    what_was_done: str
    what_was_promised: str
    state: str
    source: str
    made_by: str
    said: tuple[ShownChange, ...]
    may_answer: bool


@dataclass(frozen=True)
class ShownIncident:
    """An incident with its reports.

    Attributes:
        hate: in words, empty where it was not asked or is none.
        source: where it came from, if not from the applicant: “From …’s export”.
    """

    id: int
    happened_on: dt.date | None
    happened_time: dt.time | None
    place: str
    title: str
    account: str
    hate: str
    source: str
    reports: tuple[ShownReport, ...]


@dataclass(frozen=True)
class ReportsPage:
    """What happened and to whom it was reported.

    Attributes:
        after: the last incident of this page if more follow, else 0.
    """

    frame: CaseFrame
    incidents: tuple[ShownIncident, ...]
    decision: ShownDecision | None
    after: int = 0


def open_reports(actor: Actor, reference: str, after: int = 0) -> ReportsPage:
    """Return a page of incidents with their reports, what has no day last.

    Args:
        actor: who asks.
        reference: of the case.
        after: the last incident of the page before; an unknown one begins at the top.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="reports")
        every = db.session.scalars(incidents_for(actor, opened.case.id)).all()
        incidents, more = _page_of(every, after)
        shown = Report.incident_id.in_([incident.id for incident in incidents])
        reports = db.session.scalars(reports_for(actor, opened.case.id).where(shown)).all()
        exports = export_names([*incidents, *reports])
        known = _Known(actor, opened, reports)
        by_incident: dict[int, list[ShownReport]] = {}
        for row in reports:
            by_incident.setdefault(row.incident_id, []).append(known.shown(row, exports))
        return ReportsPage(
            frame=frame(actor, opened),
            incidents=tuple(
                _shown_incident(row, exports, tuple(by_incident.get(row.id, [])))
                for row in incidents
            ),
            decision=shown_decision(actor, opened.case.id),
            after=more,
        )


class _Known:
    """What is said of all the reports of a page, each asked once."""

    def __init__(self, actor: Actor, opened: Opened, reports: Sequence[Report]) -> None:
        case_id = opened.case.id
        self.makers = makers_of(actor, case_id, reports)
        self.said = states_of(actor, case_id)
        self.own: set[int] = set()
        if opened.allows(actor, Act.SET_REPORT_STATE):
            own = reports_to_answer_for(actor, case_id).with_only_columns(Report.id)
            self.own = set(db.session.scalars(own.order_by(None)))

    def shown(self, row: Report, exports: dict[int | None, str]) -> ShownReport:
        """Return a report as the page shows it."""
        return ShownReport(
            id=row.id,
            version=row.version,
            reported_on=row.reported_on,
            reported_to=row.reported_to,
            spoke_to=row.spoke_to,
            how=how_reported(row),
            their_reference=row.their_reference,
            what_was_done=row.what_was_done,
            what_was_promised=row.what_was_promised,
            state=REPORT_STATES[row.state],
            source=export_of(exports.get(row.from_agency_id, "")),
            made_by=self.makers.of(row).name if row.reporter else "",
            said=self.said.get(row.id, ())[::-1],
            may_answer=row.id in self.own,
        )


def _page_of(incidents: Sequence[Incident], after: int) -> tuple[Sequence[Incident], int]:
    start = next((place for place, each in enumerate(incidents, 1) if each.id == after), 0)
    shown = incidents[start : start + INCIDENTS_ON_A_PAGE]
    return shown, shown[-1].id if len(incidents) > start + INCIDENTS_ON_A_PAGE else 0


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


def _shown_incident(
    row: Incident, exports: dict[int | None, str], reports: tuple[ShownReport, ...]
) -> ShownIncident:
    return ShownIncident(
        id=row.id,
        happened_on=row.happened_on,
        happened_time=row.happened_time,
        place=row.place,
        title=row.title,
        account=row.account,
        hate=hate_in_words(row.hate, row.strands),
        source=export_of(exports.get(row.from_agency_id, "")),
        reports=reports,
    )
