"""Judge a file: what it is, whether it is kept, and what of it is handed out."""

import hashlib
from dataclasses import dataclass
from typing import Final

from portal.domain.files import MOST_BYTES, FileFormat, FileKind, FileRefusedError
from portal.uploads.clamd import Scanned, scan
from portal.uploads.pdf_files import check_pdf
from portal.uploads.picture_apart import draw_apart
from portal.uploads.pictures import check_picture
from portal.uploads.signatures import format_of
from portal.uploads.word_files import check_word

EMPTY: Final = "The file is empty"
TOO_LARGE: Final = f"The file must be smaller than {MOST_BYTES // 1024**2} MB"
INFECTED: Final = "We found a problem with this file and did not keep it"


@dataclass(frozen=True)
class Judged:
    """A file that can be kept.

    Attributes:
        format: of the original.
        original: byte for byte as it came.
        copy: of a photo, without place and author: what everybody gets; none where the original
            itself is handed out.
        is_scanned: a scanner has looked at it and found nothing.
    """

    format: FileFormat
    original: bytes
    copy: bytes | None
    is_scanned: bool

    @property
    def sha256(self) -> str:
        """Return the hash of the original."""
        return hashlib.sha256(self.original).hexdigest()


def judge(name: str, content: bytes, scanner: str = "") -> Judged:
    """Judge a file; may take seconds, and so belongs outside of a transaction.

    Args:
        name: as its owner called it.
        content: at most one byte more than is kept.
        scanner: address of the scanner for viruses; empty where there is none.

    Raises:
        FileRefusedError: with a sentence for whoever chose it.
    """
    found = check(name, content)
    scanned = scan(scanner, content)
    if scanned is Scanned.FOUND:
        raise FileRefusedError(INFECTED)
    is_photo = found.kind is FileKind.PHOTO
    return Judged(
        format=found,
        original=content,
        copy=draw_apart(found.ending, content) if is_photo else None,
        is_scanned=scanned is Scanned.CLEAN,
    )


def check(name: str, content: bytes) -> FileFormat:
    """Return what a file is, by what it holds; nothing of it is opened.

    Raises:
        FileRefusedError: as ``judge``.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise FileRefusedError(EMPTY)
    if len(content) > MOST_BYTES:
        raise FileRefusedError(TOO_LARGE)
    found = format_of(name, content)
    if found.kind is FileKind.PHOTO:
        check_picture(found.ending, content)
    if found.kind is FileKind.PDF:
        check_pdf(content)
    if found.kind is FileKind.WORD:
        check_word(content)
    return found
