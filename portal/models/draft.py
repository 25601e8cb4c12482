"""A request that somebody is still writing: kept after every page, erased when left alone."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class RequestDraft(Base):
    """What somebody has answered so far of a request.

    Attributes:
        reference: told to them at once; the case keeps it once the request is sent.
        code_hash: of the code that opens it together with the reference.
        answers: by the name of the page, as it was typed and checked.
        touched_at: when anything was last done with it; it is erased 14 days after.
        case_id: the case that it became; none as long as it is not sent.
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
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
