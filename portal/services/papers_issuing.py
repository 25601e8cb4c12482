"""Issuing the papers for a sitting: made outside any transaction, kept byte for byte."""

import hashlib
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.items import shared_items_for
from portal.db import db, transaction
from portal.documents.content import Kind
from portal.documents.papers import AgendaPaper, Pack
from portal.documents.render import render_paper
from portal.domain.clocks.rules import ClockEvent
from portal.domain.handling import Handling
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.models.meeting import Meeting
from portal.models.paper import PaperKind, ReceiverPaper
from portal.services import clocks, panel_mail
from portal.services.changes import ChangedMeanwhileError
from portal.services.documents import keep, next_number
from portal.services.faults import IntakeError
from portal.services.minutes_checks import titled
from portal.services.once import is_used, once
from portal.services.pack_content import (
    MemberPack,
    agenda_paper,
    cover_of,
    members_of,
    packs_of,
)
from portal.services.paper_checks import quoted
from portal.services.papers import AGENDAS, checks_of, meeting_ahead, next_pack
from portal.services.template_filling import fill, fill_all


@dataclass(frozen=True)
class _Packs:
    """Every member's pack as it is issued."""

    members: tuple[MemberPack, ...]
    number: int


def issue_agenda(
    actor: Actor, reference: str, token: str, what_changed: str, version: int | None
) -> int:
    """Issue the agenda of the sitting that is next, to the whole panel; return its number.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        what_changed: since the issue before; asked from the second issue on.
        version: the number of the issue that the form was opened for.

    Raises:
        IllegalMoveError: something still blocks it, as a sentence.
        IntakeError: what has changed is not said, or takes over what is not for the panel.
        ChangedMeanwhileError: it was issued, or what it says has changed, meanwhile.
    """
    with transaction():
        ready = _ready_agenda(actor, reference, token, what_changed, version)
    if ready is None:
        return _issued_before(actor, token)
    made = fill(actor, Kind.AGENDA, render_paper, ready)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        number = ready.issue_number
        opened = load_case(actor, reference, Act.ISSUE_PAPERS, thing=f"agenda, issue {number}")
        if _agenda(actor, opened, what_changed) != ready:
            raise ChangedMeanwhileError
        keep(actor, opened, number, made, what_changed)
        key = f"agenda-{opened.case.id}-{number}"
        panel_mail.tell(actor, opened.case, readers_of(opened.case), key=key, page="papers")
        turn.result = str(number)
    return int(turn.result)


def _ready_agenda(
    actor: Actor, reference: str, token: str, what_changed: str, version: int | None
) -> AgendaPaper | None:
    """Gather what the agenda says; None where this form was carried out before."""
    if is_used(actor, token):
        return None
    opened = load_case(actor, reference, Act.ISSUE_PAPERS, thing="agenda, prepared")
    _check(actor, opened, what_changed, version, next_number(actor, opened, AGENDAS))
    return _agenda(actor, opened, what_changed)


def _agenda(actor: Actor, opened: Opened, what_changed: str) -> AgendaPaper:
    meeting = _meeting(actor, opened)
    number = next_number(actor, opened, AGENDAS)
    cover = cover_of(actor, opened, meeting, number, what_changed)
    return agenda_paper(actor, opened, meeting, cover)


def issue_packs(
    actor: Actor, reference: str, token: str, what_changed: str, version: int | None
) -> int:
    """Issue a pack to each member, holding what that member may read; return the number.

    The first issue ends the clock of the packs.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        what_changed: since the issue before, for all members; asked from the second issue on.
        version: the number of the issue that the form was opened for.

    Raises:
        IllegalMoveError, IntakeError, ChangedMeanwhileError: as for the agenda.
    """
    with transaction():
        ready = _ready_packs(actor, reference, token, what_changed, version)
    if ready is None:
        return _issued_before(actor, token)
    contents = [each.pack for each in ready.members]
    files, template = fill_all(actor, Kind.PACK, render_paper, contents)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        thing = f"packs, issue {ready.number}"
        opened = load_case(actor, reference, Act.ISSUE_PAPERS, thing=thing)
        # Whoever was excluded, or lost a text, while the files were made gets none of them.
        if _packs(actor, opened, what_changed) != ready:
            raise ChangedMeanwhileError
        for member, content in zip(ready.members, files, strict=True):
            _keep_pack(actor, opened, member, content, template)
        _sent(actor, opened, ready.number)
        turn.result = str(ready.number)
    return int(turn.result)


def _ready_packs(
    actor: Actor, reference: str, token: str, what_changed: str, version: int | None
) -> _Packs | None:
    """Gather what each pack says; None where this form was carried out before."""
    if is_used(actor, token):
        return None
    opened = load_case(actor, reference, Act.ISSUE_PAPERS, thing="packs, prepared")
    _check(actor, opened, what_changed, version, next_pack(actor, opened))
    return _packs(actor, opened, what_changed)


def _packs(actor: Actor, opened: Opened, what_changed: str) -> _Packs:
    meeting = _meeting(actor, opened)
    number = next_pack(actor, opened)
    cover = cover_of(actor, opened, meeting, number, what_changed)
    return _Packs(packs_of(actor, opened, meeting, cover), number)


def _keep_pack(
    actor: Actor, opened: Opened, member: MemberPack, content: bytes, template: str
) -> None:
    pack: Pack = member.pack
    db.session.add(
        ReceiverPaper(
            case_id=opened.case.id,
            kind=PaperKind.PACK,
            number=pack.issue_number,
            person_id=member.person_id,
            agency_id=member.agency_id,
            receiver=pack.reader,
            issued_at=actor.at,
            issued_by_id=actor.person_id,
            template_version=template,
            sha256=hashlib.sha256(content).hexdigest(),
            what_changed=pack.what_changed,
            content=content,
        )
    )


def _sent(actor: Actor, opened: Opened, number: int) -> None:
    """Tell the members that their pack waits; the clock ends with the first issue alone."""
    key = f"packs-{opened.case.id}-{number}"
    panel_mail.tell(actor, opened.case, members_of(opened), key=key, page="papers")
    if ClockEvent.PACKS_SENT not in clocks.kept_clocks(actor, opened.case).recorded:
        clocks.happened(actor, opened.case, ClockEvent.PACKS_SENT, actor.at)


def _check(
    actor: Actor, opened: Opened, what_changed: str, version: int | None, number: int
) -> None:
    if version != number:
        raise ChangedMeanwhileError
    checks = checks_of(actor, opened, meeting_ahead(actor, opened))
    faults = [check.sentence for check in checks if not check.is_done]
    if faults:
        raise IllegalMoveError(f"You cannot issue it yet. Still open: {'; '.join(faults)}")
    if number > 1 and not what_changed.strip():
        raise IntakeError("what_changed", "Write what has changed since the issue before")
    leak = leak_to_panel(actor, opened, "What has changed", what_changed)
    if leak:
        raise IntakeError("what_changed", leak)


def leak_to_panel(actor: Actor, opened: Opened, where: str, text: str) -> str:
    """Return what a text takes over of a thing that is not for the whole panel, as a sentence.

    Args:
        actor: the coordinator.
        opened: the case.
        where: as the sentence names the text.
        text: what was typed.
    """
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    narrow = [item for item in items if item.handling is not Handling.PANEL]
    said = [(where, text)]
    return next(iter([*quoted(said, narrow, "the panel"), *titled(said, narrow)]), "")


def _meeting(actor: Actor, opened: Opened) -> Meeting:
    meeting = meeting_ahead(actor, opened)
    if meeting is None:
        raise IllegalMoveError("No meeting is booked")
    return meeting


def _issued_before(actor: Actor, token: str) -> int:
    with once(actor, token) as turn:
        return int(turn.result)
