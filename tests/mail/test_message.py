import datetime as dt
from email import message_from_bytes, policy

import pytest

from portal.mail.message import Message, MessageError, is_address, to_mail

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:ACR-2 \xe2\x80\x93 review\r\nEND:VCALENDAR\r\n"
BODY = "Something is waiting for you – open it here:\nhttp://localhost/cases/ACR-2\n"


def _message(**changes):
    values = {
        "key": "k-1",
        "sender": "no-reply@portal.example",
        "receiver": "coordinator@wharrow-lpb.example",
        "subject": "Case ACR-2",
        "body": BODY,
        "sent_at": dt.datetime(2027, 1, 14, 8, 45, tzinfo=dt.UTC),
    }
    return Message(**(values | changes))


def _as_received(message):
    return message_from_bytes(to_mail(message).as_bytes(), policy=policy.default)


def _lines(part):
    """The text as its reader sees it; on the way its lines end as mail's do."""
    return part.get_content().replace("\r\n", "\n")


def test_a_message_arrives_as_it_was_written():
    mail = _as_received(_message())

    assert mail["To"] == "coordinator@wharrow-lpb.example"
    assert mail["From"] == "no-reply@portal.example"
    assert mail["Subject"] == "Case ACR-2"
    assert mail["Date"] == "Thu, 14 Jan 2027 08:45:00 +0000"
    assert mail["Message-ID"] == "<k-1@portal.example>"
    assert _lines(mail) == BODY


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invite_is_a_part_with_its_method_and_the_same_file_attached(method):
    ics = ICS.replace(b"REQUEST", method.encode())

    mail = _as_received(_message(invite=ics, invite_method=method))

    calendar = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    (attached,) = mail.iter_attachments()
    assert len(calendar) == 1
    assert calendar[0].get_param("method") == method
    assert calendar[0].get_param("charset").lower() == "utf-8"
    assert calendar[0].get_payload(decode=True) == ics
    assert attached.get_filename() == "invite.ics"
    assert attached.get_payload(decode=True) == ics
    assert _lines(mail.get_body(("plain",))) == BODY


def test_an_invite_of_another_method_than_its_message_says_is_refused():
    with pytest.raises(MessageError, match="another method"):
        to_mail(_message(invite=ICS, invite_method="CANCEL"))


@pytest.mark.parametrize("method", [None, "", "PUBLISH", "request"])
def test_an_invite_without_a_known_method_is_refused(method):
    with pytest.raises(MessageError, match="method"):
        to_mail(_message(invite=ICS, invite_method=method))


@pytest.mark.parametrize(
    "receiver",
    [
        "",
        "nobody",
        "a@x.example,b@evil.example",
        "a@x.example, b@evil.example",
        "a@x.example;b@evil.example",
        "a@x.example\r\nBcc: b@evil.example",
        "a@x.example\n",
        "Ruth <a@x.example>",
        "a@x.example b@evil.example",
        '"a,b"@x.example',
        "a@@x.example",
        "a@x.example\x00",
    ],
)
def test_a_receiver_who_is_not_exactly_one_address_is_refused(receiver):
    assert not is_address(receiver)
    with pytest.raises(MessageError, match="not one email address"):
        to_mail(_message(receiver=receiver))


def test_a_subject_cannot_add_a_header():
    with pytest.raises(MessageError, match="not one line"):
        to_mail(_message(subject="Case ACR-2\r\nBcc: b@evil.example"))
