"""Answers to invites: each for themselves, by button or file; read by coordinator and chair."""

import datetime as dt

import pytest

from portal.access.gate import ActRefusedError
from portal.domain.invites import AnswerToInvite
from portal.domain.membership import Standing
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.services import booking, invite_answers, meeting, panel, people
from portal.services.invite_answers import AnswerError, TypedAnswer
from tests import cases
from tests.cases import actor_of, agency_id, make_case, person_id, token
from tests.received import AT, PANEL, change, office, sent

ACCEPTED, DECLINED = TypedAnswer(AnswerToInvite.ACCEPTED), TypedAnswer(AnswerToInvite.DECLINED)


@pytest.fixture
def invited(app, people):
    reference = make_case(app, stage="invited")
    with app.app_context():
        yield reference


def _answer(reference, email, typed, at=AT):
    invite_answers.answer_invite(actor_of(email, at), reference, token(), typed)


def _hand_in(reference, email, content, at=AT):
    invite_answers.answer_by_file(actor_of(email, at), reference, token(), content)


def _part(reference, email=cases.COORDINATOR, at=AT):
    return booking.open_meeting_page(actor_of(email, at), reference).answers


def _said(reference, email=cases.COORDINATOR, at=AT):
    return {each.name: each.said for each in _part(reference, email, at).everybody}


def _reply(invite, *, method="REPLY", email=cases.POLICE, partstat="ACCEPTED", **lines):
    """What an Outlook-like calendar answers to an invite: capitals and a zone of its own."""
    fields = {
        "UID": invite.uid,
        "SEQUENCE": str(invite.sequence),
        f"ATTENDEE;PARTSTAT={partstat}": f"MAILTO:{email.upper()}",
    } | lines
    body = "".join(f"{name}:{value}\r\n" for name, value in fields.items())
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n"
        "DTSTAMP:20270112T100000Z\r\nDTSTART;TZID=GMT Standard Time:20270119T100000\r\n"
        f"{body}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_coordinator_and_chair_read_all_answers_and_the_others_only_their_own(invited):
    _answer(invited, cases.POLICE, TypedAnswer(AnswerToInvite.DECLINED, None, "In court that day"))
    _answer(invited, cases.COUNCIL, ACCEPTED)

    for leader in (cases.COORDINATOR, cases.CHAIR):
        assert _said(invited, leader) == {
            "Marie Castell": "Comes",
            "Tom Beddoes": "No answer yet",
            "Insp Lena Marsh": "No answer yet",
            "Sgt Daniel Okafor": "Does not come",
            "Margaret Lyle": "No answer yet",
            "Ruth Adeyemi": "No answer yet",
            "The applicant": "No answer yet",
        }
    for member, own in ((cases.POLICE, "Does not come"), (cases.POLICE_LEAD, "No answer yet")):
        part = _part(invited, member)
        assert (part.everybody, part.own.said) == ((), own)
    assert "In court" not in str(_part(invited, cases.POLICE_LEAD))


def test_an_answer_stays_until_day_or_time_change_and_its_file_follows(invited, clock):
    sent(clock)
    _answer(invited, cases.POLICE, ACCEPTED)

    change(invited, place="Hexley Library")
    placed = {each.to: each for each in sent(clock)}
    kept = _said(invited)["Sgt Daniel Okafor"]
    change(invited, held_on=dt.date(2027, 1, 18))
    moved = {each.to: each for each in sent(clock)}

    # In one's own file one's own answer; nobody reads another's.
    nobody = dict.fromkeys(PANEL, "NEEDS-ACTION")
    assert placed[cases.POLICE].said == nobody | {cases.POLICE: "ACCEPTED"}
    assert placed[cases.COUNCIL].said == nobody
    assert moved[cases.POLICE].said == nobody
    assert kept == "Comes"
    assert _said(invited)["Sgt Daniel Okafor"] == "No answer yet"
    line = next(each for each in _part(invited).everybody if each.name == "Sgt Daniel Okafor")
    assert (line.earlier, line.when) == (("Comes",), None)


def test_a_file_is_an_answer_like_the_button(invited, clock):
    invite = next(each for each in sent(clock) if each.to == cases.POLICE)

    _hand_in(invited, cases.POLICE, _reply(invite, partstat="TENTATIVE", COMMENT="If court ends"))

    assert _part(invited, cases.POLICE).own.said == "Comes perhaps"
    assert _part(invited, cases.POLICE).own.comment == "If court ends"


_UNREADABLE = "calendar file that can be read"
REFUSED = {
    "another invite": (lambda i: _reply(i, UID="other@x.example"), "answers another invite"),
    "somebody else": (lambda i: _reply(i, email=cases.POLICE_LEAD), "answer of somebody else"),
    "not sent yet": (lambda i: _reply(i, SEQUENCE="1"), "has not been sent"),
    "below nothing": (lambda i: _reply(i, SEQUENCE="-1"), "has not been sent"),
    "no number": (lambda i: _reply(i, SEQUENCE="x"), _UNREADABLE),
    "an invite": (lambda i: i.event_file, "no answer to an invite"),
    "no answer": (lambda i: _reply(i, partstat="NEEDS-ACTION"), "does not say whether you come"),
    "an own word": (lambda i: _reply(i, partstat="X-MAYBE"), "does not say whether you come"),
    "two people": (
        lambda i: _reply(i, **{"ATTENDEE;CN=B": "mailto:b@c.example"}),
        "the answer of one person",
    ),
    "nobody": (lambda _: b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\n"
               b"END:VEVENT\r\nEND:VCALENDAR", "the answer of one person"),
    "a delegate outside": (
        lambda i: _reply(i, partstat='DELEGATED;DELEGATED-TO="mailto:council@hexley.example"'),
        "a colleague of the same agency",
    ),
    "nothing": (lambda _: b"", _UNREADABLE),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n\x00\x00", _UNREADABLE),
    "unclosed": (lambda _: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nMETHOD:REPLY", _UNREADABLE),
    "ended twice": (lambda _: b"END:VEVENT\r\nEND:VCALENDAR", _UNREADABLE),
    "large": (lambda _: b"x" * 200_000, "100 KB or smaller"),
}  # fmt: skip


def test_what_is_no_answer_to_ones_own_invite_gets_a_sentence(invited, clock):
    invite = next(each for each in sent(clock) if each.to == cases.POLICE)

    for name, (make, sentence) in REFUSED.items():
        with pytest.raises(AnswerError) as refused:
            _hand_in(invited, cases.POLICE, make(invite))
        assert sentence in str(refused.value), name
        assert refused.value.field == "file", name
    assert _part(invited, cases.POLICE).own.said == "No answer yet"


def test_an_answer_to_an_older_invite_counts_only_while_day_and_time_are_the_same(invited, clock):
    invite = next(each for each in sent(clock) if each.to == cases.POLICE)
    change(invited, place="Hexley Library")

    _hand_in(invited, cases.POLICE, _reply(invite))
    placed = _part(invited, cases.POLICE).own.said
    change(invited, held_on=dt.date(2027, 1, 18))

    assert placed == "Comes"
    with pytest.raises(AnswerError, match="has changed since this answer"):
        _hand_in(invited, cases.POLICE, _reply(invite))


def _add_deputy():
    job = Actor.job("a test", cases.RECEIVED_AT)
    email = "police-two@wharrow-police.example"
    people.add_person(job, email=email, name="PC Aled Wynn", passphrase=demo_people.PASSPHRASE)
    people.give_role(
        job,
        email=email,
        role=Role.AGENCY_REPRESENTATIVE,
        area_slug=demo_people.WHARROWDALE.slug,
        agency_name=demo_people.POLICE,
    )
    return email


def test_somebody_of_the_same_agency_who_is_invited_can_come_instead(invited, clock):
    deputy = _add_deputy()
    number = agency_id(demo_people.POLICE)
    instead = TypedAnswer(AnswerToInvite.DELEGATED, person_id(deputy))
    with pytest.raises(AnswerError, match="same agency who is invited too"):
        _answer(invited, cases.POLICE, instead)
    panel.name_agency_representative(
        office(),
        invited,
        token(),
        agency_id=number,
        person_id=person_id(deputy),
        standing=Standing.DEPUTY,
    )
    booking.send_invites(office(), invited, token())

    _answer(invited, cases.POLICE, instead)

    assert _said(invited)["Sgt Daniel Okafor"] == "A colleague comes instead: PC Aled Wynn"
    with pytest.raises(AnswerError) as refused:
        _answer(
            invited, cases.POLICE, TypedAnswer(AnswerToInvite.DELEGATED, person_id(cases.COUNCIL))
        )
    assert refused.value.field == "delegate"
    sent(clock)
    change(invited, place="Hexley Library")
    mine = next(each for each in sent(clock) if each.to == cases.POLICE)
    assert f'DELEGATED-TO="mailto:{deputy}"' in mine.text

    people.end_roles(Actor.job("tests", AT), email=deputy, role=Role.AGENCY_REPRESENTATIVE)

    own = _part(invited, cases.POLICE).own
    assert (own.said, own.earlier) == (
        "No answer yet",
        ("A colleague comes instead: PC Aled Wynn",),
    )
    mine = next(each for each in sent(clock) if each.to == cases.POLICE)
    assert deputy not in mine.text
    assert "PARTSTAT=NEEDS-ACTION" in mine.text


def test_the_coordinator_types_in_what_somebody_said_on_the_phone_and_nobody_else_does(invited):
    for whom, typed in (
        (str(person_id(cases.HOUSING)), DECLINED),
        (invite_answers.APPLICANT, ACCEPTED),
    ):
        invite_answers.record_answer(office(), invited, token(), whom, typed)

    said = _said(invited, cases.CHAIR)
    assert said["Tom Beddoes"] == "Does not come, told to the office"
    assert said["The applicant"] == "Comes, told to the office"
    assert _part(invited, cases.HOUSING).own.said == "Does not come, told to the office"
    whom = str(person_id(cases.HOUSING))
    for email in PANEL - {cases.COORDINATOR}:
        with pytest.raises(ActRefusedError):
            invite_answers.record_answer(actor_of(email, AT), invited, token(), whom, ACCEPTED)
    for nobody in ("999999", str(person_id("fire@wharrow-fire.example")), "x"):
        with pytest.raises(AnswerError, match="Select who answered"):
            invite_answers.record_answer(office(), invited, token(), nobody, ACCEPTED)


def test_before_the_invites_and_once_the_meeting_is_open_nobody_answers(invited, app):
    meeting.open_meeting(actor_of(cases.CHAIR, cases.OPENED_AT), invited, token())

    with pytest.raises(AnswerError, match="The meeting has begun"):
        _answer(invited, cases.POLICE, ACCEPTED, cases.OPENED_AT)


def test_who_is_not_invited_has_nothing_to_answer(app, people):
    reference = make_case(app, stage="invited", chair_declares=False)
    with app.app_context(), pytest.raises(AnswerError, match="No invite to this meeting"):
        _answer(reference, cases.POLICE, ACCEPTED)
