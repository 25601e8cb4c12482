"""What was shared is corrected by a new version or withdrawn; nothing that was said is lost."""

from dataclasses import dataclass

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.items import named_agencies_for, own_items_for, withdrawals_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.sharing import SharedItem, SharedItemAgency, SharedItemWithdrawal
from portal.services.changes import ChangedMeanwhileError
from portal.services.frames import CaseFrame, frame
from portal.services.items import (
    ShownItem,
    ShownStub,
    ShownVersion,
    items_and_stubs,
    shown_items,
    shown_versions,
)
from portal.services.once import once
from portal.services.sharing import (
    HandlingChoice,
    SharingError,
    TypedItem,
    as_it_will_be,
    check_typed,
    handling_choices,
    keep_version,
    other_agencies,
    texts_of,
)

NOT_YOURS = "Only the agency that shared this can change it"
WITHDRAWN = "This has been withdrawn, so it is changed no more. You can share it anew"


@dataclass(frozen=True)
class CorrectionPage:
    """What the form of a correction needs."""

    frame: CaseFrame
    item: ShownItem
    choices: tuple[HandlingChoice, ...]
    agencies: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CorrectionCheck:
    """A correction before it is saved.

    Attributes:
        item: as it will be marked, with everybody who will be able to read it.
        gains: who reads it then and does not today.
        loses: who reads it today and will not then.
    """

    frame: CaseFrame
    item: ShownItem
    gains: tuple[str, ...]
    loses: tuple[str, ...]


@dataclass(frozen=True)
class WithdrawalPage:
    """What the form of a withdrawal needs."""

    frame: CaseFrame
    item: ShownItem


@dataclass(frozen=True)
class HistoryPage:
    """What an item said and says, as far as this reader may read it, the newest first."""

    frame: CaseFrame
    key: str
    stub: ShownStub | None
    versions: tuple[ShownVersion, ...]


def open_correction(actor: Actor, reference: str, key: str) -> CorrectionPage:
    """Return the form with the item as it stands.

    Raises:
        CaseNotFoundError: there is no such item, or none for this reader.
        ActRefusedError: another agency shared it, or it was withdrawn.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CORRECT_ITEM, thing=f"item {key}, form")
        item = _own_shown(actor, opened, key)
        people = readers_of(opened.case)
        return CorrectionPage(
            frame=frame(actor, opened),
            item=item,
            choices=handling_choices(actor, people),
            agencies=other_agencies(actor, opened),
        )


def preview_correction(
    actor: Actor, reference: str, key: str, typed: TypedItem, version: int | None
) -> CorrectionCheck:
    """Return the item as it will be marked, and who gains it and who loses it.

    Raises:
        SharingError: something is missing or does not fit, or nothing was changed.
        ChangedMeanwhileError: a colleague was faster.
        CaseNotFoundError, ActRefusedError: as for ``open_correction``.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CORRECT_ITEM, thing=f"item {key}, check")
        before = _own_shown(actor, opened, key)
        _check_version(actor, opened, before, version)
        agencies = other_agencies(actor, opened)
        _check(actor, before, typed, agencies)
        after = as_it_will_be(actor, typed, agencies, readers_of(opened.case))
        return CorrectionCheck(
            frame=frame(actor, opened),
            item=after,
            gains=tuple(name for name in after.readers if name not in before.readers),
            loses=tuple(name for name in before.readers if name not in after.readers),
        )


def correct_item(
    actor: Actor,
    reference: str,
    key: str,
    token: str,
    typed: TypedItem,
    reason: str,
    version: int | None,
) -> int:
    """Save a new version of an item; return how many people can read it today.

    Raises:
        SharingError, ChangedMeanwhileError, CaseNotFoundError, ActRefusedError: as for
            ``preview_correction``; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        thing = f"item {key} version {(version or 0) + 1}"
        opened = load_case(actor, reference, Act.CORRECT_ITEM, thing=thing)
        before = _own_shown(actor, opened, key)
        _check_version(actor, opened, before, version)
        agencies = other_agencies(actor, opened)
        _check(actor, before, typed, agencies)
        item = _own(actor, opened, key)
        item.version += 1
        for name, value in texts_of(typed).items():
            setattr(item, name, value)
        _name_agencies(actor, item, typed.named_now)
        keep_version(actor, item, typed, reason=reason)
        after = as_it_will_be(actor, typed, agencies, readers_of(opened.case))
        turn.result = str(len(after.readers))
    return int(turn.result)


def _name_agencies(actor: Actor, item: SharedItem, named: tuple[int, ...]) -> None:
    """Let the item name these agencies and no others."""
    rows = named_agencies_for(actor, item.case_id).where(SharedItemAgency.item_id == item.id)
    before = {row.agency_id: row for row in db.session.scalars(rows)}
    for agency_id in before.keys() - set(named):
        db.session.delete(before[agency_id])
    db.session.add_all(
        SharedItemAgency(item_id=item.id, agency_id=each) for each in set(named) - before.keys()
    )


def _check(
    actor: Actor,
    before: ShownItem,
    typed: TypedItem,
    agencies: tuple[tuple[int, str], ...],
) -> None:
    check_typed(actor, typed, agencies)
    stored = (
        before.title,
        before.happened_on,
        before.content,
        before.handling,
        set(before.named_ids),
        before.told,
        before.words,
    )
    now = (
        typed.title,
        typed.happened_on,
        typed.content,
        typed.handling,
        set(typed.named_now),
        typed.told,
        typed.words_now,
    )
    if stored == now:
        raise SharingError("title", "Nothing is changed yet. Change what was wrong")


def _check_version(
    actor: Actor, opened: Opened, stored: ShownItem | SharedItem, version: int | None
) -> None:
    if stored.version != version:
        newest = shown_versions(actor, opened, stored.key)[0]
        raise ChangedMeanwhileError(by=newest.saved_by, at=newest.saved_at)


def _own_shown(actor: Actor, opened: Opened, key: str) -> ShownItem:
    _own(actor, opened, key)
    return next(item for item in shown_items(actor, opened) if item.key == key)


def _own(actor: Actor, opened: Opened, key: str) -> SharedItem:
    """Return an item that the actor's agency shared, whoever of it did."""
    own = own_items_for(actor, opened.case.id).where(SharedItem.key == key)
    found = db.session.scalars(own).one_or_none()
    if found is not None:
        return found
    withdrawn = withdrawals_for(actor, opened.case.id).where(SharedItem.key == key)
    if db.session.execute(withdrawn).first():
        raise ActRefusedError(WITHDRAWN)
    if any(item.key == key for item in shown_items(actor, opened)):
        raise ActRefusedError(NOT_YOURS)
    raise CaseNotFoundError(opened.case.reference)


def open_withdrawal(actor: Actor, reference: str, key: str) -> WithdrawalPage:
    """Return the item that may be withdrawn.

    Raises:
        CaseNotFoundError, ActRefusedError: as for ``open_correction``.
    """
    with transaction():
        opened = load_case(actor, reference, Act.WITHDRAW_ITEM, thing=f"item {key}, form")
        return WithdrawalPage(frame(actor, opened), _own_shown(actor, opened, key))


def withdraw_item(
    actor: Actor, reference: str, key: str, token: str, reason: str, version: int | None
) -> None:
    """Withdraw an item: a stub with the reason stays for those who could read it.

    Raises:
        ChangedMeanwhileError: a colleague has corrected it since; nothing was saved.
        CaseNotFoundError, ActRefusedError: as for ``open_correction``.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"item {key} version {version or 0}"
        opened = load_case(actor, reference, Act.WITHDRAW_ITEM, thing=thing)
        item = _own(actor, opened, key)
        _check_version(actor, opened, item, version)
        db.session.add(
            SharedItemWithdrawal(
                item_id=item.id,
                withdrawn_at=actor.at,
                withdrawn_by_id=actor.person_id,
                reason=reason,
            )
        )


def open_history(actor: Actor, reference: str, key: str) -> HistoryPage:
    """Return the versions of an item that the reader may read; an entry of its own in the log.

    Raises:
        CaseNotFoundError: there is no such item, or nothing of it for this reader.
    """
    with transaction():
        thing = f"item {key[:12]}, history"
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=thing)
        versions = shown_versions(actor, opened, key)
        if not versions:
            raise CaseNotFoundError(reference)
        stubs = items_and_stubs(actor, opened).stubs
        stub = next((each for each in stubs if each.key == key), None)
        return HistoryPage(frame(actor, opened), key, stub, versions)
