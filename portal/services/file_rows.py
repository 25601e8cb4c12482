"""Files as they are kept and as they are listed, whoever added them."""

import datetime as dt
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO, Final

from flask import current_app

from portal.db import db
from portal.domain.files import MOST_BYTES, FileRefusedError
from portal.domain.roles import Actor
from portal.domain.text import UnusableTextError, clean_line
from portal.models.case import Channel
from portal.models.request_file import RequestFile, RequestFileBytes
from portal.uploads.judging import Judged, judge

LONGEST_LABEL: Final = 200
_FOLDERS: Final = re.compile(r"[/\\]")
_KILOBYTE: Final = 1024


@dataclass(frozen=True)
class ShownFile:
    """A file as it is listed.

    Attributes:
        id: for the buttons of a request that is being written.
        label: what it shows; its name where nobody said.
        kind: in words.
        size: in words, of the original.
        is_scanned: a scanner for viruses found nothing; without one nobody has looked.
    """

    id: int
    label: str
    name: str
    kind: str
    size: str
    added_at: dt.datetime
    is_scanned: bool


def shown(row: RequestFile) -> ShownFile:
    """Return a file as it is listed."""
    return ShownFile(
        id=row.id,
        label=row.label or row.name,
        name=row.name,
        kind=row.kind.label,
        size=size_in_words(row.size),
        added_at=row.added_at,
        is_scanned=row.is_scanned,
    )


def size_in_words(size: int) -> str:
    """Return so many bytes as people say them: “870 KB”, “2.3 MB”."""
    if size < _KILOBYTE**2:
        return f"{max(1, size // _KILOBYTE)} KB"
    return f"{size / _KILOBYTE**2:.1f} MB"


def judged(name: str, stream: BinaryIO) -> Judged:
    """Read a file and judge it; may take seconds, and so belongs outside of a transaction.

    Raises:
        FileRefusedError: with a sentence for whoever chose it.
    """
    # One byte more than is kept tells that there is too much, without reading it all.
    return judge(name, stream.read(MOST_BYTES + 1), current_app.config["SCANNER"])


def check_room(rows: Collection[RequestFile], most: int) -> None:
    """Refuse one more file where there are as many as may be."""
    if len(rows) >= most:
        raise FileRefusedError(f"There are {most} files already. Remove one to add another")


def add(
    actor: Actor,
    found: Judged,
    *,
    name: str,
    label: str,
    came_by: Channel,
    draft_id: int | None = None,
    case_id: int | None = None,
) -> RequestFile:
    """Keep a file with its bytes; does not commit.

    Args:
        actor: who added it; a job where it is the applicant.
        found: what it was judged to be.
        name: as its owner called it.
        label: what it shows; may be empty.
        came_by: how it came to the office.
        draft_id: of the request that is being written, or
        case_id: of the case.
    """
    row = RequestFile(
        draft_id=draft_id,
        case_id=case_id,
        came_by=came_by,
        name=_shown_name(name),
        label=label[:LONGEST_LABEL],
        kind=found.format.kind,
        ending=found.format.ending,
        size=len(found.original),
        sha256=found.sha256,
        copy_sha256=hashlib.sha256(found.copy).hexdigest() if found.copy else "",
        is_scanned=found.is_scanned,
        added_at=actor.at,
        added_by_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(RequestFileBytes(file_id=row.id, original=found.original, copy=found.copy))
    db.session.flush()
    return row


def _shown_name(name: str) -> str:
    try:
        last = clean_line(_FOLDERS.split(name)[-1])
    except UnusableTextError:
        last = ""
    return last[:LONGEST_LABEL] or "A file without a name"
