"""Forms of the applicant's own pages."""

from portal.web.fields import Required, TextField
from portal.web.forms import BaseForm


class KeyForm(BaseForm):
    """What opens the applicant's own page."""

    reference = TextField(
        "Your reference",
        [Required("Enter your reference")],
        size="s",
        width=20,
        max_length=40,
        what="The reference",
        spellcheck=False,
        autocomplete="off",
        description="It begins with ACR. It is on every letter from us.",
    )
    code = TextField(
        "Your code",
        [Required("Enter your code")],
        size="s",
        width=20,
        max_length=40,
        what="The code",
        autocomplete="off",
        spellcheck=False,
        description="10 letters and numbers. Small letters and spaces do not matter.",
    )
