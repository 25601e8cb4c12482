"""What a file is by its first bytes, and why it is refused where it is nothing that is kept."""

import re
from typing import Final

from portal.domain.files import FORMATS, FileFormat, FileRefusedError

NOT_KEPT: Final = "The file must be a photo, PDF, Word, sound or video"
DAMAGED: Final = "The file is damaged, or was cut off on its way. Open it to see, and add it again"
_ARCHIVE: Final = (
    "The file is an archive with other files inside. Unpack it, and add what is in it one by one"
)
_PROGRAM: Final = "The file is a program. Programs are not kept"
_WEB_PAGE: Final = "The file is a web page. Take a photo of the screen, or save it as PDF"
_OLD_WORD: Final = (
    "The file is of an old Word or Office (.doc), or has a passphrase. Save it as .docx without a "
    "passphrase, or as PDF"
)
_RICH_TEXT: Final = "The file is rich text (.rtf). Save it as Word (.docx) or PDF"
_HEIC: Final = "The photo is of a kind (HEIC) that not everybody can open. Save it as JPEG"
_OTHER_VIDEO: Final = "The video must be MP4, MOV or WebM"
_OTHER_SOUND: Final = "The sound must be MP3, M4A, WAV or OGG"

_REFUSED: Final = (
    ((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"MSCF"), _ARCHIVE),
    ((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\0asm", b"dex\n", b"#!/"), _PROGRAM),
    (
        (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"),
        _PROGRAM,
    ),
    ((b"L\0\0\0\x01\x14\x02\0",), _PROGRAM),
    ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), _OLD_WORD),
    ((b"{\\rtf",), _RICH_TEXT),
    ((b"#!AMR", b"fLaC", b"FORM"), _OTHER_SOUND),
    ((b"FLV", b"\0\0\x01\xba", b"0&\xb2u\x8ef\xcf\x11"), _OTHER_VIDEO),
)
_TAR_AT: Final = 257
_FIRST: Final = 4096
_EBML: Final = b"\x1aE\xdf\xa3"
_PICTURES: Final = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_OGG_SOUND: Final = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_HAS_PICTURE: Final = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_MARKUP: Final = re.compile(
    r"\s*(?:<!--|<!doctype|<\?|<(?:html|head|body|svg|script|iframe|object|xml)\b)"
    r"|.*<(?:script|svg|iframe|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_PROGRAM_NAMES: Final = re.compile(
    r"\.(?:bat|cmd|com|exe|hta|jar|js|jse|lnk|msi|php|pif|ps1|py|reg|scr|sh|url|vbe|vbs|wsf)\s*$",
    re.IGNORECASE,
)
_CONTROLS: Final = frozenset(map(chr, range(32))) - set("\t\r\n\f")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def format_of(name: str, content: bytes) -> FileFormat:
    """Return the format of a file by what it holds; a zip is taken for Word until it is opened.

    Args:
        name: as its owner called it; it only tells a program that is written as plain text.
        content: all of it.

    Raises:
        FileRefusedError: it is of a kind that is not kept.
    """
    for signatures, sentence in _REFUSED:
        if content.startswith(signatures):
            raise FileRefusedError(sentence)
    if content[_TAR_AT : _TAR_AT + 5] == b"ustar":
        raise FileRefusedError(_ARCHIVE)
    ending = _ending(content)
    if ending is None:
        _check_text(name, content)
        ending = "txt"
    return FORMATS[ending]


def _ending(content: bytes) -> str | None:
    for signature, ending in _PICTURES:
        if content.startswith(signature):
            return ending
    if content.startswith(b"PK"):
        return "docx"
    if content[:_FIRST].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    return _recorded(content)


def _recorded(content: bytes) -> str | None:
    """Return the ending of a sound or a video, or none where it is neither."""
    if content.startswith((b"RIFF", b"RIFX")):
        return _riff(content)
    if content.startswith(b"OggS"):
        if any(sound in content[:_FIRST] for sound in _OGG_SOUND):
            return "ogg"
        raise FileRefusedError(_OTHER_VIDEO)
    if content.startswith(_EBML):
        if b"webm" in content[:_FIRST]:
            return "webm"
        raise FileRefusedError(_OTHER_VIDEO)
    if content[4:8] == b"ftyp":
        return _boxed(content)
    return "mp3" if _is_mp3(content) else None


def _riff(content: bytes) -> str:
    what = content[8:12]
    if what == b"WEBP":
        return "webp"
    if what == b"WAVE" and b"fmt " in content[:_FIRST]:
        return "wav"
    raise FileRefusedError(_OTHER_VIDEO if what == b"AVI " else NOT_KEPT)


def _boxed(content: bytes) -> str:
    """Tell sound, video and photo in the boxes that phones write them in."""
    brand = content[8:12]
    if brand in _HEIC_BRANDS:
        raise FileRefusedError(_HEIC)
    described = _box(content, b"moov")
    if described is None:
        raise FileRefusedError(DAMAGED)
    if not _HAS_PICTURE.search(described):
        return "m4a"
    return "mov" if brand == b"qt  " else "mp4"


def _box(content: bytes, wanted: bytes) -> bytes | None:
    """Return a box at the top of the file, or none where its boxes do not lead there."""
    at = 0
    while at + 8 <= len(content):
        size, begins = int.from_bytes(content[at : at + 4]), 8
        if size == 1:  # the size stands behind the name, in eight bytes
            size, begins = int.from_bytes(content[at + 8 : at + 16]), 16
        if content[at + 4 : at + 8] == wanted:
            return content[at + begins : at + size]
        if size < begins:
            return None
        at += size
    return None


_ID3: Final = 10
_KILOBITS: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_LOW: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ: Final = (44100, 48000, 32000)
_VERSION_1: Final = 3
_HEAD: Final = 4
_ALL_SET: Final = 0xFF
_SET_AND_LAYER, _SET_AND_LAYER_III = 0xE6, 0xE2


def _is_mp3(content: bytes) -> bool:
    """Say whether two frames of sound follow one another where they should."""
    at = 0
    if content.startswith(b"ID3") and len(content) > _ID3:
        size = 0
        for byte in content[6:_ID3]:
            size = size << 7 | byte & 0x7F
        at = _ID3 + size
        at = content.find(b"\xff", at, at + _FIRST)  # some leave room behind the tag
    length = _frame(content[at : at + 4]) if at >= 0 else 0
    return bool(length and _frame(content[at + length : at + length + 4]))


def _begins_frame(head: bytes) -> bool:
    """Say whether eleven bits are set, and the two that tell layer III."""
    return head[0] == _ALL_SET and head[1] & _SET_AND_LAYER == _SET_AND_LAYER_III


def _frame(head: bytes) -> int:
    """Return how many bytes a frame of MP3 (layer III) has by its head; 0 where it is none."""
    if len(head) < _HEAD or not _begins_frame(head):
        return 0
    version, rate, speed = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in {0, 15} or speed == len(_HERTZ):
        return 0
    is_first = version == _VERSION_1
    hertz = _HERTZ[speed] >> (0 if is_first else 1 if version else 2)
    kilobits = (_KILOBITS if is_first else _KILOBITS_LOW)[rate]
    return (144 if is_first else 72) * kilobits * 1000 // hertz + (head[2] >> 1 & 1)


def _check_text(name: str, content: bytes) -> None:
    text = _decoded(content)
    if text is None or _CONTROLS.intersection(text):
        raise FileRefusedError(NOT_KEPT)
    if _MARKUP.match(text[:_FIRST]):
        raise FileRefusedError(_WEB_PAGE)
    if _PROGRAM_NAMES.search(name):
        raise FileRefusedError(_PROGRAM)


def _decoded(content: bytes) -> str | None:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
