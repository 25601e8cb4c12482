"""Forms of the minutes."""

from portal.web.fields import LongTextField
from portal.web.forms import BaseForm, VersionedForm


class DraftForm(BaseForm):
    """The minutes are to be drafted from the record."""


class StepForm(VersionedForm):
    """The draft as it stands is sent round, agreed or issued."""


class TextForm(VersionedForm):
    """What a section says, or the account of an agency."""

    words = LongTextField(
        "What the minutes say (optional)",
        size="m",
        rows=8,
        what="What the minutes say",
        description="Each line becomes a paragraph. The whole panel reads it. Where it is empty, "
        "the minutes leave it out.",
    )


class AccountForm(VersionedForm):
    """The account of one’s own agency."""

    words = LongTextField(
        "What your agency told the meeting (optional)",
        size="m",
        rows=8,
        what="What your agency told the meeting",
        description="The whole panel reads it, so say nothing that is only for some of them.",
    )


class ChangedForm(VersionedForm):
    """What has changed since the issue before."""

    words = LongTextField(
        "What has changed since the last issue? (optional)",
        size="m",
        rows=3,
        what="What has changed",
        description="The minutes say it at the top. The last issue is kept as it is.",
    )
