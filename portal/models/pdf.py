"""PDFs that the worker makes of Word files, and keeps beside them."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type


class PdfState(enum.StrEnum):
    """How far a PDF is; “waiting” and “making” are the worker's."""

    WAITING = "waiting"
    MAKING = "making"
    THERE = "there"
    FAILED = "failed"


class Pdf:
    """What every PDF has, whatever it was made of.

    Attributes:
        fault: why it could not be made, as a sentence without its full stop.
        sha256: of the content; empty while there is none.
        leased_until: until when the worker that makes it has the time to.
        attempts: of the worker; also tells a lease from the one before.
    """

    state: Mapped[PdfState] = mapped_column(enum_type(PdfState))
    asked_at: Mapped[dt.datetime] = mapped_column()
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    fault: Mapped[str] = mapped_column(sa.String(500), default="")
    sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    leased_until: Mapped[dt.datetime | None] = mapped_column()
    attempts: Mapped[int] = mapped_column(default=0)


class DocumentPdf(Pdf, Base):
    """The PDF of an issued document; for whoever may read that."""

    __tablename__ = "document_pdf"
    __table_args__ = {"info": {"scope": "pdf"}}

    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)


class TemplatePdf(Pdf, Base):
    """The PDF of a template filled with examples, for the office to look at."""

    __tablename__ = "template_pdf"

    template_id: Mapped[int] = mapped_column(sa.ForeignKey("template_version.id"), primary_key=True)
