"""Forms of who tells the applicant what, and of the moment at which they were told."""

from portal.services.telling import KINDS, WAYS
from portal.web.fields import (
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
    TimeField,
)
from portal.web.forms import BaseForm, VersionedForm


class TellingForm(VersionedForm):
    """Who tells the applicant what, how and by when."""

    kind = RadioField(
        "What are they told?",
        [Required("Select what they are told")],
        size="s",
        choices=[Choice(kind.value, words) for kind, words in KINDS.items()],
        small=True,
    )
    what = LongTextField(
        "In a sentence or two: what they are told, or the question that they asked",
        [Required("Write what they are told, or what they asked")],
        size="s",
        rows=3,
        max_length=1000,
        what="The text",
        description="The panel reads it. Write nothing that the applicant may not be told.",
    )
    who = SelectField(
        "Who tells them?",
        [Required("Select who tells them")],
        size="s",
        blank="Choose a person",
        description="Only people who may reach the applicant.",
    )
    way = RadioField(
        "How?",
        [Required("Select how")],
        size="s",
        choices=[Choice(way.value, words) for way, words in WAYS.items()],
        small=True,
        description="Keep to what is safe for them.",
    )
    due_on = DateField("By which day?", [Required("Enter the day")], size="s", what="The day")
    due_time = TimeField(
        "By what time?",
        [Required("Enter a time, like 4pm")],
        size="s",
        description="For example, 4pm.",
    )


class ToldForm(BaseForm):
    """When the applicant was told."""

    told_on = DateField(
        "On which day were they told?", [Required("Enter the day")], size="s", what="The day"
    )
    told_time = TimeField(
        "At what time?",
        [Required("Enter a time, like 4pm")],
        size="s",
        description="For example, 4pm.",
    )
