"""PDFs of issued documents: asked for once, watched while they are made, handed out.

A document is named as addresses have it, by kind and number: "action-plan-panel-1".
"""

import re
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, glance, load_case
from portal.access.scope.meeting import documents_for
from portal.access.scope.pdfs import pdfs_for
from portal.db import db, transaction
from portal.documents import office_suite
from portal.domain.roles import Act, Actor
from portal.models.pdf import DocumentPdf, Pdf, PdfState
from portal.models.plan import Document, DocumentKind
from portal.services.documents import LABELS
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.turns import take_turns

WORKING = frozenset({PdfState.WAITING, PdfState.MAKING})
_SAID = {
    PdfState.WAITING: "Waiting to be made",
    PdfState.MAKING: "Being made",
    PdfState.THERE: "Ready",
    PdfState.FAILED: "Not made",
}


_NAME = re.compile(rf"({'|'.join(kind.value for kind in DocumentKind)})-([1-9][0-9]{{0,5}})")


@dataclass(frozen=True)
class ShownPdf:
    """How far a PDF is.

    Attributes:
        state: as it is stored; empty where nobody has asked for it yet.
        said: the same in words.
        fault: why it could not be made.
        is_possible: LibreOffice is there to make it.
    """

    state: str
    said: str
    fault: str
    sha256: str
    is_possible: bool

    @property
    def is_working(self) -> bool:
        """Whether the worker has it still to do."""
        return self.state in WORKING


@dataclass(frozen=True)
class PdfPage:
    """The PDF of a document; ``name`` is the document's, as addresses have it."""

    frame: CaseFrame
    name: str
    label: str
    number: int
    pdf: ShownPdf


def shown_pdf(pdf: Pdf | None) -> ShownPdf:
    """Return how far a PDF is; none is one that nobody has asked for."""
    is_possible = office_suite.is_there()
    if pdf is None:
        return ShownPdf("", "", "", "", is_possible)
    return ShownPdf(pdf.state.value, _SAID[pdf.state], pdf.fault, pdf.sha256, is_possible)


def ask_again(actor: Actor, pdf: Pdf) -> None:
    """Hand to the worker what is new or was not made; what is there or on its way stays."""
    if pdf.state not in {PdfState.THERE, *WORKING}:
        pdf.state, pdf.fault, pdf.attempts = PdfState.WAITING, "", 0
        pdf.asked_at, pdf.asked_by_id = actor.at, actor.person_id or pdf.asked_by_id


def open_pdf(actor: Actor, reference: str, name: str) -> PdfPage:
    """Return the page of a document's PDF.

    Raises:
        CaseNotFoundError: there is no such document for this reader.
    """
    with transaction():
        thing = f"{name[:50]}, PDF"
        opened = load_case(actor, reference, Act.READ_DOCUMENT, thing=thing)
        document = _document(actor, opened, name)
        return PdfPage(
            frame=frame(actor, opened),
            name=name,
            label=LABELS[document.kind],
            number=document.number,
            pdf=shown_pdf(_pdf(actor, opened, document)),
        )


def glance_at_pdf(actor: Actor, reference: str, name: str) -> ShownPdf:
    """Return how far it is, for the script of the page: such a look is no view.

    Raises:
        CaseNotFoundError: there is no such document for this reader.
    """
    with transaction():
        opened = glance(actor, reference, Act.READ_DOCUMENT)
        return shown_pdf(_pdf(actor, opened, _document(actor, opened, name)))


def ask_for_pdf(actor: Actor, reference: str, name: str, token: str) -> None:
    """Ask the worker for the PDF of a document; however often it is asked, it is made once.

    Raises:
        CaseNotFoundError: there is no such document for this reader.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"{name[:50]}, PDF asked for"
        opened = load_case(actor, reference, Act.READ_DOCUMENT, thing=thing)
        document = _document(actor, opened, name)
        if not office_suite.is_there():
            return
        take_turns(actor.area_id)
        pdf = _pdf(actor, opened, document)
        if pdf is not None:
            ask_again(actor, pdf)
            return
        db.session.add(
            DocumentPdf(
                document_id=document.id,
                case_id=opened.case.id,
                state=PdfState.WAITING,
                asked_at=actor.at,
                asked_by_id=actor.person_id,
            )
        )


def things_of_downloads(name: str) -> tuple[str, str]:
    """Return what the log calls a download of a document: as Word, and as PDF."""
    return name, f"{name}, PDF download"


def download_pdf(actor: Actor, reference: str, name: str) -> bytes:
    """Return the PDF of a document byte for byte.

    Raises:
        CaseNotFoundError: there is none for this reader.
    """
    with transaction():
        _, thing = things_of_downloads(name[:50])
        opened = load_case(actor, reference, Act.READ_DOCUMENT, thing=thing)
        pdf = _pdf(actor, opened, _document(actor, opened, name))
        if pdf is None or pdf.content is None:
            raise CaseNotFoundError(reference)
        return pdf.content


def _document(actor: Actor, opened: Opened, name: str) -> Document:
    match = _NAME.fullmatch(name)
    if match is None:
        raise CaseNotFoundError(opened.case.reference)
    query = documents_for(actor, opened.case.id).where(
        Document.kind == DocumentKind(match[1]), Document.number == int(match[2])
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _pdf(actor: Actor, opened: Opened, document: Document) -> DocumentPdf | None:
    query = pdfs_for(actor, opened.case.id).where(DocumentPdf.document_id == document.id)
    return db.session.scalars(query).one_or_none()
