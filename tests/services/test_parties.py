"""What a party is in a case, and taking one out who was added by mistake."""

import pytest
import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.parties import what_is_missing
from portal.models.case import Party, PartyContact, RemovedParty
from portal.models.log import LogEntry
from portal.models.outbox import OutboxMessage
from portal.models.search import SearchTerm
from portal.services import booking, casepage, consents, panel, parties, removed_parties
from portal.services.changes import ChangedMeanwhileError, EndedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.parties import Capacity, PartyKind, PartyRole, TypedParty
from tests import cases
from tests.cases import ARRANGED_AT, actor_of, make_case, token

DOOR = unscoped("a test looks")
REASON = "Keyed twice"
VICTIM, ASKS_TOO = PartyRole.VICTIM, PartyRole.APPLICANT_AND_VICTIM
STANDS_IN, WITNESS = PartyRole.APPLICANT_REPRESENTATIVE, PartyRole.WITNESS
RESPONDENT = PartyRole.RESPONDENT


@pytest.fixture
def reference(app, people):
    found = make_case(app, stage="invited")
    with app.app_context():
        yield found


def _office(email=cases.COORDINATOR):
    return actor_of(email, ARRANGED_AT)


def _all(model):
    return db.session.scalars(sa.select(model).execution_options(**DOOR)).all()


def _party(name):
    return next(each for each in _all(Party) if each.name == name).id


def _add(reference, name, role, **more):
    return parties.add_party(
        _office(), reference, token(), role=role, kind=PartyKind.INDIVIDUAL, name=name, **more
    )


def _become(reference, who, role, **more):
    number = _party(who)
    page = parties.open_party(_office(), reference, number)
    typed = TypedParty(**(vars(page.typed) | more))
    parties.change_party(_office(), reference, number, token(), typed, page.version, role)


def _take_out(reference, number, version=1, name=None):
    removed_parties.remove_party(
        _office(), reference, number, name or token(), reason=REASON, version=version
    )


def _agree(reference, name):
    form = consents.open_consent_form(_office(), reference)
    typed = consents.TypedConsent(
        party_id=_party(name),
        applicant_representative_id=form.who_act[0][0],
        covers=("covers_being_told", "covers_meeting"),
        wording=form.wording,
        method=consents.ConsentMethod.SPOKEN,
        given_on=ARRANGED_AT.date(),
        evidence="",
    )
    consents.record_consent(_office(), reference, token(), typed)


def _words():
    return {row.term for row in _all(SearchTerm)}


def _hold(reference):
    return casepage.open_case(_office(), reference).frame.hold


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ([ASKS_TOO], ""),
        ([VICTIM, STANDS_IN], ""),
        ([STANDS_IN, RESPONDENT], "The case would have no victim then. Add the victim first"),
        ([VICTIM, WITNESS], "Nobody would ask for the review then. Add who asks for it first"),
        ([], "The case would have no victim then. Add the victim first"),
    ],
)
def test_a_case_has_a_victim_and_somebody_who_asks(roles, sentence):
    assert what_is_missing(roles) == sentence


def test_who_was_added_by_mistake_is_gone_and_a_trace_says_no_name(reference):
    number = _add(reference, "Wil Roe", WITNESS, address="9 Beck Row", email="wil@post.example")

    _take_out(reference, number)

    assert "Wil Roe" not in {each.name for each in _all(Party)}
    assert number not in {each.party_id for each in _all(PartyContact)}
    assert {"wil", "roe", "beck"}.isdisjoint(_words())
    assert {"noor", "haddad", "quarry"} <= _words()
    (trace,) = _all(RemovedParty)
    assert (trace.party_id, trace.role, trace.reason) == (number, WITNESS, REASON)
    logged = [(row.act, row.thing) for row in _all(LogEntry)][-2:]
    assert logged == [
        ("change_request", f"party {number}"),
        ("party_removed", f"party {number}: witness"),
    ]


def test_why_somebody_was_taken_out_is_for_the_coordinator_and_the_chair_alone(reference):
    _take_out(reference, _add(reference, "Wil Roe", WITNESS))

    read = {
        email: [each.reason for each in panel.open_people(_office(email), reference).removals]
        for email in (cases.COORDINATOR, cases.CHAIR, cases.POLICE, cases.POLICE_LEAD)
    }

    assert read == {
        cases.COORDINATOR: [REASON],
        cases.CHAIR: [REASON],
        cases.POLICE: [],
        cases.POLICE_LEAD: [],
    }


def test_taking_out_is_done_once_and_the_second_reads_who_was_first(reference):
    number, name = _add(reference, "Wil Roe", WITNESS), token()
    for _ in range(10):
        _take_out(reference, number, name=name)

    with pytest.raises(EndedMeanwhileError) as told:
        _take_out(reference, number)
    with pytest.raises(CaseNotFoundError):
        _take_out(reference, 999_999)

    assert len(_all(RemovedParty)) == 1
    assert (told.value.by, told.value.reason) == (_office().name, REASON)


def test_somebody_new_under_the_number_of_who_is_gone_can_be_taken_out_too(reference):
    for name in ("Ivo Lark", "Ada Lark"):  # SQLite gives the second one the number of the first
        _add(reference, name, WITNESS)
        _take_out(reference, _party(name))
        with pytest.raises(EndedMeanwhileError):
            removed_parties.check_there(_office(), reference, _gone()[-1])

    assert len(_gone()) == 2


def _gone():
    return [row.party_id for row in _all(RemovedParty)]


def test_who_was_changed_meanwhile_is_not_taken_out_unseen(reference):
    number = _add(reference, "Wil Roe", WITNESS)
    _become(reference, "Wil Roe", WITNESS, name="Will Rowe")

    with pytest.raises(ChangedMeanwhileError):
        _take_out(reference, number)

    assert _party("Will Rowe") == number


def _sentence(reference, name):
    return removed_parties.open_removal(_office(), reference, _party(name)).why_not


def test_what_hangs_on_somebody_keeps_them_in_the_case_and_is_named(reference):
    _add(reference, "Ada Fell", VICTIM)
    _add(reference, "Cllr Joan Sykes", STANDS_IN, capacity=Capacity.COUNCILLOR)
    _agree(reference, "Ada Fell")
    day = "Wednesday 6 January 2027"

    stay = {
        "Noor Haddad": "The applicant’s invite to the meeting went to their email address",
        "Ada Fell": f"Their consent of {day} is kept on this case",
        "Cllr Joan Sykes": f"The consent of {day} that they act is kept on this case",
    }
    assert {name: _sentence(reference, name) for name in stay} == stay
    for name, sentence in stay.items():
        with pytest.raises(IntakeError, match=sentence):
            _take_out(reference, _party(name))
    assert _sentence(reference, cases.RESPONDENT) == ""


def test_the_only_victim_and_the_only_one_who_asks_stay_what_they_are(app, people):
    reference = make_case(app, stage="received")

    with app.app_context():
        for missing, role in (("have no victim", WITNESS), ("Nobody would ask", VICTIM)):
            with pytest.raises(IntakeError, match=missing):
                _become(reference, cases.APPLICANT, role)
        alone = _sentence(reference, cases.APPLICANT)
        _add(reference, "Ada Fell", VICTIM)
        only_one_to_ask = _sentence(reference, cases.APPLICANT)
        _add(reference, "Cllr Joan Sykes", STANDS_IN)

        assert alone.startswith("The case would have no victim")
        assert only_one_to_ask.startswith("Nobody would ask")
        assert _sentence(reference, cases.APPLICANT) == ""


def test_a_victim_who_turns_out_to_be_asked_for_is_waited_for_and_their_invite_is_held(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        _add(reference, "Cllr Joan Sykes", STANDS_IN, email="noor@example.org")
        before = _hold(reference)
        _become(reference, cases.APPLICANT, VICTIM)

        assert before == ""
        assert _hold(reference).startswith(f"Waiting for consent of {cases.APPLICANT}: ")
        receivers = {row.receiver for row in _all(OutboxMessage)}
        assert "noor@example.org" not in receivers
        assert not booking.open_meeting_page(_office(), reference).is_applicant_due
        _agree(reference, cases.APPLICANT)
        assert booking.open_meeting_page(_office(), reference).is_applicant_due


def test_a_victim_whose_consent_stands_and_who_acts_by_it_stay_what_they_are(app, people):
    reference = make_case(app, stage="assessing")

    with app.app_context():
        _add(reference, "Ada Fell", VICTIM)
        _add(reference, "Cllr Joan Sykes", STANDS_IN, capacity=Capacity.COUNCILLOR)
        _agree(reference, "Ada Fell")
        for name, role in (("Ada Fell", WITNESS), ("Cllr Joan Sykes", WITNESS)):
            with pytest.raises(IntakeError, match=r"Ada Fell’s consent of .* stands"):
                _become(reference, name, role)
        consents.withdraw_consent(
            _office(), reference, 1, token(), on=ARRANGED_AT.date(), reason="No reason given"
        )
        _become(reference, "Ada Fell", WITNESS)
        _become(reference, "Cllr Joan Sykes", WITNESS)

        # What stood in for somebody is not kept of a witness; what was agreed to is.
        joan = parties.open_party(_office(), reference, _party("Cllr Joan Sykes"))
        assert (joan.role, joan.typed.capacity) == (WITNESS, None)
        assert [row.act for row in _all(LogEntry)].count("party_role_changed") == 2
        assert {"ada", "fell", "joan"} <= _words()


def test_a_respondent_without_a_name_needs_one_to_be_anything_else(app, people):
    reference = make_case(app, stage="assessing")

    with app.app_context():
        _become(reference, cases.RESPONDENT, RESPONDENT, name="")
        with pytest.raises(IntakeError, match="Enter the name"):
            _become(reference, "", WITNESS)
