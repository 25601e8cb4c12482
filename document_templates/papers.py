"""The default templates of the papers for a sitting: A4 upright, marked on every page."""

import word_look as look
from docx.document import Document

WIDTH = 17.0
_CHANGED = "{% if what_changed %} **Changed since the issue before:** {{ what_changed }}{% endif %}"


def agenda() -> Document:
    """Lay out the agenda of a sitting."""
    document = _paper("Agenda", "{{ reference }}, agenda, issue {{ issue_number }}")
    look.box(
        document,
        WIDTH,
        [f"**For the panel only.** Do not forward it. It opens for the panel alone.{_CHANGED}"],
    )
    _meeting(document)
    document.add_heading("Items", 1)
    document.add_paragraph("{%p if items %}")
    _agenda_table(document, "items")
    look.paragraph(document, "{{ minutes }} minutes in all.")
    document.add_paragraph("{%p else %}")
    document.add_paragraph("No item is on the agenda.")
    document.add_paragraph("{%p endif %}")
    _contact(document)
    return document


def pack() -> Document:
    """Lay out the pack of one member."""
    document = _paper(
        "Papers for the meeting", "{{ reference }}, pack {{ issue_number }}, for {{ reader }}"
    )
    look.box(
        document,
        WIDTH,
        [
            (
                "**For {{ reader }} only.** It holds what you may read, and other members may "
                "have less. Do not show, forward or copy it. Keep each thing to the readers "
                f"that it names.{_CHANGED}"
            )
        ],
    )
    _meeting(document)
    document.add_paragraph("{%p if agenda %}")
    document.add_heading("Agenda", 1)
    _agenda_table(document, "agenda")
    document.add_paragraph("{%p endif %}")
    _chronology(document)
    _shared(document)
    _returns(document)
    _papers_before(document)
    _contact(document)
    return document


def _paper(title: str, left: str) -> Document:
    document = look.new_document(title, 10.5, landscape=False)
    look.header_and_footer(document, left=left, width=WIDTH, marking="{{ marking }}")
    look.title_block(
        document,
        title,
        "ASB case review **{{ reference }}**, {{ applicant_name }}, {{ lga_name }}. "
        "**Issue {{ issue_number }}**, {{ issued_on }}.",
    )
    return document


def _meeting(document: Document) -> None:
    look.table(
        document,
        widths=[3.2, 13.8],
        rows=[
            ["When", "{{ meeting.when }}"],
            ["Where", "{{ meeting.place }}"],
            "{%tr if meeting.chair %}",
            ["Chair", "{{ meeting.chair }}"],
            "{%tr endif %}",
        ],
        describe="When and where the meeting is, and who leads it",
    )


def _agenda_table(document: Document, field: str) -> None:
    look.table(
        document,
        widths=[1.1, 7.6, 3.6, 1.7, 3],
        head=["No", "Item", "Who is at the table", "Minutes", "Led by"],
        rows=[
            f"{{%tr for row in {field} %}}",
            [
                "{{ row.number }}",
                "{{ row.title }}",
                "{{ row.part }}",
                "{{ row.minutes }}",
                "{{ row.lead }}",
            ],
            "{%tr endfor %}",
        ],
        describe="The items of the agenda in their order; the header row repeats on each page",
    )


def _chronology(document: Document) -> None:
    document.add_heading("Chronology", 1)
    document.add_paragraph("{%p if events %}")
    look.table(
        document,
        widths=[3.1, 8.6, 5.3],
        head=["Day", "What happened", "From whom, and who reads it"],
        rows=[
            "{%tr for event in events %}",
            [
                "{{ event.when }}",
                "**{{ event.title }}**\n{%p if event.text %}\n{{ event.text }}\n{%p endif %}",
                "{{ event.source }}\n{{ event.handling }}",
            ],
            "{%tr endfor %}",
        ],
        describe="What happened, the oldest first; the header row repeats on each page",
    )
    document.add_paragraph("{%p else %}")
    document.add_paragraph("Nothing is on record.")
    document.add_paragraph("{%p endif %}")


def _shared(document: Document) -> None:
    document.add_heading("What was shared", 1)
    document.add_paragraph("{%p if items %}")
    document.add_paragraph("{%p for item in items %}")
    document.add_heading("{{ item.title }}", 2)
    look.paragraph(
        document,
        "{{ item.when }}. Shared by {{ item.shared_by }}. "
        "Who reads it: **{{ item.handling }}**. {{ item.told }}.",
    )
    document.add_paragraph("{{ item.text }}")
    document.add_paragraph("{%p if item.words %}")
    look.paragraph(document, "**Words for the applicant:** {{ item.words }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p else %}")
    document.add_paragraph("Nothing that you may read was shared.")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if withdrawn %}")
    document.add_heading("Withdrawn since", 2)
    document.add_paragraph("{%p for stub in withdrawn %}")
    look.paragraph(
        document,
        "{{ stub.when }}, {{ stub.shared_by }}: {{ stub.withdrawn }} {{ stub.reason }}",
        style="List Bullet",
    )
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _returns(document: Document) -> None:
    document.add_paragraph("{%p if returns %}")
    document.add_heading("How the reports were answered", 1)
    look.table(
        document,
        widths=[4.2, 5.2, 3.2, 4.4],
        head=["Reported on", "To", "Answer", "Who said so"],
        rows=[
            "{%tr for row in returns %}",
            ["{{ row.when }}", "{{ row.agency }}", "{{ row.answer }}", "{{ row.said }}"],
            "{%tr endfor %}",
        ],
        describe="Each report with its answer; the header row repeats on each page",
    )
    document.add_paragraph("{%p endif %}")


def _papers_before(document: Document) -> None:
    document.add_paragraph("{%p if papers %}")
    document.add_heading("Issued before", 1)
    look.paragraph(document, "Sign in to the Case Review Portal to open them.")
    document.add_paragraph("{%p for paper in papers %}")
    look.paragraph(document, "{{ paper.label }}, {{ paper.issued_on }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _contact(document: Document) -> None:
    document.add_heading("Contact", 1)
    look.box(
        document,
        WIDTH,
        [
            (
                "**{{ contact.name }}**, coordinator"
                "{% if contact.phone %}, {{ contact.phone }}{% endif %}"
                "{% if contact.email %}, {{ contact.email }}{% endif %}"
            ),
            "If something goes wrong with these papers, tell the coordinator today.",
        ],
    )
