"""The default templates of the letters to an applicant: A4 upright, large letters, no marking."""

import word_look as look
from docx.document import Document

WIDTH = 17.0
DANGER = "**In danger now? Ring 999.**"


def acknowledgement() -> Document:
    """Lay out the acknowledgement."""
    document = _letter("We have your request. Your number is {{ reference }}.")
    look.paragraph(
        document,
        "Thank you for telling us. It can be hard to write this down. "
        "We got it on {{ received_on }}.{% if asked_for %} {{ asked_for }}{% endif %}",
    )
    document.add_heading("Your contact person", 1)
    look.paragraph(
        document,
        "**{{ spoc.name }}** will look after your request from start to end. "
        "Ring **{{ spoc.phone }}**, {{ spoc.hours }}. "
        "If {{ spoc.name }} is away, {{ spoc.cover }} will answer."
        "{% if how_we_reach_you %} We will contact you {{ how_we_reach_you }}{% endif %}",
    )
    document.add_heading("What happens now", 1)
    _bullets(
        document,
        "We send your request to {{ sent_to }}. The law says that we must. "
        "They check what was reported and what was done.",
    )
    document.add_paragraph("{%p if how_we_reach_you %}")
    _bullets(document, "{{ spoc.name }} will call you to hear how this affects you.")
    document.add_paragraph("{%p endif %}")
    _bullets(
        document,
        "By **{{ decision_by }}** we will tell you if there will be a review meeting, and why.",
    )
    look.paragraph(document, "How we worked out this day: {{ decision_how }}")
    document.add_heading("What you can do", 1)
    _bullets(
        document,
        "If something new happens, report it: to the police on **101**, or to the council or "
        "your landlord. Then tell {{ spoc.name }} too. You do not have to fill in the form again.",
        "If something is wrong or missing, tell us.",
        "You choose how you take part: in person, by video or phone, in writing, or by somebody "
        "who speaks for you. You can change your mind.",
        "Tell us if you need an interpreter, large print, someone with you, or another time "
        "to talk.",
    )
    _support(document, "Shall we ask them to call you? You can say yes or no now, or later.")
    document.add_paragraph("{%p if consent_needed %}")
    document.add_heading("One thing we still need", 1)
    look.paragraph(document, "{{ consent_needed }}")
    document.add_paragraph("{%p endif %}")
    look.paragraph(document, f"{DANGER} This service is not checked at night or at weekends.")
    _close(document)
    return document


def consent_request() -> Document:
    """Lay out the letter that asks a victim if somebody may act for them."""
    document = _letter("{{ who_asks }} has asked us to help you. Is that all right?")
    look.paragraph(
        document,
        "On {{ received_on }} **{{ who_asks }}** ({{ as_what }}) asked for a review for you. "
        "In a review the services meet. They ask what more can be done.",
    )
    look.paragraph(document, "We need to hear from you before we tell {{ who_asks }} anything.")
    document.add_heading("If you say yes", 1)
    look.paragraph(document, "{{ who_asks }} can:")
    _each(document, "scope", "{{ text }}")
    look.paragraph(
        document, "They do not see your answers about age, background or health. Nobody does."
    )
    document.add_heading("If you say no, or don’t answer", 1)
    look.paragraph(
        document,
        "We still look at the request. {{ who_asks }} hears nothing from us. "
        "You can talk to {{ spoc.name }} yourself, or to nobody.",
    )
    document.add_heading("You choose", 1)
    look.paragraph(
        document,
        "You can say yes to only a part. You can change your mind on any day: tell us, and we "
        "stop sharing at once. What we told them before that can’t be taken back.",
    )
    document.add_heading("How to answer", 1)
    _bullets(
        document,
        "Ring **{{ spoc.name }}**, **{{ spoc.phone }}**, {{ spoc.hours }}. If {{ spoc.name }} is "
        "away, {{ spoc.cover }} will answer. We ask some questions to be sure that it is you.",
        "Fill in the end of this letter, sign it and post it to us.",
        "Write to us: {{ office.email }}.",
    )
    look.paragraph(document, "There is no last day. You can ask us anything first.")
    look.paragraph(
        document,
        "Please read this on your own, or with someone you trust. If somebody is pushing you, "
        "tell us. We will not tell them that you did.",
    )
    look.paragraph(document, DANGER)
    _close(document)
    _answer(document)
    return document


def _answer(document: Document) -> None:
    # A page of its own: it is the one that is sent back.
    document.add_heading("Your answer", 1).paragraph_format.page_break_before = True
    look.paragraph(
        document, "My number is **{{ reference }}**. Tick what you agree to, and nothing else."
    )
    _each(document, "scope", "☐  {{ who_asks }} can {{ text }}.", style=None)
    look.paragraph(document, "☐  No. Tell {{ who_asks }} nothing.")
    for line in ("Your name", "Signed", "Day"):
        look.paragraph(document, f"{line}: {'_' * 40}")


def threshold_met() -> Document:
    """Lay out the letter that says that there will be a review."""
    document = _letter("Yes. There will be a review of your case.")
    look.paragraph(
        document,
        "{{ bodies }} looked at your request together. They agreed on {{ decided_on }}."
        "{% if asked_for %} {{ asked_for }}{% endif %} The reason is:",
    )
    _paragraphs(document, "reasons")
    document.add_heading("What a review is", 1)
    look.paragraph(
        document,
        "All the services meet. They look at what was reported and what was done. They ask what "
        "more can be done, and agree a plan with names and days. You get the plan in writing.",
    )
    document.add_heading("What it is not", 1)
    look.paragraph(
        document,
        "It is not a court. It can’t punish anyone, and it can’t tell a judge what to do. It is "
        "not a complaint about a member of staff. You can complain as well.",
    )
    document.add_heading("Who leads it", 1)
    document.add_paragraph("{%p if chair %}")
    look.paragraph(
        document,
        "**{{ chair }}** leads the meeting. {{ chair }} does not work for any of the services in "
        "it. If you know {{ chair }}, or there is a reason why they should not do it, tell "
        "{{ spoc.name }}.",
    )
    document.add_paragraph("{%p else %}")
    look.paragraph(
        document,
        "An independent person leads the meeting, who does not work for any of the services in "
        "it. We will tell you who. If you know them, or there is a reason why they should not do "
        "it, tell {{ spoc.name }}.",
    )
    document.add_paragraph("{%p endif %}")
    document.add_heading("When", 1)
    look.paragraph(
        document,
        "The meeting will be by **{{ meeting_by }}**. We will send you the day soon. "
        "How we worked out this day: {{ meeting_how }}",
    )
    document.add_heading("How would you like to take part?", 1)
    look.paragraph(document, "You choose. You can change your mind.")
    _bullets(
        document,
        "Come to the first part and tell us how it is for you.",
        "Join the first part by video or phone.",
        "Send someone to speak for you.",
        "Write or record a statement. We read it out.",
        "Leave it to us.",
    )
    _support(document, "They can go through all this with you, and sit beside you on the day.")
    _something_new(document)
    _not_happy(document)
    _close(document)
    return document


def threshold_not_met() -> Document:
    """Lay out the letter that says that there will be no review now."""
    document = _letter("There will be no review meeting now. We will still act.")
    look.paragraph(
        document,
        "We know that this is not what you hoped for. It does not mean that we don’t believe you. "
        "This letter says why, what we will do all the same, and how to challenge it.",
    )
    document.add_heading("How we decided", 1)
    look.paragraph(
        document,
        "{{ bodies }} looked at your request on {{ decided_on }}."
        "{% if asked_for %} {{ asked_for }}{% endif %}",
    )
    _paragraphs(document, "reasons")
    document.add_heading("Your reports", 1)
    document.add_paragraph("{%p if reports %}")
    document.add_paragraph("{%p for report in reports %}")
    _bullets(document, "{{ report.label }}: {{ report.words }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p else %}")
    look.paragraph(document, "We know of no report yet. If you made one, tell us.")
    document.add_paragraph("{%p endif %}")
    look.paragraph(
        document,
        "We also asked three more things: how long it has gone on, how much harm it does or could "
        "do, and if the answer you got was good enough.",
    )
    _paragraphs(document, "factors")
    document.add_heading("What we will do all the same", 1)
    document.add_paragraph("{%p for step in steps %}")
    _bullets(document, "{{ step.who }} will {{ step.what }} by **{{ step.by }}**.")
    document.add_paragraph("{%p endfor %}")
    look.paragraph(
        document,
        "{{ spoc.name }} will tell you on **{{ next_contact }}** how this is going. "
        "You can ring before: **{{ spoc.phone }}**, {{ spoc.hours }}. "
        "If {{ spoc.name }} is away, {{ spoc.cover }} will answer.",
    )
    document.add_heading("Ask again", 1)
    look.paragraph(
        document,
        "You can ask again at any time. You don’t have to wait. If something happens, report it "
        "soon, if you can within a month. If you know of a report that we missed, tell us: who "
        "you told, and about when. It may be under another name or address.",
    )
    _paragraphs(document, "what_would_change")
    _support(document, "They will help you also without a review. Shall we ask them to call?")
    look.paragraph(document, DANGER)
    document.add_heading("If you think that this is wrong", 1)
    look.paragraph(
        document,
        "You can ask for an appeal. Write to us, or ring and we will write it down for you: "
        "{{ office.phone }}. Tell us why you think so. You can send new facts. "
        "The last day is **{{ appeal_last_day }}**. Until midnight at the end of that day is "
        "in time. {{ appeal_words }}",
    )
    look.paragraph(document, "How we worked out this day: {{ appeal_how }}")
    _not_happy(document)
    _close(document)
    return document


def closure() -> Document:
    """Lay out the letter that says that the case is closed."""
    document = _letter("We have closed your case.")
    look.paragraph(
        document,
        "We closed it on **{{ closed_on }}**.{% if asked_for %} {{ asked_for }}{% endif %}"
        "{% if talked_on %} {{ spoc.name }} talked with you about this on {{ talked_on }}."
        "{% endif %}",
    )
    _paragraphs(document, "your_view")
    document.add_heading("Why now", 1)
    _paragraphs(document, "reasons")
    document.add_paragraph("{%p if ends %}")
    document.add_heading("What became of each step", 1)
    document.add_paragraph("{%p for step in ends %}")
    _bullets(document, "**{{ step.what }}** {{ step.end }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_heading("If it starts again", 1)
    look.paragraph(
        document,
        "Report it: to the police on **101**, or to the council or your landlord. Then tell our "
        "office the number **{{ reference }}**: {{ office.phone }}. We look at whether to open "
        "this case again. You don’t have to begin from the start. You can also ask for a new "
        f"review. {DANGER}",
    )
    _support(document, "Closing this case does not end their help.")
    document.add_heading("Your papers", 1)
    look.paragraph(
        document,
        "We keep them {{ papers_kept }}, then they are deleted. You can ask for a copy.",
    )
    document.add_heading("Tell us how it was", 1)
    look.paragraph(
        document,
        "In some weeks we will ask you three short questions. You can say no. "
        "Thank you for speaking up.",
    )
    look.paragraph(
        document,
        "If you want to ask something, ring **{{ spoc.name }}**, **{{ spoc.phone }}**, "
        "{{ spoc.hours }}. If {{ spoc.name }} is away, {{ spoc.cover }} will answer.",
    )
    document.add_heading("If you want to appeal", 1)
    look.paragraph(document, "{{ appeal }}")
    _not_happy(document)
    _close(document)
    return document


def _letter(title: str) -> Document:
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


def _paragraphs(document: Document, field: str) -> None:
    document.add_paragraph(f"{{%p for text in {field} %}}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")


def _each(document: Document, field: str, line: str, style: str | None = "List Bullet") -> None:
    document.add_paragraph(f"{{%p for text in {field} %}}")
    look.paragraph(document, line, style=style)
    document.add_paragraph("{%p endfor %}")


def _bullets(document: Document, *lines: str) -> None:
    for line in lines:
        look.paragraph(document, line, style="List Bullet")


def _support(document: Document, offer: str) -> None:
    document.add_heading("Help for you", 1)
    look.paragraph(
        document,
        "{{ support }} It is free. They don’t work for the police or the council. " + offer,
    )


def _something_new(document: Document) -> None:
    look.paragraph(
        document,
        "If something new happens, report it and tell **{{ spoc.name }}**, **{{ spoc.phone }}**, "
        "{{ spoc.hours }}. If {{ spoc.name }} is away, {{ spoc.cover }} will answer. " + DANGER,
    )


def _not_happy(document: Document) -> None:
    document.add_heading("If you are not happy", 1)
    document.add_paragraph("{%p for route in not_happy %}")
    look.paragraph(document, "**{{ route.about }}** {{ route.words }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    look.paragraph(document, "None of this stops the help you get now.")


def _close(document: Document) -> None:
    look.box(
        document,
        WIDTH,
        [
            "**{{ issuer }}**, {{ office.name }}",
            "{{ office.post }}",
            "{{ office.phone }}, {{ office.email }}",
        ],
    )
