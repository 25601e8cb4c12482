"""Forms of consulting the applicant on the draft of the plan."""

from portal.services.consulted import OUTCOMES, WAYS, ConsultationOutcome, ConsultationWay
from portal.web.fields import (
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
)
from portal.web.forms import BaseForm, VersionedForm

_HINTS = {
    ConsultationWay.PAPER: "A Word file of the applicant version, marked as a draft on each page.",
    ConsultationWay.PHONE: "A page with the words to read out, where you type what they say.",
    ConsultationWay.PAGE: "The applicant version stands on their own page, and they answer there.",
}


class StartForm(BaseForm):
    """How the applicant is asked, and until when they have time."""

    way = RadioField(
        "How do you ask them?",
        [Required("Select how you ask them")],
        size="s",
        choices=[Choice(way.value, WAYS[way], hint=hint) for way, hint in _HINTS.items()],
    )
    answer_by = DateField(
        "By which day should they answer?",
        [
            RequiredWhen("way", way.value, "Enter the day by which to answer")
            for way in (ConsultationWay.PAPER, ConsultationWay.PAGE)
        ],
        size="s",
        what="The day",
        description="It stands on the paper and on their page. No answer does not stop any help.",
    )


class AnswerForm(VersionedForm):
    """What came of it."""

    outcome = RadioField(
        "What came of it?",
        [Required("Select what came of it")],
        size="s",
        choices=[Choice(outcome.value, label) for outcome, label in OUTCOMES.items()],
        small=True,
    )
    answer = LongTextField(
        "What did they say? Word for word",
        [
            RequiredWhen("outcome", ConsultationOutcome.SAID.value, "Write what they said"),
            RequiredWhen(
                "outcome",
                ConsultationOutcome.NOT_REACHED.value,
                "Write when you tried to reach them",
            ),
        ],
        size="s",
        rows=6,
        what="What they said",
        description="If you could not reach them: when you tried, and how. "
        "The panel’s version holds it.",
    )
    answered_on = DateField("On which day?", [Required("Enter the day")], size="s", what="The day")
    what_changed = LongTextField(
        "What was changed because of it, or why not?",
        size="s",
        rows=4,
        what="What was changed",
        description="You can write this later. It is needed before the plan is issued, if they "
        "said what they think.",
    )


class ChangedForm(VersionedForm):
    """What was changed because of what they sent by their page."""

    what_changed = LongTextField(
        "What was changed because of it, or why not?",
        [Required("Write what was changed, or why nothing was")],
        size="s",
        rows=4,
        what="What was changed",
        description="Until you keep this, they can change what they sent.",
    )


class NotAgainForm(VersionedForm):
    """Why the applicant is not asked about the text as it stands now."""

    reason = LongTextField(
        "Why are they not asked again?",
        [Required("Write why they are not asked again")],
        size="s",
        rows=3,
        max_length=1000,
        what="The reason",
        description="For example, “Only the day of action 5 changed, as they asked for it”.",
    )
