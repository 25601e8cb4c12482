"""What is safe for the applicant of a case, papers issued to them, and what is on its way."""

import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.roles import Actor
from portal.mail import sealed
from portal.models.case import Case, Party
from portal.models.delivery import Delivery
from portal.models.outbox import OutboxMessage
from portal.services import letter_issuing, letters, safe_reach
from portal.services.safe_reach import Answer, SafeWay, TypedReach
from tests.cases import token
from tests.letters import ACKNOWLEDGEMENT, write

DOOR = unscoped("a test looks at what is stored")
BY_EMAIL = TypedReach(
    way=SafeWay.EMAIL, email_is_safe=Answer.YES, times="After 6pm", who_may_answer="Her sister"
)
BY_POST = TypedReach(way=SafeWay.POST, post_is_safe=Answer.YES)
BY_PHONE = TypedReach(way=SafeWay.PHONE, times="After 6pm")


def applicant_id(reference: str) -> int:
    """The number of the applicant of a case."""
    query = sa.select(Party.id).join(Case, Case.id == Party.case_id)
    query = query.where(Case.reference == reference).order_by(Party.id)
    return db.session.scalars(query.execution_options(**DOOR)).first()


def say_safe(office: Actor, reference: str, typed: TypedReach) -> None:
    """Write down how it is safe to reach the applicant."""
    party = applicant_id(reference)
    version = safe_reach.open_reach(office, reference, party).version
    safe_reach.change_reach(office, reference, party, token(), typed, version)


def acknowledge(office: Actor, reference: str) -> None:
    """Write and issue the acknowledgement, or issue it again."""
    again = {"what_changed": "A new number."} if letters_of(office, reference) else {}
    write(office, reference, ACKNOWLEDGEMENT, **again)
    version = letters.open_letter_form(office, reference, ACKNOWLEDGEMENT).version
    letter_issuing.issue_letter(office, reference, ACKNOWLEDGEMENT, token(), version)


def letters_of(office: Actor, reference: str) -> int:
    """How often the acknowledgement was issued."""
    return len(letters.open_letter(office, reference, ACKNOWLEDGEMENT).documents)


def on_their_way() -> list[Delivery]:
    """Every delivery there is, the oldest first."""
    query = sa.select(Delivery).order_by(Delivery.id)
    return list(db.session.scalars(query.execution_options(**DOOR)))


def mails() -> list[OutboxMessage]:
    """Every message about a paper, the oldest first."""
    query = sa.select(OutboxMessage).where(OutboxMessage.delivery_id.is_not(None))
    return list(db.session.scalars(query.order_by(OutboxMessage.id).execution_options(**DOOR)))


def last_secret(kind: str) -> str:
    """The end of the last link, or the last code, that a message holds as it leaves."""
    seeds = [each.seed for each in mails() if each.seed and each.seed.startswith(kind)]
    return sealed.secret_of(seeds[-1])
