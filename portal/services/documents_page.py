"""The issued documents of a case, and which of them went to the applicant's side."""

from dataclasses import dataclass

from portal.access.gate import load_case
from portal.db import transaction
from portal.domain.roles import Act, Actor
from portal.services.deliveries import ShownDelivery, deliveries_of
from portal.services.documents import LABELS, ShownDocument, shown_documents
from portal.services.frames import CaseFrame, frame


@dataclass(frozen=True)
class DocumentsPage:
    """The issued documents that the reader may open.

    Attributes:
        deliveries: which of them went to whom of the applicant's side; the coordinator's alone.
    """

    frame: CaseFrame
    documents: tuple[ShownDocument, ...]
    deliveries: tuple[ShownDelivery, ...]


def open_documents(actor: Actor, reference: str) -> DocumentsPage:
    """Return the issued documents that this reader may open."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_DOCUMENT, thing="documents")
        return DocumentsPage(
            frame(actor, opened),
            shown_documents(actor, opened, LABELS),
            deliveries_of(actor, opened),
        )
