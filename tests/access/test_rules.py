"""Acts and moves against tables typed in by hand, not taken from the code under test."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.access import rules
from portal.domain import stages
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import CaseFacts, IllegalMoveError, Stage
from tests.cases import ARRANGED_AT

C, H, L, A = "coordinator", "chair", "agency_lead", "agency_representative"
BEFORE_PLAN = {"received", "assessing", "arranging", "reviewing"}
SHARING = {"assessing", "arranging", "reviewing", "planning", "monitoring"}
WORKING = SHARING | {"received"}
AFTER_MEETING = {"planning", "monitoring", "completed"}
PLANNED = {"planning", "monitoring", "completed", "closed"}
ALL = {
    "received", "assessing", "not_met", "arranging", "reviewing", "planning", "monitoring",
    "completed", "closed",
}  # fmt: skip
UNTIL_CLOSED = ALL - {"closed"}
SINCE_MEETING = {"reviewing", "planning", "monitoring", "completed"}
ARRANGED = {"arranging", "reviewing", "planning", "monitoring", "completed"}

MEETING_AHEAD = {"arranging", "reviewing"}

# Act: role, and the stages at which it is open to them. A chair has always to have declared.
ACTS = {
    "view_case": {C: ALL, H: ALL, L: ALL, A: ALL},
    "read_document": {C: ALL, H: ALL, L: ALL, A: ALL},
    "list_cases": {C: ALL, H: ALL, L: ALL, A: ALL},
    "search_cases": {C: ALL, H: ALL, L: ALL, A: ALL},
    "type_in_case": {C: ALL},
    "add_incident": {C: BEFORE_PLAN},
    "acknowledge": {C: {"received"}},
    "decide_threshold": {C: {"assessing"}},
    "ask_for_more": {C: {"assessing"}},
    "set_report_state": {C: BEFORE_PLAN, L: BEFORE_PLAN, A: BEFORE_PLAN},
    "arrange_panel": {C: WORKING},
    "name_agency_representative": {C: WORKING, L: SHARING},
    "appoint_chair": {C: {"received", "assessing", "arranging"}},
    "declare_conflict": {H: ALL, L: ALL, A: ALL},
    "leave_panel": {C: ALL, L: ALL, A: ALL},
    "end_seat": {C: ALL},
    "read_conflicts": {C: ALL, H: ALL},
    "record_conflict": {C: ALL},
    "waive_conflict": {C: ALL},
    "share_item": {C: SHARING, L: SHARING, A: SHARING},
    "correct_item": {C: SHARING, L: SHARING, A: SHARING},
    "withdraw_item": {C: SHARING, L: SHARING, A: SHARING},
    "book_meeting": {C: MEETING_AHEAD},
    "open_meeting": {H: {"arranging"}},
    "run_meeting": {H: {"reviewing"}},
    "close_meeting": {H: {"reviewing"}},
    "read_plan_draft": {C: PLANNED, H: PLANNED},
    "write_plan": {C: {"planning"}, H: {"planning"}},
    "check_plan": {H: {"planning"}},
    "issue_plan": {C: {"planning"}},
    "read_letters": {C: ALL},
    "write_letter": {C: ALL},
    "issue_letter": {C: ALL},
    "read_case_log": {C: ALL},
    "read_area_log": {"auditor": ALL},
    "close_case": {C: {"not_met", "completed"}},
    "withdraw_request": {C: WORKING},
    "change_clock": {C: ALL},
    "keep_calendar": {C: ALL, "administrator": ALL},
    "count_clocks": {C: ALL},
    "import_reports": {C: BEFORE_PLAN, L: BEFORE_PLAN, A: BEFORE_PLAN},
    "change_request": {C: ALL},
    "read_consent": {C: ALL, H: ALL},
    "record_consent": {C: ALL},
    "read_risk": {C: ALL, H: ALL, L: ALL, A: ALL},
    "score_risk": {C: UNTIL_CLOSED, H: ARRANGED},
    "decide_band": {C: UNTIL_CLOSED, H: ARRANGED},
    "agree_to_band": {C: UNTIL_CLOSED, H: ARRANGED, L: UNTIL_CLOSED},
    "read_scheme": {C: ALL, "administrator": ALL},
    "edit_scheme": {"administrator": ALL},
    "read_minutes": {C: PLANNED, H: PLANNED},
    "write_minutes": {C: AFTER_MEETING, H: AFTER_MEETING},
    "correct_account": {L: AFTER_MEETING, A: AFTER_MEETING},
    "agree_minutes": {H: AFTER_MEETING},
    "issue_minutes": {C: AFTER_MEETING},
    "switch_powers": {"administrator": ALL},
    "consider_power": {C: {"reviewing", "planning"}, H: {"reviewing", "planning"}},
    "find_adequacy": {C: {"reviewing", "planning"}, H: {"reviewing", "planning"}},
    "recommend": {C: {"planning"}, H: {"reviewing", "planning"}},
    "change_own_action": {L: {"reviewing"}, A: {"reviewing"}},
    "edit_agenda": {H: {"arranging", "reviewing"}},
    "write_notes": {C: {"reviewing"}, H: {"reviewing"}},
    "call_off_meeting": {C: {"arranging"}},
    "adjourn_meeting": {C: {"reviewing"}, H: {"reviewing"}},
    "answer_invite": {C: MEETING_AHEAD, H: MEETING_AHEAD, L: MEETING_AHEAD, A: MEETING_AHEAD},
    "record_answer": {C: MEETING_AHEAD},
    "keep_rooms": {C: ALL, "administrator": ALL},
    "agree_to_confidentiality": {C: ARRANGED, H: ARRANGED, L: ARRANGED, A: ARRANGED},
    "name_teller": {C: SINCE_MEETING, H: SINCE_MEETING},
    "tell_applicant": {
        C: SINCE_MEETING,
        H: SINCE_MEETING,
        L: SINCE_MEETING,
        A: SINCE_MEETING,
    },
    "write_statement": {C: {"received", "assessing", "arranging"}},
    "read_statement": {C: ALL, H: ALL, L: ALL, A: ALL},
    "record_support": {C: ALL},
    "read_post": {C: ALL},
    "deliver_paper": {C: ALL},
    "open_supported_case": {"support_worker": ALL},
    "write_supported_statement": {"support_worker": {"received", "assessing", "arranging"}},
    "issue_papers": {C: MEETING_AHEAD},
    "request_information": {C: SHARING},
    "keep_templates": {"administrator": ALL},
    "read_receipt": {C: ALL, H: ALL},
    "work_on_receipt": {C: UNTIL_CLOSED},
    "relate_cases": {C: ALL},
    "keep_inboxes": {"administrator": ALL},
    "change_plan": {C: {"monitoring"}},
    "consult_applicant": {C: {"planning"}},
    "hand_over": {C: {"monitoring", "completed", "closed"}},
    "keep_public_pages": {"administrator": ALL},
    "read_files": {C: ALL, H: ALL},
    "keep_files": {C: ALL},
    "open_original": {C: ALL},
    "keep_applicant_keys": {C: ALL},
    "open_own_page": {"applicant": ALL},
    "write_to_office": {"applicant": ALL},
    "write_own_statement": {"applicant": {"received", "assessing", "arranging"}},
    "add_own_incident": {"applicant": UNTIL_CLOSED},
    "ask_to_withdraw": {"applicant": WORKING},
    "read_own_paper": {"applicant": ALL},
    "change_own_reach": {"applicant": ALL},
    "say_about_draft": {"applicant": {"planning", "monitoring"}},
    "answer_applicant": {C: ALL},
    "open_draft": {C: ALL},
}
# For whoever only observes; their facts are told apart below.
FOR_OBSERVERS = {"observe_case", "declare_conflict", "agree_to_confidentiality"}
FOR_ALL = {"open_home", "manage_own_account", "read_sent_messages", "read_powers"}
WITHOUT_DECLARING = {"declare_conflict", "list_cases", "search_cases", *FOR_ALL}

MOVES = {
    ("received", "acknowledge", "assessing"): set(),
    ("assessing", "decide_threshold", "arranging"): set(),
    ("assessing", "decide_threshold", "not_met"): set(),
    ("arranging", "open_meeting", "reviewing"): {
        "The chair has not yet declared to have no conflict of interest",
        "No meeting is booked yet",
    },
    ("reviewing", "close_meeting", "planning"): {
        "The meeting is adjourned: open its next sitting before you close it",
        "You have not yet recorded who was at the meeting",
    },
    ("planning", "issue_plan", "monitoring"): {
        "The chair has not yet declared to have no conflict of interest",
        "The plan is not ready yet",
    },
    ("not_met", "close_case", "closed"): {"Something is left to do before the case is closed"},
    ("completed", "close_case", "closed"): {"Something is left to do before the case is closed"},
    **{(stage, "withdraw_request", "closed"): set() for stage in WORKING},
}


def _actor(role):
    return Actor(person_id=1, name="Somebody", role=role, area_id=1, agency_id=None, at=ARRANGED_AT)


def _facts(stage, *, declared=True, **changes):
    return CaseFacts(stage=Stage(stage), has_declared=declared, **changes)


FACTS = st.builds(
    CaseFacts,
    stage=st.sampled_from(Stage),
    has_declared=st.booleans(),
    has_chair=st.booleans(),
    chair_is_ready=st.booleans(),
    has_panel=st.booleans(),
    has_meeting=st.booleans(),
    has_attendance=st.booleans(),
    is_adjourned=st.booleans(),
    is_observer=st.booleans(),
    is_plan_changing=st.booleans(),
    plan_faults=st.sampled_from([(), ("Something is missing",)]),
    closing_faults=st.sampled_from([(), ("Something is missing",)]),
)


def test_every_act_stands_in_the_table():
    assert set(ACTS) | FOR_OBSERVERS | FOR_ALL == {act.value for act in Act}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_open_to_its_roles_at_its_stages_and_to_nobody_else(act):
    open_to = {
        (role.value, stage.value)
        for role in Role
        for stage in Stage
        if rules.may(_actor(role), Act(act), _facts(stage)) == rules.Allowed()
    }

    assert open_to == {(role, stage) for role, listed in ACTS[act].items() for stage in listed}
    assert {role.value for role in Role if rules.has_act(role, Act(act))} == set(ACTS[act])


@pytest.mark.parametrize("act", ["write_plan", "check_plan", "consult_applicant", "issue_plan"])
def test_an_issued_plan_is_written_while_a_change_of_it_is_open_and_only_then(act):
    open_to = {
        (role.value, stage.value)
        for role in Role
        for stage in Stage
        if rules.may(_actor(role), Act(act), _facts(stage, is_plan_changing=True)) == _YES
    }

    # By whom it is written, checked or issued does not change.
    roles = ACTS[act]
    assert open_to == {(role, stage) for role in roles for stage in ("planning", "monitoring")}
    changing = _facts("monitoring", is_plan_changing=True)
    again = rules.may(_actor(Role.COORDINATOR), Act.CHANGE_PLAN, changing)
    assert again == rules.Refused(rules.IS_CHANGING)


@pytest.mark.parametrize("act", sorted(FOR_ALL))
def test_what_is_for_everybody_is_not_for_a_job(act):
    may = {role for role in Role if rules.may(_actor(role), Act(act), _facts("received")) == _YES}

    assert may == set(Role) - {Role.JOB, Role.APPLICANT}


_YES = rules.Allowed()


@given(act=st.sampled_from(Act), facts=FACTS)
def test_a_chair_who_has_not_declared_may_declare_and_nothing_else_on_a_case(act, facts):
    undeclared = dataclasses.replace(facts, has_declared=False, is_observer=False)

    verdict = rules.may(_actor(Role.CHAIR), act, undeclared)

    assert (verdict == _YES) == (act.value in WITHOUT_DECLARING)


@given(act=st.sampled_from(Act), facts=FACTS)
def test_an_observer_sees_the_little_that_is_theirs_or_declares_and_does_nothing_else(act, facts):
    observing = dataclasses.replace(facts, is_observer=True)

    verdict = rules.may(_actor(Role.AGENCY_REPRESENTATIVE), act, observing)

    hears = act is not Act.AGREE_TO_CONFIDENTIALITY or facts.stage.value in ARRANGED
    assert (verdict == _YES) == (act.value in FOR_OBSERVERS and hears)


@given(facts=FACTS, role=st.sampled_from(Role))
def test_nobody_else_gets_the_page_of_an_observer(facts, role):
    verdict = rules.may(_actor(role), Act.OBSERVE_CASE, facts)

    is_theirs = facts.is_observer and role is Role.AGENCY_REPRESENTATIVE
    assert (verdict == _YES) == is_theirs


@given(facts=FACTS)
def test_a_lead_agrees_to_a_lower_band_only_where_no_chair_can(facts):
    at_hand = dataclasses.replace(facts, is_observer=False)

    verdict = rules.may(_actor(Role.AGENCY_LEAD), Act.AGREE_TO_BAND, at_hand)

    is_open = at_hand.stage is not Stage.CLOSED
    assert (verdict == _YES) == (is_open and not at_hand.chair_is_ready)


@given(act=st.sampled_from(Act), role=st.sampled_from(Role), facts=FACTS)
def test_a_refusal_always_says_why(act, role, facts):
    verdict = rules.may(_actor(role), act, facts)

    assert verdict == _YES or verdict.sentence.strip()


@given(
    role=st.sampled_from(
        [r for r in Role if r.value not in {C, H, L, A}],
    ),
    act=st.sampled_from(sorted(act for act, roles in ACTS.items() if set(roles) <= {C, H, L, A})),
    facts=FACTS,
)
def test_roles_without_casework_may_do_nothing_on_any_case(role, act, facts):
    assert rules.may(_actor(role), Act(act), facts) == rules.Refused(rules.NOT_YOUR_ROLE)


def test_an_unknown_act_is_refused_aloud():
    with pytest.raises(KeyError):
        rules.may(_actor(Role.COORDINATOR), "burn_case", _facts("received"))
    with pytest.raises(KeyError):
        rules.has_act(Role.COORDINATOR, "burn_case")


@given(act=st.sampled_from(Act), facts=FACTS)
def test_an_unknown_role_may_do_nothing(act, facts):
    assert rules.may(_actor("passer-by"), act, facts) == rules.Refused(rules.NOT_YOUR_ROLE)


def test_the_moves_are_those_of_the_table():
    found = {(m.start.value, m.act.value, m.end.value): m for m in stages.MOVES}

    assert len(found) == len(stages.MOVES)
    assert {key: {n.sentence for n in m.needs} for key, m in found.items()} == MOVES


@given(facts=FACTS, act=st.sampled_from(Act), end=st.sampled_from(Stage))
def test_a_move_is_made_if_it_stands_in_the_table_and_nothing_is_missing(facts, act, end):
    missing = _missing(facts, MOVES.get((facts.stage.value, act.value, end.value)))

    if missing is None:
        with pytest.raises(IllegalMoveError, match="so it cannot go to “" + end.label):
            stages.move(facts, act, end)
    elif missing:
        with pytest.raises(IllegalMoveError) as refused:
            stages.move(facts, act, end)
        assert set(str(refused.value).split(". ")) == missing
    else:
        assert stages.move(facts, act, end) is end
    opens = {(start, by) for start, by, _ in MOVES}
    assert stages.is_open(facts, act) == ((facts.stage.value, act.value) in opens)


def _missing(facts, needs):
    if needs is None:
        return None
    holds = {
        "The chair has not yet declared to have no conflict of interest": facts.chair_is_ready,
        "No meeting is booked yet": facts.has_meeting,
        "The meeting is adjourned: open its next sitting before you close it": (
            not facts.is_adjourned
        ),
        "You have not yet recorded who was at the meeting": facts.has_attendance,
        "The plan is not ready yet": not facts.plan_faults,
        "Something is left to do before the case is closed": not facts.closing_faults,
    }
    return {sentence for sentence in needs if not holds[sentence]}


# The words of the design for the applicant.
FOR_APPLICANT = {
    "received": "We have your request",
    "assessing": "We are checking the reports",
    "not_met": "There will be no review, and why",
    "arranging": "There will be a review",
    "reviewing": "The agencies meet",
    "planning": "You see the plan before it is final",
    "monitoring": "The actions are carried out",
    "completed": "The plan is complete",
    "closed": "Closed, and why",
}


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_reads_as_words(stage):
    assert stage.label
    assert "_" not in stage.label
    assert stage.applicant_label == FOR_APPLICANT[stage.value]
