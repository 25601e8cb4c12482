"""What can be wrong with a template as a file, whatever its fields: read off its parts."""

import re
import zipfile
import zlib
from collections.abc import Iterator

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.documents.package import UnreadableTemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN_PART = "/word/document.xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DAMAGED = "The file is damaged: Word can repair and save it."
_OUTSIDE = "The file loads something from outside, such as a linked picture."
_MACROS = "The file holds macros or other embedded programs."
_FIELD_CODES = frozenset({"PAGE", "NUMPAGES"})
_TAG = re.compile(r"\{[{%#]")
_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_VML = "{urn:schemas-microsoft-com:vml}"
_OLD_ADDRESSES = ("src", "{urn:schemas-microsoft-com:office:office}href")
# What docxtpl fills; a tag anywhere else is printed as it stands.
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_REFUSED_LINKS = {
    "attachedTemplate": "The file is attached to another template: detach it in Word.",
    "oleObject": "The file holds an embedded object, such as a table of Excel.",
    "package": "The file holds an embedded object, such as a table of Excel.",
    "control": _MACROS,
    "vbaProject": _MACROS,
    "aFChunk": "The file holds another document inside it: paste its text instead.",
    "subDocument": "The file holds another document inside it: paste its text instead.",
    "mailMergeSource": "The file is tied to a list for mail merge: end the mail merge in Word.",
    "frame": _OUTSIDE,
}
_REFUSED_MARKS = {
    "altChunk": _REFUSED_LINKS["aFChunk"],
    "object": _REFUSED_LINKS["oleObject"],
    "control": _MACROS,
    "mailMerge": _REFUSED_LINKS["mailMergeSource"],
    "commentReference": "The file holds comments, which would go out with it: delete them.",
}
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "delText")


def faults_of_file(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield a sentence for everything in the parts that a template may not have.

    Raises:
        UnreadableTemplateError: a part cannot be read.
    """
    names = package.namelist()
    if len(set(names)) < len(names):
        raise UnreadableTemplateError(_DAMAGED)
    for name in names:
        lower = name.lower()
        if lower.endswith((".bin", ".exe", ".dll")) or "/activex/" in lower:
            yield _MACROS
        elif lower.startswith("word/embeddings/"):
            yield _REFUSED_LINKS["oleObject"]
        elif lower.endswith((".xml", ".rels")):
            yield from _faults_of_part(name, parsed(package, name))


def parsed(package: zipfile.ZipFile, name: str) -> BaseOxmlElement:
    """Read a part of the file as XML.

    Raises:
        UnreadableTemplateError: it is damaged, locked, or brings its own definitions.
    """
    try:
        part = parse_xml(package.read(name))
    # lxml's own error is a SyntaxError; zipfile raises the others for what it cannot unpack.
    except (
        SyntaxError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
    ) as error:
        raise UnreadableTemplateError(_DAMAGED) from error
    if part.getroottree().docinfo.doctype:
        # Word never writes one; it is there to read other files, or to grow without end.
        raise UnreadableTemplateError(_DAMAGED)
    return part


def _faults_of_part(name: str, part: BaseOxmlElement) -> Iterator[str]:
    if name == "[Content_Types].xml":
        yield from _faults_of_type(part)
    elif name.lower().endswith(".rels"):
        yield from _faults_of_links(part)
    elif name.startswith("word/"):
        yield from _faults_of_marks(part)
        yield from _faults_of_field_codes(part)
        if not _FILLED.fullmatch(name) and _TAG.search("".join(_texts(part))):
            place = name.removeprefix("word/").removesuffix(".xml")
            yield f"A tag in the part “{place}” is never filled: move it into the text."


def _faults_of_type(types: BaseOxmlElement) -> Iterator[str]:
    main = [
        each.get("ContentType", "")
        for each in types.iter(f"{_CONTENT_TYPES}Override")
        if each.get("PartName") == _MAIN_PART
    ]
    if any("macroEnabled" in each.get("ContentType", "") for each in types):
        yield _MACROS
    elif main != [_WORD]:
        yield "The file is not saved as a Word document (.docx): save it as one in Word."


def _faults_of_links(relationships: BaseOxmlElement) -> Iterator[str]:
    for link in relationships.iter(_RELATIONSHIP):
        kind = link.get("Type", "").rpartition("/")[2]
        if kind in _REFUSED_LINKS:
            yield _REFUSED_LINKS[kind]
        elif link.get("TargetMode") == "External":
            yield from _faults_of_link(kind, link.get("Target", ""))


def _faults_of_link(kind: str, target: str) -> Iterator[str]:
    # A link waits for a click; a picture or template elsewhere tells its server who opened it.
    if kind != "hyperlink":
        yield _OUTSIDE
    elif not _LINK.match(target):
        yield "A link may lead to a web page, an email address or a phone number only."


def _faults_of_marks(part: BaseOxmlElement) -> Iterator[str]:
    for mark, sentence in _REFUSED_MARKS.items():
        if next(part.iter(f"{W}{mark}"), None) is not None:
            yield sentence
    # The same things under other names, by which nothing here would find them.
    if next(part.iter(f"{_STRICT}*"), None) is not None:
        yield "The file is saved as Strict Open XML: save it as a Word document (.docx)."
    # The old way to place a picture, which needs no relationship to say where it is.
    if any(mark.get(name) for mark in part.iter(f"{_VML}*") for name in _OLD_ADDRESSES):
        yield _OUTSIDE
    if next(part.iter(*(f"{W}{mark}" for mark in _TRACKED)), None) is not None:
        yield "The file holds tracked changes: accept or reject them all in Word."


def _faults_of_field_codes(part: BaseOxmlElement) -> Iterator[str]:
    codes = [*_field_codes(part)]
    codes += [element.get(f"{W}instr", "") for element in part.iter(f"{W}fldSimple")]
    for code in codes:
        name = code.split()[0].upper() if code.split() else ""
        if name and name not in _FIELD_CODES:
            yield f"The Word field “{name[:40]}” is not allowed, only PAGE and NUMPAGES."
        elif _TAG.search(code):
            yield "A tag must not stand inside a Word field."


def _field_codes(part: BaseOxmlElement) -> Iterator[str]:
    code = ""  # Word may write one code in several pieces
    for element in part.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            code += element.text or ""
        else:
            yield code
            code = ""
    yield code


def _texts(part: BaseOxmlElement) -> Iterator[str]:
    return (text.text or "" for text in part.iter(f"{W}t"))
