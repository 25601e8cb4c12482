"""The worker's part of a PDF: lease it, make it outside of any transaction, keep it.

A worker that dies in between has kept nothing, and after the lease it is made again.
"""

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from typing import TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from portal.access.scope.marks import unscoped
from portal.clock import Clock
from portal.db import db, transaction
from portal.documents import office_suite
from portal.documents.examples import render_examples
from portal.documents.office_suite import OfficeSuiteError
from portal.documents.package import TemplateError
from portal.models.pdf import DocumentPdf, PdfState, TemplatePdf
from portal.models.plan import Document
from portal.models.template import TemplateVersion

logger = logging.getLogger("portal.pdf")

LEASE = dt.timedelta(minutes=3)
MOST_ATTEMPTS = 3
_GAVE_UP = "It was tried several times. Use the Word file"
_DOOR = "the worker makes files for nobody’s eyes; whoever asks for one is asked at the gate"


_Kept: TypeAlias = DocumentPdf | TemplatePdf
_KEYS: dict[type[_Kept], InstrumentedAttribute[int]] = {
    DocumentPdf: DocumentPdf.document_id,
    TemplatePdf: TemplatePdf.template_id,
}


@dataclass(frozen=True)
class _Leased:
    """A PDF to be made: of which row, at which attempt, and of what."""

    table: type[_Kept]
    key: int
    attempts: int
    content: bytes
    kind: str


def work_next(clock: Clock) -> bool:
    """Make one PDF that was asked for; say whether there was one."""
    leased = _lease(DocumentPdf, clock.now()) or _lease(TemplatePdf, clock.now())
    if leased is None:
        return False
    try:
        made = office_suite.to_pdf(_word_file(leased))
    except (OfficeSuiteError, TemplateError) as error:
        logger.warning("No PDF could be made: %s", error)
        _end(leased, PdfState.FAILED, fault=str(error))
    else:
        _end(leased, PdfState.THERE, content=made)
    return True


def _word_file(leased: _Leased) -> bytes:
    if leased.table is DocumentPdf:
        return leased.content
    return render_examples(leased.kind, leased.content)


def _lease(table: type[_Kept], now: dt.datetime) -> _Leased | None:
    with transaction():
        died = sa.and_(table.state == PdfState.MAKING, table.leased_until < now)
        query = (
            sa.select(table)
            .where(sa.or_(table.state == PdfState.WAITING, died))
            .order_by(table.asked_at)
            .limit(1)
            .with_for_update(skip_locked=True)
            .execution_options(**unscoped(_DOOR))
        )
        found = cast("_Kept | None", db.session.scalars(query).one_or_none())
        if found is None:
            return None
        found.attempts += 1
        if found.attempts > MOST_ATTEMPTS:
            found.state, found.fault = PdfState.FAILED, _GAVE_UP
            return None
        found.state, found.leased_until = PdfState.MAKING, now + LEASE
        key, content, kind = _source(found)
        return _Leased(table, key, found.attempts, content, kind)


def _source(pdf: _Kept) -> tuple[int, bytes, str]:
    """Return the key of the row, and the Word file or template with its kind."""
    query = (
        sa.select(Document.id, Document.content, Document.kind).where(
            Document.id == pdf.document_id
        )
        if isinstance(pdf, DocumentPdf)
        else sa.select(TemplateVersion.id, TemplateVersion.content, TemplateVersion.kind).where(
            TemplateVersion.id == pdf.template_id
        )
    )
    key, content, kind = db.session.execute(query.execution_options(**unscoped(_DOOR))).one()
    return key, content, str(kind)


def _end(
    leased: _Leased, state: PdfState, *, content: bytes | None = None, fault: str = ""
) -> None:
    """Keep what came of it, unless another worker has taken it over meanwhile."""
    table = leased.table
    with transaction():
        db.session.execute(
            sa.update(table)
            .where(
                _KEYS[table] == leased.key,
                table.state == PdfState.MAKING,
                table.attempts == leased.attempts,
            )
            .values(
                state=state,
                content=content,
                sha256=hashlib.sha256(content).hexdigest() if content else "",
                fault=fault,
                leased_until=None,
            )
            .execution_options(**unscoped(_DOOR))
        )
