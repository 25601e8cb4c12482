"""Worked cases in a file: a scheme's name, facts, and the answer that is expected.

In such a file an absent fact is the ordinary state: one problem, one household, harm, still going
on, the reporter named; not closed, not recorded as hate, no further action open, not engaged.
What is not known is null.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.domain.threshold.facts import (
    ORDINARY,
    ReportFact,
    ReportState,
    RequestFacts,
    Response,
)


class WorkedCaseError(ValueError):
    """A case in a file that cannot be read; says what is wrong with it."""


@dataclass(frozen=True)
class WorkedCase:
    """A case of a file.

    Attributes:
        expected: the answer, as the file has it.
        statute_warning: a remark for a reader; not a value.
        unused: facts that are stated and that nothing asks for.
    """

    id: str
    scheme: str
    facts: RequestFacts
    expected: str
    statute_warning: str
    unused: tuple[str, ...]


_OF_INCIDENT = {
    "date", "reported_on", "agency", "hate", "reporter", "hate_recorded_at_report", "household",
    "location", "problem", "culprit", "behaviour", "harm", "anonymous", "incident", "incident_id",
    "diary_sheet", "on_site_conversation", "reported", "traced",
}  # fmt: skip
_OF_REQUEST = {
    "incidents", "applied_on", "response", "response_adequate", "dissatisfied", "ongoing",
    "investigation_closed", "further_action_available", "engaged_with_interventions", "vulnerable",
    "households_affected", "harm", "behaviour",
}  # fmt: skip
_RESPONSES = {
    "none": Response.NONE,
    "no_action": Response.NONE,
    "inadequate": Response.INADEQUATE,
    "no_effective": Response.INADEQUATE,
    "ineffective": Response.INADEQUATE,
    "not_per_agency_policy": Response.NOT_PER_AGENCY_POLICY,
    "adequate": Response.ADEQUATE,
}


def read_case(stored: object) -> WorkedCase:
    """Return a case of a file.

    Raises:
        WorkedCaseError: it cannot be read.
    """
    if not isinstance(stored, Mapping):
        raise WorkedCaseError("A case must have a scheme, facts and what is expected")
    facts = stored.get("facts")
    if not isinstance(facts, Mapping) or not isinstance(facts.get("incidents"), list):
        raise WorkedCaseError("A case must have facts, with a list of incidents")
    incidents = facts["incidents"]
    if not all(isinstance(each, Mapping) for each in incidents):
        raise WorkedCaseError("An incident must be a list of named facts")
    unused = {key for key in facts if key not in _OF_REQUEST}
    unused |= {key for each in incidents for key in each if key not in _OF_INCIDENT}
    return WorkedCase(
        id=str(stored.get("id", "")),
        scheme=str(stored.get("scheme", "")),
        facts=_request(facts, incidents),
        expected=str(stored.get("expected", "")),
        statute_warning=str(stored.get("statute_warning") or ""),
        unused=tuple(sorted(unused)),
    )


def _request(facts: Mapping[str, Any], incidents: list[Mapping[str, Any]]) -> RequestFacts:
    applied_on = _day(facts, "applied_on")
    if applied_on is None:
        raise WorkedCaseError("The day on which the review was asked for is missing")
    common = {key: facts[key] for key in ("harm", "behaviour") if key in facts}
    reports = [_report(number, common | dict(each)) for number, each in enumerate(incidents, 1)]
    return RequestFacts(
        applied_on=applied_on,
        reports=tuple(reports),
        response=_response(facts),
        is_dissatisfied=_yes_or_no(facts, "dissatisfied", None),
        is_ongoing=_yes_or_no(facts, "ongoing", True),
        is_closed=_yes_or_no(facts, "investigation_closed", False),
        has_further_action=_yes_or_no(facts, "further_action_available", False),
        has_engaged=_yes_or_no(facts, "engaged_with_interventions", False),
        is_vulnerable=_yes_or_no(facts, "vulnerable", False),
        households_affected=_number(facts, "households_affected"),
    )


def _report(number: int, incident: Mapping[str, Any]) -> ReportFact:
    is_traced = _yes_or_no(incident, "traced", True)
    reporter = _word(incident, "reporter")
    return ReportFact(
        number=number,
        happened_on=_day(incident, "date"),
        reported_on=_day(incident, "reported_on"),
        incident=str(incident.get("incident", incident.get("incident_id", "")) or ""),
        was_reported=_yes_or_no(incident, "reported", True) is not False,
        state=ReportState.CLAIMED if is_traced is not False else ReportState.NOT_TRACED,
        agency=_word(incident, "agency"),
        reporter=reporter,
        is_anonymous=_yes_or_no(incident, "anonymous", False if reporter else None),
        household=_word(incident, "household"),
        problem=_word(incident, "problem"),
        location=_word(incident, "location"),
        culprit=_word(incident, "culprit"),
        behaviour=_word(incident, "behaviour"),
        harm=_harm(incident),
        is_hate=_yes_or_no(incident, "hate", False),
        hate_recorded=_yes_or_no(incident, "hate_recorded_at_report", False),
        is_diary_sheet=_yes_or_no(incident, "diary_sheet", False),
        is_on_site_conversation=_yes_or_no(incident, "on_site_conversation", False),
    )


def _day(facts: Mapping[str, Any], key: str) -> dt.date | None:
    value = facts.get(key)
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WorkedCaseError(f"“{value}” is not a day such as 2025-08-20") from error


def _yes_or_no(facts: Mapping[str, Any], key: str, absent: bool | None) -> bool | None:
    value = facts.get(key, absent)
    if value is None or isinstance(value, bool):
        return value
    raise WorkedCaseError(f"“{key}” must be true, false or null")


def _number(facts: Mapping[str, Any], key: str) -> int | None:
    value = facts.get(key, 0)
    if value is None or type(value) is int:
        return value
    raise WorkedCaseError(f"“{key}” must be a whole number or null")


def _word(facts: Mapping[str, Any], key: str) -> str | None:
    value = facts.get(key, ORDINARY)
    return None if value is None else str(value)


def _harm(incident: Mapping[str, Any]) -> str | None:
    value = incident.get("harm", True)
    if isinstance(value, bool):
        return ORDINARY if value else "none"
    return None if value is None else str(value)


def _response(facts: Mapping[str, Any]) -> Response | None:
    if "response" not in facts:
        is_adequate = _yes_or_no(facts, "response_adequate", None)
        if is_adequate is None:
            return None
        return Response.ADEQUATE if is_adequate else Response.INADEQUATE
    value = facts["response"]
    if value is None:
        return None
    if value not in _RESPONSES:
        raise WorkedCaseError(f"“{value}” is no response; say one of: {', '.join(_RESPONSES)}")
    return _RESPONSES[value]
