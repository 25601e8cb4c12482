"""Forms of an import: the file, its sheet, its columns."""

from portal.services.importing import ImportField
from portal.web.fields import Choice, RadioField, Required, SelectField, UploadField
from portal.web.forms import BaseForm, VersionedForm


class FileForm(BaseForm):
    """An agency's export. The view takes the first question out for an agency's own people."""

    agency = SelectField(
        "Whose export is it?",
        [Required("Select the agency whose export it is")],
        size="s",
        blank="Choose an agency",
    )
    file = UploadField(
        "Which file?",
        [Required("Select a file")],
        size="s",
        accept=".csv,.xlsx,.txt",
        description="An Excel workbook (.xlsx) without macros, or a CSV file. Up to 10 MB and "
        "10,000 rows, with the headings in the first row.",
    )


class SheetForm(BaseForm):
    """The sheet of a workbook that has several."""

    sheet = RadioField("Which sheet?", [Required("Select a sheet")], size="s", small=True)


_NONE = "Not in the file"
_NEEDED = "Choose a column"
_LATER = "Leave it out where the file has no such column."


class ColumnsForm(VersionedForm):
    """Under which heading each thing stands; the names are those of ``ImportField``."""

    happened_on = SelectField(
        "The day it happened",
        [Required("Select the column with the day it happened")],
        size="s",
        blank=_NEEDED,
        description="Read day first, like 3/11/2026, or like 2026-11-03. An empty cell is taken as "
        "not known.",
    )
    title = SelectField(
        "What it was, in a few words",
        [Required("Select the column that says what it was")],
        size="s",
        blank=_NEEDED,
        description="Rows with the same day and the same words here become one incident.",
    )
    account = SelectField("What happened", size="s", blank=_NONE, description=_LATER)
    reported_on = SelectField(
        "The day it was reported",
        size="s",
        blank=_NONE,
        description="A row with this day, or with more of a report, adds a report to the agency "
        "whose export it is.",
    )
    how = SelectField("How it was reported", size="s", blank=_NONE)
    their_reference = SelectField("Their reference", size="s", blank=_NONE)
    what_was_done = SelectField("What was done", size="s", blank=_NONE)

    def offer(self, headings: tuple[str, ...]) -> None:
        """Offer the headings of the file at every field."""
        for field in ImportField:
            self[field.value].choices = [Choice(heading, heading) for heading in headings]

    def chosen(self) -> dict[ImportField, str]:
        """Return the heading of each field that the file has."""
        return {field: self[field.value].data for field in ImportField if self[field.value].data}
