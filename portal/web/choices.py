"""Fields with ready answers: radios, checkboxes, select, and the single box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from wtforms.validators import StopValidation

from portal.web.field_base import GovukField, first_text


@dataclass(frozen=True)
class Choice:
    """One answer of a radio, checkbox or select field.

    Attributes:
        value: What is posted and stored.
        label: What is read.
        hint: One sentence under the label (radios and checkboxes).
        reveal: Name of the form's field, or names of the fields, that are shown under this radio
            or checkbox once it is chosen.
        group: Heading of the group that the choice stands in (select).
    """

    value: str
    label: str
    hint: str | None = None
    reveal: str | tuple[str, ...] | None = None
    group: str | None = None

    @property
    def revealed(self) -> tuple[str, ...]:
        """Return the names of the fields that are shown under this answer."""
        return (self.reveal,) if isinstance(self.reveal, str) else self.reveal or ()


class ChoiceField(GovukField):
    """What fields with ready answers share.

    ``choices`` may be given to the class or set on the field of a form before it is validated.
    """

    options = (*GovukField.options, "choices")
    choices: Sequence[Choice] = ()

    def is_chosen(self, choice: Choice) -> bool:
        """Whether this is the answer that was given."""
        return bool(choice.value == self.data)

    def chosen(self) -> list[str]:
        """Return the answers that were given, known or not."""
        return [self.data] if self.data else []

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the posted value; an empty one is no answer."""
        self.data = first_text(valuelist) or None

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that was not on offer: the page was changed, or its choices were."""
        super().pre_validate(form)
        if not {choice.value for choice in self.choices}.issuperset(self.chosen()):
            raise StopValidation("Select one of the answers on this page")


class RadioField(ChoiceField):
    """One answer of a few. ``data`` is its value or none. Options: choices, small, inline."""

    macro = "radios"
    options = (*ChoiceField.options, "small", "inline")
    small: bool = False
    inline: bool = False

    def choice_id(self, index: int) -> str:
        """Return the id of a control; the first one has the field's own, where errors lead."""
        return f"{self.id}-{index + 1}" if index else self.id

    def revealed(self, choice: Choice) -> list[GovukField]:
        """Return the form's fields that stand under an answer."""
        # WTForms gives every field its form, but its stubs do not say so.
        form = cast("Any", self)._form
        return [cast("GovukField", form[name]) for name in choice.revealed]


class CheckboxesField(RadioField):
    """Any of a few answers. ``data`` is the list of their values. Options: choices, small."""

    macro = "checkboxes"

    def process_data(self, value: Any) -> None:
        """Take the stored values; none is an empty list."""
        self.data = list(value or ())

    def is_chosen(self, choice: Choice) -> bool:
        """Whether this is one of the answers that were given."""
        return choice.value in self.data

    def chosen(self) -> list[str]:
        """Return the answers that were given, known or not."""
        return list(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the posted values, each once, in the order in which they were posted."""
        self.data = list(dict.fromkeys(value for value in valuelist if isinstance(value, str)))


class SelectField(ChoiceField):
    """One answer of many. ``data`` is its value or none.

    Options: choices, blank (text of the empty first line; none leaves the line out).
    """

    macro = "select"
    options = (*ChoiceField.options, "blank")
    blank: str | None = None

    def grouped(self) -> Iterator[tuple[str | None, list[Choice]]]:
        """Return the choices by the heading that they stand under, in their order."""
        for heading, group in groupby(self.choices, key=lambda choice: choice.group):
            yield heading, list(group)


class CheckboxField(GovukField):
    """One box with its own label. ``data`` is true or false."""

    macro = "checkbox"

    @property
    def is_empty(self) -> bool:
        """Whether the box is not ticked."""
        return not self.data

    def process_formdata(self, valuelist: list[Any]) -> None:
        """A box that is not ticked is not posted."""
        self.data = "yes" in valuelist
