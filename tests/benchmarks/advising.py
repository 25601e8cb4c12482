"""How long advice on a case with 200 reports takes, by each shipped threshold; no database."""

import datetime as dt
import random
import statistics
import time
from collections.abc import Iterator

from portal.domain import presets
from portal.domain.threshold.advice import advise
from portal.domain.threshold.facts import ReportFact, RequestFacts, Response
from portal.domain.threshold.reading import read_rules

MANY = 200
_TIMES = 20
_APPLIED_ON = dt.date(2027, 1, 14)
_SPAN = {"n": 6, "unit": "months", "anchor": "span", "of": "report"}


def advice_took() -> Iterator[tuple[str, float]]:
    """Yield what was asked and the median of its milliseconds: the presets, and the slowest shape.

    The slowest is a floating span that is met by nothing, so that every span has to be tried.
    """
    schemes = (presets.durham(), presets.gloucestershire())
    asked = {f"advice, {MANY} reports, {each.name}": each.threshold for each in schemes}
    route = {"id": "span", "min_reports": 3, "window": _SPAN, "response": "none"}
    asked[f"advice, {MANY} reports, floating span"] = {"any_of": [route]}
    request = _request()
    for name, stored in asked.items():
        rules = read_rules(stored)
        took = []
        for _ in range(_TIMES):
            began = time.perf_counter()
            advise(rules, request)
            took.append((time.perf_counter() - began) * 1000)
        yield name, statistics.median(took)


def _request() -> RequestFacts:
    chance = random.Random(200)  # noqa: S311  # only to spread days
    days = [_APPLIED_ON - dt.timedelta(days=chance.randrange(400)) for _ in range(MANY)]
    reports = [
        ReportFact(number=number, happened_on=day - dt.timedelta(days=3), reported_on=day)
        for number, day in enumerate(days, start=1)
    ]
    return RequestFacts(applied_on=_APPLIED_ON, reports=tuple(reports), response=Response.ADEQUATE)
