"""Nothing goes to an applicant representative but with a victim's consent."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.consent import why_held
from portal.access.gate import load_case
from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.roles import Act
from portal.models.case import Case
from portal.models.clock import CaseClock
from portal.models.consent import Consent, ConsentWithdrawal
from portal.models.outbox import OutboxMessage
from portal.services import (
    booking,
    casepage,
    consents,
    details,
    intake,
    parties,
)
from portal.services.faults import IntakeError
from portal.services.letter_drafts import addressee_of, hidden_parties
from portal.services.parties import PartyKind, PartyRole
from tests import cases
from tests.cases import ARRANGED_AT, RECEIVED_AT, actor_of, make_case, token
from tests.received import sent, what

DOOR = unscoped("a test looks")
TODAY = ARRANGED_AT.date()
TOLD, TO_MEETING = "covers_being_told", "covers_meeting"


def _office(at=ARRANGED_AT):
    return actor_of(cases.COORDINATOR, at)


def _number(reference):
    query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
    return db.session.scalars(query).one()


def _typed(*, name="Ada Fell", kind=PartyKind.INDIVIDUAL, **acts):
    office = _office(RECEIVED_AT)
    return intake.TypedCase(
        received_at=office.at,
        channel=intake.Channel.PHONE,
        lga_id=intake.lgas(office)[0][0],
        applicant_name=name,
        applicant_kind=kind,
        address="",
        phone="",
        email="",
        safe_contact="Not asked yet",
        place="Mill Lane",
        summary="Noise.",
        **acts,
    )


def _for_a_victim():
    """A request of a councillor for a victim who has not been asked."""
    typed = _typed(applicant_representative="Cllr Joan Sykes", capacity=intake.Capacity.COUNCILLOR)
    return intake.type_in_case(_office(RECEIVED_AT), token(), typed)


def _agree(reference, *covers, on=TODAY, who=0, to=0):
    office = _office()
    form = consents.open_consent_form(office, reference)
    consents.record_consent(
        office,
        reference,
        token(),
        consents.TypedConsent(
            party_id=form.victims[who][0],
            applicant_representative_id=form.who_act[to][0],
            covers=covers,
            wording=form.wording,
            method=consents.ConsentMethod.SPOKEN,
            given_on=on,
            evidence="Note of the call",
        ),
    )


def _take_back(reference, consent_id=1, on=TODAY):
    consents.withdraw_consent(
        _office(), reference, consent_id, token(), on=on, reason="No reason given"
    )


def _waits(reference):
    return bool(casepage.open_case(_office(), reference).frame.hold)


def _all(model):
    return db.session.scalars(sa.select(model).execution_options(**DOOR)).all()


def test_a_request_for_a_victim_waits_for_consent_and_its_clocks_run(in_app, people):
    reference = _for_a_victim()

    assert _waits(reference)
    assert {row.clock.value for row in _all(CaseClock)} == {"acknowledge", "threshold_decision"}


def test_a_victim_who_asks_is_not_waited_for(app, people):
    reference = make_case(app, stage="received")

    with app.app_context():
        assert not _waits(reference)


@pytest.mark.parametrize(("covers", "waits"), [([TOLD], False), ([TO_MEETING], True)])
def test_consent_to_be_told_ends_the_wait_and_no_other(in_app, people, covers, waits):
    reference = _for_a_victim()

    _agree(reference, *covers)

    assert _waits(reference) == waits


def test_a_consent_that_was_taken_back_holds_again_and_stays_as_it_was(in_app, people):
    reference = _for_a_victim()
    _agree(reference, TOLD)

    _take_back(reference)
    after = _waits(reference)
    _agree(reference, TOLD)

    assert after
    assert not _waits(reference)
    assert [(row.id, row.covers_being_told) for row in _all(Consent)] == [(1, True), (2, True)]
    assert [row.consent_id for row in _all(ConsentWithdrawal)] == [1]
    page = details.open_request(_office(), reference)
    assert [c.reason for c in page.consent.consents] == ["No reason given", ""]


def test_a_consent_is_taken_back_once_and_not_before_it_was_given(in_app, people):
    reference = _for_a_victim()
    _agree(reference, TOLD)

    with pytest.raises(IntakeError, match="between the day of the consent and today"):
        _take_back(reference, on=ARRANGED_AT.date() - dt.timedelta(days=1))
    _take_back(reference)
    with pytest.raises(IntakeError, match="taken back already"):
        _take_back(reference)


def test_only_a_victim_of_the_case_consents_and_not_in_the_future(in_app, people):
    reference = _for_a_victim()

    with pytest.raises(IntakeError, match="today or in the past"):
        _agree(reference, TOLD, on=ARRANGED_AT.date() + dt.timedelta(days=1))
    victim = consents.open_consent_form(_office(), reference).victims
    assert [name for _, name in victim] == ["Ada Fell"]


def _stands_in_for_the_arranged(app):
    """The arranged case of the samples, whose applicant's address is the councillor's."""
    reference = make_case(app, stage="arranging")
    with app.app_context():
        parties.add_party(
            _office(),
            reference,
            token(),
            role=PartyRole.APPLICANT_REPRESENTATIVE,
            kind=PartyKind.INDIVIDUAL,
            name="Cllr Joan Sykes",
            capacity=parties.Capacity.COUNCILLOR,
            email="Joan@council.example",
        )
        cases._seat_panel(reference)
        chair = actor_of(cases.CHAIR, ARRANGED_AT)
        cases.panel.declare(chair, reference, token(), has_conflict=False, reason="")
        cases.booking.book_meeting(
            _office(),
            reference,
            token(),
            cases.replace(cases._MEETING, applicant_email="joan@council.example"),
        )
    return reference


def _add_residents(reference, *names):
    for name in names:
        parties.add_party(
            _office(),
            reference,
            token(),
            role=PartyRole.VICTIM,
            kind=PartyKind.INDIVIDUAL,
            name=name,
        )


def test_each_victim_agrees_for_themselves_and_who_has_not_is_named_to_the_panel(in_app, people):
    # Sample case 2: six names, four consents; the hold is for the two who have not agreed.
    reference = _for_a_victim()
    _add_residents(reference, "Bo Lim", "Cy Roe", "Di Fox", "Eli Kay", "Flo Ash")
    frames = [casepage.open_case(_office(), reference).frame]
    for who in range(4):
        _agree(reference, TOLD, who=who)
    frames.append(casepage.open_case(_office(), reference).frame)
    for who in (4, 5):
        _agree(reference, TOLD, who=who)

    everybody = "Ada Fell, Bo Lim, Cy Roe, Di Fox, Eli Kay, Flo Ash"
    first, then = [
        each.hold.removesuffix(" until it is recorded. The clocks run on.") for each in frames
    ]
    told = "tell and send the applicant representative nothing"
    assert first == f"Waiting for consent of {everybody}: {told}"
    assert then == f"Waiting for consent of Eli Kay, Flo Ash: {told} of theirs"
    assert not _waits(reference)


def test_one_of_two_who_takes_it_back_holds_their_own_and_not_the_invite(app, people):
    reference = _stands_in_for_the_arranged(app)

    with app.app_context():
        _add_residents(reference, "Bo Lim")
        _agree(reference, TOLD, TO_MEETING)
        _agree(reference, TOLD, TO_MEETING, who=1)
        booking.send_invites(_office(), reference, token())
        _take_back(reference, 2)
        after_one, hold = len(_to_the_councillor()), casepage.open_case(_office(), reference)
        _take_back(reference, 1)

        assert (after_one, _to_the_councillor()) == (1, [])
        assert hold.frame.hold.startswith("Waiting for consent of Bo Lim: ")


def _to_the_councillor():
    return [row for row in _all(OutboxMessage) if row.receiver == "joan@council.example"]


def test_the_invite_of_an_applicant_representative_is_held_until_the_victim_agreed(app, people):
    reference = _stands_in_for_the_arranged(app)

    with app.app_context():
        sent = booking.send_invites(_office(), reference, token())
        held = booking.open_meeting_page(_office(), reference)
        before = _to_the_councillor()
        _agree(reference, TOLD)
        told_only = booking.open_meeting_page(_office(), reference).is_applicant_due
        _agree(reference, TOLD, TO_MEETING)
        late = booking.send_invites(_office(), reference, token())
        after = [row.key for row in _to_the_councillor()]

    # Police, council and housing provider with their leads, the chair, the coordinator: no more.
    assert sent == len(held.invited)
    assert held.invite_held.startswith("Waiting for consent")
    assert (before, told_only, late, len(after)) == ([], False, 1, 1)


def test_the_victims_own_invite_is_not_held(app, people):
    make_case(app, stage="invited")

    with app.app_context():
        assert [m.receiver for m in _all(OutboxMessage) if m.invite and m.person_id is None] == [
            "noor@example.org"
        ]


def test_what_has_not_left_does_not_leave_once_consent_is_taken_back(app, people):
    reference = _stands_in_for_the_arranged(app)

    with app.app_context():
        _agree(reference, TOLD, TO_MEETING)
        booking.send_invites(_office(), reference, token())
        waiting = len(_to_the_councillor())
        _take_back(reference)

        assert (waiting, _to_the_councillor()) == (1, [])


def test_what_has_left_is_cancelled_once_consent_is_taken_back_and_sent_anew_with_another(
    app, people, clock
):
    reference = _stands_in_for_the_arranged(app)

    with app.app_context():
        _agree(reference, TOLD, TO_MEETING)
        booking.send_invites(_office(), reference, token())
        sent(clock, ARRANGED_AT)
        _take_back(reference)
        taken_back = sent(clock, ARRANGED_AT)
        _agree(reference, TOLD, TO_MEETING)
        booking.send_invites(_office(), reference, token())
        again = sent(clock, ARRANGED_AT)

        joan = "joan@council.example"
        assert what(taken_back) == {joan: ("CANCEL", 1)}
        assert (taken_back[0].status, taken_back[0].listed) == ("CANCELLED", {joan})
        assert what(again) == {joan: ("REQUEST", 2)}


def test_the_panel_sees_that_the_case_waits_and_not_what_was_agreed(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        assert details.open_request(actor_of(cases.CHAIR, ARRANGED_AT), reference).consent
        assert details.open_request(actor_of(cases.POLICE, ARRANGED_AT), reference).consent is None


def _second_who_acts(reference, email=""):
    return parties.add_party(
        _office(),
        reference,
        token(),
        role=PartyRole.APPLICANT_REPRESENTATIVE,
        kind=PartyKind.INDIVIDUAL,
        name="Nell Fell",
        email=email,
    )


def test_a_consent_is_to_one_person_and_opens_nothing_to_another(in_app, people):
    reference = _for_a_victim()
    _second_who_acts(reference, email="nell@home.example")

    _agree(reference, TOLD, to=0)

    hold = casepage.open_case(_office(), reference).frame.hold
    assert hold == (
        "Waiting for consent of Ada Fell: tell and send Nell Fell (applicant representative) "
        "nothing until it is recorded. The clocks run on."
    )
    held = {
        address: _why_held(reference, address) for address in ("nell@home.example", "", "x@y.z")
    }
    assert all(held.values())
    _agree(reference, TOLD, to=1)
    assert not any(_why_held(reference, address) for address in held)
    assert not _waits(reference)


def _why_held(reference, address):
    office = _office()
    with transaction():
        opened = load_case(office, reference, Act.READ_CONSENT)
        return why_held(office, opened, address)


def test_a_letter_goes_to_who_may_be_told_and_names_nobody_else_who_acts(in_app, people):
    reference = _for_a_victim()
    _second_who_acts(reference)
    _agree(reference, TOLD, to=1)
    office = _office()

    with transaction():
        opened = load_case(office, reference, Act.READ_LETTERS)
        addressee = addressee_of(office, opened)
        hidden = {party.name for party in hidden_parties(office, opened, addressee)}

    assert (addressee.name, addressee.asked_for, addressee.waits) == (
        "Nell Fell",
        ("Ada Fell",),
        False,
    )
    assert hidden == {"Cllr Joan Sykes"}


def test_a_consent_needs_somebody_who_acts(in_app, people):
    reference = _for_a_victim()
    office = _office()
    form = consents.open_consent_form(office, reference)
    typed = consents.TypedConsent(
        party_id=form.victims[0][0],
        applicant_representative_id=form.victims[0][0],
        covers=(TOLD,),
        wording=form.wording,
        method=consents.ConsentMethod.SPOKEN,
        given_on=TODAY,
        evidence="",
    )

    with pytest.raises(IntakeError, match="Select who acts for them"):
        consents.record_consent(office, reference, token(), typed)
    assert _waits(reference)


def test_only_a_person_has_a_first_name(in_app, people):
    names = {
        PartyKind.INDIVIDUAL: "Noor",
        PartyKind.BUSINESS: "The Copper Kettle",
        PartyKind.GROUP: "Residents of Larch Court",
    }
    whole = {**names, PartyKind.INDIVIDUAL: "Mrs Noor Haddad"}
    office = _office(RECEIVED_AT)

    for kind, name in names.items():
        typed = _typed(name=whole[kind], kind=kind)
        reference = intake.type_in_case(office, token(), typed)
        assert casepage.open_case(office, reference).frame.first_name == name
