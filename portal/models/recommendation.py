"""Recommendations of the panel to bodies with public functions, apart from its actions."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.models.edited import Edited


class Recommendation(Edited, Base):
    """What the panel recommends to a body, which has to have regard to it (section 104(7)).

    Attributes:
        by_on: by when it should be done; none where no day was named.
        words_for_applicant: what the applicant reads of it; empty for nothing.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        {"info": {"scope": "recommendation"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    body: Mapped[str]
    what: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.Text)
    by_on: Mapped[dt.date | None]
    reply_by: Mapped[dt.date]
    words_for_applicant: Mapped[str] = mapped_column(sa.Text)
