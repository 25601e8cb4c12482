"""What the open pages of a meeting need: who is writing in what, and when somebody was shown it."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Writing(Base):
    """Somebody is writing in something of a case; it counts while there are signs of life.

    Attributes:
        thing: in what, by kind and number or key: "action 3".
    """

    __tablename__ = "writing"
    __table_args__ = {"info": {"scope": "live"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    thing: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    since: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]


class LiveLook(Base):
    """When the log last said that an open page handed somebody something new of a sitting."""

    __tablename__ = "live_look"
    __table_args__ = {"info": {"scope": "live"}}

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True)
    sitting: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    logged_at: Mapped[dt.datetime]
