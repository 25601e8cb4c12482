"""Who got which version of which issue, and when: by notice, by download, or on paper."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.meeting import documents_for
from portal.access.scope.plan import first_downloads_for, handed_over_for, notices_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor, Role
from portal.models.outbox import DeliveryState
from portal.models.plan import PLANS, Document, DocumentKind
from portal.models.plan_issue import HandedOver
from portal.services.changes import names_of
from portal.services.documents import LABELS, ShownDocument
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.pdfs import things_of_downloads


class HandOverError(Exception):
    """What was typed does not fit; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass
class Receipt:
    """How one receiver got an issue.

    Attributes:
        told_at: when the message with the link was sent; none while it waits, or without one.
        downloads: of which version, and when first.
        papers: of which version, and on which day, by hand.
    """

    name: str
    told_at: dt.datetime | None
    is_waiting: bool
    downloads: tuple[tuple[str, dt.datetime], ...] = ()
    papers: tuple[tuple[str, dt.date], ...] = ()


@dataclass(frozen=True)
class IssueReceipts:
    """Who got an issue, by name."""

    number: int
    receipts: tuple[Receipt, ...]


_VERSIONS = {
    DocumentKind.ACTION_PLAN_PANEL: "panel version",
    DocumentKind.ACTION_PLAN_APPLICANT: "applicant version",
}


def receipts_of(
    actor: Actor, opened: Opened, documents: Sequence[ShownDocument]
) -> tuple[IssueReceipts, ...]:
    """Return who got which issue, the newest issue first; belongs inside a transaction.

    That a message was sent is in the outbox, a download in the log; what was handed over on paper
    the office writes down.
    """
    numbers = sorted({document.number for document in documents}, reverse=True)
    if actor.role is not Role.COORDINATOR or not numbers:
        return ()
    by_issue: dict[int, dict[str, Receipt]] = {number: {} for number in numbers}
    _add_notices(actor, opened, by_issue)
    _add_downloads(actor, opened, documents, by_issue)
    _add_papers(actor, opened, by_issue)
    return tuple(
        IssueReceipts(number, tuple(sorted(found.values(), key=lambda each: each.name)))
        for number, found in by_issue.items()
    )


_ByIssue = dict[int, dict[str, Receipt]]


def _receipt(by_issue: _ByIssue, number: int, name: str) -> Receipt:
    fresh = Receipt(name, None, is_waiting=False)
    return by_issue.setdefault(number, {}).setdefault(name, fresh)


def _add_notices(actor: Actor, opened: Opened, by_issue: _ByIssue) -> None:
    rows = db.session.scalars(notices_for(actor, opened.case.id)).all()
    names = names_of(row.person_id for row in rows)
    for row in rows:
        # "plan-", case, issue, person: see `panel_mail`.
        number = int(row.key.split("-")[2])
        receipt = _receipt(by_issue, number, names.get(row.person_id, ""))
        receipt.told_at = row.sent_at
        receipt.is_waiting = row.state in {DeliveryState.WAITING, DeliveryState.SENDING}


def _add_downloads(
    actor: Actor, opened: Opened, documents: Sequence[ShownDocument], by_issue: _ByIssue
) -> None:
    case = opened.case
    files = {thing: each for each in documents for thing in things_of_downloads(each.name)}
    query = first_downloads_for(actor, case.id, case.reference, frozenset(files))
    rows = db.session.scalars(query).all()
    names = names_of(row.person_id for row in rows)
    for row in rows:
        if row.person_id is None:
            continue
        document = files[row.thing]
        receipt = _receipt(by_issue, document.number, names.get(row.person_id, ""))
        version = _VERSIONS[DocumentKind(document.kind)]
        # As Word and as PDF it is the same version.
        if version not in dict(receipt.downloads):
            receipt.downloads += ((version, row.at),)


def _add_papers(actor: Actor, opened: Opened, by_issue: _ByIssue) -> None:
    rows = db.session.execute(
        handed_over_for(actor, opened.case.id).add_columns(Document.kind, Document.number)
    )
    for row, kind, number in rows:
        receipt = _receipt(by_issue, number, row.given_to)
        receipt.papers += ((_VERSIONS[kind], row.handed_on),)


@dataclass(frozen=True)
class HandOverPage:
    """The form for what was handed over on paper, with what was issued."""

    frame: CaseFrame
    documents: tuple[tuple[str, str], ...]


def open_hand_over(actor: Actor, reference: str) -> HandOverPage:
    """Return the form, with the versions of each issue, the newest first."""
    with transaction():
        opened = load_case(actor, reference, Act.HAND_OVER, thing="form")
        rows = db.session.scalars(_plans(actor, opened)).all()
        return HandOverPage(
            frame(actor, opened),
            tuple(
                (f"{row.kind}-{row.number}", f"{LABELS[row.kind]}, issue {row.number}")
                for row in reversed(rows)
            ),
        )


def _plans(actor: Actor, opened: Opened) -> sa.Select[Document]:
    return documents_for(actor, opened.case.id).where(Document.kind.in_(PLANS))


def record_hand_over(
    actor: Actor, reference: str, token: str, which: str, given_to: str, handed_on: dt.date
) -> None:
    """Record that the office handed a version to somebody on paper.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        which: kind and number, as ``HandOverPage`` names them.
        given_to: who got it.
        handed_on: the London day.

    Raises:
        HandOverError: the day is before the issue or to come, or nothing like it was issued.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.HAND_OVER, thing=which)
        rows = db.session.scalars(_plans(actor, opened)).all()
        document = next((row for row in rows if f"{row.kind}-{row.number}" == which), None)
        if document is None:
            raise CaseNotFoundError(reference)
        if not london_day(document.issued_at) <= handed_on <= london_day(actor.at):
            raise HandOverError(
                "handed_on", "The day must be from the day of the issue until today"
            )
        db.session.add(
            HandedOver(
                document_id=document.id,
                given_to=given_to,
                handed_on=handed_on,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )
