"""Fill a Word template that was read once: what no content can change is not done again.

docxtpl opens and patches the template, so that a tag means here what it means there. Compiled is
only what can be shown to come out as it does from docxtpl; anything else is left to docxtpl.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jinja2
from docx.opc.constants import CONTENT_TYPE
from markupsafe import Markup, escape

from portal.documents.kept import is_kept
from portal.documents.package import Packed, join, pack

_MOST = 1_000_000  # what is kept in memory has a bound
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


@dataclass(frozen=True)
class CompiledTemplate:
    """A template after all that has to be done only once.

    Attributes:
        parts: all parts of the file by name, packed, in their order.
        filled: by name, what stands before the fields, they themselves, what stands after.
        properties: name of the part with title and author, and its fields.
        resolve: how docxtpl writes tabs.
    """

    parts: dict[str, Packed]
    filled: dict[str, tuple[bytes, jinja2.Template, bytes]]
    properties: tuple[str, jinja2.Template]
    resolve: Callable[[str], str]

    def fill(self, fields: dict[str, Any], properties: dict[str, str]) -> bytes:
        """Make the Word file; each text in the fields comes from `within_run`."""
        parts = dict(self.parts)
        for name, (before, template, after) in self.filled.items():
            xml = template.render(fields)
            xml = self.resolve(xml) if "\t" in xml else xml
            parts[name] = pack(before + xml.encode() + after)
        name, template = self.properties
        parts[name] = pack(template.render(properties).encode())
        return join(parts)


def within_run(text: str) -> str:
    """Write a text as it stands within a run: line breaks are elements, Jinja escapes the rest."""
    if "\n" not in text:
        return text
    return Markup(str(escape(text)).replace("\n", _BREAK))  # noqa: S704 - escaped here


def compile_template(word: Any, sandbox: jinja2.Environment) -> CompiledTemplate | None:
    """Compile an open DocxTemplate, whose title and author are fields of these names.

    Returns:
        None where what comes out could differ from what docxtpl makes.
    """
    main, parts = word.docx.part, word.docx.part.package.parts
    xml = {main: word.get_xml()}
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        xml |= {part: word.get_part_xml(part) for _, part in word.get_headers_footers(uri)}
    notes = [part for part in parts if part.content_type == CONTENT_TYPE.WML_FOOTNOTES]
    saved = io.BytesIO()
    word.docx.save(saved)
    if sum(map(len, xml.values())) + saved.tell() > _MOST:
        return None
    if any(re.search(rb"[{}\t]", part.blob) for part in notes):
        return None
    sources = {part: word.patch_xml(source) for part, source in xml.items()}
    if not all(is_kept(sandbox.parse(source)) for source in sources.values()):
        return None
    with zipfile.ZipFile(saved) as file:
        packed = {name: pack(file.read(name)) for name in file.namelist()}
    main.element.body.clear()
    before, after = main.blob.split(b"<w:body/>")
    start = before[: before.index(b"<w:document")]
    filled = {_name(part): (start, sandbox.from_string(sources[part]), b"") for part in sources}
    filled[_name(main)] = (before, filled[_name(main)][1], after)
    (core,) = (part for part in parts if part.content_type == CONTENT_TYPE.OPC_CORE_PROPERTIES)
    properties = (_name(core), sandbox.from_string(core.blob.decode()))
    # One that is not open: what was read is let go of.
    return CompiledTemplate(packed, filled, properties, type(word)("").resolve_listing)


def _name(part: Any) -> str:
    return str(part.partname.lstrip("/"))
