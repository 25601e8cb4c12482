"""Which text stands in which invite and message, who gets one, and who loses it."""

from email import message_from_bytes, policy

import icalendar
import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.db import db
from portal.domain.roles import Actor
from portal.mail import deliver
from portal.models.log import LogEntry
from portal.models.outbox import OutboxMessage
from portal.services import booking, messages, panel
from portal.services import people as people_service
from tests import cases
from tests.canary import APPLICANT_ICS, INSIDE, OUTSIDE, PANEL_ICS, TOKENS, found_in, in_paper
from tests.canary_case import DOOR, make_canary_case, record_conflict
from tests.cases import actor_of, token

APPLICANT_EMAIL = f"{TOKENS['invite-email']}@example.org"
OFFICE_EMAIL = "office@wharrow-lpb.example"
AT = cases.ISSUED_AT


@pytest.fixture
def invited(app, people):
    return make_canary_case(app, "invited")


def _stored():
    query = sa.select(OutboxMessage).where(OutboxMessage.invite.is_not(None))
    return db.session.scalars(query.order_by(OutboxMessage.id).execution_options(**DOOR)).all()


def _attendees(ics):
    (event,) = icalendar.Calendar.from_ical(ics).events
    found = event.get("ATTENDEE", [])
    listed = found if isinstance(found, list) else [found]
    return {str(each).removeprefix("mailto:") for each in listed}


def test_everybody_who_opens_the_case_gets_the_panels_invite_and_nobody_else(app, invited):
    with app.app_context():
        receivers = [row.receiver for row in _stored()]

    assert sorted(receivers) == sorted([*INSIDE.values(), APPLICANT_EMAIL])


def test_an_invite_holds_its_texts_and_no_other(app, invited):
    with app.app_context():
        for row in _stored():
            paper = APPLICANT_ICS if row.receiver == APPLICANT_EMAIL else PANEL_ICS
            assert found_in(row.invite.decode()) == in_paper(paper)


def test_the_panels_invite_lists_the_panel_without_those_in_conflict(app, invited):
    with app.app_context():
        lists = [_attendees(row.invite) for row in _stored() if row.receiver != APPLICANT_EMAIL]

    assert all(each == set(INSIDE.values()) for each in lists)


def test_the_applicants_invite_names_nobody_but_themselves_and_has_a_link_of_its_own(app, invited):
    with app.app_context():
        stored = _stored()
    theirs = next(row.invite for row in stored if row.receiver == APPLICANT_EMAIL)
    panels = next(row.invite for row in stored if row.receiver == cases.POLICE)

    assert _attendees(theirs) == {APPLICANT_EMAIL}
    (event,), (other,) = (icalendar.Calendar.from_ical(each).events for each in (theirs, panels))
    assert str(event["ORGANIZER"]) == f"mailto:{OFFICE_EMAIL}"
    assert event["SUMMARY"] == other["SUMMARY"] == invited
    assert (event["URL"], event["UID"]) != (other["URL"], other["UID"])
    text = theirs.decode().replace("\r\n ", "")
    for email in [*INSIDE.values(), *OUTSIDE.values()]:
        assert email not in text
    for name in ("Okafor", "Lyle", "Adeyemi", "Castell", "/cases/"):
        assert name not in text


class _Post:
    """A mail server that keeps what it is handed."""

    def __init__(self):
        self.mails = []

    def send(self, message):
        self.mails.append(deliver.to_mail(message).as_bytes())


def test_a_mail_says_reference_and_link_and_no_text_of_the_case(app, people, clock, caplog):
    make_canary_case(app, "monitoring")
    clock.at = AT
    post = _Post()

    with app.app_context():
        while deliver.send_next(clock, post, "no-reply@portal.example"):
            pass

    # And four bodies, police, council, housing and health, were told of the request by law.
    assert len(post.mails) == 2 * len(INSIDE) + 1 + 4
    for raw in post.mails:
        mail = message_from_bytes(raw, policy=policy.default)
        is_applicants = mail["To"] == APPLICANT_EMAIL
        headers = "\n".join(f"{name}: {value}" for name, value in mail.items() if name != "To")
        body = mail.get_body(("plain",)).get_content()
        assert found_in(headers) == set()
        assert found_in(body) == set()
        assert found_in(str(mail["To"])) == ({"invite-email"} if is_applicants else set())
        invites = [
            part.get_payload(decode=True).decode()
            for part in mail.walk()
            if part.get_content_type() in {"text/calendar", "application/ics"}
        ]
        paper = APPLICANT_ICS if is_applicants else PANEL_ICS
        assert all(found_in(each) == in_paper(paper) for each in invites)
    assert found_in(caplog.text) == set()


def test_the_log_of_inviting_holds_no_text_and_no_address(app, invited):
    with app.app_context():
        rows = "\n".join(str(vars(row)) for row in db.session.scalars(sa.select(LogEntry)))

    assert found_in(rows) == set()
    assert "@" not in rows


@pytest.mark.parametrize("email", [cases.POLICE, cases.CHAIR, cases.COUNCIL])
def test_whoever_comes_into_conflict_before_the_invites_is_on_no_list_and_gets_none(
    app, people, email
):
    reference = make_canary_case(app, "undeclared")

    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.ARRANGED_AT)
        panel.declare(chair, reference, token(), has_conflict=False, reason="")
        record_conflict(reference, email)
        booking.send_invites(actor_of(cases.COORDINATOR, cases.ARRANGED_AT), reference, token())

        assert email not in {row.receiver for row in _stored()}
        for row in _stored():
            assert email not in row.invite.decode().replace("\r\n ", "")


@pytest.mark.parametrize("email", [cases.POLICE, cases.CHAIR, cases.COORDINATOR])
def test_whoever_comes_into_conflict_after_the_invites_cannot_open_theirs_here(app, invited, email):
    with app.app_context():
        number = next(row.id for row in _stored() if row.receiver == email)
        assert messages.download_invite(actor_of(email, AT), number)
        record_conflict(invited, email)

        assert not messages.list_messages(actor_of(email, AT))
        with pytest.raises(CaseNotFoundError):
            messages.download_invite(actor_of(email, AT), number)


def test_an_invite_is_opened_by_its_receiver_and_the_coordinator_alone(app, invited):
    with app.app_context():
        for row in _stored():
            for name, email in (INSIDE | OUTSIDE).items():
                actor = actor_of(email, AT)
                if email == row.receiver or name == "coordinator":
                    assert messages.download_invite(actor, row.id) == (invited, row.invite)
                else:
                    with pytest.raises(CaseNotFoundError):
                        messages.download_invite(actor, row.id)


def test_only_the_coordinator_sends_invites(app, people):
    reference = make_canary_case(app, "undeclared")

    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.ARRANGED_AT)
        panel.declare(chair, reference, token(), has_conflict=False, reason="")
        for email in set(INSIDE.values()) - {cases.COORDINATOR}:
            with pytest.raises(ActRefusedError):
                booking.send_invites(actor_of(email, cases.ARRANGED_AT), reference, token())

        assert not _stored()


def test_those_outside_send_none_and_find_no_meeting(app, invited):
    with app.app_context():
        for email in OUTSIDE.values():
            actor = actor_of(email, cases.ARRANGED_AT)
            with pytest.raises(CaseNotFoundError):
                booking.send_invites(actor, invited, token())
            with pytest.raises(CaseNotFoundError):
                booking.open_meeting_page(actor, invited)


def test_a_chair_who_can_no_longer_sign_in_is_not_invited(app, people):
    reference = make_canary_case(app, "undeclared")

    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.ARRANGED_AT)
        panel.declare(chair, reference, token(), has_conflict=False, reason="")
        job = Actor.job("a test", AT)
        people_service.set_active(job, email=cases.CHAIR, is_active=False)
        # With the account the appointment ends, and the meeting has no chair.
        with pytest.raises(booking.BookingError, match="The chair has first to declare"):
            booking.send_invites(actor_of(cases.COORDINATOR, cases.ARRANGED_AT), reference, token())

        assert cases.CHAIR not in {row.receiver for row in _stored()}
