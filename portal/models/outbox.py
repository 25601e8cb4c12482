"""Messages waiting to go out, written in the same transaction as what they tell."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type

FOR_DRAFT: Final = "draft-"
"""How the seed of a link to a saved request begins."""


class DeliveryState(enum.StrEnum):
    """How far a message has got; withheld is what its receiver may no longer know of."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    WITHHELD = "withheld"


class OutboxMessage(Base):
    """One message to one receiver; never a name, an address or what happened.

    Attributes:
        invite_uid: of the calendar entry that the invite is about.
        delivery_id: of the paper that it says is waiting.
        seed: what the link or the code in it is made from as it leaves; neither is stored.
        attempts_before: how many there had been when somebody last had it tried again.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.Index("ix_outbox_message_state_due", "state", "try_at"),
        {"info": {"scope": "message"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review_case.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    receiver: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(sa.Text)
    invite: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    invite_method: Mapped[str | None] = mapped_column(sa.String(10))
    invite_uid: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[DeliveryState] = mapped_column(enum_type(DeliveryState))
    created_at: Mapped[dt.datetime]
    try_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None]
    fault: Mapped[str] = mapped_column(default="")
    delivery_id: Mapped[int | None] = mapped_column(sa.ForeignKey("delivery.id"), index=True)
    seed: Mapped[str | None] = mapped_column(sa.String(40))
    attempts_before: Mapped[int] = mapped_column(default=0, server_default="0")
