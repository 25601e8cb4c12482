import datetime as dt

import pytest

from portal.domain.clocks.rules import Clock
from portal.domain.roles import Role
from portal.domain.stages import Stage
from portal.domain.tasks import Task, TaskFacts, TaskKind, When, tasks, when

TODAY = dt.date(2027, 1, 14)  # a Thursday
SOON, LATER = dt.date(2027, 1, 18), dt.date(2027, 1, 25)
C, H, L, A = Role.COORDINATOR, Role.CHAIR, Role.AGENCY_LEAD, Role.AGENCY_REPRESENTATIVE


def _facts(role, stage, **more):
    return TaskFacts(role=role, stage=stage, **more)


def _kinds(facts):
    return {task.kind for task in tasks(facts, TODAY)}


@pytest.mark.parametrize(
    ("stage", "clock", "kind"),
    [
        (Stage.RECEIVED, Clock.ACKNOWLEDGE, TaskKind.ACKNOWLEDGE),
        (Stage.ASSESSING, Clock.THRESHOLD_DECISION, TaskKind.DECIDE),
        (Stage.PLANNING, Clock.ACTION_PLAN, TaskKind.ISSUE_PLAN),
    ],
)
def test_the_coordinator_has_the_task_of_each_clock_by_its_end(stage, clock, kind):
    facts = _facts(C, stage, running={clock: SOON})

    assert tasks(facts, TODAY) == (Task(kind, SOON),)


def test_returns_are_chased_once_they_are_late_and_not_on_their_day():
    def asked(returns_on):
        running = {Clock.AGENCY_RETURN: returns_on, Clock.THRESHOLD_DECISION: LATER}
        return _kinds(_facts(C, Stage.ASSESSING, running=running))

    assert asked(TODAY) == {TaskKind.DECIDE}
    assert asked(TODAY - dt.timedelta(days=1)) == {TaskKind.DECIDE, TaskKind.CHASE_RETURNS}


@pytest.mark.parametrize(
    ("known", "kinds"),
    [
        ({}, {TaskKind.APPOINT_CHAIR, TaskKind.NAME_PEOPLE, TaskKind.BOOK_MEETING}),
        ({"has_chair": True, "has_seats": True}, {TaskKind.BOOK_MEETING}),
        (
            {"has_chair": True, "has_seats": True, "unnamed": ("Police",)},
            {TaskKind.BOOK_MEETING, TaskKind.NAME_PEOPLE},
        ),
        (
            {"has_chair": True, "has_seats": True, "meeting_on": SOON},
            {TaskKind.SEND_INVITES},
        ),
        (
            {"has_chair": True, "has_seats": True, "meeting_on": SOON, "is_invited": True},
            {TaskKind.GO_TO_MEETING},
        ),
    ],
)
def test_arranging_asks_for_what_is_still_missing(known, kinds):
    facts = _facts(C, Stage.ARRANGING, running={Clock.MEETING: LATER}, **known)

    assert _kinds(facts) == kinds


def test_a_chair_leads_closes_and_checks():
    assert _kinds(_facts(H, Stage.ARRANGING)) == set()
    assert tasks(_facts(H, Stage.ARRANGING, meeting_on=SOON), TODAY) == (
        Task(TaskKind.LEAD_MEETING, SOON),
    )
    assert _kinds(_facts(H, Stage.REVIEWING)) == {TaskKind.CLOSE_MEETING}
    between = {"is_adjourned": True, "meeting_on": SOON}
    assert tasks(_facts(H, Stage.REVIEWING, **between), TODAY) == (
        Task(TaskKind.LEAD_MEETING, SOON),
    )
    for role in (C, L, A):
        waiting = tasks(_facts(role, Stage.REVIEWING, **between), TODAY)
        assert waiting == (Task(TaskKind.GO_TO_MEETING, SOON),)
    assert _kinds(_facts(H, Stage.PLANNING)) == {TaskKind.CHECK_PLAN}
    assert _kinds(_facts(H, Stage.PLANNING, is_plan_checked=True)) == set()


@pytest.mark.parametrize("role", [L, A])
def test_an_agency_shares_until_it_has_and_comes_once_it_is_invited(role):
    facts = {"running": {Clock.MEETING: LATER}, "meeting_on": SOON}

    assert _kinds(_facts(role, Stage.ARRANGING, **facts)) == {TaskKind.SHARE}
    assert _kinds(_facts(role, Stage.ARRANGING, has_shared=True, **facts)) == set()
    invited = _facts(role, Stage.ARRANGING, has_shared=True, is_invited=True, **facts)
    assert tasks(invited, TODAY) == (Task(TaskKind.GO_TO_MEETING, SOON),)
    assert _kinds(_facts(role, Stage.RECEIVED)) == set()


def test_packs_are_the_offices_to_send_once_the_invites_are_out():
    facts = {"running": {Clock.PACK_OUT: LATER}, "meeting_on": SOON, "has_chair": True}

    invited = tasks(_facts(C, Stage.ARRANGING, has_seats=True, is_invited=True, **facts), TODAY)
    before = _kinds(_facts(C, Stage.ARRANGING, has_seats=True, **facts))

    assert Task(TaskKind.SEND_PACKS, LATER) in invited
    assert before == {TaskKind.SEND_INVITES}


def test_naming_somebody_is_the_leads_task_alone():
    facts = {"unnamed": ("Police",), "has_shared": True}

    assert _kinds(_facts(L, Stage.ASSESSING, **facts)) == {TaskKind.NAME_PEOPLE}
    assert _kinds(_facts(A, Stage.ASSESSING, **facts)) == set()


@pytest.mark.parametrize("role", sorted(set(Role) - {C, H, L, A}))
@pytest.mark.parametrize("stage", Stage)
def test_other_roles_have_nothing_to_do_on_a_case(role, stage):
    assert tasks(_facts(role, stage, unnamed=("Police",), meeting_on=SOON), TODAY) == ()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, When.LATE),
        (0, When.TODAY),
        (1, When.TOMORROW),
        (3, When.THIS_WEEK),  # Sunday
        (4, When.NEXT_WEEK),  # Monday
        (10, When.NEXT_WEEK),
        (11, When.LATER),
    ],
)
def test_a_day_stands_under_the_heading_of_its_week(days, expected):
    assert when(TODAY + dt.timedelta(days=days), TODAY) is expected


def test_what_has_no_day_stands_last():
    assert when(None, TODAY) is When.NO_DAY
    assert list(When)[-1] is When.NO_DAY
