"""What every form field shares: its rendering, its error, and the two checks for empty fields."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from flask import current_app
from markupsafe import Markup
from wtforms import Field, Form
from wtforms.validators import StopValidation

from portal.domain.text import showable


class GovukField(Field):
    """What all fields share.

    ``options`` names the attributes that the constructor takes as keywords: size (of the label:
    "s", "m", "l", none is body text), what (how an error names the field when the label does not
    fit), heading (the label is the h1 of the page). ``description`` is the hint.
    """

    macro: ClassVar[str]
    options: ClassVar[tuple[str, ...]] = ("size", "what", "heading")
    size: str | None = None
    what: str = ""
    heading: bool = False
    typed: str | None = None

    def __init__(
        self, label: str, validators: Sequence[Callable[..., object]] = (), **kwargs: Any
    ) -> None:
        own = {name: kwargs.pop(name) for name in self.options if name in kwargs}
        super().__init__(label, list(validators), **kwargs)
        for name, value in ({"what": label} | own).items():
            setattr(self, name, value)

    def __call__(self, **kwargs: object) -> Markup:
        """Return the markup of the whole form group."""
        macros = current_app.jinja_env.get_template("components/fields.html").module
        return cast("Markup", getattr(macros, self.macro)(self, **kwargs))

    @property
    def error_id(self) -> str:
        """Id of the control that the error summary leads to; it can take the focus."""
        return self.id

    @property
    def posted_names(self) -> tuple[str, ...]:
        """Names under which the field's controls are posted."""
        return (self.name,)

    @property
    def described_by(self) -> str:
        """Ids of the hint and of the error message, for ``aria-describedby``."""
        ids = [f"{self.id}-hint"] if self.description else []
        return " ".join([*ids, f"{self.id}-error"] if self.errors else ids)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.data in (None, "", []) and not (self.typed or "").strip()

    @property
    def shown(self) -> str:
        """What stands in the control: what was typed, else the value."""
        text = self.typed if self.typed is not None else self.data
        # What cannot be shown has its error already.
        return showable(str("" if text is None else text))

    def pre_validate(self, form: Any) -> None:
        """Stop at the first error: one field shows one sentence."""
        if self.process_errors:
            raise StopValidation


class Required:
    """Refuses a field that was left empty, with the sentence of the caller ("Enter the place")."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: GovukField) -> None:
        """Raise the sentence when nothing was entered."""
        if field.is_empty:
            raise StopValidation(self.sentence)


class RequiredWhen:
    """Refuses an empty field when another field has a certain value; used with ``reveal``."""

    def __init__(self, other: str, value: str, sentence: str) -> None:
        self.other = other
        self.value = value
        self.sentence = sentence

    def __call__(self, form: Form, field: GovukField) -> None:
        """Raise the sentence when the other field has the value and this one is empty."""
        if field.is_empty and form[self.other].data == self.value:
            raise StopValidation(self.sentence)


def first_text(values: list[Any]) -> str:
    """Return the first posted value; a file that was posted under a text name counts as nothing."""
    return values[0] if values and isinstance(values[0], str) else ""
