"""What every letter has: its head and foot, lists, and the words that never change."""

import word_look as look
from docx.document import Document
from docx.text.paragraph import Paragraph

WIDTH = 17.0
DANGER = "**In danger now? Ring 999.**"


def letter(title: str) -> Document:
    """Begin a letter: head, title, day and greeting; return it."""
    document = look.new_document("Letter", 12, landscape=False)
    look.header_and_footer(
        document, left="{{ reference }}", width=WIDTH, office="{{ office.name }}"
    )
    look.title_block(
        document,
        title,
        "{{ issued_on }}. Reference **{{ reference }}**.",
        office="{{ office.name }}",
    )
    look.paragraph(document, "{{ salutation }}")
    document.add_paragraph("{%p if what_changed %}")
    look.paragraph(
        document,
        "**This letter takes the place of the one we sent you before.** What has changed: "
        "{{ what_changed }}",
    )
    document.add_paragraph("{%p endif %}")
    return document


def paragraphs(document: Document, field: str) -> None:
    """Add a paragraph for each text of a field."""
    document.add_paragraph(f"{{%p for text in {field} %}}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")


def each(document: Document, field: str, line: str, style: str | None = "List Bullet") -> Paragraph:
    """Add a line for each text of a field; return the line."""
    document.add_paragraph(f"{{%p for text in {field} %}}")
    added = look.paragraph(document, line, style=style)
    document.add_paragraph("{%p endfor %}")
    return added


def bullets(document: Document, *lines: str) -> None:
    """Add bullets."""
    for line in lines:
        look.paragraph(document, line, style="List Bullet")


def support(document: Document, offer: str) -> None:
    """Say who supports, and offer it."""
    document.add_heading("Help for you", 1)
    look.paragraph(
        document,
        "{{ support }} It is free. They don’t work for the police or the council. " + offer,
    )


def something_new(document: Document) -> None:
    """Say what to do if something new happens."""
    look.paragraph(
        document,
        "If something new happens, report it and tell **{{ spoc.name }}**, **{{ spoc.phone }}**, "
        "{{ spoc.hours }}. If {{ spoc.name }} is away, {{ spoc.cover }} will answer. " + DANGER,
    )


def not_happy(document: Document) -> None:
    """Say where to complain."""
    document.add_heading("If you are not happy", 1)
    document.add_paragraph("{%p for route in not_happy %}")
    look.paragraph(document, "**{{ route.about }}** {{ route.words }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    look.paragraph(document, "None of this stops the help you get now.")


def close(document: Document) -> None:
    """End a letter: who writes, and how to reach them; never alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    look.box(
        document,
        WIDTH,
        [
            "**{{ issuer }}**, {{ office.name }}",
            "{{ office.post }}",
            "{{ office.phone }}, {{ office.email }}",
        ],
    )
