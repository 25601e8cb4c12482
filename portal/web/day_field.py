"""A day typed in one box, as people say it: "friday", "3 weeks", "5 2 2027"."""

from typing import Any

from portal.domain.deadlines import london_day
from portal.domain.typed_days import as_typed, read_day
from portal.web.field_base import GovukField, first_text
from portal.web.pages import the_actor


class TypedDayField(GovukField):
    """A day that is today or later, in one box. ``data`` is a date or none.

    The day that is stored may be past: left as it was, it is not read again.
    """

    macro = "text_input"
    options = (*GovukField.options, "width")
    input_type = "text"
    inputmode = None
    autocomplete = "off"
    spellcheck = False
    width = 10

    @property
    def shown(self) -> str:
        """What was typed, else the stored day as it can be typed."""
        return as_typed(self.data) if self.typed is None and self.data else super().shown

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day, or keep what was typed and say how a day is typed."""
        stored, self.data = self.data, None
        self.typed = first_text(valuelist).strip()
        if not self.typed:
            return
        if stored and self.typed == as_typed(stored):
            self.data = stored
            return
        self.data = read_day(self.typed, london_day(the_actor().at))
