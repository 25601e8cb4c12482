"""The ready lists of cases, what a case in them waits for, and where a page of one begins."""

import datetime as dt
import enum
import re
from dataclasses import dataclass

from portal.domain.clocks.rules import Clock
from portal.domain.references import is_reference
from portal.domain.roles import Role
from portal.domain.stages import Stage

# Stands where no clock runs, so that lists can be sorted by one column; never shown.
NEVER = dt.date(9999, 12, 31)
_NEVER_WRITTEN = "none"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class CaseList(enum.StrEnum):
    """A ready list."""

    OPEN = "open"
    LATE = "late"
    SOON = "soon"
    OFFICE = "office"
    AGENCIES = "agencies"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """Return the words of its tab."""
        return _LABELS[self]


_LABELS = {
    CaseList.OPEN: "All open",
    CaseList.LATE: "Late",
    CaseList.SOON: "Due in 5 working days",
    CaseList.OFFICE: "Waiting for you",
    CaseList.AGENCIES: "Waiting for agencies",
    CaseList.CLOSED: "Closed",
}
_FOR_EVERYBODY = (CaseList.OPEN, CaseList.LATE, CaseList.SOON, CaseList.CLOSED)


def lists_for(role: Role) -> tuple[CaseList, ...]:
    """Return the lists that a role has: who waits for whom is the coordinator's to follow."""
    return tuple(CaseList) if role is Role.COORDINATOR else _FOR_EVERYBODY


class WaitsFor(enum.StrEnum):
    """Who has to do the next thing on a case."""

    OFFICE = "office"
    AGENCIES = "agencies"
    PANEL = "panel"
    CHAIR = "chair"
    NOBODY = "nobody"


CLOCKS_OF_OFFICE = frozenset(
    {
        Clock.ACKNOWLEDGE,
        Clock.REPORTS_COUNTED,
        Clock.APPLICANT_CONTACT,
        Clock.THRESHOLD_DECISION,
        Clock.REASONS_NOT_INVITED,
        Clock.PACK_OUT,
        Clock.ACTION_PLAN,
        Clock.WHOLE_PROCESS,
    }
)
CLOCKS_OF_AGENCIES = frozenset({Clock.AGENCY_RETURN})


def waits_for(stage: Stage, clock: Clock | None, *, has_meeting: bool) -> WaitsFor:
    """Say who has to do the next thing.

    Args:
        stage: of the case.
        clock: the one that ends first, if any runs.
        has_meeting: a meeting is booked, so that its clock waits for nobody at the office.
    """
    if stage is Stage.REVIEWING:
        return WaitsFor.CHAIR
    if clock in CLOCKS_OF_OFFICE:
        return WaitsFor.OFFICE
    if clock in CLOCKS_OF_AGENCIES or (clock is None and stage is Stage.MONITORING):
        return WaitsFor.AGENCIES
    if clock is Clock.MEETING:
        return WaitsFor.PANEL if has_meeting else WaitsFor.OFFICE
    return WaitsFor.NOBODY


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases somebody asks to see: a list, narrowed by the row of filters."""

    which: CaseList = CaseList.OPEN
    stage: Stage | None = None
    lga_id: int | None = None
    agency_id: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was asked but the open cases."""
        return self == Wanted()


@dataclass(frozen=True, order=True)
class Spot:
    """A place between two rows of a list: the row's own key, so that it holds while rows move."""

    due_on: dt.date
    reference: str

    def __str__(self) -> str:
        day = _NEVER_WRITTEN if self.due_on == NEVER else self.due_on.isoformat()
        return f"{day}.{self.reference}"


def spot(text: str) -> Spot | None:
    """Return the place that an address names, or None if it names none."""
    day, _, reference = text.partition(".")
    if not is_reference(reference):
        return None
    if day == _NEVER_WRITTEN:
        return Spot(NEVER, reference)
    if not _DAY.fullmatch(day):
        return None
    try:
        return Spot(dt.date.fromisoformat(day), reference)
    except ValueError:
        return None
