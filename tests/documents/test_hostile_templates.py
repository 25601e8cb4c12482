"""Templates that somebody made to do harm: each ends in a sentence, within limits."""

import io
import sys
import zipfile

import pytest
from docx.oxml import parse_xml
from word_reading import changed, parts, with_part

from portal.documents import check_apart
from portal.documents.check import check_template
from portal.documents.check_apart import check_apart as checked_apart
from portal.documents.content import Kind
from portal.documents.render import template_for

PANEL = template_for("default", Kind.PANEL_PLAN).read_bytes()
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXTS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ reference.__class__ }}",
    "{{ reference|attr('__class__') }}",
    "{{ reference['__class__'] }}",
    "{{ config }}",
    "{{ request.application }}",
    "{{ reference.format(x) }}",
    "{{ '%s'|format(reference) }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "{{ 'x' * 10**10 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'minutes.docx' %}",
    "{% import 'minutes.docx' as m %}",
    "{% extends 'minutes.docx' %}",
    "{% set x = actions %}{% do x.append(1) %}",
    "{% for a in actions recursive %}{{ loop(actions) }}{% endfor %}",
    "{% for a in actions %}" * 3 + "{% endfor %}" * 3,
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% call reference() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% if reference is defined %}x{% endif %}",
    "{{ reference if (" + "(" * 300 + "reference" + ")" * 300 + ") }}",
    "{% if reference %}" * 400 + "{% endif %}" * 400,
    "{{ safe_contact ~ reference }}",
    "{{ namespace() }}",
    "{{ actions[0].what }}",
]


def sentences(data: bytes) -> list[str]:
    return [fault.sentence for fault in check_template(Kind.PANEL_PLAN, data)]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_more_than_fields_loops_and_conditions_ends_in_a_sentence(text):
    found = sentences(changed(PANEL, lambda document: document.add_paragraph(text)))

    assert found
    assert all(sentence.endswith((".", "?")) or "wrongly written" in sentence for sentence in found)
    assert not any("uid=" in sentence or "Traceback" in sentence for sentence in found)


def _with_relation(kind, target, mode="External"):
    def seed(document):
        document.part.relate_to(target, f"{RELATIONS}/{kind}", is_external=mode == "External")

    return changed(PANEL, seed)


def _with_xml(inner):
    return changed(PANEL, lambda document: document.element.body.insert(0, parse_xml(inner)))


def _with_field(code):
    return _with_xml(
        f'<w:p {WORDS}><w:fldSimple w:instr="{code}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    )


def _replaced(name, old, new):
    return with_part(PANEL, name, parts(PANEL)[name].replace(old, new))


def _twice():
    out = io.BytesIO(PANEL)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(out, "a") as package,
    ):
        package.writestr("word/document.xml", b"<x/>")
    return out.getvalue()


def _bomb():
    return with_part(PANEL, "word/media/a.xml", b"<a>" + b" " * 30_000_000 + b"</a>")


DOCTYPE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
MACRO = "The file holds macros or other embedded programs."
OBJECT = "The file holds an embedded object, such as a table of Excel."
OTHER = "The file holds another document inside it: paste its text instead."
OUTSIDE = "The file loads something from outside, such as a linked picture."
DAMAGED = "The file is damaged: Word can repair and save it."
FILES = {
    "renamed .docm": (
        lambda: _replaced(
            "[Content_Types].xml",
            b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"vnd.ms-word.document.macroEnabled.main+xml",
        ),
        MACRO,
    ),
    "renamed .dotx": (
        lambda: _replaced("[Content_Types].xml", b"document.main+xml", b"template.main+xml"),
        "The file is not saved as a Word document (.docx): save it as one in Word.",
    ),
    "activeX": (lambda: with_part(PANEL, "word/activeX/activeX1.xml", b"<x/>"), MACRO),
    "macro": (lambda: with_part(PANEL, "word/vbaProject.bin", b"x"), MACRO),
    "embedded object": (lambda: with_part(PANEL, "word/embeddings/a.xlsx", b"x"), OBJECT),
    "object": (lambda: _with_xml(f"<w:p {WORDS}><w:r><w:object/></w:r></w:p>"), OBJECT),
    "attached template": (
        lambda: _with_relation("attachedTemplate", "http://x.example/a.dotm"),
        "The file is attached to another template: detach it in Word.",
    ),
    "alternative part": (lambda: _with_xml(f"<w:altChunk {WORDS}/>"), OTHER),
    "subdocument": (lambda: _with_relation("subDocument", "file:///a.docx"), OTHER),
    "picture elsewhere": (lambda: _with_relation("image", "http://x.example/a.png"), OUTSIDE),
    "picture elsewhere, the old way": (
        lambda: _with_xml(
            f'<w:p {WORDS}><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
            'src="http://x.example/a.png"/></w:pict></w:r></w:p>'
        ),
        OUTSIDE,
    ),
    "a field under its other name": (
        lambda: with_part(
            PANEL,
            "word/endnotes.xml",
            b'<s:p xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main"><s:r>'
            b"<s:instrText>INCLUDETEXT a</s:instrText></s:r></s:p>",
        ),
        "The file is saved as Strict Open XML: save it as a Word document (.docx).",
    ),
    "link to a share": (
        lambda: _with_relation("hyperlink", "file://server/share"),
        "A link may lead to a web page, an email address or a phone number only.",
    ),
    "DDE": (
        lambda: _with_field("DDEAUTO c:\\\\windows\\\\cmd.exe /k calc"),
        "The Word field “DDEAUTO” is not allowed, only PAGE and NUMPAGES.",
    ),
    "tag in a field code": (
        lambda: _with_field("PAGE {{ reference }}"),
        "A tag must not stand inside a Word field.",
    ),
    "comments": (
        lambda: _with_xml(f'<w:p {WORDS}><w:r><w:commentReference w:id="0"/></w:r></w:p>'),
        "The file holds comments, which would go out with it: delete them.",
    ),
    "tracked changes": (
        lambda: _with_xml(f'<w:p {WORDS}><w:del w:id="1"><w:r><w:t>x</w:t></w:r></w:del></w:p>'),
        "The file holds tracked changes: accept or reject them all in Word.",
    ),
    "tag where nothing is filled": (
        lambda: with_part(
            PANEL, "word/endnotes.xml", f"<w:p {WORDS}><w:t>{{{{ x }}}}</w:t></w:p>".encode()
        ),
        "A tag in the part “endnotes” is never filled: move it into the text.",
    ),
    "entities": (
        lambda: _replaced("word/document.xml", b"<w:document", DOCTYPE + b"<w:document"),
        DAMAGED,
    ),
    "deep nesting": (
        lambda: with_part(PANEL, "word/a.xml", b"<a>" * 5000 + b"</a>" * 5000),
        DAMAGED,
    ),
    "a part twice": (_twice, DAMAGED),
    "30 MB of text": (_bomb, "The file unpacks to more than 20 MB."),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_by_what_is_in_it(name):
    make, sentence = FILES[name]

    assert sentence in sentences(make())


def test_the_other_process_says_the_same_and_has_limits(monkeypatch):
    broken = changed(PANEL, lambda document: document.add_paragraph("{{ landlord }}"))
    assert checked_apart(Kind.PANEL_PLAN, broken) == check_template(Kind.PANEL_PLAN, broken)

    # What the process does stands in for a file that takes all it can get.
    greedy = (
        "from portal.documents import check_alone as alone;"
        "alone.check_template = lambda *_: 'x' * (2 * alone.MOST_MEMORY_BYTES);"
        "alone.main()"
    )
    run = check_apart.subprocess.run

    def another(command, **more):
        return run([sys.executable, "-c", greedy], **more)

    monkeypatch.setattr(check_apart.subprocess, "run", another)
    (fault,) = checked_apart(Kind.PANEL_PLAN, broken)
    assert fault.sentence.startswith("The file takes too long to check, or too much memory.")


def test_a_check_that_does_not_end_is_ended(monkeypatch):
    def stalled(command, *, timeout, **_more):
        raise check_apart.subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(check_apart.subprocess, "run", stalled)

    (fault,) = checked_apart(Kind.PANEL_PLAN, PANEL)
    assert fault.sentence.startswith("The file takes too long to check, or too much memory.")
