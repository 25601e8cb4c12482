"""Advice on the threshold of a case, from its reports as they stand: for who decides it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.access.gate import Opened, load_case
from portal.access.scope.reports import decisions_for, incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.threshold.advice import Advice, advise
from portal.domain.threshold.asked import facts_asked
from portal.domain.threshold.facts import Answers, ReportFact, RequestFacts
from portal.domain.threshold.reading import read_rules
from portal.domain.threshold.rules import Rules
from portal.models.case import Case, Incident, Report, ThresholdDecision
from portal.services import clocks
from portal.services.frames import CaseFrame, frame
from portal.services.needs import ShownNeed, needs_of
from portal.services.report_states import ShownChange, states_of
from portal.services.reporters import Makers, makers_of
from portal.services.risk_page import RiskCard, risk_card
from portal.services.words import REPORT_STATES


@dataclass(frozen=True)
class ShownReport:
    """A report as it stands beside the advice, in the order of the request's reports.

    Attributes:
        state: in words; empty where nobody was told.
        said: what was said last of whether it was found; empty where nothing was.
        made_by: who made it; empty where nobody has said yet.
    """

    title: str
    happened_on: dt.date | None
    reported_on: dt.date | None = None
    reported_to: str = ""
    their_reference: str = ""
    state: str = ""
    said: str = ""
    made_by: str = ""


@dataclass(frozen=True)
class ThresholdPage:
    """What the decision is made from.

    Attributes:
        scheme: name of the rules that the case was received under.
        asked: the names of the facts that a route of these rules asks for.
        facts: what the advice was worked out from.
        reports: one for each line of the advice.
        needs: what is still needed before the decision, and what has come.
    """

    frame: CaseFrame
    applied_on: dt.date
    scheme: str
    asked: frozenset[str]
    advice: Advice
    facts: RequestFacts
    reports: tuple[ShownReport, ...]
    needs: tuple[ShownNeed, ...]
    risk: RiskCard


NOTHING_ANSWERED = Answers()


def open_threshold(
    actor: Actor, reference: str, answers: Answers = NOTHING_ANSWERED
) -> ThresholdPage:
    """Return the reports of a case with the advice that they give.

    Args:
        actor: who decides.
        reference: of the case.
        answers: what is known besides the reports, as far as it was typed.

    Raises:
        CaseNotFoundError, ActRefusedError: as the gate says.
    """
    with transaction():
        opened = load_case(actor, reference, Act.DECIDE_THRESHOLD, thing="form")
        case = opened.case
        reports = _reports(actor, case)
        said = states_of(actor, case.id)
        facts = reports.facts(case, answers)
        return ThresholdPage(
            frame=frame(actor, opened),
            applied_on=london_day(case.received_at),
            scheme=clocks.scheme_of(case).name,
            asked=facts_asked(_rules(case)),
            advice=advise(_rules(case), facts),
            facts=facts,
            reports=tuple(reports.shown(*pair, said) for pair in reports.pairs),
            needs=needs_of(actor, case.id),
            risk=risk_card(actor, opened),
        )


def advice_on(actor: Actor, opened: Opened, answers: Answers) -> Advice:
    """Return the advice on an opened case; belongs inside a transaction."""
    return advise(_rules(opened.case), _reports(actor, opened.case).facts(opened.case, answers))


def answers_to_keep(answers: Answers, opened: Opened) -> dict[str, bool | int]:
    """Return what was answered of what the case's rules ask for, but the response.

    Belongs inside a transaction.
    """
    known = {name: getattr(answers, name) for name in facts_asked(_rules(opened.case))}
    return {
        name: value for name, value in known.items() if value is not None and name != "response"
    }


def _rules(case: Case) -> Rules:
    return read_rules(clocks.scheme_of(case).threshold)


Pairs = list[tuple[Incident, Report | None]]
"""Each report with its incident; an incident that nobody was told stands alone."""


def advised_reports(actor: Actor, opened: Opened) -> tuple[Pairs, Makers, Advice]:
    """Return the reports, who made them, and the advice as it is with what was answered.

    Belongs inside a transaction.
    """
    reports = _reports(actor, opened.case)
    decision = db.session.scalars(decisions_for(actor, opened.case.id)).one_or_none()
    answers = _answers_of(decision) if decision else NOTHING_ANSWERED
    advice = advise(_rules(opened.case), reports.facts(opened.case, answers))
    return reports.pairs, reports.makers, advice


def _answers_of(decision: ThresholdDecision) -> Answers:
    kept: dict[str, Any] = dict(decision.answers)
    return Answers(response=decision.response, **kept)


class CaseReports:
    """What a case says of its reports, and who made them: for any rule to be held against it."""

    def __init__(
        self, incidents: Sequence[Incident], reports: Sequence[Report], makers: Makers
    ) -> None:
        self.pairs = _pairs(incidents, reports)
        self.makers = makers

    def facts(self, case: Case, answers: Answers) -> RequestFacts:
        """Return what the rules are held against."""
        facts = (self._fact(number, *pair) for number, pair in enumerate(self.pairs, start=1))
        return RequestFacts(
            applied_on=london_day(case.received_at), reports=tuple(facts), **vars(answers)
        )

    def _fact(self, number: int, incident: Incident, report: Report | None) -> ReportFact:
        maker = self.makers.of(report) if report else self.makers.unsaid
        fact = ReportFact(
            number=number,
            happened_on=incident.happened_on,
            reported_on=None,
            incident=str(incident.id),
            was_reported=False,
            reporter=maker.reporter,
            is_anonymous=False if maker.reporter else None,
            household=maker.household,
            is_hate=_YES_OR_NO.get(incident.hate) if incident.hate else None,
            hate_recorded=None,
        )
        if report is None:
            return fact
        return replace(
            fact,
            reported_on=report.reported_on,
            was_reported=True,
            state=report.state,
            agency=report.reported_to or None,
        )

    def shown(
        self, incident: Incident, report: Report | None, said: dict[int, tuple[ShownChange, ...]]
    ) -> ShownReport:
        """Return a report as its page shows it."""
        if report is None:
            return ShownReport(incident.title, incident.happened_on)
        changes = said.get(report.id, ())
        return ShownReport(
            title=incident.title,
            happened_on=incident.happened_on,
            reported_on=report.reported_on,
            reported_to=report.reported_to,
            their_reference=report.their_reference,
            state=REPORT_STATES[report.state],
            said=changes[-1].line if changes else "",
            made_by=self.makers.of(report).name,
        )


def _reports(actor: Actor, case: Case) -> CaseReports:
    every = db.session.scalars(reports_for(actor, case.id)).all()
    incidents = db.session.scalars(incidents_for(actor, case.id)).all()
    return CaseReports(incidents, every, makers_of(actor, case.id, every))


def _pairs(incidents: Sequence[Incident], reports: Sequence[Report]) -> Pairs:
    of_incident: dict[int, list[Report | None]] = {}
    for report in reports:
        of_incident.setdefault(report.incident_id, []).append(report)
    return [
        (incident, report)
        for incident in incidents
        for report in of_incident.get(incident.id, [None])
    ]


_YES_OR_NO = {Answer.YES: True, Answer.NO: False}
