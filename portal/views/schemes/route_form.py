"""The form of one route: each condition a plain field, none of them code."""

from typing import Any

from portal.domain.scheme_editing import routes
from portal.views.schemes.forms import (
    MOST,
    SILENT,
    as_bool,
    as_choice,
    period_number,
    period_unit,
    yes_or_no,
)
from portal.web.fields import (
    CheckboxField,
    Choice,
    DateField,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
    TextField,
)
from portal.web.forms import VersionedForm, VersionField

_LONGEST = 500


def _number(label: str, what: str) -> IntegerField:
    return IntegerField(label, what=f"The number {what}", least=1, most=MOST, width=3)


def _one_of(label: str, choices: dict[str, str], blank: str = SILENT) -> SelectField:
    offered = [Choice(value, words) for value, words in choices.items()]
    return SelectField(label, choices=offered, blank=blank)


class RouteForm(VersionedForm):
    """A way to the threshold; what is left empty the route does not ask for.

    Attributes:
        routes_then: how many routes the draft had when the form was opened; a route is known by
            its place.
    """

    routes_then = VersionField()
    name = TextField(
        "What is this route called?",
        [Required("Enter what the route is called")],
        what="The name of the route",
        max_length=60,
        width=20,
    )
    decision = RadioField(
        "What follows when it is met?",
        [Required("Select what follows")],
        choices=[
            Choice("must", "The threshold is met"),
            Choice("may", "The services may find that it is met"),
        ],
        small=True,
    )
    min_reports = _number("How many reports?", "of reports")
    min_reporters = _number("By how many different reporters?", "of reporters")
    reporter_unit = _one_of(
        "Who is one reporter?",
        {
            "individual": "A person",
            "household": "A household",
            "individual_or_group": "A person or a group",
            "individual_business_or_group": "A person, a business or a group",
        },
    )
    same_reporter = yes_or_no("All made by the same person?")
    min_hate = _number("How many of them motivated by hate?", "motivated by hate")
    hate_recorded_at_report = yes_or_no("Written down as hate when it was reported?")
    distinct_incidents = yes_or_no("About separate incidents?")
    separate_dates = yes_or_no("On different days?")
    same_problem = _one_of(
        "What must they have in common?",
        {
            "same": "The same problem",
            "similar": "A similar problem",
            "related": "Things that belong together",
            "linked_location": "A place, or places linked to it",
            "same_area": "The same area",
            "same_location_culprit_or_problem": "The same place, people or problem",
        },
    )
    counts = _one_of(
        "What is counted?",
        {"reports": "Reports", "experienced_incidents": "Incidents, reported or not"},
    )
    window_n = period_number("In how long a time?", what="The time")
    window_unit = period_unit("Unit of the time", "window_n")
    window_anchor = _one_of(
        "Where does the time lie?",
        {
            "application": "Back from the request",
            "span": "Anywhere: any such time",
            "first_report": "On from the first report",
            "first_incident": "On from the first incident",
        },
        "Back from the request, as usual",
    )
    _DAYS_OF = {"report": "The day it was reported", "incident": "The day it happened"}
    window_of = _one_of(
        "Which day has to lie in it?", _DAYS_OF, "The day it was reported, as usual"
    )
    min_in_window = _number("Only so many of them in that time", "in that time")
    reported_within_n = period_number(
        "Reported within how long of what happened?", what="The time for a report"
    )
    reported_within_unit = period_unit("Unit of the time for a report", "reported_within_n")
    reported_within_scope = _one_of(
        "Which reports?", {"each": "Each of them", "first": "The first one"}, "Each, as usual"
    )
    reported_within_inclusive_start = CheckboxField("The day it happened is the first of them")
    applied_within_n = period_number("Asked for within how long?", what="The time for the request")
    applied_within_unit = period_unit("Unit of the time for the request", "applied_within_n")
    applied_within_of = _one_of(
        "Counted from",
        {
            "each_report": "Each report",
            "first_report": "The first report",
            "latest_report": "The latest report",
            "latest_incident": "The latest incident",
        },
        "Each report, as usual",
    )
    applied_within_inclusive_start = CheckboxField("The day of the report is the first of them")
    most_recent_n = period_number("How old may the newest be?", what="The age of the newest")
    most_recent_unit = period_unit("Unit of the age of the newest", "most_recent_n")
    most_recent_of = _one_of(
        "The newest of what?",
        {"report": "The reports", "incident": "The incidents"},
        "The reports, as usual",
    )
    min_days_since_last_report = _number(
        "How many days without a report before the request?", "of days without a report"
    )
    first_report_not_before = DateField("No report before which day?", what="The day")
    response = _one_of(
        "What must the answer to the reports have been?",
        {
            "none": "Nothing was done",
            "none_or_inadequate": "None, or not good enough",
            "no_effective": "What was done did not work",
            "dissatisfied": "The applicant is not satisfied",
            "not_per_agency_policy": "Not by the agency’s own rules",
        },
    )
    ongoing = yes_or_no("Does it still go on?")
    investigation_closed = yes_or_no("Is the investigation closed?")
    further_action_available = yes_or_no("Is there more that can be done?")
    engaged_with_interventions = yes_or_no("Did the applicant take up what was offered?")
    vulnerability = yes_or_no("Is the victim at high risk?")
    harm_test = _one_of(
        "What harm must each have done?",
        {"harassment_alarm_distress": "Harassment, alarm or distress"},
    )
    min_households_affected = _number("How many households affected?", "of households")
    min_agencies = _number("How many different agencies told?", "of agencies")
    to = LongTextField(
        "Only reports to these agencies",
        rows=2,
        max_length=_LONGEST,
        description="One a line. Leave it empty if a report to any agency counts.",
    )
    behaviour = LongTextField(
        "Only these kinds of behaviour", rows=2, max_length=_LONGEST, description="One a line."
    )
    decided_by = TextField("Who decides on this route?", max_length=_LONGEST)
    note = TextField("A note of your own", max_length=_LONGEST)

    @classmethod
    def shown(cls, route: dict[str, Any]) -> dict[str, Any]:
        """Return a stored route as the form shows it."""
        found = routes.answers_of(route)
        decision = {"decision": found["decision"] or "must"}
        return found | decision | {key: as_choice(found[key]) for key in routes.YES_OR_NO}

    def changed(self, route: dict[str, Any]) -> dict[str, Any]:
        """Return the route with what was typed."""
        before = routes.answers_of(route)
        answers = {name: self[name].data for name in before}
        answers |= {name: as_bool(answers[name]) for name in routes.YES_OR_NO}
        if route and answers["decision"] == (before["decision"] or "must"):
            answers["decision"] = before["decision"]
        for key, parts in routes.PERIODS.items():
            if before[f"{key}_n"] is None and answers[f"{key}_n"] is None:
                # A unit or a day without its number says nothing.
                names = (f"{key}_{part}" for part in ("unit", *parts))
                answers |= {name: before[name] for name in names}
        answers |= {key: _lines(answers[key]) for key in routes.LINES}
        return routes.route_from(route, answers)


def _lines(typed: str) -> str:
    return "\n".join(line.strip() for line in typed.splitlines() if line.strip())


# The sections of the page, each with its fields; a period's four fields stand in one line.
GROUPS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("How many", (
        ("min_reports", "min_reporters", "reporter_unit"), ("same_reporter",),
        ("min_hate", "hate_recorded_at_report"),
    )),
    ("About what", (
        ("distinct_incidents", "separate_dates"), ("same_problem", "counts"),
    )),
    ("In which time", (
        ("window_n", "window_unit"), ("window_anchor", "window_of"), ("min_in_window",),
    )),
    ("What was done about it", (("response",),)),
)  # fmt: skip
FOLDED: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("How soon it was reported, and asked for", (
        ("reported_within_n", "reported_within_unit"),
        ("reported_within_scope",), ("reported_within_inclusive_start",),
        ("applied_within_n", "applied_within_unit"),
        ("applied_within_of",), ("applied_within_inclusive_start",),
        ("most_recent_n", "most_recent_unit"), ("most_recent_of",),
        ("min_days_since_last_report",), ("first_report_not_before",),
    )),
    ("The state of the case", (
        ("ongoing",), ("investigation_closed",), ("further_action_available",),
        ("engaged_with_interventions",), ("vulnerability",),
    )),
    ("Harm, households, agencies, and your own words", (
        ("harm_test",), ("min_households_affected",), ("min_agencies",), ("to",), ("behaviour",),
        ("decided_by",), ("note",),
    )),
)  # fmt: skip
