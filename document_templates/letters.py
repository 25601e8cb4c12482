"""The default templates of the letters to an applicant: A4 upright, large letters, no marking."""

import letter_parts as parts
import word_look as look
from docx.document import Document
from docx.shared import Cm, Pt


def acknowledgement() -> Document:
    """Lay out the acknowledgement."""
    document = parts.letter("We have your request. Your number is {{ reference }}.")
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
    parts.bullets(
        document,
        "We send your request to {{ sent_to }}. The law says that we must. "
        "They check what was reported and what was done.",
    )
    document.add_paragraph("{%p if how_we_reach_you %}")
    parts.bullets(document, "{{ spoc.name }} will call you to hear how this affects you.")
    document.add_paragraph("{%p endif %}")
    parts.bullets(
        document,
        "By **{{ decision_by }}** we will tell you if there will be a review meeting, and why.",
    )
    look.paragraph(document, "How we worked out this day: {{ decision_how }}")
    document.add_heading("What you can do", 1)
    parts.bullets(
        document,
        "If something new happens, report it: to the police on **101**, or to the council or "
        "your landlord. Then tell {{ spoc.name }} too. You do not have to fill in the form again.",
        "If something is wrong or missing, tell us.",
        "You choose how you take part: in person, by video or phone, in writing, or by somebody "
        "who speaks for you. You can change your mind.",
        "Tell us if you need an interpreter, large print, someone with you, or another time "
        "to talk.",
    )
    parts.support(document, "Shall we ask them to call you? You can say yes or no now, or later.")
    document.add_paragraph("{%p if consent_needed %}")
    document.add_heading("One thing we still need", 1)
    look.paragraph(document, "{{ consent_needed }}")
    document.add_paragraph("{%p endif %}")
    look.paragraph(document, f"{parts.DANGER} This service is not checked at night or at weekends.")
    parts.close(document)
    return document


def consent_request() -> Document:
    """Lay out the letter that asks a victim if somebody may act for them."""
    document = parts.letter("{{ who_asks }} has asked us to help you. Is that all right?")
    look.paragraph(
        document,
        "On {{ received_on }} **{{ who_asks }}** ({{ as_what }}) asked for a review for you. "
        "In a review the services meet. They ask what more can be done.",
    )
    look.paragraph(document, "We need to hear from you before we tell {{ who_asks }} anything.")
    document.add_heading("If you say yes", 1)
    look.paragraph(document, "{{ who_asks }} can:")
    parts.each(document, "scope", "{{ text }}")
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
    parts.bullets(
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
    look.paragraph(document, parts.DANGER)
    parts.close(document)
    _answer(document)
    return document


def _answer(document: Document) -> None:
    # A page of its own: it is the one that is sent back.
    document.add_heading("Your answer", 1).paragraph_format.page_break_before = True
    look.paragraph(
        document, "My number is **{{ reference }}**. Tick what you agree to, and nothing else."
    )
    for to_tick in (
        parts.each(document, "scope", "☐  {{ who_asks }} can {{ text }}.", style=None),
        look.paragraph(document, "☐  No. Tell {{ who_asks }} nothing."),
    ):
        to_tick.paragraph_format.left_indent = Cm(0.6)
        to_tick.paragraph_format.first_line_indent = Cm(-0.6)
    for line in ("Your name", "Signed", "Day"):
        to_fill_in = look.paragraph(document, f"{line}: {'_' * 30}")
        to_fill_in.paragraph_format.space_before = Pt(18)


def threshold_met() -> Document:
    """Lay out the letter that says that there will be a review."""
    document = parts.letter("Yes. There will be a review of your case.")
    look.paragraph(
        document,
        "{{ bodies }} looked at your request together. They agreed on {{ decided_on }}."
        "{% if asked_for %} {{ asked_for }}{% endif %} The reason is:",
    )
    parts.paragraphs(document, "reasons")
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
    parts.bullets(
        document,
        "Come to the first part and tell us how it is for you.",
        "Join the first part by video or phone.",
        "Send someone to speak for you.",
        "Write or record a statement. We read it out.",
        "Leave it to us.",
    )
    parts.support(document, "They can go through all this with you, and sit beside you on the day.")
    parts.something_new(document)
    parts.not_happy(document)
    parts.close(document)
    return document


def threshold_not_met() -> Document:
    """Lay out the letter that says that there will be no review now."""
    document = parts.letter("There will be no review meeting now. We will still act.")
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
    parts.paragraphs(document, "reasons")
    document.add_heading("Your reports", 1)
    document.add_paragraph("{%p if reports %}")
    document.add_paragraph("{%p for report in reports %}")
    parts.bullets(document, "{{ report.label }}: {{ report.words }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p else %}")
    look.paragraph(document, "We know of no report yet. If you made one, tell us.")
    document.add_paragraph("{%p endif %}")
    look.paragraph(
        document,
        "We also asked three more things: how long it has gone on, how much harm it does or could "
        "do, and if the answer you got was good enough.",
    )
    parts.paragraphs(document, "factors")
    document.add_heading("What we will do all the same", 1)
    document.add_paragraph("{%p for step in steps %}")
    parts.bullets(document, "{{ step.who }} will {{ step.what }} by **{{ step.by }}**.")
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
    parts.paragraphs(document, "what_would_change")
    parts.support(document, "They will help you also without a review. Shall we ask them to call?")
    look.paragraph(document, parts.DANGER)
    document.add_heading("If you think that this is wrong", 1)
    look.paragraph(
        document,
        "You can ask for an appeal. Write to us, or ring and we will write it down for you: "
        "{{ office.phone }}. Tell us why you think so. You can send new facts. "
        "The last day is **{{ appeal_last_day }}**. Until midnight at the end of that day is "
        "in time. {{ appeal_words }}",
    )
    look.paragraph(document, "How we worked out this day: {{ appeal_how }}")
    parts.not_happy(document)
    parts.close(document)
    return document


def not_invited() -> Document:
    """Lay out the letter that says why the applicant is not invited to the meeting."""
    document = parts.letter("Why you are not invited to the meeting")
    look.paragraph(
        document,
        "The services meet on **{{ meeting_on }}** to talk about your case. You are not invited to "
        "this meeting. This letter says why, and how you are heard all the same."
        "{% if asked_for %} {{ asked_for }}{% endif %}",
    )
    document.add_heading("Why", 1)
    parts.paragraphs(document, "reasons")
    document.add_heading("How you are heard", 1)
    look.paragraph(document, "You choose, before the meeting. You can change your mind.")
    parts.bullets(
        document,
        "Write or record a statement. We read it out.",
        "Send someone to speak for you, such as a relative or a support worker. Tell "
        "{{ spoc.name }} who it is.",
        "Tell {{ spoc.name }} what you would like to happen. We tell the meeting.",
        "Leave it to us.",
    )
    document.add_heading("How you hear what was agreed", 1)
    look.paragraph(
        document,
        "{{ spoc.name }} tells you how it went. You can say what you think of the plan before it "
        "is final. You get it in writing. We will contact you {{ how_we_reach_you }}",
    )
    document.add_paragraph("{%p if plan_by %}")
    look.paragraph(
        document,
        "If the meeting ends on its day, you get the plan by **{{ plan_by }}**. "
        "How we worked out this day: {{ plan_how }}",
    )
    document.add_paragraph("{%p endif %}")
    document.add_heading("If you think that this is wrong", 1)
    look.paragraph(
        document,
        "Ring **{{ spoc.name }}**, **{{ spoc.phone }}**, {{ spoc.hours }}, and say why. "
        "If {{ spoc.name }} is away, {{ spoc.cover }} will answer. We ask "
        "{% if chair %}{{ chair }}, who leads the meeting,{% else %}the person who leads the "
        "meeting{% endif %} to look at it again. We tell you the answer.",
    )
    look.paragraph(
        document,
        "Once you have the plan, you can also ask for an appeal about how the review was done. "
        "The plan says how.",
    )
    parts.support(
        document, "They can help you with a statement, or if you think that this is wrong."
    )
    look.paragraph(
        document,
        "If something new happens, report it: to the police on **101**, or to the council or your "
        f"landlord. Then tell {{{{ spoc.name }}}}. {parts.DANGER}",
    )
    parts.not_happy(document)
    parts.close(document)
    return document


def closure() -> Document:
    """Lay out the letter that says that the case is closed."""
    document = parts.letter("We have closed your case.")
    look.paragraph(
        document,
        "We closed it on **{{ closed_on }}**.{% if asked_for %} {{ asked_for }}{% endif %}"
        "{% if talked_on %} {{ spoc.name }} talked with you about this on {{ talked_on }}."
        "{% endif %}",
    )
    parts.paragraphs(document, "your_view")
    document.add_heading("Why now", 1)
    parts.paragraphs(document, "reasons")
    document.add_paragraph("{%p if ends %}")
    document.add_heading("What became of each step", 1)
    document.add_paragraph("{%p for step in ends %}")
    parts.bullets(document, "**{{ step.what }}** {{ step.end }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_heading("If it starts again", 1)
    look.paragraph(
        document,
        "Report it: to the police on **101**, or to the council or your landlord. Then tell our "
        "office the number **{{ reference }}**: {{ office.phone }}. We look at whether to open "
        "this case again. You don’t have to begin from the start. You can also ask for a new "
        f"review. {parts.DANGER}",
    )
    parts.support(document, "Closing this case does not end their help.")
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
    parts.not_happy(document)
    parts.close(document)
    return document
