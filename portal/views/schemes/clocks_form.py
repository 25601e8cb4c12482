"""The form of a scheme's clocks: a row of plain fields for each."""

from typing import Any

from wtforms.validators import StopValidation

from portal.domain.clocks.rules import OPTIONAL, Clock, ClockEvent
from portal.domain.clocks.stored import LARGEST_NUMBER, LONGEST_TEXT
from portal.domain.deadlines import Unit
from portal.domain.scheme_editing.clocks import PARTS, clock_answers, is_left_out, with_clocks
from portal.web.fields import Choice, IntegerField, SelectField, TextField
from portal.web.forms import VersionedForm

_UNITS = [Choice(unit.value, unit.value.replace("_", " ").capitalize()) for unit in Unit]
_EVENTS = [Choice(event.value, event.label) for event in ClockEvent]
_SIDES = [Choice("after", "After"), Choice("before", "Before")]
_SHORT = ("number", "unit", "side", "starts_from")
_MORE = ("also_from", "next_meeting")
_LONGEST_MEETING = 100


class Needed:
    """Refuses a part of a clock that is empty while the clock is there."""

    def __init__(self, clock: Clock, sentence: str) -> None:
        self.clock = clock
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        """Raise the sentence where the part is missing; an optional clock may be left out."""
        typed = {part: form[f"{self.clock.value}_{part}"] for part in PARTS}
        answers = {part: control.data for part, control in typed.items()}
        if typed["number"].is_empty and self.clock in OPTIONAL and is_left_out(answers):
            return
        has_meeting = bool(answers["next_meeting"]) and answers["number"] is None
        if field.is_empty and not (has_meeting and field in (typed["number"], typed["unit"])):
            raise StopValidation(self.sentence)


class DeemedUnit:
    """Refuses a number of days for a letter without its unit."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raise the sentence where one of the two is missing."""
        if field.is_empty and form.deemed_receipt_number.data is not None:
            raise StopValidation("Select the unit")


class ClocksForm(VersionedForm):
    """All clocks of a draft; the fields of each are named by it."""

    @classmethod
    def shown(cls, rules: dict[str, Any]) -> dict[str, Any]:
        """Return the stored clocks as the form shows them."""
        return clock_answers(rules)

    def changed(self, rules: dict[str, Any]) -> dict[str, Any]:
        """Return the draft with what was typed."""
        return with_clocks(rules, {name: self[name].data for name in clock_answers(rules)})

    def rows(self, *, optional: bool) -> list[tuple[str, list[Any], list[Any], Any]]:
        """Return name, short fields, further fields and source of each clock."""
        return [
            (
                clock.label,
                [self[f"{clock.value}_{part}"] for part in _SHORT],
                [self[f"{clock.value}_{part}"] for part in _MORE],
                self[f"{clock.value}_source"],
            )
            for clock in Clock
            if (clock in OPTIONAL) is optional
        ]


def _add_fields(clock: Clock) -> None:
    name = clock.label
    fields = {
        "number": IntegerField(
            f"{name}: how many",
            [Needed(clock, f"{name}: enter how many")],
            least=1,
            most=LARGEST_NUMBER,
            width=3,
        ),
        "unit": SelectField(
            f"{name}: unit",
            [Needed(clock, f"{name}: select a unit")],
            choices=_UNITS,
            blank="No limit",
        ),
        "side": SelectField(f"{name}: after or before", choices=_SIDES),
        "starts_from": SelectField(
            f"{name}: counted from",
            [Needed(clock, f"{name}: select an event")],
            choices=_EVENTS,
            blank="Choose an event",
        ),
        "also_from": SelectField(
            f"{name}: and from this, if it is later", choices=_EVENTS, blank="Nothing else"
        ),
        "next_meeting": TextField(
            f"{name}: waits for the next meeting called",
            max_length=_LONGEST_MEETING,
            description="The name of a regular meeting whose days the office keeps.",
        ),
        "source": TextField(
            f"{name}: where this is from",
            [Needed(clock, f"{name}: say where this is from")],
            max_length=LONGEST_TEXT,
        ),
    }
    for part, field in fields.items():
        setattr(ClocksForm, f"{clock.value}_{part}", field)


for _clock in Clock:
    _add_fields(_clock)
ClocksForm.deemed_receipt_number = IntegerField(
    "A letter counts as received after",
    what="When a letter counts as received",
    least=1,
    most=LARGEST_NUMBER,
    width=3,
)
ClocksForm.deemed_receipt_unit = SelectField(
    "Unit of when a letter counts as received",
    [DeemedUnit()],
    choices=[each for each in _UNITS if each.value != Unit.HOURS],
    blank="The rules do not say",
)
