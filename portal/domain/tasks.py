"""What is waiting for somebody on a case: plain rules over plain facts."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.domain.clocks.rules import Clock
from portal.domain.roles import Role
from portal.domain.stages import Stage


class TaskKind(enum.StrEnum):
    """Something that somebody has to do on a case."""

    ACKNOWLEDGE = "acknowledge"
    CHASE_RETURNS = "chase_returns"
    FIND_REPORTS = "find_reports"
    GET_MORE = "get_more"
    DECIDE = "decide"
    SEND_LETTER = "send_letter"
    APPOINT_CHAIR = "appoint_chair"
    NAME_PEOPLE = "name_people"
    BOOK_MEETING = "book_meeting"
    SEND_INVITES = "send_invites"
    SEND_PACKS = "send_packs"
    ISSUE_PLAN = "issue_plan"
    GO_TO_MEETING = "go_to_meeting"
    LEAD_MEETING = "lead_meeting"
    CLOSE_MEETING = "close_meeting"
    CHECK_PLAN = "check_plan"
    SHARE = "share"
    DO_ACTION = "do_action"
    SCORE_RISK = "score_risk"
    FIND_OUT = "find_out"
    AGREE_TO_BAND = "agree_to_band"
    TELL_APPLICANT = "tell_applicant"
    RING_APPLICANT = "ring_applicant"


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """What the rules of a reader's home page need to know of a case that the reader may open.

    Attributes:
        role: as what the reader acts.
        running: the day on which each running clock ends.
        unnamed: agencies on the panel that have named nobody; for an agency, only itself.
        meeting_on: the day of the meeting, if one is booked.
        is_adjourned: the meeting waits for its next sitting, which is on that day.
        has_shared: the reader's agency has shared something.
        has_reports_to_find: reports that were made to the reader's agency wait for its word.
        needed_on: the first day of what is still needed before the decision.
        lacks_scoring: the risk was never scored.
        find_out_by: the day by which too much that is not known of the risk is found out.
        is_asked: a lower band of the risk waits for the reader to agree.
        is_letter_due: no letter has told the applicant the decision yet.
        decision_due_on: the day by which the applicant is told the decision.
    """

    role: Role
    stage: Stage
    running: Mapping[Clock, dt.date] = field(default_factory=dict)
    has_chair: bool = False
    has_seats: bool = False
    unnamed: tuple[str, ...] = ()
    meeting_on: dt.date | None = None
    is_invited: bool = False
    is_adjourned: bool = False
    is_plan_checked: bool = False
    has_shared: bool = False
    has_reports_to_find: bool = False
    needed_on: dt.date | None = None
    lacks_scoring: bool = False
    find_out_by: dt.date | None = None
    is_asked: bool = False
    is_letter_due: bool = False
    decision_due_on: dt.date | None = None


@dataclass(frozen=True)
class Task:
    """Something to do, and by when; no day means that no clock runs for it."""

    kind: TaskKind
    due_on: dt.date | None


def tasks(facts: TaskFacts, today: dt.date) -> tuple[Task, ...]:
    """Return what is waiting for the reader on this case on a London day."""
    rule = _of_adjourned if facts.is_adjourned else _RULES.get(facts.role, _nothing)
    found = [*_of_risk(facts), *rule(facts, today)]
    return tuple(Task(kind, due_on) for kind, due_on in found)


_Found = list[tuple[TaskKind, dt.date | None]]


def _nothing(_facts: TaskFacts, _today: dt.date) -> _Found:
    return []


def _of_adjourned(facts: TaskFacts, _today: dt.date) -> _Found:
    if facts.role not in _RULES:
        return []
    leads = facts.role is Role.CHAIR
    return [(TaskKind.LEAD_MEETING if leads else TaskKind.GO_TO_MEETING, facts.meeting_on)]


def _of_risk(facts: TaskFacts) -> _Found:
    if facts.stage is Stage.CLOSED:
        return []
    found: _Found = [(TaskKind.AGREE_TO_BAND, None)] if facts.is_asked else []
    if facts.role is not Role.COORDINATOR:
        return found
    if facts.stage is Stage.ASSESSING and facts.lacks_scoring:
        found.append((TaskKind.SCORE_RISK, facts.running.get(Clock.THRESHOLD_DECISION)))
    if facts.find_out_by is not None:
        found.append((TaskKind.FIND_OUT, facts.find_out_by))
    return found


def _of_coordinator(facts: TaskFacts, today: dt.date) -> _Found:
    running = facts.running
    match facts.stage:
        case Stage.RECEIVED:
            return [(TaskKind.ACKNOWLEDGE, running.get(Clock.ACKNOWLEDGE))]
        case Stage.ASSESSING:
            found: _Found = []
            returns_on = running.get(Clock.AGENCY_RETURN)
            # Until its day the return is the agencies' to bring.
            if returns_on is not None and returns_on < today:
                found.append((TaskKind.CHASE_RETURNS, returns_on))
            if facts.needed_on is not None:
                found.append((TaskKind.GET_MORE, facts.needed_on))
            return [*found, (TaskKind.DECIDE, running.get(Clock.THRESHOLD_DECISION))]
        case Stage.NOT_MET:
            return _letter(facts)
        case Stage.ARRANGING:
            return [*_letter(facts), *_arranging(facts)]
        case Stage.PLANNING:
            return [(TaskKind.ISSUE_PLAN, running.get(Clock.ACTION_PLAN))]
        case _:
            return []


def _letter(facts: TaskFacts) -> _Found:
    return [(TaskKind.SEND_LETTER, facts.decision_due_on)] if facts.is_letter_due else []


def _arranging(facts: TaskFacts) -> _Found:
    by = facts.meeting_on or facts.running.get(Clock.MEETING)
    found: _Found = []
    if not facts.has_chair:
        found.append((TaskKind.APPOINT_CHAIR, by))
    if facts.unnamed or not facts.has_seats:
        found.append((TaskKind.NAME_PEOPLE, by))
    if facts.meeting_on is None:
        found.append((TaskKind.BOOK_MEETING, by))
    elif not facts.is_invited:
        found.append((TaskKind.SEND_INVITES, by))
    else:
        found.append((TaskKind.GO_TO_MEETING, by))
        if Clock.PACK_OUT in facts.running:
            found.append((TaskKind.SEND_PACKS, facts.running[Clock.PACK_OUT]))
    return found


def _of_chair(facts: TaskFacts, _today: dt.date) -> _Found:
    if facts.stage is Stage.ARRANGING and facts.meeting_on is not None:
        return [(TaskKind.LEAD_MEETING, facts.meeting_on)]
    if facts.stage is Stage.REVIEWING:
        return [(TaskKind.CLOSE_MEETING, facts.meeting_on)]
    if facts.stage is Stage.PLANNING and not facts.is_plan_checked:
        return [(TaskKind.CHECK_PLAN, facts.running.get(Clock.ACTION_PLAN))]
    return []


def _of_agency(facts: TaskFacts, _today: dt.date) -> _Found:
    found: _Found = []
    by = facts.running.get(Clock.AGENCY_RETURN) or facts.meeting_on
    by = by or facts.running.get(Clock.MEETING)
    if facts.stage is Stage.ASSESSING and facts.has_reports_to_find:
        found.append((TaskKind.FIND_REPORTS, by))
    is_before_meeting = facts.stage in {Stage.ASSESSING, Stage.ARRANGING}
    if is_before_meeting and not facts.has_shared:
        found.append((TaskKind.SHARE, by))
    # Before the invites nobody outside the office has been asked to come.
    if facts.stage is Stage.ARRANGING and facts.meeting_on is not None and facts.is_invited:
        found.append((TaskKind.GO_TO_MEETING, facts.meeting_on))
    return found


def _of_lead(facts: TaskFacts, today: dt.date) -> _Found:
    found = _of_agency(facts, today)
    if facts.unnamed and facts.stage in {Stage.ASSESSING, Stage.ARRANGING}:
        by = facts.running.get(Clock.AGENCY_RETURN) or facts.meeting_on
        return [(TaskKind.NAME_PEOPLE, by or facts.running.get(Clock.MEETING)), *found]
    return found


_RULES = {
    Role.COORDINATOR: _of_coordinator,
    Role.CHAIR: _of_chair,
    Role.AGENCY_LEAD: _of_lead,
    Role.AGENCY_REPRESENTATIVE: _of_agency,
}


class When(enum.StrEnum):
    """How near the day of a task is: the headings of the home page."""

    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    LATER = "later"
    NO_DAY = "no_day"


_WEEK = dt.timedelta(days=7)


def when(due_on: dt.date | None, today: dt.date) -> When:
    """Say under which heading a day stands; weeks begin on Monday."""
    if due_on is None:
        return When.NO_DAY
    if due_on <= today:
        return When.TODAY if due_on == today else When.LATE
    if due_on == today + dt.timedelta(days=1):
        return When.TOMORROW
    monday = today - dt.timedelta(days=today.weekday()) + _WEEK
    if due_on < monday:
        return When.THIS_WEEK
    return When.NEXT_WEEK if due_on < monday + _WEEK else When.LATER
