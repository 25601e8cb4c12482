"""Forms of templates: the file, and the day from which it holds."""

from portal.web.fields import DateField, Required, TextField, UploadField
from portal.web.forms import BaseForm, VersionedForm


class UploadForm(BaseForm):
    """A template that an office has changed."""

    file = UploadField(
        "Which file?",
        [Required("Select a file")],
        size="s",
        accept=".docx",
        description="A Word document (.docx) without macros, up to 5 MB.",
    )
    note = TextField(
        "What is different in it?",
        [Required("Enter what is different in it")],
        size="s",
        what="What is different",
        max_length=500,
        description="A few words for the list of versions, like “our new logo”.",
    )


class PutInForceForm(VersionedForm):
    """The day from which a template holds."""

    from_on = DateField(
        "From which day should it be used?",
        [Required("Enter the day from which it is used")],
        what="The day",
        size="s",
        description="Today or later. What has been issued before stays as it is.",
    )
