"""A Word file as the zip that it is: measured before anything reads it, written without a clock."""

import io
import struct
import zipfile
import zlib
from typing import TypeAlias

from portal.packages import NotAPackageError, OversizePackageError, open_measured

MAX_BYTES = 20 * 1024 * 1024
MAX_RATIO = 200

# What a zip holds of a part: its CRC-32, itself deflated, and how many bytes it had before.
Packed: TypeAlias = tuple[int, bytes, int]

# The earliest day that a zip can say; any constant would do.
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


class TemplateError(Exception):
    """A template cannot be used; the message is a sentence for whoever put it there."""


class OversizeTemplateError(TemplateError):
    """The file is too large, or unpacks to something too large, to be opened."""


class UnreadableTemplateError(TemplateError):
    """The file is not a Word document that can be opened."""


class FaultyTemplateError(TemplateError):
    """The template asks for something that it may not have, or is wrongly written."""


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open the zip of a Word file, once its sizes are known to be harmless.

    Raises:
        OversizeTemplateError: more than 20 MB unpacked, or packed more than 200 to 1.
        UnreadableTemplateError: not a zip.
    """
    if len(data) > MAX_BYTES:
        raise OversizeTemplateError("The file is larger than 20 MB.")
    try:
        return open_measured(data, most_bytes=MAX_BYTES, most_ratio=MAX_RATIO)
    except NotAPackageError as error:
        raise UnreadableTemplateError("The file is not a Word document (.docx).") from error
    except OversizePackageError as error:
        how = f"{MAX_RATIO} times its size" if error.is_by_ratio else "20 MB"
        raise OversizeTemplateError(f"The file unpacks to more than {how}.") from error


def without_clock(data: bytes) -> bytes:
    """Write a zip again with fixed dates, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            target.writestr(entry, source.read(part))
    return out.getvalue()


def pack(data: bytes) -> Packed:
    """Deflate a part once, for as many files as hold it."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return zlib.crc32(data), deflate.compress(data) + deflate.flush(), len(data)


def join(parts: dict[str, Packed]) -> bytes:
    """Join packed parts to a zip of 1 January 1980, see APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16."""
    files: list[bytes] = []
    directory, at = [], 0
    for name, (checksum, deflated, size) in parts.items():
        named = name.encode()
        facts = (20, 0x800, 8, 0, 33, checksum, len(deflated), size, len(named))
        head = struct.pack("<4s5H3I2H", b"PK\3\4", *facts, 0) + named
        entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 0x314, *facts, 0, 0, 0, 0, 0, at) + named
        files += (head, deflated)
        directory.append(entry)
        at += len(head) + len(deflated)
    end = (len(parts), len(parts), sum(map(len, directory)), at, 0)
    return b"".join([*files, *directory, struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *end)])
