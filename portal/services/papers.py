"""The papers for a sitting: what was issued to a reader, and for the office who would get them."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.meeting import meetings_for
from portal.access.scope.papers import receiver_papers_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.meeting import Meeting
from portal.models.paper import PaperKind, ReceiverPaper
from portal.models.plan import DocumentKind
from portal.services.agenda import shown_agenda
from portal.services.changes import names_of
from portal.services.documents import ShownDocument, next_number, shown_documents
from portal.services.frames import CaseFrame, frame
from portal.services.pack_content import members_of
from portal.services.paper_checks import Check

AGENDAS = (DocumentKind.AGENDA,)


@dataclass(frozen=True)
class ShownPaper:
    """A paper to one receiver, as it is listed."""

    key: str
    number: int
    receiver: str
    issued_at: dt.datetime
    issued_by: str
    sha256: str
    what_changed: str


@dataclass(frozen=True)
class PapersPage:
    """The papers that a reader may open; for the coordinator also what issuing needs.

    Attributes:
        packs: their own, or for the coordinator each that went out, the newest issue first.
        checks: what has to be true before papers are issued, what is open first.
        receivers: who would get a pack today, by name.
        next_agenda, next_pack: the number that the next issue gets.
    """

    frame: CaseFrame
    agendas: tuple[ShownDocument, ...]
    packs: tuple[ShownPaper, ...]
    checks: tuple[Check, ...]
    receivers: tuple[str, ...]
    next_agenda: int
    next_pack: int

    @property
    def may_issue(self) -> bool:
        """Whether this reader issues papers now."""
        return Act.ISSUE_PAPERS in self.frame.open_acts

    @property
    def open_checks(self) -> tuple[Check, ...]:
        """What still blocks issuing."""
        return tuple(check for check in self.checks if not check.is_done)


def open_papers(actor: Actor, reference: str, act: Act = Act.READ_DOCUMENT) -> PapersPage:
    """Return the papers for the meeting of a case, as far as they are this reader's.

    Args:
        actor: who reads.
        reference: of the case.
        act: to read them, or to issue one, whose form comes back.
    """
    with transaction():
        thing = "papers for the meeting" if act is Act.READ_DOCUMENT else "form"
        opened = load_case(actor, reference, act, thing=thing)
        top = frame(actor, opened)
        issues = Act.ISSUE_PAPERS in top.open_acts
        meeting = meeting_ahead(actor, opened)
        return PapersPage(
            frame=top,
            agendas=shown_documents(actor, opened, AGENDAS),
            packs=shown_papers(actor, opened, PaperKind.PACK),
            checks=checks_of(actor, opened, meeting) if issues else (),
            receivers=tuple(each.label for each in members_of(opened)) if issues else (),
            next_agenda=next_number(actor, opened, AGENDAS),
            next_pack=next_pack(actor, opened),
        )


def meeting_ahead(actor: Actor, opened: Opened) -> Meeting | None:
    """Return the meeting of a case, if one is booked; belongs inside a transaction."""
    return db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()


def checks_of(actor: Actor, opened: Opened, meeting: Meeting | None) -> tuple[Check, ...]:
    """Return what has to be true before papers are issued; belongs inside a transaction."""
    items = shown_agenda(actor, opened, meeting).items if meeting else ()
    members = members_of(opened)
    found = [
        Check("The meeting is booked", meeting is not None, "meeting"),
        Check("The agenda has an item", bool(items), "agenda"),
        Check(
            "There is a chair, who has said that they have no conflict of interest",
            any(each.agency_id is None for each in members),
            "people",
        ),
        Check(
            "Somebody of an agency on the panel can open the case",
            any(each.agency_id is not None for each in members),
            "people",
        ),
    ]
    return tuple(sorted(found, key=lambda check: check.is_done))


def next_pack(actor: Actor, opened: Opened) -> int:
    """Return the number of the next issue of the packs, for whoever reads the ones before."""
    rows = db.session.scalars(_papers(actor, opened, PaperKind.PACK))
    return max((row.number for row in rows), default=0) + 1


def _papers(actor: Actor, opened: Opened, kind: PaperKind) -> sa.Select[ReceiverPaper]:
    return receiver_papers_for(actor, opened.case.id).where(ReceiverPaper.kind == kind)


def shown_papers(actor: Actor, opened: Opened, kind: PaperKind) -> tuple[ShownPaper, ...]:
    """Return the papers to one receiver of a kind that the actor may open, the newest first.

    Belongs inside a transaction.
    """
    rows = db.session.scalars(_papers(actor, opened, kind)).all()
    names = names_of(row.issued_by_id for row in rows)
    newest_first = sorted(rows, key=lambda row: (-row.number, row.id))
    return tuple(
        ShownPaper(
            key=row.key,
            number=row.number,
            receiver=row.receiver,
            issued_at=row.issued_at,
            issued_by=names[row.issued_by_id],
            sha256=row.sha256,
            what_changed=row.what_changed,
        )
        for row in newest_first
    )


@dataclass(frozen=True)
class PaperFile:
    """A paper as it was issued, and how its file is called."""

    filename: str
    content: bytes


def download_paper(actor: Actor, reference: str, key: str) -> PaperFile:
    """Return a paper to one receiver byte for byte.

    Raises:
        CaseNotFoundError: there is none with this key for this reader.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_DOCUMENT, thing=f"paper {key}")
        query = receiver_papers_for(actor, opened.case.id).where(ReceiverPaper.key == key)
        found = db.session.scalars(query).one_or_none()
        if found is None:
            raise CaseNotFoundError(reference)
        name = f"{opened.case.reference}-{found.kind}-{found.number}.docx"
        return PaperFile(name, found.content)
