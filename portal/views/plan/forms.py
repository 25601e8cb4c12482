"""Forms of the plan."""

from portal.web.fields import CheckboxField, DateField, LongTextField, Required
from portal.web.forms import BaseForm, VersionedForm


class DraftForm(VersionedForm):
    """What the plan says besides the actions."""

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
    consulted_on = DateField(
        "When was the applicant consulted on the draft? (optional)",
        size="m",
        what="The day of the consultation",
        description="The day you asked, also if they did not want to be consulted.",
    )
    what_applicant_said = LongTextField(
        "What did the applicant say about it? (optional)",
        size="m",
        rows=4,
        what="What the applicant said",
        description="Kept in the panel’s version.",
    )
    next_look_on = DateField(
        "When do you next go through the plan? (optional)",
        size="m",
        what="The day",
        description="Both versions say it.",
    )


class CheckForm(VersionedForm):
    """The chair has read the draft as it stands."""


class IssueForm(BaseForm):
    """The coordinator has read what the applicant gets."""

    read = CheckboxField(
        "I have read the applicant version from start to end",
        [Required("Confirm that you have read the applicant version")],
    )
