"""What somebody looks for."""

from portal.web.fields import Choice, Required, SelectField, TextField
from portal.web.forms import FilterForm

WHOLE = "whole"


class SearchForm(FilterForm):
    """Words to look for."""

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
