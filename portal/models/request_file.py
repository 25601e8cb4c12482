"""Files that belong to a request: what they are, their bytes, and who opened an original."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.files import FileKind
from portal.models.case import Channel


class RequestFile(Base):
    """A file of a request that is being written, or of the case that it became.

    Attributes:
        came_by: how it came to the office.
        name: as its owner called it; only ever shown.
        label: what it shows, in the words of whoever added it; may be empty.
        kind, ending: by what it holds; the ending is that of what is handed out.
        size: of the original, in bytes.
        sha256: of the original.
        copy_sha256: of the copy that everybody gets; empty where that is the original itself.
        is_scanned: a scanner for viruses looked at it and found nothing.
        added_by_id: none where it came with the request.
        taken_off_at: since then it is a stub, without its bytes, name and label.
    """

    __tablename__ = "request_file"
    __table_args__ = (
        sa.CheckConstraint("(draft_id IS NULL) <> (case_id IS NULL)", name="draft_or_case"),
        {"info": {"scope": "file"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("request_draft.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    came_by: Mapped[Channel] = mapped_column(enum_type(Channel))
    name: Mapped[str]
    label: Mapped[str]
    kind: Mapped[FileKind] = mapped_column(enum_type(FileKind))
    ending: Mapped[str] = mapped_column(sa.String(8))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    copy_sha256: Mapped[str] = mapped_column(sa.String(64))
    is_scanned: Mapped[bool]
    added_at: Mapped[dt.datetime]
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    taken_off_at: Mapped[dt.datetime | None]
    taken_off_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    taken_off_because: Mapped[str] = mapped_column(sa.String(500), default="")


class RequestFileBytes(Base):
    """The bytes of a file, apart from what is listed of it.

    Attributes:
        original: byte for byte as it came.
        copy: of a photo, without place and author; none where the original is handed out.
    """

    __tablename__ = "request_file_bytes"
    __table_args__ = {"info": {"scope": "file"}}

    file_id: Mapped[int] = mapped_column(
        sa.ForeignKey("request_file.id", ondelete="CASCADE"), primary_key=True
    )
    original: Mapped[bytes] = mapped_column(sa.LargeBinary)
    copy: Mapped[bytes | None] = mapped_column(sa.LargeBinary)


class OriginalOpening(Base):
    """Somebody opened the original of a photo, with a reason."""

    __tablename__ = "original_opening"
    __table_args__ = {"info": {"scope": "file"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("request_file.id"), index=True)
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(500))
