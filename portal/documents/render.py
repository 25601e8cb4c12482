"""Fill a Word template. The only module that imports docxtpl.

A template is written by an office and a text by anybody, so neither is trusted: templates run in
a sandbox with no global names and no filters, and each text is escaped before the template sees it.
"""

import hashlib
import io
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.coreprops import CoreProperties
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from portal.documents.compiled import CompiledTemplate, compile_template, within_run
from portal.documents.content import ApplicantPlan, Kind, PanelPlan
from portal.documents.letters import Letter
from portal.documents.minutes import MinutesContent
from portal.documents.package import (
    FaultyTemplateError,
    TemplateError,
    UnreadableTemplateError,
    open_package,
    without_clock,
)
from portal.documents.papers import AgendaPaper, InformationRequest, Pack, Paper
from portal.resources import DOCUMENT_TEMPLATES

__all__ = [
    "TemplateError",
    "environment",
    "read_template",
    "render_applicant_plan",
    "render_letter",
    "render_minutes",
    "render_panel_plan",
    "render_paper",
    "template_for",
    "template_parts",
    "template_version",
]

# Word's XML cannot hold these. A lone surrogate would cut off the rest of the document without
# an error; \a and \f are docxtpl's own signs for a new paragraph and a new page.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SLUG = re.compile(r"[a-z0-9-]+")
_FOOTNOTES = "footnotes+xml"
_PROPERTY_LENGTH = 255

# By content, in each process; None for what docxtpl has to fill.
_COMPILED: dict[bytes, CompiledTemplate | None] = {}
_MOST_COMPILED = 32
_COMPILING = threading.Lock()
_TITLES = {
    AgendaPaper: "Agenda",
    Pack: "Papers for the meeting",
    InformationRequest: "Information request",
}


def template_for(area_slug: str, kind: str) -> Path:
    """Find the template of an area: its own where it has one, otherwise the default.

    Raises:
        ValueError: the slug is no slug or the kind no `Kind`; neither may lead out of the folder.
    """
    if not _SLUG.fullmatch(area_slug):
        raise ValueError("An area's slug is made of the letters a to z, digits and hyphens.")
    name = f"{Kind(kind)}.docx"
    own = DOCUMENT_TEMPLATES / area_slug / name
    return own if own.is_file() else DOCUMENT_TEMPLATES / "default" / name


def template_version(template: bytes) -> str:
    """Name a template by its content: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(template).hexdigest()[:12]


def render_panel_plan(content: PanelPlan, template: Path | bytes) -> bytes:
    """Make the panel version of an action plan as a Word file.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Action plan, panel version, {content.reference}, issue {content.issue_number}"
    return _render(content, template, title=title, author=content.office_name)


def render_applicant_plan(content: ApplicantPlan, template: Path | bytes) -> bytes:
    """Make the applicant version of an action plan as a Word file.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Your action plan, {content.reference}"
    return _render(content, template, title=title, author=content.office_name)


def render_letter(content: Letter, template: Path | bytes) -> bytes:
    """Make a letter to the applicant as a Word file; its title says no more than an envelope may.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Letter, {content.reference}"
    return _render(content, template, title=title, author=content.office.name)


def render_minutes(content: MinutesContent, template: Path | bytes) -> bytes:
    """Make the minutes of a meeting as a Word file.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Minutes, {content.reference}, issue {content.issue_number}"
    return _render(content, template, title=title, author=content.office_name)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Looks into a dict first: Jinja asks it for an attribute, which it never has."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def render_paper(content: Paper, template: Path | bytes) -> bytes:
    """Make a paper to the panel as a Word file; its title does not say whose it is.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    what = _TITLES[type(content)]
    title = f"{what}, {content.reference}, issue {content.issue_number}"
    return _render(content, template, title=title, author=content.office_name)


def environment() -> jinja2.Environment:
    """Make the Jinja environment that templates run in.

    Filters are gone with the globals: they would work on text that is escaped already, and
    `upper` turns "&amp;" into something that Word cannot open.
    """
    sandbox = _Sandbox(undefined=jinja2.StrictUndefined, autoescape=True)
    sandbox.globals.clear()
    sandbox.filters.clear()
    return sandbox


def read_template(data: bytes) -> Any:
    """Open a template, its sizes checked first.

    Returns:
        A DocxTemplate, which has no types.

    Raises:
        OversizeTemplateError: it would unpack to too much.
        UnreadableTemplateError: it is not a Word file.
    """
    open_package(data).close()
    template = DocxTemplate(io.BytesIO(data))
    try:
        template.init_docx()
    except Exception as error:  # python-docx lets out whatever a broken file makes it trip over
        raise UnreadableTemplateError("The file is not a Word document (.docx).") from error
    return template


def template_parts(template: Any) -> list[tuple[str, str]]:
    """List the parts of an open template that are filled, as (name, Jinja source)."""
    filled = [("body", template.get_xml())]
    for name, uri in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        parts = [part for _, part in template.get_headers_footers(uri)]
        filled += [(name, template.get_part_xml(part)) for part in parts]
    filled += [
        ("footnotes", part.blob.decode(errors="replace"))
        for part in template.docx.part.package.iter_parts()
        if part.content_type.endswith(_FOOTNOTES)
    ]
    return [(name, template.patch_xml(xml)) for name, xml in filled]


def _render(content: Any, template: Path | bytes, *, title: str, author: str) -> bytes:
    data = template if isinstance(template, bytes) else template.read_bytes()
    compiled = _compiled(data)
    fields = _fields(content, _written if compiled else _hidden)
    properties = {"title": _property(title), "author": _property(author)}
    try:
        if compiled:
            return compiled.fill(fields, properties)
        return _render_plainly(fields, data, properties)
    except Exception as error:  # sums, comparisons and loops of a template fail in their own ways
        reason = getattr(error, "message", None) or error
        raise FaultyTemplateError(f"The template cannot be filled: {reason}.") from error


def _compiled(data: bytes) -> CompiledTemplate | None:
    version = hashlib.sha256(data).digest()
    with _COMPILING:
        found = _COMPILED.pop(version) if version in _COMPILED else _compile(data)
        _COMPILED[version] = found  # what was used last stands last
        if len(_COMPILED) > _MOST_COMPILED:
            del _COMPILED[next(iter(_COMPILED))]
    return found


def _compile(data: bytes) -> CompiledTemplate | None:
    word = read_template(data)
    try:
        _set_properties(word.docx.core_properties, title="{{ title }}", author="{{ author }}")
        return compile_template(word, environment())
    except Exception:  # docxtpl trips over the same, and the sentence is written there
        return None


def _render_plainly(fields: dict[str, Any], data: bytes, properties: dict[str, str]) -> bytes:
    word = read_template(data)
    word.render(fields, environment(), autoescape=True)
    # After the rendering: docxtpl would run the properties as templates and escape them twice.
    _set_properties(word.docx.core_properties, **properties)
    out = io.BytesIO()
    word.save(out)
    return without_clock(out.getvalue())


def _fields(content: Any, write: Callable[[str], str]) -> dict[str, Any]:
    """Lay out a content as what a template may see: dicts, lists, numbers, and texts as written."""
    return {
        name: write(value) if isinstance(value, str) else _field(value, write)
        for name, value in vars(content).items()
    }


def _field(value: Any, write: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return write(value)
    if isinstance(value, tuple):
        return [_field(item, write) for item in value]
    return value if isinstance(value, int) else _fields(value, write)


def _written(text: str) -> str:
    # What is printable holds no line break, and nothing that Word's XML cannot hold.
    return text if text.isprintable() else within_run(_clean(text))


def _hidden(text: str) -> str:
    # docxtpl reads "{_{" as its own way to write "{{", after rendering: hide the underscore.
    return Markup(str(escape(_clean(text))).replace("_", "&#95;"))  # noqa: S704 - escaped here


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", lines)


def _set_properties(properties: CoreProperties, *, title: str, author: str) -> None:
    # Whatever the template's file carried goes: who edited it, when, with what.
    for element in list(properties._element):
        properties._element.remove(element)
    properties.title = title
    properties.author = author
    properties.language = "en-GB"


def _property(text: str) -> str:
    return " ".join(_clean(text).split())[:_PROPERTY_LENGTH]
