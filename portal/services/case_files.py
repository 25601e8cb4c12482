"""Files of a case: listed, added, handed out and taken off by the office; read by the chair."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from sqlalchemy.orm import InstrumentedAttribute

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.files import drop_bytes_of, file_bytes_for, files_for, openings_for
from portal.db import db, transaction
from portal.domain.files import FORMATS, MOST_BYTES, FileFormat, FileRefusedError, copy_format
from portal.domain.roles import Act, Actor
from portal.models.case import Channel
from portal.models.request_file import OriginalOpening, RequestFile, RequestFileBytes
from portal.services.changes import ChangedMeanwhileError, name_of, names_of
from portal.services.file_rows import ShownFile, add, check_room, judged, shown
from portal.services.frames import CaseFrame, frame
from portal.services.once import is_used, once

MOST_OF_A_CASE: Final = 100
CAME_BY: dict[str, str] = {
    Channel.POST: "By post",
    Channel.EMAIL: "By email",
    Channel.VISIT: "Handed in",
}
_WITH_REQUEST: Final = "With the request"


@dataclass(frozen=True)
class Opening:
    """Somebody opened the original of a photo."""

    at: dt.datetime
    by: str
    reason: str


@dataclass(frozen=True)
class CaseFile:
    """A file of a case, or the stub of one.

    Attributes:
        number: its place on the case; it keeps it.
        shown: as it is listed; none of one that was taken off.
        kind: in words.
        added_by: empty where it came with the request.
        copy_sha256: of the copy that is handed out; empty where that is the original.
        taken_off_by: who took it off, when and why; none and empty where nobody did.
    """

    number: int
    shown: ShownFile | None
    kind: str
    came_by: str
    added_at: dt.datetime
    added_by: str
    sha256: str
    copy_sha256: str
    openings: tuple[Opening, ...]
    taken_off_at: dt.datetime | None
    taken_off_by: str
    taken_off_because: str


@dataclass(frozen=True)
class FilesPage:
    """The files of a case; ``may_keep`` are the buttons of the office."""

    frame: CaseFrame
    files: tuple[CaseFile, ...]
    may_keep: bool
    may_open_original: bool


@dataclass(frozen=True)
class FilePage:
    """One file, for the page that takes it off or asks why its original is opened."""

    frame: CaseFrame
    file: CaseFile


@dataclass(frozen=True)
class HandedOut:
    """A file that is handed out, under a name that is ours."""

    filename: str
    mimetype: str
    content: bytes


def open_files(actor: Actor, reference: str) -> FilesPage:
    """Return the files of a case, with stubs of those that were taken off."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_FILES)
        return FilesPage(
            frame=frame(actor, opened),
            files=_shown_files(actor, opened),
            may_keep=opened.allows(actor, Act.KEEP_FILES),
            may_open_original=opened.allows(actor, Act.OPEN_ORIGINAL),
        )


def download(actor: Actor, reference: str, number: int) -> HandedOut:
    """Return what is handed out of a file: of a photo the copy without place and author.

    Raises:
        CaseNotFoundError: there is no such file, or it was taken off.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_FILES, thing=f"file {number}")
        row = _row(actor, opened, number)
        name = f"{opened.case.reference}-file-{number}"
        if row.copy_sha256:
            copy = _bytes(actor, opened, row, RequestFileBytes.copy)
            return _handed_out(name, copy_format(row.ending), copy)
        original = _bytes(actor, opened, row, RequestFileBytes.original)
        return _handed_out(name, FORMATS[row.ending], original)


def open_adding(actor: Actor, reference: str) -> CaseFrame:
    """Return the top of the page on which the office adds a file."""
    with transaction():
        opened = load_case(actor, reference, Act.KEEP_FILES, thing="file, form")
        return frame(actor, opened)


def add_file(
    actor: Actor,
    reference: str,
    token: str,
    *,
    name: str,
    label: str,
    came_by: Channel,
    stream: BinaryIO,
) -> None:
    """Add a file that came by post, by email or was handed in.

    Raises:
        FileRefusedError: it is not kept; holds the sentence.
    """
    with transaction():
        if is_used(actor, token):
            return
    found = judged(name, stream)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.KEEP_FILES, thing="file, added")
        check_room(_rows(actor, opened), MOST_OF_A_CASE)
        add(actor, found, name=name, label=label, came_by=came_by, case_id=opened.case.id)


def open_taking_off(actor: Actor, reference: str, number: int) -> FilePage:
    """Return a file that is to be taken off.

    Raises:
        CaseNotFoundError: there is no such file, or it was taken off.
    """
    return _page(actor, reference, number, Act.KEEP_FILES)


def take_off(actor: Actor, reference: str, number: int, token: str, reason: str) -> None:
    """Take a file off: its bytes, name and label go, a stub says who did and why.

    Raises:
        CaseNotFoundError: there is no such file.
        ChangedMeanwhileError: a colleague has taken it off.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.KEEP_FILES, thing=f"file {number}, taken off")
        row = _row(actor, opened, number, with_stubs=True)
        if row.taken_off_at is not None:
            raise ChangedMeanwhileError(by=name_of(row.taken_off_by_id), at=row.taken_off_at)
        row.taken_off_at = actor.at
        row.taken_off_by_id = actor.person_id
        row.taken_off_because = reason
        row.name = row.label = ""
        db.session.execute(drop_bytes_of(row.id))


def open_asking(actor: Actor, reference: str, number: int) -> FilePage:
    """Return a photo whose original somebody wants to open.

    Raises:
        CaseNotFoundError: there is no such photo.
    """
    page = _page(actor, reference, number, Act.OPEN_ORIGINAL)
    if not page.file.copy_sha256:
        raise CaseNotFoundError(reference)
    return page


def open_original(actor: Actor, reference: str, number: int, reason: str) -> HandedOut:
    """Return the original of a photo, byte for byte; who opened it and why is kept.

    Raises:
        CaseNotFoundError: there is no such photo.
    """
    with transaction():
        thing = f"file {number}, original"
        opened = load_case(actor, reference, Act.OPEN_ORIGINAL, thing=thing)
        row = _row(actor, opened, number)
        if not row.copy_sha256:
            raise CaseNotFoundError(reference)
        opening = OriginalOpening(
            case_id=opened.case.id,
            file_id=row.id,
            at=actor.at,
            person_id=actor.person_id,
            reason=reason,
        )
        db.session.add(opening)
        name = f"{opened.case.reference}-file-{number}-original"
        original = _bytes(actor, opened, row, RequestFileBytes.original)
        return _handed_out(name, FORMATS[row.ending], original)


def _handed_out(name: str, kind: FileFormat, content: bytes) -> HandedOut:
    return HandedOut(f"{name}.{kind.ending}", kind.mimetype, content)


def _page(actor: Actor, reference: str, number: int, act: Act) -> FilePage:
    with transaction():
        opened = load_case(actor, reference, act, thing=f"file {number}, form")
        _row(actor, opened, number)
        return FilePage(frame(actor, opened), _shown_files(actor, opened)[number - 1])


def _rows(actor: Actor, opened: Opened) -> list[RequestFile]:
    return list(db.session.scalars(files_for(actor, opened.case.id)))


def _row(actor: Actor, opened: Opened, number: int, *, with_stubs: bool = False) -> RequestFile:
    query = files_for(actor, opened.case.id).offset(max(number, 1) - 1).limit(1)
    found = db.session.scalars(query).one_or_none()
    if number < 1 or found is None or (found.taken_off_at and not with_stubs):
        raise CaseNotFoundError(opened.case.reference)
    return found


def _bytes(
    actor: Actor, opened: Opened, row: RequestFile, which: InstrumentedAttribute[Any]
) -> bytes:
    query = file_bytes_for(actor, opened.case.id).where(RequestFileBytes.file_id == row.id)
    found: bytes = db.session.execute(query.with_only_columns(which)).scalar_one()
    return found


def _shown_files(actor: Actor, opened: Opened) -> tuple[CaseFile, ...]:
    rows = _rows(actor, opened)
    openings = db.session.scalars(openings_for(actor, opened.case.id)).all()
    names = names_of(
        [
            *(row.added_by_id for row in rows),
            *(row.taken_off_by_id for row in rows),
            *(each.person_id for each in openings),
        ]
    )
    return tuple(
        CaseFile(
            number=number,
            shown=None if row.taken_off_at else shown(row),
            kind=row.kind.label,
            came_by=CAME_BY.get(row.came_by, _WITH_REQUEST),
            added_at=row.added_at,
            added_by=names.get(row.added_by_id, ""),
            sha256=row.sha256,
            copy_sha256=row.copy_sha256,
            openings=tuple(
                Opening(each.at, names[each.person_id], each.reason)
                for each in openings
                if each.file_id == row.id
            ),
            taken_off_at=row.taken_off_at,
            taken_off_by=names.get(row.taken_off_by_id, ""),
            taken_off_because=row.taken_off_because,
        )
        for number, row in enumerate(rows, start=1)
    )


__all__ = [
    "CAME_BY",
    "MOST_BYTES",
    "Channel",
    "FileRefusedError",
    "add_file",
    "download",
    "open_adding",
    "open_asking",
    "open_files",
    "open_original",
    "open_taking_off",
    "take_off",
]
