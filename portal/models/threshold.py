"""What the threshold decision rests on: which reports were found, and what is still needed."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.threshold.facts import ReportState


class ReportStateChange(Base):
    """That a report was found, or not, or is open again; nothing of it is ever overwritten.

    A report without a row stands as it came: claimed, or confirmed by the export that it is from.

    Attributes:
        body: the agency or body that the report was made to, by its name as it was then.
        said_on: the day on which the body said so.
        said_by: who there said so.
        reason: why it was set back, or what was looked for.
        is_by_office: recorded by the coordinator for the body.
    """

    __tablename__ = "report_state_change"
    __table_args__ = {"info": {"scope": "incident"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"))
    state: Mapped[ReportState] = mapped_column(enum_type(ReportState))
    body: Mapped[str]
    said_on: Mapped[dt.date]
    said_by: Mapped[str]
    reason: Mapped[str] = mapped_column(sa.String(500))
    is_by_office: Mapped[bool]
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class DecisionNeed(Base):
    """What the coordinator needs from a body before the threshold can be decided.

    Attributes:
        due_on: the day by which it is needed.
        got_at: when it was ticked off; none while it is open.
    """

    __tablename__ = "decision_need"
    __table_args__ = {"info": {"scope": "decision_need"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    what: Mapped[str] = mapped_column(sa.String(500))
    due_on: Mapped[dt.date]
    asked_at: Mapped[dt.datetime]
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    got_at: Mapped[dt.datetime | None]
    got_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
