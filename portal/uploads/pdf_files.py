"""PDF files: refused where they do something, hold other files, or are locked."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from portal.domain.files import FileRefusedError
from portal.uploads.signatures import DAMAGED

_CHUNK: Final = 64 * 1024
_MOST_TABLES: Final = 5000
_MOST_UNPACKED: Final = 40 * 1024 * 1024
_FARTHEST: Final = 4096
_ACTIVE: Final = (
    "The PDF holds a small program, or a button that starts or sends something. Print it to a new "
    "PDF, or take a photo of each page"
)
_EMBEDDED: Final = "The PDF holds another file inside it. Print it to a new PDF, and add both"
_LOCKED: Final = "The PDF is locked, so that it cannot be checked. Print it to a new PDF"
_TOO_MUCH: Final = (
    "The PDF unpacks to too much. Print it to a new PDF, or take a photo of each page"
)


def _named(*names: str) -> re.Pattern[bytes]:
    """Return what finds one of the names, each letter of it plain or written as a number."""
    spelt = ("".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name) for name in names)
    return re.compile(f"/(?:{'|'.join(spelt)})(?![A-Za-z0-9#])".encode())


_REFUSED: Final = (
    (_named("Encrypt"), _LOCKED),
    (_named("JavaScript", "Launch", "RichMedia", "ImportData", "SubmitForm", "XFA"), _ACTIVE),
    (_named("EmbeddedFile", "EmbeddedFiles", "GoToE", "Collection"), _EMBEDDED),
)
_TABLE: Final = _named("ObjStm")
_BODY: Final = re.compile(rb"stream\r?\n")
# A table says first which objects it holds, and where: what does not was packed in another way.
_BEGINNING: Final = re.compile(rb"\s*\d+\s+\d+\s")
_PACKED_OTHERWISE: Final = _named(
    "A85", "AHx", "ASCII85Decode", "ASCIIHexDecode", "Crypt", "LZW", "LZWDecode", "Predictor", "RL"
)


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that does something; what it holds in packed tables is unpacked and looked at.

    Raises:
        FileRefusedError: with the reason, and what to do.
    """
    if b"%%EOF" not in content[-_CHUNK:]:
        raise FileRefusedError(DAMAGED)
    _check_names(content)
    for table in _tables(content):
        _check_names(table)


def _check_names(content: bytes) -> None:
    for name, sentence in _REFUSED:
        if name.search(content):
            raise FileRefusedError(sentence)


def _tables(content: bytes) -> Iterator[bytes]:
    """Yield the tables of objects, unpacked."""
    left = _MOST_UNPACKED
    for count, found in enumerate(_TABLE.finditer(content)):
        begins = _BODY.search(content, found.end(), found.end() + _FARTHEST)
        if begins is None:
            raise FileRefusedError(DAMAGED)
        if count == _MOST_TABLES:
            raise FileRefusedError(_TOO_MUCH)
        said = content[max(0, found.start() - _FARTHEST) : begins.start()]
        table = _unpacked(content, begins.end(), left)
        if _PACKED_OTHERWISE.search(said, said.rfind(b"endobj") + 1) or not _BEGINNING.match(table):
            raise FileRefusedError(_LOCKED)
        left -= len(table)
        yield table


def _unpacked(content: bytes, at: int, most: int) -> bytes:
    unpacking, table = zlib.decompressobj(), bytearray()
    while not unpacking.eof and at < len(content):
        try:
            table += unpacking.decompress(content[at : at + _CHUNK], most - len(table) + 1)
        except zlib.error as error:
            raise FileRefusedError(_LOCKED) from error
        if len(table) > most:
            raise FileRefusedError(_TOO_MUCH)
        at += _CHUNK
    return bytes(table)
