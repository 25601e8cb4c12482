"""What happened and to whom it was reported: added, and changed when more is known."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.answers import Answer, known_strands
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.threshold.facts import ReportState
from portal.models.case import Incident, Report, ReportChannel, Reporter
from portal.services.agencies import agencies_of_area
from portal.services.changes import check_version, mark_changed
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.report_states import TOLD_ANOTHER, TypedState, keep_state
from portal.services.reporters import possible_makers


@dataclass(frozen=True, kw_only=True)
class TypedReport:
    """A report of an incident.

    Attributes:
        reported_on: none where the day is not known.
        agency_id: where it is an agency of the area; its name is taken from there.
        reported_to: name of another body; empty where neither is known.
        how: what more is known of how it was reported.
        reporter: none where nobody has said yet who made it.
        reporter_id: the party, where it is one of the case.
    """

    reported_on: dt.date | None
    reported_to: str
    how: str
    their_reference: str
    what_was_done: str
    agency_id: int | None = None
    spoke_to: str = ""
    channel: ReportChannel = ReportChannel.NOT_KNOWN
    what_was_promised: str = ""
    reporter: Reporter | None = None
    reporter_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TypedIncident:
    """An incident, with the first report of it where there is one.

    Attributes:
        happened_on, happened_time: none where not known.
        hate: none where it was not asked yet.
    """

    happened_on: dt.date | None
    title: str
    account: str
    report: TypedReport | None = None
    happened_time: dt.time | None = None
    place: str = ""
    hate: Answer | None = None
    strands: tuple[str, ...] = ()


@dataclass(frozen=True)
class AddingPage:
    """What the form for a new incident needs."""

    frame: CaseFrame
    agencies: dict[int, str]
    makers: dict[int, str]


@dataclass(frozen=True)
class IncidentPage:
    """An incident as the form for changing it, or for a report of it, needs it."""

    frame: CaseFrame
    typed: TypedIncident
    version: int
    agencies: dict[int, str]
    makers: dict[int, str]


@dataclass(frozen=True)
class ReportPage:
    """A report as the form for changing it needs it, and what the form offers."""

    frame: CaseFrame
    typed: TypedReport
    version: int
    agencies: dict[int, str]
    makers: dict[int, str]


def open_adding(actor: Actor, reference: str) -> AddingPage:
    """Return what the form for a new incident needs."""
    with transaction():
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="form")
        makers = possible_makers(actor, opened.case.id)
        return AddingPage(frame(actor, opened), agencies_of_area(actor), makers)


def add_incident(actor: Actor, reference: str, token: str, typed: TypedIncident) -> None:
    """Add an incident and, where there is one, the report of it.

    Raises:
        IntakeError: a date lies in the future, or the report before the incident.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="incident")
        put_incident(actor, opened.case.id, typed, (typed.report,) if typed.report else ())


def put_incident(
    actor: Actor, case_id: int, typed: TypedIncident, reports: Iterable[TypedReport]
) -> None:
    """Add an incident with each report of it; does not commit.

    Raises:
        IntakeError: a date lies in the future, or a report before the incident.
    """
    incident = Incident(case_id=case_id)
    _fill_incident(actor, incident, typed)
    db.session.add(incident)
    db.session.flush()
    for report in reports:
        _add_report(actor, incident, report)


def add_report(
    actor: Actor, reference: str, incident_id: int, token: str, typed: TypedReport
) -> None:
    """Add a further report of an incident.

    Raises:
        CaseNotFoundError: the incident is not one of this case.
        IntakeError: a date does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="report")
        _add_report(actor, _incident(actor, opened, incident_id), typed)


def open_incident(
    actor: Actor, reference: str, incident_id: int, act: Act = Act.CHANGE_REQUEST
) -> IncidentPage:
    """Return an incident to be changed, or to which a report is added.

    Raises:
        CaseNotFoundError: it is not one of this case.
    """
    with transaction():
        opened = load_case(actor, reference, act, thing=f"incident {incident_id}")
        incident = _incident(actor, opened, incident_id)
        typed = TypedIncident(
            happened_on=incident.happened_on,
            title=incident.title,
            account=incident.account,
            happened_time=incident.happened_time,
            place=incident.place,
            hate=incident.hate,
            strands=tuple(incident.strands),
        )
        return IncidentPage(
            frame=frame(actor, opened),
            typed=typed,
            version=incident.version,
            agencies=agencies_of_area(actor),
            makers=possible_makers(actor, opened.case.id),
        )


def change_incident(
    actor: Actor,
    reference: str,
    incident_id: int,
    token: str,
    typed: TypedIncident,
    version: int | None,
) -> None:
    """Change what is known of an incident.

    Raises:
        CaseNotFoundError: it is not one of this case.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: the day lies in the future, or after a report of it.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"incident {incident_id}")
        incident = _incident(actor, opened, incident_id)
        check_version(incident, version)
        _fill_incident(actor, incident, typed)
        _check_reports_follow(actor, opened, incident)
        mark_changed(actor, incident)


def open_report(actor: Actor, reference: str, report_id: int) -> ReportPage:
    """Return a report to be changed.

    Raises:
        CaseNotFoundError: it is not one of this case.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"report {report_id}")
        report = _report(actor, opened, report_id)
        names = TypedReport.__dataclass_fields__
        typed = TypedReport(**{name: getattr(report, name) for name in names})
        return ReportPage(
            frame=frame(actor, opened),
            typed=typed,
            version=report.version,
            agencies=agencies_of_area(actor),
            makers=possible_makers(actor, opened.case.id),
        )


def change_report(
    actor: Actor,
    reference: str,
    report_id: int,
    token: str,
    typed: TypedReport,
    version: int | None,
) -> None:
    """Change what is known of a report.

    One that turns out to have been made to somebody else is open again: who had found it, or not,
    was not the one to say.

    Raises:
        CaseNotFoundError: it is not one of this case.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: a date does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"report {report_id}")
        report = _report(actor, opened, report_id)
        check_version(report, version)
        told_before = (report.agency_id, report.reported_to)
        _fill_report(actor, report, _incident(actor, opened, report.incident_id), typed)
        if told_before != (report.agency_id, report.reported_to):
            _open_again(actor, report)
        mark_changed(actor, report)


def _incident(actor: Actor, opened: Opened, incident_id: int) -> Incident:
    query = incidents_for(actor, opened.case.id).where(Incident.id == incident_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _report(actor: Actor, opened: Opened, report_id: int) -> Report:
    query = reports_for(actor, opened.case.id).where(Report.id == report_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _fill_incident(actor: Actor, incident: Incident, typed: TypedIncident) -> None:
    if typed.happened_on and typed.happened_on > london_day(actor.at):
        raise IntakeError("happened_on", "The day it happened must be today or in the past")
    incident.happened_on = typed.happened_on
    incident.happened_time = typed.happened_time
    incident.place = typed.place
    incident.title = typed.title
    incident.account = typed.account
    incident.hate = typed.hate
    incident.strands = known_strands(typed.hate, list(typed.strands))


def _check_reports_follow(actor: Actor, opened: Opened, incident: Incident) -> None:
    if incident.happened_on is None:
        return
    earlier = reports_for(actor, opened.case.id).where(
        Report.incident_id == incident.id, Report.reported_on < incident.happened_on
    )
    if db.session.scalars(earlier).first() is not None:
        raise IntakeError(
            "happened_on",
            "The day it happened must be the same as or before the day it was reported",
        )


def _add_report(actor: Actor, incident: Incident, typed: TypedReport) -> None:
    report = Report(case_id=incident.case_id, incident_id=incident.id)
    _fill_report(actor, report, incident, typed)
    db.session.add(report)


def _open_again(actor: Actor, report: Report) -> None:
    if report.state is ReportState.CLAIMED:
        return
    claimed = TypedState(state=ReportState.CLAIMED, reason=TOLD_ANOTHER, said_by=actor.name)
    keep_state(actor, report, claimed, body="")


def _fill_report(actor: Actor, report: Report, incident: Incident, typed: TypedReport) -> None:
    _check_report_day(actor, incident, typed.reported_on)
    _check_maker(actor, incident, typed)
    report.reported_on = typed.reported_on
    report.agency_id = typed.agency_id
    report.reported_to = _reported_to(actor, typed)
    report.spoke_to = typed.spoke_to
    report.channel = typed.channel
    report.how = typed.how
    report.their_reference = typed.their_reference
    report.what_was_done = typed.what_was_done
    report.what_was_promised = typed.what_was_promised
    report.reporter = typed.reporter
    report.reporter_id = typed.reporter_id


def _check_report_day(actor: Actor, incident: Incident, day: dt.date | None) -> None:
    if day is None:
        return
    if day > london_day(actor.at):
        raise IntakeError("reported_on", "The day it was reported must be today or in the past")
    if incident.happened_on and day < incident.happened_on:
        raise IntakeError(
            "reported_on",
            "The day it was reported must be the same as or after the day it happened",
        )


def _check_maker(actor: Actor, incident: Incident, typed: TypedReport) -> None:
    is_party = typed.reporter is Reporter.PARTY
    known = possible_makers(actor, incident.case_id) if is_party else {None}
    if typed.reporter_id not in known:
        raise IntakeError("reporter", "Select one of the people on this page")


def _reported_to(actor: Actor, typed: TypedReport) -> str:
    if typed.agency_id is None:
        return typed.reported_to
    known = agencies_of_area(actor)
    if typed.agency_id not in known:
        raise IntakeError("agency", "Select one of the agencies")
    return known[typed.agency_id]


__all__ = [
    "AddingPage",
    "IncidentPage",
    "IntakeError",
    "ReportChannel",
    "ReportPage",
    "Reporter",
    "TypedIncident",
    "TypedReport",
    "add_incident",
    "add_report",
    "change_incident",
    "change_report",
    "open_adding",
    "open_incident",
    "open_report",
    "put_incident",
]
