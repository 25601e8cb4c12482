"""Papers that were issued to one receiver, byte for byte: a pack, a request to an agency."""

import datetime as dt
import enum
import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type


class PaperKind(enum.StrEnum):
    """What a paper to one receiver is."""

    PACK = "pack"
    INFORMATION_REQUEST = "information-request"


def _new_key() -> str:
    return secrets.token_hex(5)


class ReceiverPaper(Base):
    """A paper as it was issued to one receiver: another member of the panel never opens it.

    Attributes:
        key: its part of the address.
        number: of the issue; all that went out together have the same.
        person_id, agency_id: whose it is: of somebody for an agency both, of the chair the
            person, of an agency as a whole the agency.
        receiver: as the paper names them.
        what_changed: since the issue before; empty in the first.
    """

    __tablename__ = "receiver_paper"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "kind", "number", "person_id", "agency_id"),
        sa.CheckConstraint("person_id IS NOT NULL OR agency_id IS NOT NULL", name="receiver_named"),
        {"info": {"scope": "receiver_paper"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(10), unique=True, default=_new_key)
    kind: Mapped[PaperKind] = mapped_column(enum_type(PaperKind))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    receiver: Mapped[str] = mapped_column(sa.String(500))
    issued_at: Mapped[dt.datetime]
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    template_version: Mapped[str] = mapped_column(sa.String(20))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    what_changed: Mapped[str] = mapped_column(sa.Text)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
