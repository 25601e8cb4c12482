"""Issued documents: kept byte for byte, listed and handed out to whoever may read them."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.meeting import documents_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.person import Person
from portal.models.plan import LETTERS, Document, DocumentKind
from portal.services.delivering import hand_over

LABELS = {
    DocumentKind.ACTION_PLAN_PANEL: "Action plan, panel version",
    DocumentKind.ACTION_PLAN_APPLICANT: "Action plan, applicant version",
    DocumentKind.MINUTES: "Minutes of the meeting",
    DocumentKind.AGENDA: "Agenda of the meeting",
    **{document: f"Letter: {kind.label.lower()}" for kind, document in LETTERS.items()},
}


@dataclass(frozen=True)
class Made:
    """A Word file that is not kept yet."""

    kind: DocumentKind
    content: bytes
    template_version: str


def keep(actor: Actor, opened: Opened, number: int, made: Made, what_changed: str = "") -> Document:
    """Keep a file byte for byte, with its hash and who issued it; does not commit."""
    kept = Document(
        case_id=opened.case.id,
        kind=made.kind,
        number=number,
        issued_at=actor.at,
        issued_by_id=actor.person_id,
        template_version=made.template_version,
        sha256=hashlib.sha256(made.content).hexdigest(),
        what_changed=what_changed,
        content=made.content,
    )
    db.session.add(kept)
    hand_over(actor, opened, kept)
    return kept


def next_number(actor: Actor, opened: Opened, kinds: Iterable[DocumentKind]) -> int:
    """Return the number of the next issue of these kinds; belongs inside a transaction."""
    query = documents_for(actor, opened.case.id).where(Document.kind.in_(kinds))
    return max((row.number for row in db.session.scalars(query)), default=0) + 1


@dataclass(frozen=True)
class ShownDocument:
    """An issued document, as it is listed; ``what_changed`` is since the issue before."""

    kind: str
    label: str
    number: int
    issued_at: dt.datetime
    issued_by: str
    sha256: str
    template_version: str
    what_changed: str

    @property
    def name(self) -> str:
        """Return what the address and the log call it."""
        return f"{self.kind}-{self.number}"

    @property
    def filename(self) -> str:
        """Return the name of the file in the address."""
        return f"{self.name}.docx"


def shown_documents(
    actor: Actor, opened: Opened, kinds: Iterable[DocumentKind]
) -> tuple[ShownDocument, ...]:
    """Return what was issued of these kinds, as far as the actor may read it.

    Belongs inside a transaction.
    """
    query = documents_for(actor, opened.case.id).where(Document.kind.in_(kinds))
    rows = db.session.scalars(query).all()
    names = _names({row.issued_by_id for row in rows})
    return tuple(
        ShownDocument(
            kind=row.kind.value,
            label=LABELS[row.kind],
            number=row.number,
            issued_at=row.issued_at,
            issued_by=names[row.issued_by_id],
            sha256=row.sha256,
            template_version=row.template_version,
            what_changed=row.what_changed,
        )
        for row in rows
    )


def _names(ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def download(actor: Actor, reference: str, kind: DocumentKind, number: int) -> bytes:
    """Return an issued document byte for byte.

    Raises:
        CaseNotFoundError: there is none of this kind and number for this reader.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_DOCUMENT, thing=f"{kind}-{number}")
        query = documents_for(actor, opened.case.id).where(
            Document.kind == kind,
            Document.number == number,
        )
        found = db.session.scalars(query).one_or_none()
        if found is None:
            raise CaseNotFoundError(reference)
        return found.content
