"""Check a Word template before it is used: what it asks for, and how it prints awkward text."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import docx
import jinja2
from docx.document import Document

from portal.documents.check_file import W, faults_of_file, parsed
from portal.documents.content import OFFICIAL_SENSITIVE, ApplicantPlan, Kind, PanelPlan
from portal.documents.jinja_walk import Walk
from portal.documents.letters import (
    Acknowledgement,
    Closure,
    ConsentRequest,
    Letter,
    NotInvited,
    ThresholdMet,
    ThresholdNotMet,
)
from portal.documents.minutes import MinutesContent
from portal.documents.package import TemplateError, UnreadableTemplateError, open_package
from portal.documents.papers import AgendaPaper, InformationRequest, Pack, Paper
from portal.documents.render import (
    environment,
    read_template,
    render_applicant_plan,
    render_letter,
    render_minutes,
    render_panel_plan,
    render_paper,
    template_parts,
)
from portal.documents.shape import Shape, fields_of, leaves, sample

_Content: TypeAlias = PanelPlan | ApplicantPlan | Letter | MinutesContent | Paper
_ContentType: TypeAlias = type[_Content]

_CONTENTS: dict[Kind, _ContentType] = {
    Kind.PANEL_PLAN: PanelPlan,
    Kind.APPLICANT_PLAN: ApplicantPlan,
    Kind.ACKNOWLEDGEMENT: Acknowledgement,
    Kind.CONSENT_REQUEST: ConsentRequest,
    Kind.THRESHOLD_MET: ThresholdMet,
    Kind.THRESHOLD_NOT_MET: ThresholdNotMet,
    Kind.NOT_INVITED: NotInvited,
    Kind.CLOSURE: Closure,
    Kind.MINUTES: MinutesContent,
    Kind.AGENDA: AgendaPaper,
    Kind.PACK: Pack,
    Kind.INFORMATION_REQUEST: InformationRequest,
}
_FOR_PANEL = frozenset({PanelPlan, MinutesContent, AgendaPaper, Pack, InformationRequest})
_AWKWARD = "A & B <x> “q” \"q\" 'q' {{7*7}} {_{ %} ü 😀 مرحبا " + "long " * 1000 + "end"
_MANY = 60
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_TAG = re.compile(r"\{[{%#]")
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a template.

    Attributes:
        where: "file", "properties", "body", "header", "footer", "footnotes" or "trial".
        sentence: what is wrong, for whoever edits the template.
    """

    where: str
    sentence: str


def check_template(kind: str, data: bytes) -> list[Fault]:
    """Check a template for a kind of document; no fault means that it may be used.

    What can be read off the file comes first; it is tried out only when that is without fault.

    Raises:
        ValueError: there is no such kind of document.
    """
    content = _CONTENTS[Kind(kind)]
    try:
        return list(dict.fromkeys(_faults(content, data)))
    except TemplateError as error:
        return [Fault("file", str(error))]


def render_example(kind: str, data: bytes, say: Callable[[str], str]) -> bytes:
    """Fill a template with examples: every text is say(its dotted name), every list has three.

    Raises:
        TemplateError: the template cannot be opened or filled.
    """
    return _render(sample(_CONTENTS[Kind(kind)], say, items=3), data)


def shape_of(kind: str) -> dict[str, Shape]:
    """Describe the fields that a kind of document has."""
    return fields_of(_CONTENTS[Kind(kind)])


def static_faults(data: bytes, shape: dict[str, Shape]) -> list[Fault]:
    """List what can be read off a template without filling it.

    Raises:
        TemplateError: it cannot be opened.
    """
    faults = [*_faults_of_file(data, "file")]
    try:
        template = read_template(data)
    except UnreadableTemplateError:
        if faults:
            return faults
        raise
    return [*faults, *_faults_of_properties(template.docx), *_faults_of_fields(template, shape)]


def _faults(content: _ContentType, data: bytes) -> list[Fault]:
    return static_faults(data, fields_of(content)) or [*_faults_of_trial(content, data)]


def _faults_of_file(data: bytes, where: str) -> Iterator[Fault]:
    with open_package(data) as package:
        for sentence in faults_of_file(package):
            yield Fault(where, sentence)


def _faults_of_properties(document: Document) -> Iterator[Fault]:
    for name in _PROPERTIES:
        if _TAG.search(getattr(document.core_properties, name) or ""):
            yield Fault("properties", f"The file's property “{name}” must not hold a field.")


def _faults_of_fields(template: Any, shape: dict[str, Shape]) -> list[Fault]:
    walk, faults, is_read = Walk(), list[Fault](), True
    for where, source in template_parts(template):
        known = len(walk.faults)
        try:
            walk.read(environment().parse(source), shape)
        except jinja2.TemplateSyntaxError as error:
            is_read = False
            faults.append(Fault(where, f"A tag is wrongly written: {error.message}"))
        except RecursionError:
            is_read = False
            faults.append(Fault(where, "Conditions stand too deep inside one another."))
        faults += [Fault(where, sentence) for sentence in walk.faults[known:]]
    if not is_read:
        return faults
    # Text that a template leaves out is text that nobody gets to see.
    missing = [path for path in leaves(shape) if path not in walk.printed]
    return faults + [Fault("body", f"The field “{path}” is nowhere printed.") for path in missing]


def _faults_of_trial(content: _ContentType, data: bytes) -> Iterator[Fault]:
    said: dict[str, str] = {}

    def say(path: str) -> str:
        said[path] = f"[{path}] {_AWKWARD}"
        return said[path]

    try:
        full = _render(sample(content, say, items=2), data)
        bare = _render(sample(content, lambda _: "", items=0), data)
        many = _render(sample(content, lambda path: f"{path} & <x>", items=_MANY), data)
    except TemplateError as error:
        yield Fault("trial", str(error))
        return
    text = _text_of(full)
    for path, wanted in said.items():
        if wanted not in text:
            yield Fault("trial", f"The text of “{path}” does not come out as it was written.")
    for document in (full, bare, many):
        yield from _faults_of_structure(document)
    yield from _faults_of_file(full, "trial")
    yield from _faults_of_marking(content, full, said.get("marking", ""))


def _render(content: _Content, data: bytes) -> bytes:
    if isinstance(content, PanelPlan):
        return render_panel_plan(content, data)
    if isinstance(content, ApplicantPlan):
        return render_applicant_plan(content, data)
    if isinstance(content, MinutesContent):
        return render_minutes(content, data)
    if isinstance(content, Paper):
        return render_paper(content, data)
    return render_letter(content, data)


def _text_of(data: bytes) -> str:
    with open_package(data) as package:
        parts = [name for name in package.namelist() if re.match(r"word/\w+\.xml$", name)]
        return "\n".join(
            "".join(_BREAKS.get(str(mark.tag), mark.text or "") for mark in paragraph.iter())
            for name in parts
            for paragraph in parsed(package, name).iter(f"{W}p")
        )


def _faults_of_structure(data: bytes) -> Iterator[Fault]:
    with open_package(data) as package:
        body = parsed(package, "word/document.xml")
    # Word calls such a file damaged; LibreOffice does not.
    if any(table.find(f"{W}tr") is None for table in body.iter(f"{W}tbl")):
        yield Fault("trial", "A table is left without any row when its list is empty.")
    if any(len(cell) == 0 or cell[-1].tag != f"{W}p" for cell in body.iter(f"{W}tc")):
        yield Fault("trial", "A table cell is left without any paragraph.")


def _faults_of_marking(content: _ContentType, data: bytes, marking: str) -> Iterator[Fault]:
    if content not in _FOR_PANEL:
        if OFFICIAL_SENSITIVE.split("-")[0] in _text_of(data).upper():
            yield Fault("trial", "What goes to the applicant must not bear a protective marking.")
        return
    for page_end in _page_ends(docx.Document(io.BytesIO(data))):
        if marking not in "\n".join(paragraph.text for paragraph in page_end.paragraphs):
            yield Fault("trial", "The marking must be in the header and footer of every page.")
            return


def _page_ends(document: Document) -> Iterator[Any]:
    for section in document.sections:
        yield from (section.header, section.footer)
        if section.different_first_page_header_footer:
            yield from (section.first_page_header, section.first_page_footer)
        if document.settings.odd_and_even_pages_header_footer:
            yield from (section.even_page_header, section.even_page_footer)
