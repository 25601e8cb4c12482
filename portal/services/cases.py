"""Cases in lists: what is where, what is due next, and who has to do it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.scope import caselist
from portal.access.scope.caselist import Days, meetings_of, undeclared_cases_for
from portal.access.scope.people import parties_for
from portal.db import db, transaction
from portal.domain.caselists import NEVER, CaseList, Spot, WaitsFor, Wanted, lists_for, waits_for
from portal.domain.deadlines import add_working_days, london_day
from portal.domain.roles import Act, Actor, Role
from portal.models.case import Case, Party, PartyRole
from portal.models.meeting import Meeting
from portal.models.person import Agency, LocalGovernmentArea
from portal.services.bands import ShownBand, bands_by_case
from portal.services.calendars import days_off
from portal.services.clock_lines import SOON, describe_day

PAGE = 50
# Up to here the cases of a reader are sorted; above it the area is walked by date instead.
FEW = 500
_APPLICANT_FIRST = [PartyRole.APPLICANT_AND_VICTIM, PartyRole.VICTIM]


@dataclass(frozen=True)
class CaseRow:
    """A case in a list.

    Attributes:
        is_open: false for a chair who has still to declare, and sees name and reference only.
        next_state, next_text, next_label: the running clock that ends first, if there is one.
        waiting: who has to do the next thing, in words.
        band: of the risk, where it was scored.
    """

    reference: str
    name: str
    lga: str = ""
    stage_label: str = ""
    received_at: dt.datetime | None = None
    is_open: bool = True
    next_label: str = ""
    next_state: str = ""
    next_text: str = ""
    next_due_on: dt.date | None = None
    waiting: str = ""
    band: ShownBand | None = None


@dataclass(frozen=True)
class CasesPage:
    """A page of a list.

    Attributes:
        undeclared: a chair's cases that open with the declaration; on the first page alone.
        previous, following: the places where the pages before and after begin, if there are any.
        is_first: whether the list begins with this page.
    """

    rows: tuple[CaseRow, ...]
    undeclared: tuple[CaseRow, ...] = ()
    previous: str = ""
    following: str = ""
    is_first: bool = True


@dataclass(frozen=True)
class ListChoices:
    """What the row of filters offers this reader; agencies to the coordinator alone."""

    lists: tuple[CaseList, ...]
    lgas: tuple[tuple[int, str], ...]
    agencies: tuple[tuple[int, str], ...]


def list_choices(actor: Actor) -> ListChoices:
    """Return what the reader can narrow their list by: what their area is made of."""
    return ListChoices(
        lists=lists_for(actor.role),
        lgas=_named(LocalGovernmentArea, actor),
        agencies=_named(Agency, actor) if actor.role is Role.COORDINATOR else (),
    )


def _named(
    model: type[LocalGovernmentArea] | type[Agency], actor: Actor
) -> tuple[tuple[int, str], ...]:
    found = db.session.execute(
        sa.select(model.id, model.name)
        .where(model.area_id == actor.area_id)
        .order_by(model.name, model.id)
    )
    return tuple((row[0], row[1]) for row in found)


def list_cases(
    actor: Actor,
    wanted: Wanted | None = None,
    *,
    after: Spot | None = None,
    before: Spot | None = None,
) -> CasesPage:
    """Return a page of the actor's cases, the next date first.

    Args:
        actor: who asks.
        wanted: which list, narrowed by what; all open cases unless said otherwise.
        after: where the page before ended.
        before: where the page after began.
    """
    asked = wanted or Wanted()
    with transaction():
        log.record(actor, Act.LIST_CASES.value)
        narrowed = _listed(actor, asked)
        page = None
        if before is not None:
            page = _page_before(actor, narrowed, before)
        elif after is not None:
            page = _page_after(actor, narrowed, after)
        return page or _first_page(actor, narrowed, asked)


def _listed(actor: Actor, wanted: Wanted) -> sa.Select[Case]:
    return caselist.listed_cases_for(
        actor, wanted, days_for(actor, days_off_of(actor)), few_held_ids(actor, wanted)
    )


def few_held_ids(actor: Actor, wanted: Wanted) -> list[int] | None:
    """Return the numbers of the cases the actor could have, or None if they are many."""
    held = caselist.held_ids_for(actor, wanted)
    if held is None:
        return None
    found = list(db.session.scalars(held.limit(FEW + 1)))
    return found if len(found) <= FEW else None


def days_for(actor: Actor, off: frozenset[dt.date]) -> Days:
    """Return the days that lists are divided by, at the moment of the request."""
    today = london_day(actor.at)
    return Days(today, add_working_days(today, SOON, off))


def days_off_of(actor: Actor) -> frozenset[dt.date]:
    """Return the days off around the moment of the request."""
    if actor.area_id is None:
        return frozenset()
    return frozenset(days_off(actor.area_id, london_day(actor.at)))


def _first_page(actor: Actor, narrowed: sa.Select[Case], wanted: Wanted) -> CasesPage:
    found = db.session.scalars(caselist.after(narrowed, None).limit(PAGE + 1)).all()
    return CasesPage(
        rows=rows_of(actor, found[:PAGE]),
        # A list or filter that they answered to would tell of what is not open.
        undeclared=undeclared_rows(actor) if wanted.is_whole else (),
        following=_spot(found[PAGE - 1]) if len(found) > PAGE else "",
    )


def _page_after(actor: Actor, narrowed: sa.Select[Case], spot: Spot) -> CasesPage | None:
    """Return the page after a place, or None where nothing comes after it."""
    found = db.session.scalars(caselist.after(narrowed, spot).limit(PAGE + 1)).all()
    if not found:
        return None
    return CasesPage(
        rows=rows_of(actor, found[:PAGE]),
        previous=_spot(found[0]),
        following=_spot(found[PAGE - 1]) if len(found) > PAGE else "",
        is_first=False,
    )


def _page_before(actor: Actor, narrowed: sa.Select[Case], spot: Spot) -> CasesPage | None:
    """Return the page before a place, or None where that is the first one."""
    found = db.session.scalars(caselist.before(narrowed, spot).limit(PAGE + 1)).all()
    if len(found) <= PAGE:
        return None
    shown = found[PAGE - 1 :: -1]
    return CasesPage(
        rows=rows_of(actor, shown),
        previous=_spot(shown[0]),
        following=_spot(shown[-1]),
        is_first=False,
    )


def _spot(case: Case) -> str:
    return str(Spot(case.next_due_on, case.reference))


def undeclared_rows(actor: Actor) -> tuple[CaseRow, ...]:
    """Return name and reference of the cases on which a chair has still to declare."""
    if actor.role is not Role.CHAIR:
        return ()
    found = db.session.scalars(undeclared_cases_for(actor).limit(PAGE)).all()
    names = applicant_names(actor, [case.id for case in found])
    return tuple(closed_row(case, names) for case in found)


def closed_row(case: Case, names: dict[int, str]) -> CaseRow:
    """Return all that a chair sees of a case in a list before the declaration."""
    return CaseRow(case.reference, names.get(case.id, ""), is_open=False)


def rows_of(actor: Actor, found: Sequence[Case]) -> tuple[CaseRow, ...]:
    """Return the rows of a list in a fixed number of queries, however many cases there are.

    Args:
        actor: who asks.
        found: cases that the actor may open.
    """
    ids = [case.id for case in found]
    names = applicant_names(actor, ids)
    lgas = _lga_names(found)
    meetings = meetings_by_case(actor, ids)
    bands = bands_by_case(actor, ids)
    today, off = london_day(actor.at), days_off_of(actor)
    shown = []
    for case in found:
        is_running = case.next_due_on != NEVER
        state, text = describe_day(case.next_due_on, today, off) if is_running else ("", "")
        shown.append(
            CaseRow(
                reference=case.reference,
                name=names.get(case.id, ""),
                lga=lgas[case.lga_id],
                stage_label=case.stage.label,
                received_at=case.received_at,
                next_label=case.next_clock.label if case.next_clock else "",
                next_state=state,
                next_text=text,
                next_due_on=case.next_due_on if is_running else None,
                waiting=_waiting(actor, case, has_meeting=case.id in meetings),
                band=bands.get(case.id),
            )
        )
    return tuple(shown)


def meetings_by_case(actor: Actor, case_ids: Sequence[int]) -> dict[int, Meeting]:
    """Return the meetings of cases that the actor may open."""
    found = db.session.scalars(meetings_of(actor, case_ids))
    return {meeting.case_id: meeting for meeting in found}


def _waiting(actor: Actor, case: Case, *, has_meeting: bool) -> str:
    who = waits_for(case.stage, case.next_clock, has_meeting=has_meeting)
    if (who, actor.role) in _YOU:
        return "You"
    return _WAITING[who]


_YOU = {(WaitsFor.OFFICE, Role.COORDINATOR), (WaitsFor.CHAIR, Role.CHAIR)}
_WAITING = {
    WaitsFor.OFFICE: "The coordinator",
    WaitsFor.AGENCIES: "Agencies",
    WaitsFor.PANEL: "The panel",
    WaitsFor.CHAIR: "The chair",
    WaitsFor.NOBODY: "Nobody",
}


def applicant_names(actor: Actor, case_ids: Sequence[int]) -> dict[int, str]:
    """Return the name that each case goes by: the applicant's, or else the victim's."""
    return {case_id: party.name for case_id, party in applicants(actor, case_ids).items()}


def applicants(actor: Actor, case_ids: Sequence[int]) -> dict[int, Party]:
    """Return after whom each case is named: the applicant, or else the victim."""
    found: dict[int, Party] = {}
    for party in db.session.scalars(parties_for(actor, case_ids)):
        if party.case_id not in found or _rank(party) < _rank(found[party.case_id]):
            found[party.case_id] = party
    return found


def _rank(party: Party) -> int:
    if party.role in _APPLICANT_FIRST:
        return _APPLICANT_FIRST.index(party.role)
    return len(_APPLICANT_FIRST)


def _lga_names(found: Sequence[Case]) -> dict[int, str]:
    rows = db.session.execute(
        sa.select(LocalGovernmentArea.id, LocalGovernmentArea.name).where(
            LocalGovernmentArea.id.in_({case.lga_id for case in found})
        )
    )
    return {row[0]: row[1] for row in rows}
