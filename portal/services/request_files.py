"""Files of a request that is being written: added, listed, removed, and handed over to its case.

Whoever holds the draft decides about them; the page of the request has made sure who that is.
"""

from typing import BinaryIO

from portal import log
from portal.access.scope.files import (
    draft_to_add_to,
    drop_file_of_draft,
    files_of_draft,
    hand_files_over,
)
from portal.db import db, transaction
from portal.domain.files import MOST_BYTES, MOST_FILES, FileRefusedError
from portal.domain.roles import Actor
from portal.models.case import Channel
from portal.models.draft import RequestDraft
from portal.models.request_file import RequestFile
from portal.services.file_rows import LONGEST_LABEL, ShownFile, add, check_room, judged, shown


class RequestSentError(LookupError):
    """There is no such request that could still be changed."""


def keep(holder: Actor, draft_id: int, name: str, label: str, stream: BinaryIO) -> None:
    """Add a file to a request; the same file a second time adds nothing.

    Args:
        holder: of the draft, a job's actor with the instant and the network address.
        draft_id: of a request that is not sent yet.
        name: of the file, as its owner called it; only ever shown.
        label: what it shows; may be empty.
        stream: the file; no more is read of it than is kept.

    Raises:
        FileRefusedError: it is not kept; holds the sentence.
        RequestSentError: the request was sent meanwhile, or is gone.
    """
    with transaction():
        _draft(draft_id)
        check_room(_rows(draft_id), MOST_FILES)
    found = judged(name, stream)
    with transaction():
        draft, rows = _draft(draft_id), _rows(draft_id)
        if any(row.sha256 == found.sha256 for row in rows):
            return
        check_room(rows, MOST_FILES)
        row = add(holder, found, name=name, label=label, came_by=Channel.FORM, draft_id=draft_id)
        _record(holder, "file_added_to_request", draft, row.id)


def of_draft(draft_id: int) -> list[ShownFile]:
    """Return the files of a request that is being written, the oldest first."""
    return [shown(row) for row in _rows(draft_id)]


def take_off(holder: Actor, draft_id: int, file_id: int) -> None:
    """Remove a file from a request; nothing of it stays. One that is not there is removed too.

    Raises:
        RequestSentError: the request was sent meanwhile, or is gone.
    """
    with transaction():
        draft = _draft(draft_id)
        if db.session.scalar(drop_file_of_draft(draft_id, file_id)) is not None:
            _record(holder, "file_removed_from_request", draft, file_id)


def hand_over(draft_id: int, case_id: int) -> None:
    """Make the files of a request those of the case that it became; inside its transaction."""
    db.session.execute(hand_files_over(draft_id, case_id))


def _draft(draft_id: int) -> RequestDraft:
    found = db.session.scalars(draft_to_add_to(draft_id)).one_or_none()
    if found is None:
        raise RequestSentError
    return found


def _rows(draft_id: int) -> list[RequestFile]:
    return list(db.session.scalars(files_of_draft(draft_id)))


def _record(holder: Actor, act: str, draft: RequestDraft, file_id: int) -> None:
    log.record(holder, act, reference=draft.reference, thing=f"file {file_id}")


__all__ = [
    "LONGEST_LABEL",
    "MOST_BYTES",
    "MOST_FILES",
    "FileRefusedError",
    "RequestSentError",
    "ShownFile",
    "hand_over",
    "keep",
    "of_draft",
    "take_off",
]
