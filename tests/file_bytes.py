"""Small files of each kind, made byte by byte or by Pillow, for tests of what people hand in."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = "51 deg 30 min"
AUTHOR = "Carla Photographer"
GPS, ARTIST, ORIENTATION, TURNED_LEFT = 0x8825, 0x013B, 0x0112, 6
TYPES = "[Content_Types].xml"
_OPC = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **saved: object) -> bytes:
    """A picture whose left half is red."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    made = io.BytesIO()
    picture.save(made, kind, **saved)
    return made.getvalue()


def telling_photo() -> bytes:
    """A JPEG that says where and by whom it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[ARTIST] = AUTHOR
    exif[ORIENTATION] = TURNED_LEFT
    exif[GPS] = {1: "N", 2: (51.0, 30.0, 0.0), 29: PLACE}
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{AUTHOR}</x:xmpmeta>".encode()
    profile = b"profile of " + AUTHOR.encode()
    return photo(exif=exif, xmp=xmp, comment=AUTHOR.encode(), icc_profile=profile)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says that it is so large, with next to nothing in it."""
    head = b"IHDR" + struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(1000))
    chunks = (
        struct.pack("!I", len(part) - 4) + part + struct.pack("!I", zlib.crc32(part))
        for part in (head, body, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg_of(width: int, height: int) -> bytes:
    """The beginning of a JPEG that says that it is so large."""
    size = struct.pack("!BHHB", 8, height, width, 3)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + b"\xff\xc0\x00\x11" + size + bytes(20)


def zipped(parts: dict[str, bytes], **options: object) -> bytes:
    """A zip with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def word(more: dict[str, bytes] | None = None, main: str = _MAIN) -> bytes:
    """A Word file, with more parts or others."""
    types = (
        f'<Types xmlns="{_OPC}/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    parts = {TYPES: types.encode(), "word/document.xml": b"<w:document/>"}
    return zipped(parts | (more or {}))


def links(*kinds: tuple[str, str, str]) -> dict[str, bytes]:
    """The links of a Word file: kind, target, and “External” or nothing."""
    each = "".join(
        f'<Relationship Id="r{number}" Type="{_OPC}/officeDocument/2006/relationships/{kind}"'
        f' Target="{target}"{mode and f" TargetMode={mode!r}"}/>'
        for number, (kind, target, mode) in enumerate(kinds)
    )
    xml = f'<Relationships xmlns="{_OPC}/package/2006/relationships">{each}</Relationships>'
    return {"word/_rels/document.xml.rels": xml.encode()}


def pdf(*objects: bytes) -> bytes:
    """A PDF with these objects."""
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, each)
        for number, each in enumerate((b"<< /Type /Catalog >>", *objects), start=1)
    )
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def packed_table(content: bytes, how: bytes = b"/FlateDecode") -> bytes:
    """A table of objects of a PDF, packed."""
    stream = zlib.compress(content)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>" % (how, len(stream))
    return head + b"\nstream\n" + stream + b"\nendstream"


def boxes(brand: bytes, *handlers: bytes) -> bytes:
    """What phones record, with a track for each handler (``vide``, ``soun``)."""
    tracks = b"".join(_box(b"hdlr", bytes(8) + each + bytes(12)) for each in handlers)
    return _box(b"ftyp", brand + bytes(4)) + _box(b"mdat", bytes(40)) + _box(b"moov", tracks)


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack("!I", len(content) + 8) + name + content


# MPEG 1, layer III, 128 kbit/s at 44.1 kHz: 144 * 128000 // 44100 = 417 bytes a frame.
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 3
MP3_WITH_TAG = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + MP3
WAV = b"RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0" + bytes(20) + b"data\x04\0\0\0" + bytes(4)
OGG = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead" + bytes(20)
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(40)
# In two halves, so that scanners leave these tests alone.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
