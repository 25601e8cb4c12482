"""Issuing a letter: the Word file is made outside any transaction and kept byte for byte."""

from portal import log
from portal.access.gate import Opened, load_case
from portal.db import db, transaction
from portal.domain.clocks.rules import ClockEvent
from portal.domain.deadlines import london_day
from portal.domain.letters import ON_THRESHOLD, LetterKind
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.models.letter import OnwardStep
from portal.models.plan import LETTERS, Document
from portal.services import clocks
from portal.services.assessment import acknowledged_on
from portal.services.changes import ChangedMeanwhileError, mark_changed
from portal.services.documents import keep
from portal.services.letter_drafts import OFFICE, TypedStep, stored_draft
from portal.services.letters import Ready, make, ready_letter
from portal.services.once import is_used, once


def issue_letter(
    actor: Actor, reference: str, kind: LetterKind, token: str, version: int | None
) -> int:
    """Issue a letter as it stands; return the number of the issue.

    The acknowledgement, while nothing else has acknowledged the request, does so.

    Args:
        actor: the coordinator.
        reference: of the case.
        kind: of the letter.
        token: of the form.
        version: of the letter that was read before.

    Raises:
        IllegalMoveError: something still blocks it, as a sentence.
        ChangedMeanwhileError: the letter changed since it was read; nothing was issued.
        CaseNotFoundError: the letter does not fit the case.
    """
    ready = _prepare(actor, reference, kind, token, version)
    if ready is None:
        return _issued_before(actor, token)
    made = make(actor, kind, ready)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        thing = f"{kind}, issue {ready.number}"
        opened = load_case(actor, reference, Act.ISSUE_LETTER, thing=thing)
        if ready_letter(actor, opened, kind) != ready:
            raise ChangedMeanwhileError
        kept = keep(actor, opened, ready.number, made, ready.content.what_changed)
        _settle_draft(actor, opened, kind, kept)
        _happened(actor, opened, kind)
        turn.result = str(ready.number)
    return int(turn.result)


def _prepare(
    actor: Actor, reference: str, kind: LetterKind, token: str, version: int | None
) -> Ready | None:
    """Gather what the letter says; None where this form was carried out before."""
    with transaction():
        if is_used(actor, token):
            return None
        opened = load_case(actor, reference, Act.ISSUE_LETTER, thing=f"{kind}, prepared")
        ready = ready_letter(actor, opened, kind)
        if ready.version != version:
            raise ChangedMeanwhileError
        if ready.open_checks:
            faults = "; ".join(check.sentence for check in ready.open_checks)
            raise IllegalMoveError(f"You cannot issue the letter yet. Still open: {faults}")
        return ready


def _issued_before(actor: Actor, token: str) -> int:
    with once(actor, token) as turn:
        return int(turn.result)


def _settle_draft(actor: Actor, opened: Opened, kind: LetterKind, kept: Document) -> None:
    """Keep what the letter has promised; the next issue says anew what has changed."""
    draft = stored_draft(actor, opened, kind)
    if draft is None:
        return
    db.session.flush()
    for number, step in enumerate(map(TypedStep.of, draft.steps), start=1):
        db.session.add(
            OnwardStep(
                case_id=opened.case.id,
                document_id=kept.id,
                number=number,
                what=step.what,
                agency_id=None if step.who == OFFICE else int(step.who),
                due_on=step.by,
            )
        )
    if kind is LetterKind.CONSENT_REQUEST:
        db.session.delete(draft)  # the next one asks somebody else
        return
    draft.what_changed = ""
    mark_changed(actor, draft)


def _happened(actor: Actor, opened: Opened, kind: LetterKind) -> None:
    """Tell the case what a letter means for it; an appeal is counted from the last one sent."""
    if kind is LetterKind.ACKNOWLEDGEMENT and opened.allows(actor, Act.ACKNOWLEDGE):
        log.record(
            actor, Act.ACKNOWLEDGE.value, reference=opened.case.reference, thing=LETTERS[kind]
        )
        acknowledged_on(actor, opened, london_day(actor.at))
    if kind is LetterKind.NOT_INVITED:
        _reasons_sent(actor, opened)
    if kind in ON_THRESHOLD:
        clocks.happened(actor, opened.case, ClockEvent.DECISION_NOTICE_SENT, actor.at)


def _reasons_sent(actor: Actor, opened: Opened) -> None:
    """End the clock of the reasons with the first letter; a further one does not move its end."""
    sent = ClockEvent.REASONS_NOT_INVITED_SENT
    if sent not in clocks.kept_clocks(actor, opened.case).recorded:
        clocks.happened(actor, opened.case, sent, actor.at)
