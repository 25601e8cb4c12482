"""The first page: what is waiting for somebody, by date, and what others have to do."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.scope import caselist, waiting
from portal.access.scope.clocks import clocks_for
from portal.access.scope.letters import told_decisions_of
from portal.access.scope.risk import asked_of
from portal.access.scope.telling import tellings_to_do_for
from portal.db import db, transaction
from portal.domain.caselists import NEVER, CaseList, Wanted
from portal.domain.clocks.rules import RIGHTS, Clock
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import AGENCY_ROLES, Act, Actor, Role
from portal.domain.stages import Stage
from portal.domain.tasks import Task, TaskFacts, TaskKind, When, tasks, when
from portal.models.case import Case
from portal.models.meeting import Meeting
from portal.services import cases
from portal.services.bands import ShownBand, bands_by_case, shown_band, standings_by_case
from portal.services.cases import PAGE, CaseRow
from portal.services.changes import names_of
from portal.services.clock_lines import describe_day
from portal.services.clocks import is_running
from portal.services.first_call import contacts_to_do
from portal.services.tasks_in_words import CaseInWords, in_text
from portal.services.telling import is_theirs, telling_in_words

# Nobody needs a longer number to see that it is long, and counting further would take time.
COUNT_UP_TO = 100


@dataclass(frozen=True)
class HomeTask:
    """A line of the page.

    Attributes:
        title: begins with a verb.
        why: one line.
        state, text: of the clock; empty where no day is set.
        number: of the action, where it is one.
        band: of the risk, where it was scored.
    """

    kind: TaskKind
    reference: str
    name: str
    title: str
    why: str
    state: str
    text: str
    number: int | None = None
    band: ShownBand | None = None


@dataclass(frozen=True)
class HomeGroup:
    """What is due, under one heading."""

    heading: str
    rows: tuple[HomeTask, ...]


@dataclass(frozen=True)
class HomeCount:
    """How many cases stand in a list; ``is_more`` where counting was stopped."""

    which: CaseList
    number: int
    is_more: bool


@dataclass(frozen=True)
class HomePage:
    """What is waiting for one reader.

    Attributes:
        undeclared: the cases that a chair has first to declare on.
        next_on: the first day on which something is due, where nothing is due today.
    """

    today: dt.date
    undeclared: tuple[CaseRow, ...]
    groups: tuple[HomeGroup, ...]
    counts: tuple[HomeCount, ...]
    next_on: dt.date | None


def open_home(actor: Actor) -> HomePage:
    """Return what is waiting, from the 50 cases whose next date comes first.

    Who has more than that to do first needs no longer list.
    """
    with transaction():
        log.record(actor, Act.OPEN_HOME.value)
        held = cases.few_held_ids(actor, Wanted())
        off = cases.days_off_of(actor)
        days = cases.days_for(actor, off)
        listed = caselist.listed_cases_for(actor, Wanted(), days, held)
        found = db.session.scalars(caselist.after(listed, None).limit(PAGE)).all()
        rows = [
            *_case_tasks(actor, found, off),
            *_action_tasks(actor, off),
            *_telling_tasks(actor, off),
            *_contact_tasks(actor, off),
        ]
        dated = [due_on for due_on, _ in rows if due_on is not None]
        return HomePage(
            today=days.today,
            undeclared=cases.undeclared_rows(actor),
            groups=_grouped(rows, days.today),
            counts=_counts(actor, held, days),
            next_on=min(dated, default=None),
        )


_Dated = tuple[dt.date | None, HomeTask]


def _case_tasks(actor: Actor, found: Sequence[Case], off: frozenset[dt.date]) -> list[_Dated]:
    """Return what is waiting on the cases, in a fixed number of queries."""
    ids = [case.id for case in found]
    known = _Known(actor, ids)
    today = london_day(actor.at)
    names = cases.applicant_names(actor, ids)
    shown: list[_Dated] = []
    for case in found:
        facts = known.facts(case)
        words = CaseInWords(
            role=actor.role,
            received_on=london_day(case.received_at),
            agency_name=known.own_agency,
            unnamed=facts.unnamed,
            meeting=known.meetings.get(case.id),
            decision_on=facts.running.get(Clock.THRESHOLD_DECISION),
            is_plan_checked=facts.is_plan_checked,
            needed=known.needed.get(case.id, ()),
            is_met=case.stage is not Stage.NOT_MET,
        )
        band = known.band_of(case)
        for task in tasks(facts, today):
            title, why = in_text(task.kind, words)
            name, clock = names.get(case.id, ""), _clock(task, today, off)
            line = HomeTask(task.kind, case.reference, name, title, why, *clock, band=band)
            shown.append((task.due_on, line))
    return shown


def _clock(task: Task, today: dt.date, off: frozenset[dt.date]) -> tuple[str, str]:
    if task.due_on is None:
        return "", ""
    state, text = describe_day(task.due_on, today, off)
    return state, "Tomorrow" if when(task.due_on, today) is When.TOMORROW else text


class _Known:
    """What the rules ask about these cases, each asked once for all of them."""

    def __init__(self, actor: Actor, ids: Sequence[int]) -> None:
        self.role = actor.role
        self.running: dict[int, dict[Clock, dt.date]] = {}
        self.decision_due: dict[int, dt.date] = {}
        for row in db.session.scalars(clocks_for(actor, ids)):
            if row.clock is Clock.THRESHOLD_DECISION and row.due_on != NEVER:
                self.decision_due[row.case_id] = row.due_on
            if is_running(row) and row.clock not in RIGHTS:
                self.running.setdefault(row.case_id, {})[row.clock] = row.due_on
        self.meetings: dict[int, Meeting] = cases.meetings_by_case(actor, ids)
        self.unnamed: dict[int, list[str]] = {}
        self.seated: set[int] = set()
        self.own_agency = ""
        for case_id, agency_name, is_named in db.session.execute(waiting.seats_of(actor, ids)):
            self.seated.add(case_id)
            if actor.role in AGENCY_ROLES:
                self.own_agency = agency_name
            if not is_named:
                self.unnamed.setdefault(case_id, []).append(agency_name)
        self.chaired = _ids(waiting.chaired_of(actor, ids))
        self.checked = _ids(waiting.checked_plans_of(actor, ids))
        self.shared = _ids(waiting.shared_by_own_agency(actor, ids))
        self.to_find = _ids(waiting.reports_to_find_of(actor, ids))
        self.needed: dict[int, tuple[str, ...]] = {}
        self.needed_on: dict[int, dt.date] = {}
        for case_id, agency_name, what, due_on in db.session.execute(waiting.needs_of(actor, ids)):
            self.needed[case_id] = (*self.needed.get(case_id, ()), f"{agency_name}: {what}")
            self.needed_on.setdefault(case_id, due_on)
        self.risks = standings_by_case(actor, ids)
        self.asked = _ids(asked_of(actor, ids))
        self.told = _ids(told_decisions_of(actor, ids))

    def band_of(self, case: Case) -> ShownBand | None:
        """Return the band of the risk, where it was scored."""
        return shown_band(self.risks[case.id]) if case.id in self.risks else None

    def facts(self, case: Case) -> TaskFacts:
        """Return the facts of one case."""
        meeting = self.meetings.get(case.id)
        return TaskFacts(
            role=self.role,
            stage=case.stage,
            running=self.running.get(case.id, {}),
            has_chair=case.id in self.chaired,
            has_seats=case.id in self.seated,
            unnamed=tuple(self.unnamed.get(case.id, ())),
            meeting_on=london_day(meeting.starts_at) if meeting else None,
            is_invited=bool(meeting and meeting.invited_at),
            is_adjourned=bool(meeting and meeting.is_adjourned),
            is_plan_checked=case.id in self.checked,
            has_shared=case.id in self.shared,
            has_reports_to_find=case.id in self.to_find,
            needed_on=self.needed_on.get(case.id),
            lacks_scoring=case.id not in self.risks,
            find_out_by=self.risks[case.id].find_out_by if case.id in self.risks else None,
            is_asked=case.id in self.asked,
            is_letter_due=case.id not in self.told,
            decision_due_on=self.decision_due.get(case.id),
        )


def _ids(query: sa.Select[int]) -> set[int]:
    return set(db.session.scalars(query))


def _action_tasks(actor: Actor, off: frozenset[dt.date]) -> list[_Dated]:
    if actor.role not in AGENCY_ROLES:
        return []
    found = db.session.execute(waiting.own_actions_for(actor).limit(PAGE)).all()
    ids = [case.id for _, case in found]
    names, bands = cases.applicant_names(actor, ids), bands_by_case(actor, ids)
    today = london_day(actor.at)
    shown: list[_Dated] = []
    for action, case in found:
        task = Task(TaskKind.DO_ACTION, action.due_on)
        line = HomeTask(
            task.kind,
            case.reference,
            names.get(case.id, ""),
            f"Carry out action {action.number}",
            f"{_agreed_for(action.due_on)} What came of it is not recorded here yet.",
            *_clock(task, today, off),
            number=action.number,
            band=bands.get(case.id),
        )
        shown.append((action.due_on, line))
    return shown


def _agreed_for(day: dt.date | None) -> str:
    return f"Agreed for {in_words(day)}." if day else "Agreed, without a day."


def _telling_tasks(actor: Actor, off: frozenset[dt.date]) -> list[_Dated]:
    found = db.session.execute(tellings_to_do_for(actor, actor.at).limit(PAGE)).all()
    if not found:
        return []
    ids = [case.id for _, case in found]
    names, bands = cases.applicant_names(actor, ids), bands_by_case(actor, ids)
    people = names_of(telling.person_id for telling, _ in found)
    today = london_day(actor.at)
    shown: list[_Dated] = []
    for telling, case in found:
        name = names.get(case.id, "")
        task = Task(TaskKind.TELL_APPLICANT, london_day(telling.due_at))
        words = telling_in_words(telling, name, is_own=is_theirs(actor, telling), people=people)
        line = HomeTask(
            task.kind,
            case.reference,
            name,
            *words,
            *_clock(task, today, off),
            band=bands.get(case.id),
        )
        shown.append((task.due_on, line))
    return shown


def _contact_tasks(actor: Actor, off: frozenset[dt.date]) -> list[_Dated]:
    if actor.role is not Role.COORDINATOR:
        return []
    found = contacts_to_do(actor, PAGE)
    if not found:
        return []
    ids = [case.id for _, case, _, _ in found]
    names, bands = cases.applicant_names(actor, ids), bands_by_case(actor, ids)
    today = london_day(actor.at)
    shown: list[_Dated] = []
    for due_on, case, title, why in found:
        task = Task(TaskKind.RING_APPLICANT, due_on)
        line = HomeTask(
            task.kind,
            case.reference,
            names.get(case.id, ""),
            title,
            why,
            *_clock(task, today, off),
            band=bands.get(case.id),
        )
        shown.append((due_on, line))
    return shown


def _grouped(rows: Iterable[_Dated], today: dt.date) -> tuple[HomeGroup, ...]:
    by_when: dict[When, list[_Dated]] = {}
    for due_on, line in rows:
        by_when.setdefault(when(due_on, today), []).append((due_on, line))
    return tuple(
        HomeGroup(_heading(each, today), tuple(line for _, line in sorted(found, key=_order)))
        for each in When
        if (found := by_when.get(each))
    )


def _order(row: _Dated) -> tuple[dt.date, str]:
    return row[0] or dt.date.max, row[1].reference


_HEADINGS = {
    When.LATE: "Late",
    When.THIS_WEEK: "This week",
    When.NEXT_WEEK: "Next week",
    When.LATER: "Later",
    When.NO_DAY: "No day is set",
}


def _heading(each: When, today: dt.date) -> str:
    if each is When.TODAY:
        return f"Today, {in_words(today)}"
    if each is When.TOMORROW:
        return f"Tomorrow, {in_words(today + dt.timedelta(days=1))}"
    return _HEADINGS[each]


def _counts(actor: Actor, held: list[int] | None, days: caselist.Days) -> tuple[HomeCount, ...]:
    lists = [CaseList.LATE, CaseList.SOON]
    if actor.role is Role.COORDINATOR:
        lists.append(CaseList.AGENCIES)
    counted = []
    for which in lists:
        listed = caselist.listed_cases_for(actor, Wanted(which=which), days, held)
        number = db.session.scalar(caselist.counted(listed, COUNT_UP_TO + 1)) or 0
        counted.append(HomeCount(which, min(number, COUNT_UP_TO), number > COUNT_UP_TO))
    return tuple(counted)
