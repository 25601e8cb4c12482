"""Advice on the threshold in the words of its page: routes, reports, and what follows."""

from dataclasses import dataclass

from portal.domain.dates import in_words
from portal.domain.threshold.advice import Advice, Advised
from portal.domain.threshold.facts import RequestFacts
from portal.domain.threshold.periods import first_day_in_time
from portal.domain.threshold.routes import RouteAnswer
from portal.domain.threshold.rules import ReporterUnit
from portal.services.advice import ShownReport, ThresholdPage

_RESULTS = {True: "Met", False: "Not met", None: "Cannot be told yet"}
_COUNTING = {True: "Counts", False: "Does not count", None: "Cannot be told yet"}
_JUDGEMENT = (
    "Weigh how long it has gone on, the harm done or feared, what was done about it, and whether "
    "the victim is at high risk."
)


@dataclass(frozen=True)
class RouteRow:
    """A way to the threshold and how it came out."""

    name: str
    found: str
    result: str
    is_met: bool
    working: str


@dataclass(frozen=True)
class ReportRow:
    """A report and whether it counts, with the one reason why it does not."""

    report: ShownReport
    result: str
    counts: bool
    why: str


@dataclass(frozen=True)
class AdviceInWords:
    """What the page of the decision says before it asks.

    Attributes:
        may_refuse: “not met” can be recorded: the floor is not met.
    """

    heading: str
    sentences: tuple[str, ...]
    routes: tuple[RouteRow, ...]
    reports: tuple[ReportRow, ...]
    counted: int
    may_refuse: bool


def in_plain_words(page: ThresholdPage) -> AdviceInWords:
    """Return the advice as it is shown."""
    advice = page.advice
    reports = tuple(_report_row(advice, place, each) for place, each in enumerate(page.reports))
    return AdviceInWords(
        heading=_heading(advice),
        sentences=_sentences(advice),
        routes=(
            _floor_row(page),
            *(_route_row(answer, page.facts) for answer in advice.routes),
            _judgement(advice),
        ),
        reports=reports,
        counted=sum(row.counts for row in reports),
        may_refuse=not advice.floor.is_met,
    )


def _heading(advice: Advice) -> str:
    if advice.floor.is_met:
        return "Advice: the threshold is met, by law"
    return {
        Advised.MET: "Advice: the threshold is met",
        Advised.NOT_MET: "Advice: the threshold is not met",
        Advised.DISCRETION: "Advice: this is for the bodies to judge",
    }[advice.overall]


def _sentences(advice: Advice) -> tuple[str, ...]:
    floor = advice.floor
    met = [_name(answer) for answer in advice.routes if answer.is_met]
    local = f"The local rule is met as well: {', '.join(met)}." if met else ""
    if floor.is_met:
        law = (
            f"{_reports(floor.counted)} qualify; the law needs {floor.floor.number}. "
            "No local condition can take that away."
        )
        return (law, local) if local else (law,)
    if advice.overall is Advised.MET:
        return (f"By the local rule: {', '.join(met)}.",)
    missing = dict.fromkeys([*floor.missing, *(m for each in advice.routes for m in each.missing)])
    unknown = f"Not known: {'; '.join(missing)}." if missing else "No route is met."
    if advice.overall is Advised.DISCRETION:
        return unknown, _JUDGEMENT
    return ("No route is met.",)


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"


def _name(answer: RouteAnswer) -> str:
    return answer.route.id.replace("_", " ")


def _floor_row(page: ThresholdPage) -> RouteRow:
    answer = page.advice.floor
    floor = answer.floor
    since = first_day_in_time(page.applied_on, floor.applied_within)
    working = (
        f"Reports by anyone about the same behaviour. Each was made within {floor.made_within}, "
        "beginning with the day of the incident, and the review was asked for within "
        f"{floor.applied_within}, beginning with the day of the report: not before "
        f"{in_words(since)}."
    )
    return RouteRow(
        "The law (section 104(4))",
        f"{answer.counted} of {floor.number} qualifying reports",
        _RESULTS[answer.is_met],
        answer.is_met is True,
        " ".join([working, *_not_known(answer.missing)]),
    )


def _route_row(answer: RouteAnswer, facts: RequestFacts) -> RouteRow:
    first, *others = answer.conditions or (None,)
    wanting = [f"{told.words}." for told in others if told.holds is False]
    otherwise = "All that it asks for is there." if answer.is_met else "Too few."
    said = [*wanting, *_not_known(answer.missing)] or [otherwise]
    return RouteRow(
        f"Local rule: {_name(answer)}",
        first.words if first else "Nothing is asked for",
        _RESULTS[answer.is_met],
        answer.is_met is True,
        " ".join([*said, *_other_way(answer, facts)]),
    )


def _other_way(answer: RouteAnswer, facts: RequestFacts) -> list[str]:
    """Say what counting households would give where people are counted, and the other way round."""
    needed = answer.route.min_reporters
    counted = [
        report
        for report, line in zip(facts.reports, answer.lines, strict=True)
        if line.ground.counts
    ]
    if not needed or not counted:
        return []
    if answer.route.reporter_unit is ReporterUnit.HOUSEHOLD:
        unit, found = "person", {report.reporter for report in counted}
    else:
        unit, found = "household", {report.household for report in counted}
    return [f"Counted by {unit} it would be {len(found - {None})} of {needed}."]


def _not_known(missing: tuple[str, ...]) -> list[str]:
    return [f"Not known: {'; '.join(missing)}."] if missing else []


def _judgement(advice: Advice) -> RouteRow:
    is_needed = advice.overall is not Advised.MET
    return RouteRow(
        "Judgement: persistence, harm, response, high risk",
        "Your reasons" if is_needed else "–",
        "Open to the bodies" if is_needed else "Not needed",
        False,
        "Below every route the bodies may still find the threshold met (section 104(5)).",
    )


def _report_row(advice: Advice, place: int, report: ShownReport) -> ReportRow:
    ground = advice.floor.lines[place].ground
    if ground.counts:
        return ReportRow(report, _COUNTING[True], True, "In time")
    local = [_name(each) for each in advice.routes if each.lines[place].ground.counts]
    if local:
        why = f"For the local rule alone: {', '.join(local)}. For the law: {ground.words.lower()}"
        return ReportRow(report, _COUNTING[True], True, why)
    return ReportRow(report, _COUNTING[ground.counts], False, ground.words)
