"""PDFs of issued documents: for whoever may read the document itself."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, part
from portal.access.scope.meeting import documents_for
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.pdf import DocumentPdf
from portal.models.plan import Document


@built_once
def pdfs_for(actor: Actor, case_id: int) -> sa.Select[DocumentPdf]:
    """Select the PDFs of the documents of a case that the actor may read."""
    readable = documents_for(actor, case_id).with_only_columns(Document.id).order_by(None)
    return (
        part(actor, DocumentPdf, case_id, "pdf")
        .where(DocumentPdf.document_id.in_(readable))
        .execution_options(scope=KNOWING | {"document", "pdf"})
    )
