"""Files of a request: for coordinator and chair; while it is written, for whoever writes it."""

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningDelete

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.draft import RequestDraft
from portal.models.request_file import OriginalOpening, RequestFile, RequestFileBytes

_FILE = frozenset({"file"})


@built_once
def files_for(actor: Actor, case_id: int) -> sa.Select[RequestFile]:
    """Select the files of a case, and the stubs of those that were taken off, the oldest first."""
    leads = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return part(actor, RequestFile, case_id, "file").where(leads).order_by(RequestFile.id)


@built_once
def file_bytes_for(actor: Actor, case_id: int) -> sa.Select[RequestFileBytes]:
    """Select the bytes of the files of a case."""
    own = files_for(actor, case_id).with_only_columns(RequestFile.id).order_by(None)
    return (
        sa.select(RequestFileBytes)
        .where(RequestFileBytes.file_id.in_(own))
        .execution_options(scope=KNOWING | _FILE)
    )


@built_once
def openings_for(actor: Actor, case_id: int) -> sa.Select[OriginalOpening]:
    """Select who opened the originals of a case, the oldest first."""
    leads = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return part(actor, OriginalOpening, case_id, "file").where(leads).order_by(OriginalOpening.id)


def drop_bytes_of(file_id: int) -> sa.Delete:
    """Return what removes the bytes of a file that is taken off."""
    return (
        sa.delete(RequestFileBytes)
        .where(RequestFileBytes.file_id == file_id)
        .execution_options(scope=_FILE)
    )


def draft_to_add_to(draft_id: int) -> sa.Select[RequestDraft]:
    """Select a request that is not sent yet, and let one file after the other be added to it."""
    return (
        sa.select(RequestDraft)
        .where(RequestDraft.id == draft_id, RequestDraft.case_id.is_(None))
        .with_for_update()
        .execution_options(scope=frozenset({"draft"}))
    )


def files_of_draft(draft_id: int) -> sa.Select[RequestFile]:
    """Select the files of a request that is being written: whoever has opened it is its writer."""
    return (
        sa.select(RequestFile)
        .where(RequestFile.draft_id == draft_id)
        .order_by(RequestFile.id)
        .execution_options(scope=_FILE)
    )


def drop_file_of_draft(draft_id: int, file_id: int) -> ReturningDelete[int]:
    """Return what removes a file from a request that is being written; its bytes go with it."""
    return (
        sa.delete(RequestFile)
        .where(RequestFile.draft_id == draft_id, RequestFile.id == file_id)
        .returning(RequestFile.id)
        .execution_options(synchronize_session=False, scope=_FILE)
    )


def hand_files_over(draft_id: int, case_id: int) -> sa.Update:
    """Return what makes the files of a request those of the case that it became."""
    return (
        sa.update(RequestFile)
        .where(RequestFile.draft_id == draft_id)
        .values(draft_id=None, case_id=case_id)
        .returning(RequestFile.id)
        .execution_options(synchronize_session=False, scope=_FILE)
    )
