"""A request that somebody is still writing: kept after every page, erased when left alone."""

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type


class RequestDraft(Base):
    """What somebody has answered so far of a request.

    Attributes:
        reference: told to them at once; the case keeps it once the request is sent.
        code_hash: of the code that opens it together with the reference.
        answers: by the name of the page, as it was typed and checked.
        touched_at: when anything was last done with it; it is erased 14 days after.
        case_id: the case that it became; none as long as it is not sent.
        is_equality_answered: there is a set of answers about who asks; not which, nor since when.
        link_hash: of the end of the newest link that was sent by email; it asks for the code too.
    """

    __tablename__ = "request_draft"
    __table_args__ = {"info": {"scope": "draft"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    answers: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    begun_at: Mapped[dt.datetime]
    touched_at: Mapped[dt.datetime] = mapped_column(index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review_case.id"), unique=True)
    is_equality_answered: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    link_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DraftHold(Base):
    """A browser that has a draft open; it holds only a key, this row only the key's hash.

    Attributes:
        person_id: the coordinator who types for somebody; none for whoever asks for the review.
        seen_at: when it was last used; after 30 idle minutes it still keeps what is sent, and
            shows nothing.
    """

    __tablename__ = "draft_hold"
    __table_args__ = {"info": {"scope": "draft"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(
        sa.ForeignKey("request_draft.id", ondelete="CASCADE"), index=True
    )
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    seen_at: Mapped[dt.datetime]


class SourceCount(Base):
    """How often something was done in an hour from one network address, or for one number.

    Attributes:
        source_hash: of what is counted: the address itself is not kept.
        hour: its beginning.
    """

    __tablename__ = "source_count"

    source_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    hour: Mapped[dt.datetime] = mapped_column(primary_key=True)
    number: Mapped[int]


class SupportWanted(enum.StrEnum):
    """Whether somebody wants to be supported, as they said it in the form."""

    CONTACT_ME = "contact_me"
    TELL_ME_MORE = "tell_me_more"
    NOT_NOW = "not_now"


class SentRequest(Base):
    """What a request that came by the form says to the office alone.

    Attributes:
        keep_from: who must not see the request, in the words of who asks; empty where nobody.
        other_names: that they used when they reported.
        earlier_address: where they have moved within a year.
        wants_call: they need somebody to talk to on the day they sent it.
        support: none where it was not answered.
    """

    __tablename__ = "sent_request"
    __table_args__ = {"info": {"scope": "sent_request"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    keep_from: Mapped[str] = mapped_column(sa.Text)
    other_names: Mapped[str]
    earlier_address: Mapped[str] = mapped_column(sa.String(500))
    wants_call: Mapped[bool]
    support: Mapped[SupportWanted | None] = mapped_column(enum_type(SupportWanted))
