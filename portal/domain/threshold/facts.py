"""What is known of a request and its reports, as far as the threshold asks for it.

None is what is not known: it is never taken for no.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ReportState(StrEnum):
    """Whether the agency that was told has found the report."""

    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    NOT_TRACED = "not_traced"


class Response(StrEnum):
    """What was done about the reports."""

    NONE = "none"
    INADEQUATE = "inadequate"
    NOT_PER_AGENCY_POLICY = "not_per_agency_policy"
    ADEQUATE = "adequate"


ORDINARY = "ordinary"
"""Of a problem, place, household or harm: nothing was said that sets it apart."""


@dataclass(frozen=True, kw_only=True)
class ReportFact:
    """One report of an incident.

    Attributes:
        number: what it is called in the working, from 1.
        incident: what tells its incident from others; empty where that has to be concluded from
            day, place and reporter.
        was_reported: false for what was lived through and told to nobody.
        reporter: who told it, by any name that is the same for the same person; None if unknown.
        hate_recorded: it was recorded as hate when it was reported.
        harm: the word of a harm test that it passes, ``nuisance`` and the like if it does not.
    """

    number: int
    happened_on: dt.date | None
    reported_on: dt.date | None
    incident: str = ""
    was_reported: bool = True
    state: ReportState = ReportState.CLAIMED
    agency: str | None = ""
    reporter: str | None = ORDINARY
    is_anonymous: bool | None = False
    household: str | None = ORDINARY
    problem: str | None = ORDINARY
    location: str | None = ORDINARY
    culprit: str | None = ORDINARY
    behaviour: str | None = ORDINARY
    harm: str | None = ORDINARY
    is_hate: bool | None = False
    hate_recorded: bool | None = False
    is_diary_sheet: bool | None = False
    is_on_site_conversation: bool | None = False


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a route asks for besides the reports; a person answers it, and may not know.

    The names are those of ``RequestFacts``.
    """

    response: Response | None = None
    is_dissatisfied: bool | None = None
    is_ongoing: bool | None = None
    is_closed: bool | None = None
    has_further_action: bool | None = None
    has_engaged: bool | None = None
    is_vulnerable: bool | None = None
    households_affected: int | None = None


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """A request for a review.

    Attributes:
        applied_on: the London day of its receipt.
        households_affected: how many, where it is known apart from the reports.
    """

    applied_on: dt.date
    reports: tuple[ReportFact, ...]
    response: Response | None = None
    is_dissatisfied: bool | None = None
    is_ongoing: bool | None = True
    is_closed: bool | None = False
    has_further_action: bool | None = False
    has_engaged: bool | None = False
    is_vulnerable: bool | None = False
    households_affected: int | None = 0
