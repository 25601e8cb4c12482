"""Forms of the plan: its draft, its order, its changes, and who got what on paper."""

from portal.views.actions.forms import ActionFields
from portal.web.day_field import TypedDayField
from portal.web.fields import (
    CheckboxField,
    DateField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
    TextField,
)
from portal.web.forms import BaseForm, VersionedForm


class DraftForm(VersionedForm):
    """What the plan says besides the actions; what has changed is asked of a later issue alone."""

    what_changed = LongTextField(
        "What has changed, for the panel",
        size="m",
        rows=4,
        what="What has changed",
        description="Since the last issue. Each line becomes a paragraph.",
    )
    what_changed_for_applicant = LongTextField(
        "What has changed, in words for the applicant",
        size="m",
        rows=4,
        what="What has changed",
        description="Write to them as “you”. Each line becomes a paragraph.",
    )
    findings = LongTextField(
        "What the panel found",
        size="m",
        rows=8,
        what="What the panel found",
        description="For the panel’s version. Each line becomes a paragraph.",
    )
    what_was_agreed = LongTextField(
        "What was agreed, in words for the applicant",
        size="m",
        rows=8,
        what="What was agreed",
        description="For the applicant’s version: write to them as “you”. Each line becomes a "
        "paragraph. Name nobody who was complained about.",
    )
    next_look_on = DateField(
        "When do you next go through the plan? (optional)",
        size="m",
        what="The day",
        description="Both versions say it.",
    )


class CheckForm(VersionedForm):
    """The chair has read the draft as it stands."""


class OrderForm(VersionedForm):
    """An action goes up or down; the button says which way."""


class IssueForm(BaseForm):
    """The coordinator has read what the applicant gets."""

    read = CheckboxField(
        "I have read the applicant version from start to end",
        [Required("Confirm that you have read the applicant version")],
    )


class AddActionForm(ActionFields, BaseForm):
    """An action that is agreed after the meeting."""

    due_text = TypedDayField(
        "By when?",
        size="s",
        what="The day",
        description="Like 5 2 2027, “friday” or “3 weeks”.",
    )


class SupersedeForm(VersionedForm):
    """Why an action is no longer part of the plan."""

    reason = LongTextField(
        "Why is it no longer part of the plan?",
        [Required("Write why it is no longer part of the plan")],
        size="s",
        rows=3,
        max_length=500,
        what="The reason",
        description="The panel reads it. The action stays listed in the panel’s version.",
    )


class OwnWordsForm(BaseForm):
    """Words that may point to somebody are the applicant's own."""

    words = RadioField("Which words are their own?", [Required("Select the words")], size="s")
    reason = TextField(
        "How do you know that they used them?",
        [Required("Write how you know")],
        size="s",
        max_length=500,
        what="How you know",
        description="For example, “They say number 14 in their request”.",
    )


class HandOverForm(BaseForm):
    """Somebody got a version on paper."""

    which = SelectField("What was handed over?", [Required("Select what it was")], size="s")
    given_to = TextField(
        "To whom?",
        [Required("Write who got it")],
        size="s",
        max_length=200,
        what="The name",
    )
    handed_on = DateField("On which day?", [Required("Enter the day")], size="s", what="The day")
