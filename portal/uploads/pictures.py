"""How large a picture is, read off its first bytes: before anything is unpacked."""

from typing import Final

from portal.domain.files import FileRefusedError
from portal.uploads.signatures import DAMAGED

# A JPEG is unpacked at a half, a quarter or an eighth of its size; the others only as a whole.
_MOST_PIXELS: Final = {"jpg": 120_000_000, "png": 16_000_000, "gif": 16_000_000, "webp": 12_000_000}
_MOST_A_SIDE: Final = 30_000
_TOO_LARGE: Final = "The photo is too large to open. Make it smaller, and add it again"
_MARK: Final = 0xFF
_SCANS: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def check_picture(ending: str, content: bytes) -> None:
    """Refuse a picture that would take too much memory.

    Args:
        ending: of its format.
        content: all of it.

    Raises:
        FileRefusedError: it is too large, or does not say how large it is.
    """
    size = _SIZES[ending](content)
    if size is None or not all(size):
        raise FileRefusedError(DAMAGED)
    if max(size) > _MOST_A_SIDE or size[0] * size[1] > _MOST_PIXELS[ending]:
        raise FileRefusedError(_TOO_LARGE)


_Size = tuple[int, int] | None


def _png(content: bytes) -> _Size:
    if content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _gif(content: bytes) -> _Size:
    return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")


def _webp(content: bytes) -> _Size:
    packed = content[12:16]
    if packed == b"VP8X":
        sides = content[24:27], content[27:30]
        return int.from_bytes(sides[0], "little") + 1, int.from_bytes(sides[1], "little") + 1
    if packed == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if packed == b"VP8 ":
        sides = content[26:28], content[28:30]
        width, height = (int.from_bytes(side, "little") & 0x3FFF for side in sides)
        return width, height
    return None


def _jpeg(content: bytes) -> _Size:
    """Walk from mark to mark until the one that begins the picture."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != _MARK:
            return None
        mark = content[at + 1]
        if mark in _SCANS:
            sides = content[at + 7 : at + 9], content[at + 5 : at + 7]
            return int.from_bytes(sides[0]), int.from_bytes(sides[1])
        # Marks may be filled up in front, and some stand alone.
        filled = mark == _MARK
        length = int.from_bytes(content[at + 2 : at + 4])
        at += 1 if filled else 2 if mark in _ALONE else 2 + length
    return None


_SIZES: Final = {"jpg": _jpeg, "png": _png, "gif": _gif, "webp": _webp}
