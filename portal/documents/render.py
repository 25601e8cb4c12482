"""Fill a Word template. The only module that imports docxtpl.

A template is written by an office and a text by anybody, so neither is trusted: templates run in
a sandbox with no global names and no filters, and each text is escaped before the template sees it.
"""

import hashlib
import io
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.coreprops import CoreProperties
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

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
from portal.resources import DOCUMENT_TEMPLATES

__all__ = [
    "TemplateError",
    "environment",
    "read_template",
    "render_applicant_plan",
    "render_letter",
    "render_minutes",
    "render_panel_plan",
    "template_for",
    "template_parts",
    "template_version",
]

# Word's XML cannot hold these. A lone surrogate would cut off the rest of the document without
# an error; \a and \f are docxtpl's own signs for a new paragraph and a new page.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SLUG = re.compile(r"[a-z0-9-]+")
_FOOTNOTES = "footnotes+xml"
_TITLE_LENGTH = 255


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
    return _render(asdict(content), template, title=title, author=content.office_name)


def render_applicant_plan(content: ApplicantPlan, template: Path | bytes) -> bytes:
    """Make the applicant version of an action plan as a Word file.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Your action plan, {content.reference}"
    return _render(asdict(content), template, title=title, author=content.office_name)


def render_letter(content: Letter, template: Path | bytes) -> bytes:
    """Make a letter to the applicant as a Word file; its title says no more than an envelope may.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Letter, {content.reference}"
    return _render(asdict(content), template, title=title, author=content.office.name)


def render_minutes(content: MinutesContent, template: Path | bytes) -> bytes:
    """Make the minutes of a meeting as a Word file.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    title = f"Minutes, {content.reference}, issue {content.issue_number}"
    return _render(asdict(content), template, title=title, author=content.office_name)


def environment() -> jinja2.Environment:
    """Make the Jinja environment that templates run in.

    Filters are gone with the globals: they would work on text that is escaped already, and
    `upper` turns "&amp;" into something that Word cannot open.
    """
    sandbox = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
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


def _render(fields: dict[str, Any], template: Path | bytes, *, title: str, author: str) -> bytes:
    word = read_template(template if isinstance(template, bytes) else template.read_bytes())
    try:
        word.render(_plain(fields), environment(), autoescape=True)
    except Exception as error:  # sums, comparisons and loops of a template fail in their own ways
        reason = getattr(error, "message", None) or error
        raise FaultyTemplateError(f"The template cannot be filled: {reason}.") from error
    # After the rendering: docxtpl would run the properties as templates and escape them twice.
    _set_properties(word.docx.core_properties, title=_clean(title), author=_clean(author))
    out = io.BytesIO()
    word.save(out)
    return without_clock(out.getvalue())


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        # docxtpl reads "{_{" as its own way to write "{{", after rendering: hide the underscore.
        return Markup(str(escape(_clean(value))).replace("_", "&#95;"))  # noqa: S704 - escaped here
    return value


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", lines)


def _set_properties(properties: CoreProperties, *, title: str, author: str) -> None:
    # Whatever the template's file carried goes: who edited it, when, with what.
    for element in list(properties._element):
        properties._element.remove(element)
    properties.title = " ".join(title.split())[:_TITLE_LENGTH]
    properties.author = " ".join(author.split())[:_TITLE_LENGTH]
    properties.language = "en-GB"
