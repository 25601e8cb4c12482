"""The letters as Word files: every text comes out, nothing marks them, all is well formed."""

import io

import docx
import pytest
from docx.text.paragraph import Paragraph
from openxml_audit import OpenXmlValidator
from word_reading import outside_links, parts, whole_text, xml_parts

from portal.documents.letters import (
    Acknowledgement,
    Closure,
    ConsentRequest,
    NotInvited,
    ThresholdMet,
    ThresholdNotMet,
)
from portal.documents.reading import paragraphs_of
from portal.documents.render import render_letter, template_for
from portal.documents.shape import sample

KINDS = {
    "letter-acknowledgement": Acknowledgement,
    "letter-consent-request": ConsentRequest,
    "letter-threshold-met": ThresholdMet,
    "letter-threshold-not-met": ThresholdNotMet,
    "letter-not-invited": NotInvited,
    "letter-closure": Closure,
}
AWKWARD = 'A & B <x> "q" {{7*7}} {_{ ü 😀 مرحبا'


def made(kind: str, text: str = "", *, items: int = 2) -> tuple[bytes, list[str]]:
    said: list[str] = []

    def say(path: str) -> str:
        said.append(f"[{path}|{text}|]")
        return said[-1]

    content = sample(KINDS[kind], say, items=items)
    return render_letter(content, template_for("default", kind)), said


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_letter_comes_out_exactly_and_the_file_is_sound(kind, tmp_path):
    letter, said = made(kind, AWKWARD)

    read = whole_text(letter)
    assert [wanted for wanted in said if wanted not in read] == []
    assert outside_links(letter) == []
    for number, document in enumerate((letter, made(kind, items=0)[0])):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(document)
        assert OpenXmlValidator().validate(file).errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_bears_no_marking_and_says_nothing_of_itself(kind):
    letter, _ = made(kind)

    everything = b"".join(parts(letter).values()).upper()
    properties = docx.Document(io.BytesIO(letter)).core_properties
    languages = {
        element.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val")
        for part in xml_parts(letter).values()
        for element in part.iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}lang"
        )
    }
    assert b"OFFICIAL" not in everything
    assert b"SENSITIVE" not in everything
    assert (properties.title, properties.author) == ("Letter, [reference||]", "[office.name||]")
    assert (properties.language, languages) == ("en-GB", {"en-GB"})
    assert properties.last_modified_by == properties.comments == properties.keywords == ""


# Headings typed from the drafts of the letters.
@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        (
            "letter-acknowledgement",
            ["Your contact person", "What happens now", "What you can do", "Help for you",
             "One thing we still need"],
        ),
        (
            "letter-consent-request",
            ["If you say yes", "If you say no, or don’t answer", "You choose", "How to answer",
             "Your answer"],
        ),
        (
            "letter-not-invited",
            ["Why", "How you are heard", "How you hear what was agreed",
             "If you think that this is wrong", "Help for you", "If you are not happy"],
        ),
        (
            "letter-closure",
            ["Why now", "What became of each step", "If it starts again", "Help for you",
             "Your papers", "Tell us how it was", "If you want to appeal",
             "If you are not happy"],
        ),
        (
            "letter-threshold-met",
            ["What a review is", "What it is not", "Who leads it", "When",
             "How would you like to take part?", "Help for you", "If you are not happy"],
        ),
        (
            "letter-threshold-not-met",
            ["How we decided", "Your reports", "What we will do all the same", "Ask again",
             "Help for you", "If you think that this is wrong", "If you are not happy"],
        ),
    ],
)  # fmt: skip
def test_a_page_reads_a_letter_back_with_its_headings(kind, headings):
    shown = paragraphs_of(made(kind)[0])

    assert [p.parts[0][0] for p in shown if p.kind == "heading"] == headings
    assert [p.kind for p in shown].count("title") == 1
    assert any(p.kind == "bullet" for p in shown)
    assert ("In danger now? Ring 999.", True) in {part for p in shown for part in p.parts}


@pytest.mark.parametrize("kind", KINDS)
def test_who_writes_never_stands_alone_on_a_page(kind):
    closing = docx.Document(io.BytesIO(made(kind)[0])).tables[-1]
    before = Paragraph(closing._tbl.getprevious(), None)

    assert "[issuer||]" in closing.cell(0, 0).text
    assert before.text.strip()
    assert before.paragraph_format.keep_with_next
