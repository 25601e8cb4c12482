"""A message as it is put on the wire: one receiver, no name, no address, nothing that happened."""

import datetime as dt
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from portal.domain.addresses import is_address

METHODS = frozenset({"REQUEST", "CANCEL"})


class MessageError(ValueError):
    """A message that must not be sent; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message to one receiver.

    Attributes:
        key: unique in the outbox; the Message-ID is made of it, so that a message sent twice
            after a crash is recognised as one.
        invite: a calendar file, with its method.
    """

    key: str
    sender: str
    receiver: str
    subject: str
    body: str
    sent_at: dt.datetime
    invite: bytes | None = None
    invite_method: str | None = None


def to_mail(message: Message) -> EmailMessage:
    """Return the message for the mail server.

    Raises:
        MessageError: the receiver is not exactly one address, a line end stands in the subject,
            or the invite has no known method.
    """
    if not is_address(message.receiver):
        raise MessageError("The receiver is not one email address.")
    if len(message.subject.splitlines()) > 1:
        raise MessageError("The subject is not one line.")
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = message.sender
    mail["To"] = message.receiver
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.sent_at)
    mail["Message-ID"] = f"<{message.key}@{message.sender.rpartition('@')[2]}>"
    mail.set_content(message.body)
    if message.invite is not None:
        _add_invite(mail, message.invite, message.invite_method)
    return mail


def _add_invite(mail: EmailMessage, invite: bytes, method: str | None) -> None:
    """Add the invite as an alternative, so that mail programs show their own buttons."""
    if method not in METHODS:
        raise MessageError("The invite has no known method.")
    if f"METHOD:{method}".encode() not in invite.splitlines():
        raise MessageError("The invite is of another method than its message says.")
    mail.add_alternative(
        invite,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": method, "charset": "UTF-8"},
    )
    mail.add_attachment(invite, maintype="application", subtype="ics", filename="invite.ics")
