"""Read a Word file back with nothing of the code under test, and change one for a test."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {f"{W}br": "\n", f"{W}tab": "\t"}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml_parts(data: bytes, pattern: str = r"word/[\w/]+\.xml") -> dict[str, etree._Element]:
    return {
        name: etree.fromstring(content)
        for name, content in parts(data).items()
        if re.fullmatch(pattern, name)
    }


def paragraphs(
    data: bytes, pattern: str = r"word/(document|header\d+|footer\d+)\.xml"
) -> list[str]:
    return [
        "".join(_shown(run) for run in paragraph.iter(f"{W}r"))
        for part in xml_parts(data, pattern).values()
        for paragraph in part.iter(f"{W}p")
    ]


def _shown(run: etree._Element) -> str:
    return "".join(
        _SPACES.get(child.tag, (child.text or "") if child.tag == f"{W}t" else "") for child in run
    )


def whole_text(data: bytes) -> str:
    return "\n".join(paragraphs(data))


def field_codes(data: bytes) -> set[str]:
    found = set()
    for part in xml_parts(data).values():
        found |= {(code.text or "").strip() for code in part.iter(f"{W}instrText")}
        found |= {field.get(f"{W}instr") for field in part.iter(f"{W}fldSimple")}
    return found


def outside_links(data: bytes) -> list[str]:
    return [name for name, content in parts(data).items() if b'TargetMode="External"' in content]


def changed(data: bytes, change: Callable[[Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for other, kept in {**parts(data), name: content}.items():
            package.writestr(other, kept)
    return out.getvalue()
