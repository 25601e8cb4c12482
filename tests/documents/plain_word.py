"""docxtpl as it comes, and contents made by chance, to hold the portal's own filling against."""

import io
import random
import zipfile
from dataclasses import asdict, fields, replace
from functools import lru_cache

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from word_reading import parts, with_part

from portal.documents.content import ApplicantPlan, PanelPlan
from portal.documents.letters import (
    Acknowledgement,
    Closure,
    ConsentRequest,
    NotInvited,
    ThresholdMet,
    ThresholdNotMet,
)
from portal.documents.minutes import MinutesContent
from portal.documents.render import (
    render_applicant_plan,
    render_letter,
    render_minutes,
    render_panel_plan,
    template_for,
)
from portal.documents.shape import sample

# Every kind of document there is a template for: what it holds, and who makes it.
KINDS = {
    "action-plan-panel": (PanelPlan, render_panel_plan),
    "action-plan-applicant": (ApplicantPlan, render_applicant_plan),
    "letter-acknowledgement": (Acknowledgement, render_letter),
    "letter-consent-request": (ConsentRequest, render_letter),
    "letter-threshold-met": (ThresholdMet, render_letter),
    "letter-threshold-not-met": (ThresholdNotMet, render_letter),
    "letter-not-invited": (NotInvited, render_letter),
    "letter-closure": (Closure, render_letter),
    "minutes": (MinutesContent, render_minutes),
}
_NO_STYLES = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


def template_of(kind: str) -> bytes:
    return template_for("default", kind).read_bytes()


def lean(kind: str) -> bytes:
    """A template without its styles: docxtpl takes most of its time to read and write these."""
    return with_part(template_of(kind), "word/styles.xml", _NO_STYLES)


class _Word(DocxTemplate):
    """docxtpl; that a template is patched to the same again is not tried a thousand times."""

    patch_xml = lru_cache(32)(DocxTemplate.patch_xml)


class _Sandbox(ImmutableSandboxedEnvironment):
    from_string = lru_cache(256)(ImmutableSandboxedEnvironment.from_string)


@lru_cache(4)
def _plain(template: bytes) -> tuple[DocxTemplate, ImmutableSandboxedEnvironment]:
    return _Word(io.BytesIO(template)), _Sandbox(undefined=StrictUndefined, autoescape=True)


def plain_word(content, template: bytes) -> bytes:
    """Fill a template with docxtpl itself: strict, and each text escaped."""
    word, sandbox = _plain(template)
    word.render(asdict(content), sandbox, autoescape=True)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def differing(made: bytes, wanted: bytes) -> list[str]:
    """Name the parts that do not say the same; the core properties are the portal's own."""
    ours, theirs = parts(made), parts(wanted)
    if list(ours) != list(theirs):
        return sorted(ours.keys() ^ theirs.keys()) or ["the parts' order"]
    return [
        name
        for name, part in ours.items()
        if name != "docProps/core.xml"
        and part != theirs[name]
        and _canonical(part) != _canonical(theirs[name])
    ]


def _canonical(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part), method="c14n")


def is_sound(made: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return package.testzip() is None and len(set(package.namelist())) == len(package.namelist())


def any_content(kind: str, chance: random.Random, say):
    """A content with lists of any length; in minutes some sections are not on record."""
    content = sample(KINDS[kind][0], say, items=chance.randrange(3))
    if kind != "minutes":
        return content
    off = {
        each.name: replace(getattr(content.sections, each.name), number=0)
        for each in fields(content.sections)
        if chance.random() < 0.3
    }
    return replace(content, sections=replace(content.sections, **off))
