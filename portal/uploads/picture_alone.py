"""The process in which a picture is drawn anew: ``python -I picture_alone.py ENDING CODE``.

Reads the picture from its input and writes a copy to its output, with nothing but what is seen:
no place, author, date, camera, thumbnail or colour profile, and the right way up. A picture that
cannot be drawn ends it with the code.
"""

import io
import os
import resource
import sys
import warnings
from typing import Final

from PIL import Image, ImageOps

LONGEST_SIDE: Final = 2400
MOST_MEMORY_BYTES: Final = 200 * 1024 * 1024
MOST_CPU_SECONDS: Final = 20
_QUALITY: Final = 88
_READ_AS: Final = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
_TRANSPARENT: Final = frozenset({"LA", "PA", "RGBA", "RGBa"})


def main() -> None:
    """Limit this process, then draw what comes in; a picture that cannot be drawn is its end."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    ending, cannot_be_drawn = sys.argv[1:]
    content = sys.stdin.buffer.read()
    try:
        copy = drawn_anew(ending, content)
    except Exception:  # what Pillow raises for a damaged picture is no closed list
        # At once: there may be no memory left to end in the usual way.
        os._exit(int(cannot_be_drawn))
    sys.stdout.buffer.write(copy)


def drawn_anew(ending: str, content: bytes) -> bytes:
    """Return the copy: JPEG for JPEG and WebP, PNG for PNG and GIF, at most 2,400 pixels a side.

    Raises:
        OSError, ValueError: and others of Pillow, where it cannot be read.
    """
    # How many pixels it has was asked before; Pillow would only warn.
    warnings.simplefilter("ignore")
    with Image.open(io.BytesIO(content), formats=[_READ_AS[ending]]) as picture:
        # A JPEG is unpacked no larger than needed.
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        is_jpeg = ending in {"jpg", "webp"}
        mode = "RGB" if is_jpeg or not _is_transparent(upright) else "RGBA"
        seen = upright.convert(mode)
    # What Pillow remembers of the old file it would write into the new one.
    seen.info.clear()
    copy = io.BytesIO()
    seen.save(copy, "JPEG" if is_jpeg else "PNG", quality=_QUALITY)
    return copy.getvalue()


def _is_transparent(picture: Image.Image) -> bool:
    return picture.mode in _TRANSPARENT or "transparency" in picture.info


if __name__ == "__main__":
    main()
