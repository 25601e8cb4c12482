"""A victim for whom somebody asked is asked: each alone, by their own safe way, nobody else."""

import datetime as dt
from dataclasses import replace

import pytest

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.db import transaction
from portal.domain.stages import IllegalMoveError
from portal.models.case import PartyKind, PartyRole
from portal.services import consents, documents, intake, letters, parties, safe_reach
from portal.services.letter_issuing import issue_letter
from tests import cases, post
from tests.cases import RECEIVED_AT, actor_of, token
from tests.letters import ACKNOWLEDGEMENT, CONSENT_REQUEST, open_sentences, text_of, write


@pytest.fixture
def office(in_app, people):
    return actor_of(cases.COORDINATOR, RECEIVED_AT)


@pytest.fixture
def reference(office):
    """Councillor Sykes asks for Ada Fell, and then for Bo Lim too; nobody has asked these."""
    typed = intake.TypedCase(
        received_at=office.at,
        channel=intake.Channel.PHONE,
        lga_id=intake.lgas(office)[0][0],
        applicant_name="Ada Fell",
        applicant_kind=PartyKind.INDIVIDUAL,
        address="",
        phone="01632 960111",
        email="ada@example.org",
        safe_contact="By phone",
        place="Tanner Row",
        summary="Engines at night.",
        applicant_representative="Joan Sykes",
        capacity=intake.Capacity.COUNCILLOR,
    )
    found = intake.type_in_case(office, token(), typed)
    parties.add_party(
        office, found, token(), role=PartyRole.VICTIM, kind=PartyKind.INDIVIDUAL, name="Bo Lim"
    )
    return found


def issue(office, reference):
    version = letters.open_letter(office, reference, CONSENT_REQUEST).ready.version
    return issue_letter(office, reference, CONSENT_REQUEST, token(), version)


def agree(office, reference, who):
    form = consents.open_consent_form(office, reference)
    typed = consents.TypedConsent(
        party_id=dict(map(reversed, form.victims))[who],
        applicant_representative_id=form.who_act[0][0],
        covers=("covers_being_told",),
        wording=form.wording,
        method=consents.ConsentMethod.SPOKEN,
        given_on=office.at.date(),
        evidence="Note of the call",
    )
    consents.record_consent(office, reference, token(), typed)


def test_the_victim_reads_who_asks_what_a_yes_would_share_and_how_to_say_no(office, reference):
    text = text_of(office, reference, CONSENT_REQUEST)

    assert open_sentences(office, reference, CONSENT_REQUEST) == []
    assert "Dear Ada Fell" in text
    assert "Joan Sykes (a councillor) asked for a review for you." in text
    assert "come to the meeting in your place" in text
    assert "Joan Sykes hears nothing from us." in text
    assert "You can change your mind on any day" in text
    assert "There is no last day." in text
    # Nothing of the case, and nobody else of it.
    for untold in ("Tanner Row", "Engines", "Bo Lim", "applicant", "victim"):
        assert untold not in text


def test_each_victim_is_asked_once_by_themselves_and_the_letter_is_not_who_asks_s(
    office, reference
):
    with transaction():
        by_name = {each.name: each.id for each in _parties()}
    for who in ("Ada Fell", "Joan Sykes"):
        typed = safe_reach.TypedReach(way=safe_reach.SafeWay.PHONE)
        safe_reach.change_reach(office, reference, by_name[who], token(), typed, 0)

    numbers = [issue(office, reference), issue(office, reference)]

    assert numbers == [1, 2]
    assert [each.party_id for each in post.on_their_way()] == [
        by_name["Ada Fell"],
        by_name["Bo Lim"],
    ]
    first, second = (
        documents.download(office, reference, "letter-consent-request", each) for each in numbers
    )
    assert first != second
    # All were asked: to ask Ada Fell again has to say what is new.
    assert "Dear Ada Fell" in text_of(office, reference, CONSENT_REQUEST)
    with pytest.raises(IllegalMoveError, match="What has changed since the last letter"):
        issue(office, reference)


def _parties():
    return post.db.session.scalars(post.sa.select(post.Party).execution_options(**post.DOOR)).all()


def test_a_letter_begun_for_one_names_nobody_to_the_next(office, reference):
    write(office, reference, CONSENT_REQUEST, salutation="Dear Ada Fell")
    agree(office, reference, "Ada Fell")

    assert open_sentences(office, reference, CONSENT_REQUEST) == [
        "The greeting: take out the name Ada Fell, which is not for the applicant"
    ]
    with pytest.raises(IllegalMoveError):
        issue(office, reference)
    write(office, reference, CONSENT_REQUEST, salutation="Dear Bo Lim")
    issue(office, reference)
    assert letters.open_letter_form(office, reference, CONSENT_REQUEST).version == 0


def test_nobody_is_asked_who_has_agreed_and_what_was_sent_stays_on_the_list(office, reference):
    issue(office, reference)
    for who in ("Ada Fell", "Bo Lim"):
        agree(office, reference, who)

    with pytest.raises(CaseNotFoundError):
        letters.open_letter(office, reference, CONSENT_REQUEST)
    lines = {line.kind: line for line in letters.open_letters(office, reference).letters}
    assert list(lines) == [ACKNOWLEDGEMENT, CONSENT_REQUEST]
    assert not lines[CONSENT_REQUEST].fits
    assert [each.number for each in lines[CONSENT_REQUEST].documents] == [1]


def test_a_victim_is_not_asked_about_somebody_whom_they_cannot_place(office, reference):
    parties.add_party(
        office,
        reference,
        token(),
        role=PartyRole.APPLICANT_REPRESENTATIVE,
        kind=PartyKind.INDIVIDUAL,
        name="Nell Fell",
    )
    for who in ("Ada Fell", "Bo Lim"):
        agree(office, reference, who)

    later = replace(office, at=office.at + dt.timedelta(minutes=1))
    assert open_sentences(later, reference, CONSENT_REQUEST) == [
        "It is known who asks for the victim, and as what"
    ]


def test_the_panel_neither_writes_nor_reads_it(office, reference):
    for email in (cases.POLICE, cases.CHAIR):
        with pytest.raises((ActRefusedError, CaseNotFoundError)):
            letters.open_letter(actor_of(email, RECEIVED_AT), reference, CONSENT_REQUEST)
