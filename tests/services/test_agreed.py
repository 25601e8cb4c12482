"""Powers considered, recommendations, joint actions and own actions, by the services."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.jobs import demo_people
from portal.models.meeting import ActionAgency
from portal.models.power import PowerConsidered
from portal.services import (
    actions,
    decisions,
    meeting,
    planning,
    powers,
    powers_considered,
    recommendations,
)
from portal.services.actions import ActionError
from portal.services.changes import ChangedMeanwhileError
from portal.services.powers import PowerError
from tests import cases
from tests.cases import actor_of, agency_id, make_case, token

ADMINISTRATOR = "admin@wharrow-lpb.example"
DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="reviewing")


@pytest.fixture
def inside(app, reference):
    with app.app_context():
        yield reference


def chair():
    return actor_of(cases.CHAIR, cases.OPENED_AT)


def police():
    return actor_of(cases.POLICE, cases.OPENED_AT)


def considered(**changes):
    whole = powers_considered.TypedConsidered(
        power="mediation",
        agency_id=agency_id(demo_people.HEXLEY_COUNCIL),
        result=PowerResult.NOT_RIGHT,
        words="Threats were reported",
        why_not=WhyNotRight.WOULD_HARM_APPLICANT,
    )
    return replace(whole, **changes)


def add(reference, typed):
    return actions.add_action(chair(), reference, token(), typed)


def test_the_agency_of_the_owner_leads_and_others_join_in(inside):
    council, homes = agency_id(demo_people.HEXLEY_COUNCIL), agency_id(demo_people.TOLLGATE)
    leads = agency_id(demo_people.POLICE)
    typed = cases.typed_action(cases.POLICE, joining=(leads, council, homes))

    number = add(inside, typed)

    shown = actions.open_action(chair(), inside, number).action
    assert (shown.owner_agency, shown.with_whom) == (
        "Wharrow Valley Police",
        "Hexley Council, Tollgate Homes",
    )
    taken_over = cases.typed_action(cases.COUNCIL, joining=(council, homes))
    actions.change_action(chair(), inside, number, token(), taken_over, shown.version)
    after = actions.open_action(chair(), inside, number).action
    assert (after.owner_agency, after.with_whom) == ("Hexley Council", "Tollgate Homes")
    assert after.version > shown.version


def test_an_agency_that_is_not_on_the_panel_joins_in_nothing(inside):
    fire = agency_id(demo_people.FIRE)

    with pytest.raises(ActionError) as refused:
        add(inside, cases.typed_action(cases.POLICE, joining=(fire,)))

    assert refused.value.field == "joining"
    assert db.session.scalars(sa.select(ActionAgency).execution_options(**DOOR)).all() == []


def test_an_agency_changes_what_it_owns_until_the_chair_closes_and_nothing_else(inside):
    homes = agency_id(demo_people.TOLLGATE)
    own = add(inside, cases.typed_action(cases.POLICE, joining=(homes,)))
    other = add(inside, cases.typed_action(cases.COUNCIL))
    typed = cases.typed_action(cases.POLICE, what="The police changed it")

    actions.change_action(police(), inside, own, token(), typed, 1)

    shown = actions.open_action(police(), inside, own).action
    assert (shown.what, shown.with_whom) == ("The police changed it", "Tollgate Homes")
    with pytest.raises(ActRefusedError, match="Another agency owns this action"):
        actions.change_action(police(), inside, other, token(), typed, 1)
    with pytest.raises(CaseNotFoundError):
        actions.change_action(police(), inside, 9, token(), typed, 1)
    for owner in (cases.typed_action(cases.COUNCIL).owner, ""):
        given_away = replace(typed, owner=owner)
        with pytest.raises(ActionError) as refused:
            actions.change_action(police(), inside, own, token(), given_away, shown.version)
        assert refused.value.field == "owner"
    cases.record_who_was_there(inside)
    meeting.close_meeting(chair(), inside, token())
    with pytest.raises(ActRefusedError, match="Writing the plan"):
        actions.change_action(police(), inside, own, token(), typed, shown.version)


def test_what_is_missing_of_an_action_blocks_the_plan_and_not_the_meeting(inside):
    add(inside, replace(cases.typed_action(cases.POLICE), owner="", due_on=None))
    cases.record_who_was_there(inside)

    meeting.close_meeting(chair(), inside, token())

    page = planning.open_plan(actor_of(cases.COORDINATOR, cases.PLANNED_AT), inside)
    assert "Action 1 still needs who does it and the day by which it is done" in {
        check.sentence for check in page.open_checks
    }


def test_a_power_that_is_not_right_has_a_reason_and_words(inside):
    for typed, field in (
        (considered(why_not=None), "why_not"),
        (considered(words=" "), "words"),
        (considered(result=PowerResult.USED), "why_not"),
        (considered(power="respect_order"), "power"),
        (considered(power="nonsense"), "power"),
        (considered(agency_id=agency_id(demo_people.FIRE)), "agency"),
    ):
        with pytest.raises(PowerError) as refused:
            powers_considered.consider_power(chair(), inside, token(), typed)
        assert refused.value.field == field

    powers_considered.consider_power(chair(), inside, token(), considered())
    with pytest.raises(PowerError, match="already"):
        powers_considered.consider_power(chair(), inside, token(), considered(words="Again"))
    without = sa.update(PowerConsidered).values(why_not=None).execution_options(**DOOR)
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(without)

    (shown,) = powers_considered.open_agreed(police(), inside).agreed.powers
    assert shown.text == "It would harm the applicant. Threats were reported"


def test_two_who_change_the_same_lose_nothing(inside):
    powers_considered.consider_power(chair(), inside, token(), considered())
    office = actor_of(cases.COORDINATOR, cases.OPENED_AT)
    typed = recommendations.TypedRecommendation(
        body="Wharrow Rail", what="Light the path", why="Reports", by_on=None, reply_by=_DAY
    )
    recommendations.recommend(chair(), inside, token(), typed)
    meeting.add_decision(chair(), inside, token(), "First")

    powers_considered.change_considered(
        office, inside, 1, token(), considered(words="The office wrote"), 1
    )
    with pytest.raises(ChangedMeanwhileError) as first:
        powers_considered.change_considered(chair(), inside, 1, token(), considered(), 1)
    recommendations.change_recommendation(
        chair(), inside, 1, token(), replace(typed, why="More"), 1
    )
    with pytest.raises(ChangedMeanwhileError):
        recommendations.change_recommendation(chair(), inside, 1, token(), typed, 1)
    decisions.change_decision(chair(), inside, 1, token(), "Second", 1)
    with pytest.raises(ChangedMeanwhileError):
        decisions.change_decision(chair(), inside, 1, token(), "Third", 1)

    assert first.value.by == office.name
    found = powers_considered.open_agreed(chair(), inside).agreed
    assert (found.powers[0].words, found.recommendations[0].why) == ("The office wrote", "More")
    assert decisions.open_decision(chair(), inside, 1).decision == "Second"


_DAY = dt.date(2027, 2, 16)


def test_a_reply_is_asked_for_within_20_working_days(inside):
    # From Tuesday 19 January 2027: 3 days of that week, 5 of each of three, and 2 of the next.
    assert recommendations.open_recommendation(chair(), inside).reply_by == _DAY


def test_a_power_in_doubt_is_off_until_the_day_from_which_an_administrator_switched_it_on(inside):
    administrator = actor_of(ADMINISTRATOR, cases.OPENED_AT)
    later = replace(chair(), at=cases.at(1, month=2).astimezone(dt.UTC))
    on = powers.TypedSwitch(is_on=True, from_on=dt.date(2027, 2, 1), reason="S.I. 2027/9")

    powers.switch(administrator, token(), "respect_order", on, 0)

    assert ("respect_order" in _on(chair()), "respect_order" in _on(later)) == (False, True)
    elsewhere = actor_of("coordinator@severnreach-lpb.example", later.at)
    assert "respect_order" not in _on(elsewhere)
    with pytest.raises(ChangedMeanwhileError) as stale:
        powers.switch(administrator, token(), "respect_order", on, 0)
    assert stale.value.by == administrator.name
    off = powers.TypedSwitch(is_on=False, from_on=None, reason="Repealed")
    powers.switch(administrator, token(), "respect_order", off, 1)
    assert "respect_order" not in _on(later)
    history = powers.open_switch(administrator, "respect_order").history
    assert [(line.is_on, line.reason) for line in history] == [
        (False, "Repealed"),
        (True, "S.I. 2027/9"),
    ]
    with pytest.raises(CaseNotFoundError):
        powers.switch(administrator, token(), "mediation", on, 0)


def _on(actor):
    return {shown.power.id for shown in powers.open_guide(actor) if shown.is_on}
