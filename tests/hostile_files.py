"""Files that break what takes them: name, bytes, and what is said, or as what it is kept.

What is kept is never handed out under its own name, and never but as an attachment; so that a photo
with a web page behind it is a photo.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.files import MOST_BYTES
from tests import file_bytes as of
from tests.file_bytes import links, packed_table, pdf, photo, word, zipped

KINDS = "The file must be a photo, PDF, Word, sound or video"
ARCHIVE = "The file is an archive"
PROGRAM = "The file is a program"
WEB_PAGE = "The file is a web page"
MACRO = "The file holds a macro"
INSIDE = "The file holds another file inside it"
OUTSIDE = "The file loads something from outside"
OLD = "The file is of an old Word or Office"
DAMAGED = "The file is damaged"
NOT_OPENED = "The photo cannot be opened"
TOO_LARGE = "The photo is too large to open"
UNPACKS = "The file unpacks to too much"
ACTIVE = "The PDF holds a small program"
PDF_INSIDE = "The PDF holds another file inside it"
LOCKED = "The PDF is locked"
VIDEO = "The video must be"
SOUND = "The sound must be"
EMPTY = "The file is empty"


@dataclass(frozen=True)
class Hostile:
    """A file that somebody hands in.

    Attributes:
        said: the beginning of the sentence; empty where it is kept.
        kept: the ending that it is kept with; empty where it is refused.
    """

    name: str
    make: Callable[[], bytes]
    said: str = ""
    kept: str = ""


def _refused(said: str, *named: tuple[str, Callable[[], bytes]]) -> list[Hostile]:
    return [Hostile(name, make, said=said) for name, make in named]


def _kept(kept: str, *named: tuple[str, Callable[[], bytes]]) -> list[Hostile]:
    return [Hostile(name, make, kept=kept) for name, make in named]


def _is(content: bytes) -> Callable[[], bytes]:
    return lambda: content


_HTML = b"<!DOCTYPE html><script>alert(1)</script>"
_ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"
_SCRIPT = b"7 0 << /S /JavaScript /JS (app.alert(1)) >>"
_TAR = b"letter.txt" + bytes(247) + b"ustar\x0000" + bytes(300)


def _turned(content: bytes, at: int) -> bytes:
    """The same with one byte turned over."""
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


FILES = [
    *_refused(
        EMPTY,
        ("nothing.jpg", _is(b"")),
        ("zeroes.pdf", lambda: bytes(5000)),
        ("spaces.txt", _is(b" \r\n\t" * 40)),
    ),
    *_refused("The file must be smaller than 20 MB", ("a.txt", lambda: b"a" * (MOST_BYTES + 1))),
    *_refused(
        KINDS,
        ("noise.jpg", lambda: b"\x81\x00\x8d" * 200),
        ("nul.txt", _is(b"a letter\x00 with a zero")),
        ("zip-behind.docx", lambda: b"PK\x05\x06" + bytes(18)),
        ("riff.wav", _is(b"RIFF\x10\0\0\0ACONanih" + bytes(8))),
        ("half-a-frame.mp3", lambda: of.MP3[:400]),
        ("photo.psd", _is(b"8BPS\x00\x01" + bytes(30))),
    ),
    *_refused(
        ARCHIVE,
        ("photos.zip", lambda: zipped({"a.jpg": photo()})),
        ("photos.jpg", lambda: zipped({"a.exe": b"MZ"})),
        ("book.docx", lambda: zipped({of.TYPES: b"<Types/>", "xl/workbook.xml": b"<x/>"})),
        ("a.rar", _is(b"Rar!\x1a\x07\x00" + bytes(30))),
        ("a.7z", _is(b"7z\xbc\xaf\x27\x1c" + bytes(30))),
        ("a.gz", _is(b"\x1f\x8b\x08\x00" + bytes(30))),
        ("a.tar", _is(_TAR)),
    ),
    *_refused(
        PROGRAM,
        ("holiday.jpg.exe", _is(b"MZ\x90\x00" + bytes(60))),
        ("photo.jpg", _is(b"\x7fELF\x02\x01" + bytes(60))),
        ("start.sh", _is(b"#!/bin/sh\nrm -rf /\n")),
        ("letter.bat", _is(b"@echo off\r\nformat c:\r\n")),
        ("letter.TXT.VBS ", _is(b'CreateObject("WScript.Shell")')),
        ("link.lnk", _is(b"L\0\0\0\x01\x14\x02\0" + bytes(60))),
        ("evil\u202egpj.js", _is(b"alert(1)")),
    ),
    *_refused(
        WEB_PAGE,
        ("page.html", _is(_HTML)),
        ("photo.png", _is(b"\n  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")),
        ("letter.txt", _is(b"Dear all\n<SCRIPT src=//x.example></SCRIPT>")),
        ("wide.txt", lambda: "<html>".encode("utf-16")),
        ("a.php", _is(b"<?php system($_GET['c']); ?>")),
        ("a.xml", _is(_ENTITIES)),
    ),
    *_refused(OLD, ("letter.doc", _is(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))),
    *_refused("The file is rich text", ("letter.rtf", _is(b"{\\rtf1\\ansi}"))),
    *_refused(
        MACRO,
        ("letter.docx", lambda: word({"word/vbaProject.bin": b"\xd0\xcf"})),
        (
            "letter.docm",
            lambda: word(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        ),
        ("CAPITALS.docx", lambda: word({"WORD/VBAPROJECT.BIN": b"x"})),
    ),
    *_refused(
        INSIDE,
        ("sheet.docx", lambda: word({"word/embeddings/oleObject1.bin": b"\xd0\xcf"})),
        ("active.docx", lambda: word({"word/activeX/activeX1.xml": b"<x/>"})),
        ("chunk.docx", lambda: word(links(("aFChunk", "page.html", "")))),
    ),
    *_refused(
        OUTSIDE,
        ("far.docx", lambda: word(links(("attachedTemplate", "http://x.example/a", "External")))),
        ("beacon.docx", lambda: word(links(("image", "//x.example/a>b.png", "External")))),
    ),
    *_refused(
        UNPACKS,
        ("bomb.docx", lambda: word({"word/media/a.bin": bytes(30_000_000)})),
        ("parts.docx", lambda: word({f"word/a{n}.xml": b"x" for n in range(2001)})),
    ),
    *_refused(
        DAMAGED,
        ("cut.docx", lambda: word()[:-30]),
        ("defines.docx", lambda: word({"word/_rels/document.xml.rels": b"<x>" + _ENTITIES})),
        ("cut.pdf", lambda: pdf()[:-20]),
        ("cut.mp4", lambda: of.boxes(b"isom", b"vide")[:40]),
        ("no-size.jpg", _is(b"\xff\xd8\xff\xd9" + bytes(20))),
    ),
    *_refused(
        TOO_LARGE,
        ("bomb.png", lambda: of.png_of(60_000, 60_000)),
        ("long.png", lambda: of.png_of(30_001, 1)),
        ("bomb.jpg", lambda: of.jpeg_of(20_000, 20_000)),
        ("bomb.gif", _is(b"GIF89a\xff\xff\xff\xff" + bytes(20))),
        ("bomb.webp", _is(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff" * 6 + bytes(9))),
    ),
    *_refused(
        NOT_OPENED,
        ("cut.jpg", lambda: photo(size=(400, 400))[:900]),
        ("turned.png", lambda: _turned(photo("PNG"), 30)),
        ("chunk.png", lambda: of.png_of(400, 400)),
    ),
    *_refused(
        ACTIVE,
        ("script.pdf", lambda: pdf(_SCRIPT)),
        ("spelt.pdf", lambda: pdf(b"<< /S /J#61v#61Script >>")),
        ("launch.pdf", lambda: pdf(b"<< /S/Launch/F(cmd.exe) >>")),
        ("form.pdf", lambda: pdf(b"<< /S /SubmitForm >>")),
        ("packed.pdf", lambda: pdf(packed_table(_SCRIPT))),
    ),
    *_refused(PDF_INSIDE, ("holds.pdf", lambda: pdf(b"<< /Type /EmbeddedFile >>"))),
    *_refused(
        LOCKED,
        ("locked.pdf", lambda: pdf(b"<< /Encrypt 9 0 R >>")),
        ("twice.pdf", lambda: pdf(packed_table(b"7 0 4a53", b"[/FlateDecode /ASCIIHexDecode]"))),
        ("plain.pdf", lambda: pdf(b"<< /Type /ObjStm >>\nstream\nnot packed\nendstream")),
    ),
    *_refused(
        "The PDF unpacks", ("bomb.pdf", lambda: pdf(packed_table(b"7 0 " + bytes(41 << 20))))
    ),
    *_refused(
        VIDEO,
        ("old.avi", _is(b"RIFF\x10\0\0\0AVI LIST" + bytes(8))),
        ("film.mkv", _is(b"\x1aE\xdf\xa3\x9fB\x82\x88matroska" + bytes(40))),
        ("film.ogv", _is(b"OggS\x00\x02" + bytes(22) + b"\x01*\x80theora" + bytes(20))),
    ),
    *_refused(SOUND, ("note.amr", _is(b"#!AMR\n" + bytes(30)))),
    *_refused("The photo is of a kind (HEIC)", ("a.jpg", lambda: of.boxes(b"heic"))),
    # What is harmless is kept as what it is, whatever it is called or has behind it.
    *_kept(
        "jpg",
        ("../../../etc/passwd", photo),
        ("C:\\CON", of.telling_photo),
        ("page.html", lambda: photo() + _HTML),
        ("photo.zip", lambda: photo() + zipped({"a.exe": b"MZ"})),
        ("x" * 500 + ".pdf", photo),
    ),
    *_kept("gif", ("script.js", lambda: photo("GIF") + b"/*=1;alert(1)//*/")),
    *_kept(
        "txt", ("=1+1.csv", _is(b"=cmd|' /C calc'!A0,1\r\n")), ("\x00\ud800.eml", _is(b"To: a"))
    ),
]
