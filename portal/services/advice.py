"""Advice on the threshold of a case, from its reports as they stand: for who decides it."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.people import VICTIMS, parties_for
from portal.access.scope.reports import decisions_for, incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.threshold.advice import Advice, advise
from portal.domain.threshold.facts import ReportFact, RequestFacts, Response
from portal.domain.threshold.reading import read_rules
from portal.models.case import Case, Incident, PartyKind, Report
from portal.services import clocks
from portal.services.frames import CaseFrame, frame
from portal.services.words import REPORT_STATES

THE_APPLICANT = "applicant"


@dataclass(frozen=True)
class ShownReport:
    """A report as it stands beside the advice, in the order of the request's reports.

    Attributes:
        state: in words; empty where nobody was told.
    """

    title: str
    happened_on: dt.date | None
    reported_on: dt.date | None
    reported_to: str
    their_reference: str
    state: str


@dataclass(frozen=True)
class ThresholdPage:
    """What the decision is made from.

    Attributes:
        scheme: name of the rules that the case was received under.
        reports: one for each line of the advice.
    """

    frame: CaseFrame
    applied_on: dt.date
    scheme: str
    advice: Advice
    reports: tuple[ShownReport, ...]


def open_threshold(actor: Actor, reference: str, response: Response | None = None) -> ThresholdPage:
    """Return the reports of a case with the advice that they give.

    Args:
        actor: who decides.
        reference: of the case.
        response: what was done about the reports, where that is known.

    Raises:
        CaseNotFoundError, ActRefusedError: as the gate says.
    """
    with transaction():
        opened = load_case(actor, reference, Act.DECIDE_THRESHOLD, thing="form")
        told = _told(actor, opened.case)
        return ThresholdPage(
            frame=frame(actor, opened),
            applied_on=london_day(opened.case.received_at),
            scheme=clocks.scheme_of(opened.case).name,
            advice=_advice(actor, opened.case, told, response),
            reports=tuple(_shown(incident, report) for incident, report in told),
        )


def advice_on(actor: Actor, opened: Opened, response: Response | None) -> Advice:
    """Return the advice on an opened case; belongs inside a transaction."""
    return _advice(actor, opened.case, _told(actor, opened.case), response)


Told = list[tuple[Incident, Report | None]]
"""Each report with its incident; an incident that nobody was told stands alone."""


def advised_reports(actor: Actor, opened: Opened) -> tuple[Told, Advice]:
    """Return the reports with the advice, as it is with what the decision says of the response.

    Belongs inside a transaction.
    """
    told = _told(actor, opened.case)
    decision = db.session.scalars(decisions_for(actor, opened.case.id)).one_or_none()
    return told, _advice(actor, opened.case, told, decision.response if decision else None)


def _advice(actor: Actor, case: Case, told: Told, response: Response | None) -> Advice:
    reporter = _only_reporter(actor, case)
    facts = RequestFacts(
        applied_on=london_day(case.received_at),
        reports=tuple(
            _fact(number, incident, report, reporter)
            for number, (incident, report) in enumerate(told, start=1)
        ),
        response=response,
        is_ongoing=None,
        is_closed=None,
        has_further_action=None,
        has_engaged=None,
        is_vulnerable=None,
        households_affected=None,
    )
    return advise(read_rules(clocks.scheme_of(case).threshold), facts)


def _told(actor: Actor, case: Case) -> Told:
    reports: dict[int, list[Report | None]] = {}
    for report in db.session.scalars(reports_for(actor, case.id)):
        reports.setdefault(report.incident_id, []).append(report)
    return [
        (incident, report)
        for incident in db.session.scalars(incidents_for(actor, case.id))
        for report in reports.get(incident.id, [None])
    ]


def _only_reporter(actor: Actor, case: Case) -> str | None:
    """Return who reported: the one victim, or somebody of several, who is not known."""
    parties = db.session.scalars(parties_for(actor, [case.id]))
    victims = [party for party in parties if party.role in VICTIMS]
    is_one = len(victims) == 1 and victims[0].kind is not PartyKind.GROUP
    return THE_APPLICANT if is_one else None


_YES_OR_NO = {Answer.YES: True, Answer.NO: False}


def _fact(
    number: int, incident: Incident, report: Report | None, reporter: str | None
) -> ReportFact:
    is_hate = _YES_OR_NO.get(incident.hate) if incident.hate else None
    if report is None:
        return ReportFact(
            number=number,
            happened_on=incident.happened_on,
            reported_on=None,
            incident=str(incident.id),
            was_reported=False,
            reporter=reporter,
            household=None,
            is_hate=is_hate,
        )
    return ReportFact(
        number=number,
        happened_on=incident.happened_on,
        reported_on=report.reported_on,
        incident=str(incident.id),
        state=report.state,
        agency=report.reported_to or None,
        reporter=reporter,
        household=None,
        is_hate=is_hate,
        hate_recorded=None,
    )


def _shown(incident: Incident, report: Report | None) -> ShownReport:
    if report is None:
        return ShownReport(incident.title, incident.happened_on, None, "", "", "")
    return ShownReport(
        incident.title,
        incident.happened_on,
        report.reported_on,
        report.reported_to,
        report.their_reference,
        REPORT_STATES[report.state],
    )
