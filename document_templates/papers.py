"""The default templates of the papers to the panel and its agencies: A4 across, all marked."""

import word_look as look
from docx.document import Document

WIDTH = 25.7
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
        "Papers for the meeting",
        "{{ reference }}, pack {{ issue_number }}",
        right="For {{ reader }}",
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


def information_request() -> Document:
    """Lay out the request to one agency."""
    document = look.new_document("Information request", 10.5, landscape=True)
    look.header_and_footer(
        document,
        left="{{ reference }}, information request {{ issue_number }}",
        width=WIDTH,
        marking="{{ marking }}",
        right="For {{ agency }}",
    )
    look.title_block(
        document,
        "Information request",
        "To **{{ agency }}**. Reference **{{ reference }}**. **Issue {{ issue_number }}**, "
        "{{ issued_on }}. **Your return is due on {{ due_on }}.**",
    )
    look.box(
        document,
        WIDTH,
        [
            (
                "**Please do not** contact the applicant or the people complained about because "
                "of this request, forward it by email, or tell others that it exists."
                "{% if safe_contact %} **Safe contact:** {{ safe_contact }}{% endif %}"
            ),
            (
                "{% if what_changed %}**Changed since the issue before:** {{ what_changed }} "
                "{% endif %}How the day was worked out: {{ due_how }}"
            ),
        ],
    )
    document.add_heading("Why we ask", 1)
    look.paragraph(
        document,
        "A person has asked for an anti-social behaviour case review in {{ lga_name }}. The "
        "relevant bodies must decide if the threshold is met and, if so, review the response "
        "(Anti-social Behaviour, Crime and Policing Act 2014, section 104).",
    )
    document.add_heading("Your duty", 1)
    look.paragraph(
        document,
        "This is a request by the relevant bodies under **Schedule 4, paragraph 7** of that Act, "
        "for a purpose connected with the review.",
    )
    document.add_paragraph("{%p for sentence in duty %}")
    look.paragraph(document, "{{ sentence }}")
    document.add_paragraph("{%p endfor %}")
    look.paragraph(
        document,
        "The duty does not require or allow a disclosure that would break data protection law, or "
        "that Parts 1 to 7 or Part 9 Chapter 1 of the Investigatory Powers Act 2016 prohibit. "
        "Subject to that, giving it breaks no duty of confidence and no other restriction "
        "(paragraph 7(5)).",
    )
    _asked_for(document)
    _how_to_answer(document)
    look.box(
        document,
        WIDTH,
        [
            (
                "**{{ contact.name }}**, coordinator"
                "{% if contact.phone %}, {{ contact.phone }}{% endif %}"
                "{% if contact.email %}, {{ contact.email }}{% endif %}"
            ),
            (
                "Your data protection officer may see this request. Issued by {{ contact.name }}, "
                "{{ office_name }}, for the relevant bodies of {{ lga_name }}."
            ),
        ],
    )
    return document


def _asked_for(document: Document) -> None:
    document.add_heading("What we ask for", 1)
    look.paragraph(
        document,
        "For the time from **{{ period_from }}** to **{{ period_to }}**, and anything earlier "
        "that you think bears on harm:",
    )
    for line in (
        (
            "Each report in the table: do you hold it, the dates of incident and report, how it "
            "came, your reference. Search by name, address, phone and earlier surnames: a report "
            "may be logged under another person."
        ),
        (
            "Reports you hold that are not in the table, about the same behaviour or place, by "
            "anyone."
        ),
        (
            "What you did, when, and what you told the person. What you considered and did not "
            "do, and why."
        ),
        "Your risk assessment: date, result. What you know of harm and vulnerability.",
        "What is open or planned, and what you could offer.",
        (
            "Only if needed for the decision: what you know of the person or people complained "
            "about. Send less rather than more; mark it."
        ),
    ):
        look.paragraph(document, line, style="List Bullet")
    document.add_paragraph("{%p if extra %}")
    look.paragraph(document, "**Besides:** {{ extra }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if reports %}")
    look.table(
        document,
        widths=[6, 6, 7.7, 6],
        head=["It happened on", "Reported on", "To", "Their reference"],
        rows=[
            "{%tr for report in reports %}",
            [
                "{{ report.happened_on }}",
                "{{ report.reported_on }}",
                "{{ report.to }}",
                "{{ report.their_reference }}",
            ],
            "{%tr endfor %}",
        ],
        describe="The reports that we know of; the header row repeats on each page",
    )
    document.add_paragraph("{%p else %}")
    document.add_paragraph("We know of no report yet.")
    document.add_paragraph("{%p endif %}")


def _how_to_answer(document: Document) -> None:
    document.add_heading("How to answer", 1)
    look.paragraph(
        document,
        "Sign in to the Case Review Portal and open **{{ reference }}**. Who is in the case, and "
        "where, you read there and not here.",
    )
    look.paragraph(
        document,
        "Answer in full, in part (say what follows and when), with nothing (“we searched and hold "
        "nothing”), or refuse (give the legal reason, per item). **No answer is shown to the "
        "panel as no answer**, never as nothing held.",
    )
    look.paragraph(
        document,
        "For each item choose who may read it (panel, statutory agencies, named agencies, chair "
        "and coordinator) and whether the applicant may be told (no, yes, yes in these words).",
    )
    document.add_heading("Urgent?", 1)
    look.paragraph(
        document,
        "If your records show danger to life, a child at risk or a planned operation, ring "
        "{% if contact.phone %}{{ contact.phone }}{% else %}the coordinator{% endif %} today.",
    )


def _paper(title: str, left: str, right: str = "") -> Document:
    document = look.new_document(title, 10.5, landscape=True)
    look.header_and_footer(document, left=left, width=WIDTH, marking="{{ marking }}", right=right)
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
        widths=[4.2, 21.5],
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
        widths=[1.2, 12.5, 6, 2, 4],
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
        widths=[5.4, 12.8, 7.5],
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
    labels = look.paragraph(
        document,
        "{{ item.when }}. Shared by {{ item.shared_by }}. "
        "Who reads it: **{{ item.handling }}**. {{ item.told }}.",
    )
    labels.paragraph_format.keep_with_next = True
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
        widths=[5.2, 7.5, 4, 9],
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
