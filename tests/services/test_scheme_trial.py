"""A draft tried on past cases: who learns what, and how many queries it takes.

Wharrow Valley's rules are Durham's. A case that was decided as met without a report stays open to
judgement by Durham, and is refused by nothing; reports are added here after the decision, so that
the draft, and not the case, makes the difference.
"""

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.roles import Role
from portal.models.case import Case, Incident, Report, ThresholdDecision
from portal.models.log import LogEntry
from portal.models.scheme import SchemeDraft
from portal.services import scheme_trial, schemes
from tests import cases
from tests.canary_case import record_conflict
from tests.cases import actor_of, copy_case, make_case, person_id, token

DOOR = unscoped("a test looks at what is stored")
ADMINISTRATOR = "admin@wharrow-lpb.example"
NOW = cases.at(14)
# Three reports of separate incidents are enough, without a caveat and without judgement.
THREE = {"any_of": [{"id": "three", "min_reports": 3, "distinct_incidents": True}]}
# Six are asked for, and below them the rule leaves nothing; the law's floor is out of reach.
SIX = {
    "any_of": [{"id": "six", "min_reports": 6}],
    "floor": {"number": 9, "made_within": {"n": 1, "unit": "months"},
              "applied_within": {"n": 6, "unit": "months"}},
}  # fmt: skip


@pytest.fixture
def decided(app, people):
    """A case that was decided as met, with three reports by now."""
    reference = make_case(app, stage="arranging")
    with app.app_context(), transaction():
        _add_reports(_number(reference), 3)
    return reference


def _number(reference):
    query = sa.select(Case.id).where(Case.reference == reference)
    return db.session.scalars(query.execution_options(**DOOR)).one()


def _add_reports(case_id, count):
    for number in range(1, count + 1):
        day = dt.date(2026, 11, number)
        incident = Incident(case_id=case_id, happened_on=day, title="Shouting", account="They did.")
        db.session.add(incident)
        db.session.flush()
        db.session.add(
            Report(
                case_id=case_id,
                incident_id=incident.id,
                reported_on=day,
                reported_to="Wharrow Valley Police",
                how="101",
                their_reference="",
                what_was_done="",
            )
        )


def _draft(threshold):
    office = actor_of(ADMINISTRATOR, NOW)
    schemes.start_draft(office, token(), schemes.IN_FORCE)
    with transaction():
        draft = db.session.scalars(sa.select(SchemeDraft)).one()
        draft.rules = draft.rules | {"threshold": threshold}


def _decide(reference, *, times, is_met):
    """Copies of a case that were decided, each with three reports."""
    with transaction():
        for copy in copy_case(reference, times):
            number = _number(copy)
            _add_reports(number, 3)
            db.session.add(
                ThresholdDecision(
                    case_id=number,
                    is_met=is_met,
                    decided_on=NOW.date(),
                    reasons="Reasons",
                    recorded_at=NOW,
                    recorded_by_id=person_id(cases.COORDINATOR),
                )
            )


def _tried(email, role=None):
    found = scheme_trial.try_draft(actor_of(email, NOW, role))
    return found.tried, found.otherwise, found.judged, found.unknown


def test_the_coordinator_learns_which_and_the_administrator_only_that_they_are_few(decided, in_app):
    _draft(SIX)

    office = scheme_trial.try_draft(actor_of(cases.COORDINATOR, NOW))
    administrator = scheme_trial.try_draft(actor_of(ADMINISTRATOR, NOW))

    assert [(each.reference, each.was_met) for each in office.cases] == [(decided, True)]
    assert (office.tried, office.otherwise, office.judged) == ("1", "1", "0")
    assert administrator.cases == ()
    assert administrator.tried == administrator.otherwise == "fewer than 5"
    # None and one read the same: what is true of the only decided case cannot be asked for.
    assert administrator.judged == administrator.unknown == "fewer than 5"


def test_the_same_is_not_counted_and_judgement_is_told_apart_from_what_is_not_known(
    decided, in_app
):
    # By the draft 5 refused cases would be met; the met one stays met.
    _decide(decided, times=5, is_met=False)
    _draft(THREE)

    assert _tried(cases.COORDINATOR) == ("6", "5", "0", "0")
    assert _tried(ADMINISTRATOR) == ("5 or more", "5 or more", "fewer than 5", "fewer than 5")

    with transaction():
        draft = db.session.scalars(sa.select(SchemeDraft)).one()
        open_ = SIX | {"fallback": {"decision": "discretion"}}
        draft.rules = draft.rules | {"threshold": open_}
    assert _tried(cases.COORDINATOR) == ("6", "0", "6", "0")

    # Nobody has recorded what was done about the reports.
    with transaction():
        asked = {"any_of": [THREE["any_of"][0] | {"response": "none"}], "floor": SIX["floor"]}
        draft = db.session.scalars(sa.select(SchemeDraft)).one()
        draft.rules = draft.rules | {"threshold": asked}
    assert _tried(cases.COORDINATOR) == ("6", "0", "0", "6")


def test_a_case_that_a_conflict_shuts_is_not_tried_for_that_coordinator(decided, in_app):
    _draft(SIX)
    admin_before = _tried(ADMINISTRATOR)
    record_conflict(decided, cases.COORDINATOR)

    assert _tried(cases.COORDINATOR) == ("0", "0", "0", "0")
    assert _tried(ADMINISTRATOR) == admin_before


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUDITOR, Role.AGENCY_LEAD])
def test_for_everybody_else_there_is_no_draft_and_no_case(decided, in_app, role):
    _draft(SIX)
    stranger = dataclasses.replace(actor_of(cases.COORDINATOR, NOW), role=role)

    with pytest.raises(scheme_trial.CaseNotFoundError):
        scheme_trial.try_draft(stranger)


def test_queries_do_not_grow_with_cases_and_the_log_names_none(decided, in_app, count_queries):
    _draft(SIX)
    actor = actor_of(ADMINISTRATOR, NOW)
    with count_queries() as few:
        scheme_trial.try_draft(actor)
    _decide(decided, times=12, is_met=True)

    with count_queries() as many:
        found = scheme_trial.try_draft(actor)

    assert found.tried == "10 or more"
    assert len(many.statements) == len(few.statements)
    entry = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.id.desc()).limit(1)).one()
    assert (entry.act, entry.reference, entry.thing) == (
        "read_scheme",
        "",
        "draft, tried on past cases",
    )
