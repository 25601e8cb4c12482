"""What somebody looks for."""

from portal.web.fields import Choice, Required, SelectField, TextField
from portal.web.forms import BaseForm

WHOLE = "whole"


class SearchForm(BaseForm):
    """Words to look for. It asks and changes nothing, so it is sent in the address."""

    class Meta(BaseForm.Meta):
        """Settings of WTForms."""

        csrf = False

    q = TextField(
        "Name, place, postcode or reference",
        [Required("Enter a name, place, postcode or reference")],
        what="What you look for",
        max_length=100,
        autocomplete="off",
        spellcheck=False,
    )
    match = SelectField(
        "Find",
        choices=[Choice("begins", "Words that begin so"), Choice(WHOLE, "Whole words only")],
    )
