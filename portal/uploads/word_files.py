"""Word files: measured before they are unpacked, plain ones only, nothing of them is shown."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from docx.oxml import parse_xml

from portal.domain.files import FileRefusedError
from portal.packages import NotAPackageError, OversizePackageError, open_measured
from portal.uploads.signatures import DAMAGED, NOT_KEPT

_MOST_BYTES: Final = 100 * 1024 * 1024
_MOST_RATIO: Final = 100
_MOST_PARTS: Final = 2000
_MOST_OF_A_PART: Final = 1024 * 1024
_ENCRYPTED: Final = 1
_TYPES: Final = "[content_types].xml"
_TOO_MUCH: Final = "The file unpacks to too much. Save it as PDF, or add it in parts"
_MACROS: Final = (
    "The file holds a macro, which is a small program. Save it as Word without macros (.docx), "
    "or as PDF"
)
_EMBEDDED: Final = "The file holds another file inside it. Save it as PDF, and add the other apart"
_OUTSIDE: Final = "The file loads something from outside when it is opened. Save it as PDF"
_ARCHIVE: Final = (
    "The file is an archive, or of another program than Word. Unpack it and add what is in it one "
    "by one, or save it as PDF"
)
_OF_FILES: Final = frozenset({"aFChunk", "control", "oleObject", "package", "subDocument"})


def check_word(content: bytes) -> None:
    """Refuse what is no Word file, or one that does something when it is opened.

    Raises:
        FileRefusedError: it is another package, holds macros or files, or unpacks to too much.
    """
    package = _opened(content)
    parts = {part.filename.casefold(): part for part in package.infolist()}
    if len(parts) < len(package.infolist()) or not all(map(_is_plain, parts.values())):
        raise FileRefusedError(DAMAGED)
    if "word/document.xml" not in parts or _TYPES not in parts:
        raise FileRefusedError(_ARCHIVE)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in parts):
        raise FileRefusedError(_MACROS)
    if any("/activex/" in name or name.startswith("word/embeddings/") for name in parts):
        raise FileRefusedError(_EMBEDDED)
    if any(
        "macroenabled" in each["ContentType"].casefold() for each in _tags(package, parts[_TYPES])
    ):
        raise FileRefusedError(_MACROS)
    for name, part in parts.items():
        if name.endswith(".rels"):
            _check_links(_tags(package, part))


def _opened(content: bytes) -> zipfile.ZipFile:
    if not content.startswith(b"PK\x03\x04"):
        raise FileRefusedError(NOT_KEPT)
    try:
        return open_measured(
            content, most_bytes=_MOST_BYTES, most_ratio=_MOST_RATIO, most_parts=_MOST_PARTS
        )
    except NotAPackageError as error:
        raise FileRefusedError(DAMAGED) from error
    except OversizePackageError as error:
        raise FileRefusedError(_TOO_MUCH) from error


def _is_plain(part: zipfile.ZipInfo) -> bool:
    packed_as_usual = part.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return packed_as_usual and not part.flag_bits & _ENCRYPTED


def _tags(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[dict[str, str]]:
    """Yield the attributes of each tag of a small part, none of them empty."""
    if part.file_size > _MOST_OF_A_PART:
        raise FileRefusedError(_TOO_MUCH)
    try:
        root = parse_xml(package.read(part))
    # lxml's own error is a SyntaxError; zipfile raises the others for what it cannot unpack.
    except (SyntaxError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise FileRefusedError(DAMAGED) from error
    for tag in root.iter():
        yield {"ContentType": "", "Type": "", "TargetMode": ""} | {
            str(name): str(text) for name, text in tag.attrib.items()
        }


def _check_links(links: Iterator[dict[str, str]]) -> None:
    for link in links:
        kind = link["Type"].rpartition("/")[2]
        if kind in _OF_FILES:
            raise FileRefusedError(_EMBEDDED)
        if link["TargetMode"].casefold() == "external" and kind != "hyperlink":
            raise FileRefusedError(_OUTSIDE)
