"""How the default templates are made: `python document_templates/build.py`.

An office does not need this. It edits the .docx in Word and uploads it for its area; this script
is here so that a change to the defaults can be read as text.
"""

from pathlib import Path

import letters
import minutes
import papers
import word_look as look
from docx.document import Document

from portal.documents.content import Kind
from portal.documents.package import without_clock

DEFAULT = Path(__file__).parent / "default"

PANEL_WIDTH = 25.7
APPLICANT_WIDTH = 17.0


def build(folder: Path) -> None:
    """Write the default templates into a folder; twice gives the same bytes."""
    for kind, document in (
        (Kind.PANEL_PLAN, panel_plan()),
        (Kind.APPLICANT_PLAN, applicant_plan()),
        (Kind.ACKNOWLEDGEMENT, letters.acknowledgement()),
        (Kind.CONSENT_REQUEST, letters.consent_request()),
        (Kind.THRESHOLD_MET, letters.threshold_met()),
        (Kind.THRESHOLD_NOT_MET, letters.threshold_not_met()),
        (Kind.NOT_INVITED, letters.not_invited()),
        (Kind.CLOSURE, letters.closure()),
        (Kind.MINUTES, minutes.minutes()),
        (Kind.AGENDA, papers.agenda()),
        (Kind.PACK, papers.pack()),
        (Kind.INFORMATION_REQUEST, papers.information_request()),
    ):
        (folder / f"{kind}.docx").write_bytes(without_clock(look.saved(document)))


def panel_plan() -> Document:
    """Lay out the panel version: A4 across, marking in header and footer."""
    document = look.new_document("Action plan, panel version", 10.5, landscape=True)
    look.header_and_footer(
        document,
        left="{{ reference }}, issue {{ issue_number }}, panel version",
        width=PANEL_WIDTH,
        marking="{{ marking }}",
    )
    look.title_block(
        document,
        "Action plan",
        "ASB case review **{{ reference }}**, {{ applicant_name }}, {{ lga_name }}. "
        "**Issue {{ issue_number }}**, {{ issued_on }}. **Panel version.**",
    )
    look.box(
        document,
        PANEL_WIDTH,
        [
            (
                "**For the panel, the chair and the coordinator only.** {{ applicant_name }} has "
                "another version: do not show, read out or forward this one."
                "{% if safe_contact %} Safe contact: {{ safe_contact }}{% endif %}"
            )
        ],
    )
    _changes(document, "What has changed since the last issue")
    _panel_facts(document)
    _panel_actions(document)
    _panel_findings(document)
    _panel_powers(document)
    _panel_recommendations(document)
    document.add_heading("Contact", 1)
    look.box(
        document,
        PANEL_WIDTH,
        [
            (
                "**{{ contact.name }}**, coordinator"
                "{% if contact.phone %}, {{ contact.phone }}{% endif %}"
                "{% if contact.email %}, {{ contact.email }}{% endif %}"
            ),
            (
                "Report progress, ask for more time or finish an action: sign in to the Case "
                "Review Portal and open **{{ reference }}**. Do not send case details by email."
            ),
            "{{ checked_by }}",
        ],
    )
    return document


def _panel_facts(document: Document) -> None:
    look.table(
        document,
        widths=[4.2, 21.5],
        rows=[
            ["Meeting", "{{ meeting.when }}, {{ meeting.place }}. Chair: {{ meeting.chair }}"],
            [
                "Present",
                (
                    "{% for line in present %}{{ line }}{% if not loop.last %}. {% endif %}"
                    "{% else %}Nobody is recorded{% endfor %}"
                ),
            ],
            "{%tr if not_present %}",
            [
                "Not present",
                (
                    "{% for absence in not_present %}"
                    "{% if absence.name %}{{ absence.name }}, {% endif %}{{ absence.agency }} "
                    "({{ absence.why }}){% if not loop.last %}. {% endif %}{% endfor %}"
                ),
            ],
            "{%tr endif %}",
            ["Applicant", "{{ applicant_attendance }}"],
            ["Threshold", "{{ threshold }}"],
            ["Consulted", "{{ consulted }}"],
            "{%tr if next_look %}",
            ["Next look", "{{ next_look }}"],
            "{%tr endif %}",
        ],
        describe="Facts of the case review",
    )


def _panel_actions(document: Document) -> None:
    document.add_heading("Actions", 1)
    document.add_paragraph("{%p if actions %}")
    look.table(
        document,
        widths=[1.1, 7.3, 4.3, 3.7, 4.4, 4.9],
        head=[
            *("No", "What will be done", "Owner", "By when"),
            *("How we will know", "What the applicant is told"),
        ],
        rows=[
            "{%tr for action in actions %}",
            [
                "{{ action.number }}",
                "{{ action.what }}",
                "{{ action.owner_person }}\n{{ action.owner_agency }}",
                "{{ action.by_when }}",
                "{{ action.how_we_know }}",
                "{{ action.what_applicant_is_told }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Actions with owner, date and measure; the header row repeats on each page",
    )
    document.add_paragraph("{%p else %}")
    document.add_paragraph("The panel agreed no action.")
    document.add_paragraph("{%p endif %}")


def _panel_findings(document: Document) -> None:
    document.add_paragraph("{%p if findings %}")
    document.add_heading("What the panel found", 1)
    document.add_paragraph("{%p for finding in findings %}")
    look.paragraph(
        document,
        "**{% if finding.heading %}{{ finding.heading }} {% endif %}**{{ finding.text }}",
        style="List Bullet",
    )
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _panel_powers(document: Document) -> None:
    document.add_paragraph("{%p if powers %}")
    document.add_heading("Powers considered", 1)
    look.table(
        document,
        widths=[6, 4.2, 3.6, 11.9],
        head=["Power", "Who may use it", "Result", "Reason"],
        rows=[
            "{%tr for power in powers %}",
            [
                "{{ power.name }}",
                "{{ power.who_may_use_it }}",
                "{{ power.result }}",
                "{{ power.reason }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Powers considered, used and rejected, with reasons",
    )
    document.add_paragraph("{%p endif %}")


def _panel_recommendations(document: Document) -> None:
    document.add_paragraph("{%p if recommendations %}")
    document.add_heading("Recommendations", 1)
    look.table(
        document,
        widths=[1.1, 13.4, 6.2, 5],
        head=["No", "What", "To", "Answer by"],
        rows=[
            "{%tr for advice in recommendations %}",
            [
                "R{{ advice.number }}",
                "{{ advice.what }}",
                "{{ advice.to }}",
                "{{ advice.answer_by }}",
            ],
            "{%tr endfor %}",
        ],
        describe="Recommendations to public bodies",
    )
    document.add_paragraph("{%p endif %}")


def applicant_plan() -> Document:
    """Lay out the applicant version: A4 upright, larger letters, no marking."""
    document = look.new_document("Your action plan", 12, landscape=False)
    look.header_and_footer(
        document, left="{{ reference }}", width=APPLICANT_WIDTH, right="{{ draft }}"
    )
    look.title_block(
        document,
        "Your action plan",
        # First, as a line may break at the hyphen of a reference.
        "Reference **{{ reference }}**. For **{{ applicant_name }}**. "
        "{{ issue }}, {{ issued_on }}.",
    )
    look.box(
        document,
        APPLICANT_WIDTH,
        [
            (
                "**Your person is {{ spoc.name }}.** Call **{{ spoc.phone }}**, {{ spoc.hours }}. "
                "**{{ emergency }}**"
            )
        ],
    )
    _paragraphs(document, "introduction")
    _changes(document, "What has changed")
    document.add_paragraph("{%p if what_was_agreed %}")
    document.add_heading("What the panel agreed", 1)
    _paragraphs(document, "what_was_agreed")
    document.add_paragraph("{%p endif %}")
    _applicant_actions(document)
    _applicant_next_dates(document)
    document.add_heading("If something new happens", 1)
    look.paragraph(
        document,
        "**{{ emergency }}** Otherwise tell the police on **101** or tell {{ spoc.name }}. "
        "You do not need to start again: we add it to this case.",
    )
    _applicant_not_happy(document)
    _applicant_contacts(document)
    return document


def _changes(document: Document, heading: str) -> None:
    document.add_paragraph("{%p if what_changed %}")
    document.add_heading(heading, 1)
    _paragraphs(document, "what_changed")
    document.add_paragraph("{%p endif %}")


def _paragraphs(document: Document, field: str) -> None:
    document.add_paragraph(f"{{%p for text in {field} %}}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")


def _applicant_actions(document: Document) -> None:
    document.add_heading("What will be done", 1)
    document.add_paragraph("{%p if actions %}")
    look.table(
        document,
        widths=[1.1, 7.6, 4.2, 4.1],
        head=["No", "What", "Who", "By when"],
        rows=[
            "{%tr for action in actions %}",
            [
                "{{ action.number }}",
                "{{ action.words }}",
                "{{ action.who_person }}\n{{ action.who_agency }}",
                "{{ action.by_when }}",
            ],
            "{%tr endfor %}",
        ],
        describe="What will be done, by whom and by when; the header row repeats on each page",
    )
    document.add_paragraph("{%p else %}")
    look.paragraph(
        document,
        "There are no actions to tell you about now. "
        "{{ spoc.name }} can tell you what happens next.",
    )
    document.add_paragraph("{%p endif %}")


def _applicant_next_dates(document: Document) -> None:
    document.add_paragraph("{%p if next_dates %}")
    document.add_heading("What happens next", 1)
    look.table(
        document,
        widths=[4.2, 12.8],
        rows=[
            "{%tr for date in next_dates %}",
            ["{{ date.when }}", "{{ date.what }}"],
            "{%tr endfor %}",
        ],
        describe="What happens next and when",
    )
    document.add_paragraph("{%p endif %}")


def _applicant_not_happy(document: Document) -> None:
    document.add_paragraph("{%p if not_happy %}")
    document.add_heading("If you are not happy", 1)
    document.add_paragraph("{%p for route in not_happy %}")
    look.paragraph(
        document,
        "**{% if route.about %}{{ route.about }} {% endif %}**{{ route.words }}",
        style="List Bullet",
    )
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _applicant_contacts(document: Document) -> None:
    document.add_heading("How to reach us", 1)
    look.table(
        document,
        widths=[4.2, 12.8],
        rows=[
            [
                "Your person",
                (
                    "**{{ spoc.name }}**\n{{ spoc.phone }}, {{ spoc.hours }}"
                    "\n{%p if spoc.email %}\n{{ spoc.email }}\n{%p endif %}"
                ),
            ],
            "{%tr for contact in contacts %}",
            [
                "{{ contact.label }}",
                (
                    "{%p if contact.name %}\n"
                    "**{{ contact.name }}**"
                    "{% if contact.agency %}, {{ contact.agency }}{% endif %}\n"
                    "{%p endif %}\n{{ contact.how }}"
                ),
            ],
            "{%tr endfor %}",
            "{%tr if how_we_reach_you %}",
            ["How we reach you", "{{ how_we_reach_you }}"],
            "{%tr endif %}",
        ],
        describe="Contacts",
        # The page that is kept at hand: the contacts stay on one.
        keep_together=True,
    )


if __name__ == "__main__":
    build(DEFAULT)
