"""The plan and the letters that were issued to somebody, handed out on their own page."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError
from portal.access.own import load_own_case
from portal.access.scope.mine import own_papers_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.plan import LETTERS, Document, DocumentKind

LABELS = {
    DocumentKind.ACTION_PLAN_APPLICANT: "Your action plan",
    **{document: f"Our letter: {kind.label.lower()}" for kind, document in LETTERS.items()},
}


@dataclass(frozen=True)
class OwnPaper:
    """A paper of theirs; ``number`` is in its address."""

    number: int
    label: str
    issued_at: dt.datetime


def open_papers(actor: Actor) -> tuple[OwnPaper, ...]:
    """Return what was issued to them, the newest first.

    Raises:
        CaseNotFoundError: their key has ended, or the victim whom they act for does not agree.
    """
    with transaction():
        load_own_case(actor, Act.OPEN_OWN_PAGE, thing="papers")
        rows = db.session.scalars(own_papers_for(actor))
        return tuple(OwnPaper(row.id, LABELS[row.kind], row.issued_at) for row in rows)


def download(actor: Actor, number: int) -> tuple[str, bytes]:
    """Return the name of the file of a paper, and the paper as it was issued.

    Raises:
        CaseNotFoundError: it was not issued to them, or was taken back.
    """
    with transaction():
        own = load_own_case(actor, Act.READ_OWN_PAPER, thing=f"document {number}")
        query = own_papers_for(actor).where(Document.id == number)
        found = db.session.scalars(query).one_or_none()
        if found is None:
            raise CaseNotFoundError(own.case.reference)
        return f"{own.case.reference}.docx", found.content
