"""The default template of the minutes: A4 across, marking in header and footer."""

from collections.abc import Callable

import word_look as look
from docx.document import Document

from portal.domain.minutes import Section

WIDTH = 25.7
# In the table of attendance: after the header row and the rows that hold the tags.
_SITTING_ROW = 3


def minutes() -> Document:
    """Lay out the minutes: section after section, each with its table and its lines."""
    document = look.new_document("Minutes", 10.5, landscape=True)
    look.header_and_footer(
        document,
        left="{{ reference }}, minutes, issue {{ issue_number }}",
        width=WIDTH,
        marking="{{ marking }}",
    )
    look.title_block(
        document,
        "Minutes of the review meeting",
        "ASB case review **{{ reference }}**, {{ applicant_name }}, {{ lga_name }}. "
        "**Issue {{ issue_number }}**, {{ issued_on }}. **For the panel.**",
    )
    look.box(
        document,
        WIDTH,
        [
            (
                "**For the panel, the chair and the coordinator only.** Do not show, read out or "
                "forward these minutes to anybody else."
                "{% if what_changed %} **Changed since the issue before:** {{ what_changed }}"
                "{% endif %}"
            ),
            "Chair: {{ chair }}.",
        ],
    )
    for section in Section:
        _section(document, section)
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
            "{{ agreed_by }}",
        ],
    )
    return document


def _section(document: Document, section: Section) -> None:
    document.add_paragraph(f"{{%p if sections.{section}.number %}}")
    document.add_heading(f"{{{{ sections.{section}.number }}}}. {section.heading}", 1)
    if section in _TABLES:
        _TABLES[section](document)
    document.add_paragraph(f"{{%p for line in sections.{section}.lines %}}")
    document.add_paragraph("{{ line }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _attendance(document: Document) -> None:
    document.add_paragraph("{%p if attendance_rows %}")
    added = look.table(
        document,
        widths=[4.4, 4.9, 4, 3.2, 5.4, 3.8],
        head=[
            *("Name", "Agency or role", "How", "From and to"),
            *("Conflict declared", "Confidentiality agreed"),
        ],
        rows=[
            "{%tr for row in attendance_rows %}",
            "{%tr if row.sitting %}",
            ["{{ row.sitting }}", "", "", "", "", ""],
            "{%tr endif %}",
            [
                "{{ row.name }}",
                "{{ row.agency }}",
                "{{ row.how }}",
                "{{ row.hours }}",
                "{{ row.conflict }}",
                "{{ row.confidentiality }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Who was there and how; the header row repeats on each page",
    )
    first, *others = added.rows[_SITTING_ROW].cells
    for text in first.merge(others[-1]).paragraphs:
        text.paragraph_format.keep_with_next = True
    document.add_paragraph("{%p endif %}")


def _accounts(document: Document) -> None:
    document.add_paragraph("{%p for account in account_rows %}")
    document.add_heading("{{ account.agency }}", 2)
    document.add_paragraph("{{ account.words }}")
    document.add_paragraph("{%p endfor %}")


def _actions(document: Document) -> None:
    document.add_paragraph("{%p if action_rows %}")
    look.table(
        document,
        widths=[1.1, 7.3, 4.3, 3.7, 4.4, 4.9],
        head=[
            *("No", "What will be done", "Owner", "By when"),
            *("How we will know", "What the applicant is told"),
        ],
        rows=[
            "{%tr for action in action_rows %}",
            [
                "{{ action.number }}",
                "{{ action.what }}",
                "{{ action.owner }}",
                "{{ action.by_when }}",
                "{{ action.how_we_know }}",
                "{{ action.what_applicant_is_told }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Actions with owner, date and measure; the header row repeats on each page",
    )
    document.add_paragraph("{%p endif %}")


def _adequacy(document: Document) -> None:
    document.add_paragraph("{%p if adequacy_rows %}")
    look.table(
        document,
        widths=[6, 3, 16.7],
        head=["Agency", "Enough?", "The fact it rests on"],
        rows=[
            "{%tr for row in adequacy_rows %}",
            ["{{ row.agency }}", "{{ row.finding }}", "{{ row.fact }}"],
            "{%tr endfor %}",
        ],
        describe="Whether what each agency did was enough; the header row repeats on each page",
    )
    document.add_paragraph("{%p endif %}")


def _powers(document: Document) -> None:
    document.add_paragraph("{%p if power_rows %}")
    look.table(
        document,
        widths=[6, 4.7, 3, 12],
        head=["Power", "Agency", "Result", "What was said"],
        rows=[
            "{%tr for power in power_rows %}",
            [
                "{{ power.name }}",
                "{{ power.agency }}",
                "{{ power.result }}",
                "{{ power.words }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Powers considered, with what came of each; the header row repeats on each page",
    )
    document.add_paragraph("{%p endif %}")


def _recommendations(document: Document) -> None:
    document.add_paragraph("{%p if recommendation_rows %}")
    look.table(
        document,
        widths=[1.1, 6.2, 13.4, 5],
        head=["No", "To", "What", "Reply by"],
        rows=[
            "{%tr for advice in recommendation_rows %}",
            [
                "R{{ advice.number }}",
                "{{ advice.body }}",
                "{{ advice.what }}",
                "{{ advice.reply_by }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Recommendations to public bodies; the header row repeats on each page",
    )
    document.add_paragraph("{%p endif %}")


_TABLES: dict[Section, Callable[[Document], None]] = {
    Section.ATTENDANCE: _attendance,
    Section.ACCOUNTS: _accounts,
    Section.ADEQUACY: _adequacy,
    Section.POWERS: _powers,
    Section.ACTIONS: _actions,
    Section.RECOMMENDATIONS: _recommendations,
}
