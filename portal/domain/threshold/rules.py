"""An area's rule for the threshold, as data: routes, counting, exclusions, fallback, the floor.

A key that the rule states is either computed, and stands here in a field, or is held in words, for
a person to decide; nothing that it states is dropped. An absent key means that the procedure does
not say.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.threshold.periods import Period, PeriodUnit


class RouteDecision(StrEnum):
    """What follows where a route is met: the threshold is, or it may be found to be."""

    MUST = "must"
    MAY = "may"


class SameProblem(StrEnum):
    """What the reports of one route must have in common."""

    SAME = "same"
    SIMILAR = "similar"
    RELATED = "related"
    LINKED_LOCATION = "linked_location"
    SAME_AREA = "same_area"
    LOCATION_CULPRIT_OR_PROBLEM = "same_location_culprit_or_problem"


class ReporterUnit(StrEnum):
    """Who counts as one of several reporters."""

    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    INDIVIDUAL_OR_GROUP = "individual_or_group"
    INDIVIDUAL_BUSINESS_OR_GROUP = "individual_business_or_group"


class Anchor(StrEnum):
    """From where a window is counted: back from the request, on from the first, or floating."""

    APPLICATION = "application"
    SPAN = "span"
    FIRST_REPORT = "first_report"
    FIRST_INCIDENT = "first_incident"


class DayOf(StrEnum):
    """Which day of a report is tested."""

    REPORT = "report"
    INCIDENT = "incident"


class WithinScope(StrEnum):
    """Whose report must have been made soon after the incident."""

    EACH = "each"
    FIRST = "first"


class AppliedAfter(StrEnum):
    """From which day the request must have come soon enough."""

    EACH_REPORT = "each_report"
    FIRST_REPORT = "first_report"
    LATEST_REPORT = "latest_report"
    LATEST_INCIDENT = "latest_incident"


class ResponseTest(StrEnum):
    """What the response to the reports must have been: a caveat that the floor does not know."""

    NONE = "none"
    NONE_OR_INADEQUATE = "none_or_inadequate"
    NO_EFFECTIVE = "no_effective"
    DISSATISFIED = "dissatisfied"
    NOT_PER_AGENCY_POLICY = "not_per_agency_policy"


class Counts(StrEnum):
    """What is counted: what was reported, or also what was lived through and not reported."""

    REPORTS = "reports"
    EXPERIENCED_INCIDENTS = "experienced_incidents"


class SeveralAgencies(StrEnum):
    """How one incident counts that was told to several agencies."""

    ONCE = "once"
    EACH = "each"
    CASE_BY_CASE = "case_by_case"


@dataclass(frozen=True)
class Window:
    """The time in which reports count."""

    period: Period
    anchor: Anchor
    of: DayOf


@dataclass(frozen=True)
class ReportedWithin:
    """How soon after the incident it must have been reported."""

    period: Period
    scope: WithinScope
    beginning_with: bool


@dataclass(frozen=True)
class AppliedWithin:
    """How soon the review must have been asked for."""

    period: Period
    after: AppliedAfter
    beginning_with: bool


@dataclass(frozen=True)
class MostRecent:
    """How long ago the newest report, or incident, may be."""

    period: Period
    of: DayOf


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way to the threshold: all of its conditions together.

    Attributes:
        min_days_since_last_report: whole days from the last report to the request.
        to: the agencies, or kinds of them, that a report must have gone to.
        unknown: conditions that it states and no machine understands: whether it is met cannot be
            told while they are open.
    """

    id: str
    decision: RouteDecision = RouteDecision.MUST
    min_reports: int | None = None
    distinct_incidents: bool | None = None
    separate_dates: bool | None = None
    same_reporter: bool | None = None
    min_reporters: int | None = None
    reporter_unit: ReporterUnit | None = None
    min_hate: int | None = None
    hate_recorded_at_report: bool | None = None
    same_problem: SameProblem | None = None
    window: Window | None = None
    min_in_window: int | None = None
    reported_within: ReportedWithin | None = None
    applied_within: AppliedWithin | None = None
    most_recent: MostRecent | None = None
    min_days_since_last_report: int | None = None
    first_report_not_before: dt.date | None = None
    response: ResponseTest | None = None
    ongoing: bool | None = None
    investigation_closed: bool | None = None
    further_action_available: bool | None = None
    engaged_with_interventions: bool | None = None
    harm_test: str | None = None
    behaviour: tuple[str, ...] | None = None
    min_households_affected: int | None = None
    min_agencies: int | None = None
    to: tuple[str, ...] | None = None
    vulnerability: bool | None = None
    counts: Counts | None = None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What counts as a report, whatever the route."""

    same_incident_to_several_agencies: SeveralAgencies | None = None
    anonymous_reports_count: bool | None = None
    diary_sheets_count: bool | None = None
    on_site_conversation_counts: bool | None = None
    hate_incidents_count_as_asb: bool | None = None


MONTH = Period(1, PeriodUnit.MONTHS)
HALF_YEAR = Period(6, PeriodUnit.MONTHS)


@dataclass(frozen=True)
class Floor:
    """Enough qualifying complaints, and the bodies must decide that the threshold is met.

    Section 104(4) and (11): three, each made in the month beginning with the day of the behaviour,
    the request made in the six months beginning with the day of the complaint. The published
    procedure may set another number and other periods.
    """

    number: int = 3
    made_within: Period = MONTH
    applied_within: Period = HALF_YEAR


@dataclass(frozen=True)
class Held:
    """A key that is held in words: a person decides.

    Attributes:
        where: ``route individual``, ``counting``, ``exclusions``.
        key: as the rule states it.
        words: what it says.
        why: why it is not computed.
        must_be_computed: the key is one of those that a machine has to understand.
    """

    where: str
    key: str
    words: str
    why: str
    must_be_computed: bool = False


@dataclass(frozen=True)
class Fallback:
    """What holds where no route is met: the bodies decide by their judgement (section 104(5)).

    Attributes:
        below: it is for fewer counted reports than this alone; None where the rule sets no number.
    """

    below: int | None = None


@dataclass(frozen=True)
class Rules:
    """A whole rule.

    Attributes:
        routes: any one of them is enough.
        excludes_one_organisation: no case where every report went to one agency.
        held: what a person decides.
        computed: the stated keys that the fields above hold, as ``where: key``.
    """

    routes: tuple[Route, ...]
    counting: Counting = field(default_factory=Counting)
    excludes_one_organisation: bool = False
    fallback: Fallback | None = None
    floor: Floor = field(default_factory=Floor)
    held: tuple[Held, ...] = ()
    computed: tuple[str, ...] = ()
