"""Issuing the minutes: the Word file made outside any transaction and kept byte for byte."""

from dataclasses import dataclass

from portal.access.gate import load_case
from portal.access.readers import readers_of
from portal.db import transaction
from portal.documents.content import Kind
from portal.documents.minutes import MinutesContent
from portal.documents.render import render_minutes
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.services import panel_mail
from portal.services.changes import ChangedMeanwhileError
from portal.services.documents import keep, next_number
from portal.services.minutes import KIND, checks_of, draft_of, shown_texts, stored_texts
from portal.services.minutes_content import minutes_content
from portal.services.once import is_used, once
from portal.services.template_filling import fill

ISSUED_ALREADY = "These minutes have been issued. What is changed in them is a new issue"


@dataclass(frozen=True)
class _Ready:
    """What the minutes say, and the version of the draft that they were built from."""

    content: MinutesContent
    number: int
    version: int


def issue_minutes(actor: Actor, reference: str, token: str, version: int | None) -> int:
    """Issue the minutes as they stand; return the number of the issue.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        version: of the draft that was read before.

    Raises:
        IllegalMoveError: something still blocks it, or it was done, as a sentence.
        ChangedMeanwhileError: the draft changed since it was read; nothing was issued.
        CaseNotFoundError: there is no draft.
    """
    ready = _prepare(actor, reference, token, version)
    if ready is None:
        with once(actor, token) as turn:
            return int(turn.result)
    made = fill(actor, Kind.MINUTES, render_minutes, ready.content)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        thing = f"issue {ready.number}"
        opened = load_case(actor, reference, Act.ISSUE_MINUTES, thing=thing)
        draft = draft_of(actor, opened)
        if draft.version != ready.version:
            raise ChangedMeanwhileError
        keep(actor, opened, ready.number, made, draft.what_changed)
        draft.issued_at, draft.what_changed = actor.at, ""
        panel_mail.tell(
            actor,
            opened.case,
            readers_of(opened.case),
            key=f"minutes-{opened.case.id}-{ready.number}",
            page="documents",
        )
        turn.result = str(ready.number)
    return int(turn.result)


def _prepare(actor: Actor, reference: str, token: str, version: int | None) -> _Ready | None:
    """Gather what the minutes say; None where this form was carried out before."""
    with transaction():
        if is_used(actor, token):
            return None
        opened = load_case(actor, reference, Act.ISSUE_MINUTES, thing="prepared")
        draft, texts = draft_of(actor, opened), shown_texts(stored_texts(actor, opened))
        if draft.issued_at is not None:
            raise IllegalMoveError(ISSUED_ALREADY)
        if draft.version != version:
            raise ChangedMeanwhileError
        checks = checks_of(actor, opened, draft, texts)
        faults = [check.sentence for check in checks if not check.is_done]
        if faults:
            raise IllegalMoveError(
                f"You cannot issue the minutes yet. Still open: {'; '.join(faults)}"
            )
        number = next_number(actor, opened, KIND)
        return _Ready(
            content=minutes_content(actor, opened, draft, texts, number),
            number=number,
            version=draft.version,
        )
