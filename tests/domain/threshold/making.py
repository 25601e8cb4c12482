"""Requests and rules for the tests of the threshold, in few words."""

import datetime as dt
from typing import Any

from portal.domain.threshold.advice import Advice, advise
from portal.domain.threshold.counting import Reason
from portal.domain.threshold.facts import ReportFact, RequestFacts, Response
from portal.domain.threshold.reading import read_rules
from portal.domain.threshold.routes import RouteAnswer

APPLIED_ON = dt.date(2027, 1, 14)
THREE = ("2026-10-01", "2026-11-01", "2026-12-01")
SIX_MONTHS = {"n": 6, "unit": "months", "anchor": "application", "of": "report"}
COUNT = {"min_reports": 3, "window": SIX_MONTHS}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def reports(*days: str, **facts: Any) -> tuple[ReportFact, ...]:
    """Reports made the day after an incident on each of these days, all alike."""
    return tuple(
        ReportFact(
            number=number,
            happened_on=day(each),
            reported_on=day(each) + dt.timedelta(days=1),
            agency="council",
            **facts,
        )
        for number, each in enumerate(days, start=1)
    )


def request(*found: ReportFact, **facts: Any) -> RequestFacts:
    asked = {"applied_on": APPLIED_ON, "response": Response.INADEQUATE} | facts
    return RequestFacts(reports=found, **asked)


def advice_on(rules: dict[str, Any], asked: RequestFacts) -> Advice:
    return advise(read_rules(rules), asked)


def by_route(route: dict[str, Any], asked: RequestFacts, **counting: Any) -> RouteAnswer:
    """How one route comes out that must be met."""
    stored = {"any_of": [{"id": "one", "decision": "must"} | route], "counting": counting}
    (answer,) = advice_on(stored, asked).routes
    return answer


def one(happened: str, reported: str, number: int = 1, **facts) -> ReportFact:
    happened_on, reported_on = day(happened), day(reported)
    return ReportFact(number=number, happened_on=happened_on, reported_on=reported_on, **facts)


def reasons(answer: RouteAnswer) -> list[Reason | None]:
    return [line.ground.reason for line in answer.lines]
