"""Forms of the agenda and of the notes on its items."""

from portal.domain.agenda import LONGEST_MINUTES, LONGEST_TITLE, Part
from portal.services.agenda import PARTS
from portal.web.fields import (
    Choice,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
    TextField,
)
from portal.web.forms import VersionedForm


class ItemForm(VersionedForm):
    """An item of the agenda."""

    title = TextField(
        "What is it about?",
        [Required("Write what the item is about")],
        size="s",
        max_length=LONGEST_TITLE,
        what="What the item is about",
    )
    minutes = IntegerField(
        "How many minutes?",
        [Required("Enter how many minutes it takes")],
        size="s",
        most=LONGEST_MINUTES,
        width=3,
        what="The minutes",
    )
    lead = TextField("Who leads it?", size="s", max_length=LONGEST_TITLE, what="Who leads it")
    part = RadioField(
        "Who is at the table?",
        [Required("Select who is at the table")],
        size="s",
        choices=[Choice(value, label) for value, label in PARTS.items()],
        default=Part.CLOSED.value,
        description="Nobody but the chair and the coordinator learns of a restricted item.",
    )
    before = SelectField(
        "Where does it stand?", [Required("Select where it stands")], size="s", blank=None
    )


class NotesForm(VersionedForm):
    """The notes on an item."""

    text = LongTextField("Notes on this item", size="m", rows=7, what="The notes")

    def ask_for(self, recorded: str) -> "NotesForm":
        """Say what is to be written down of the item; return the form."""
        self.text.description = recorded
        return self
