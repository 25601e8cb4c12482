"""Forms of the office's calendar."""

from portal.web.fields import DateField, RadioField, Required, TextField
from portal.web.forms import BaseForm, FilterForm


class ClosureForm(BaseForm):
    """A day on which the office is closed."""

    day = DateField(
        "On which day is the office closed?",
        [Required("Enter the day on which the office is closed")],
        size="s",
        what="The day",
        description="It does not count as a working day, and no deadline ends on it.",
    )
    reason = TextField(
        "Why?",
        [Required("Write why the office is closed")],
        size="s",
        what="The reason",
        description="It is shown with every deadline that moves.",
    )


class RegularMeetingForm(BaseForm):
    """A day of a meeting that clocks wait for."""

    name = TextField(
        "Which meeting?",
        [Required("Write the name of the meeting")],
        size="s",
        max_length=100,
        what="The name of the meeting",
        description="As the scheme calls it, for example Joint Action Group.",
    )
    day = DateField(
        "When does it meet?",
        [Required("Enter the day on which it meets")],
        size="s",
        what="The day",
        description="An extra meeting for something urgent is added in the same way.",
    )


class TakeAwayForm(BaseForm):
    """A day that was added and is not to stand."""

    day = RadioField("Which day?", [Required("Select the day")], size="s", small=True)


class KeptFilterForm(FilterForm):
    """Between which last days the clocks are counted."""

    from_on = DateField("Last day from", what="The first day")
    to_on = DateField("To", what="The last day")
