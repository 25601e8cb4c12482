"""What the forms of the request share: their checks, their shapes, what they start from."""

import re
from typing import Any, ClassVar

from wtforms import Form
from wtforms.validators import StopValidation

from portal.services.drafts import DraftPage
from portal.web.fields import EmailField, GovukField, Required, TextField
from portal.web.forms import BaseForm, HexField

PHONE = re.compile(r"\+?[\d ()-]{7,39}", re.ASCII)
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.ASCII | re.IGNORECASE)
NUMBER = re.compile(r"\d{1,5}", re.ASCII)
ENTER_A_PHONE = "Enter a phone number, like 01632 960 001"
ENTER_AN_ADDRESS = "Enter an email address in the right form, like name@example.org"


class RequiredWith:
    """Refuses an empty field where one of certain answers was ticked in another."""

    def __init__(self, other: str, values: set[str], sentence: str) -> None:
        self.other, self.values, self.sentence = other, values, sentence

    def __call__(self, form: Form, field: GovukField) -> None:
        """Raise the sentence."""
        if field.is_empty and self.values & set(form[self.other].data or ()):
            raise StopValidation(self.sentence)


class Like:
    """Refuses what does not have the shape of what is asked for."""

    def __init__(self, shape: re.Pattern[str], sentence: str) -> None:
        self.shape, self.sentence = shape, sentence

    def __call__(self, form: Form, field: GovukField) -> None:
        """Raise the sentence."""
        if field.data and not self.shape.fullmatch(field.data):
            raise StopValidation(self.sentence)


class AddressField(EmailField):
    """An email address; its error is the one of the public pages."""

    def pre_validate(self, form: Any) -> None:
        """Say how an address is written."""
        try:
            super().pre_validate(form)
        except StopValidation as error:
            raise StopValidation(
                str(error) if len(self.data) > self.max_length else ENTER_AN_ADDRESS
            ) from error


def name_field(label: str, **more: Any) -> TextField:
    """Return the field for a part of somebody's name, which has to be there."""
    asked = [Required(f"Enter {label.lower()}")]
    return TextField(label, asked, size="s", max_length=90, what=label, spellcheck=False, **more)


def phone_field(label: str, *checks: RequiredWith, **more: Any) -> TextField:
    """Return the field for a phone number; ``more`` is how its errors name it, and its hint."""
    return TextField(
        label,
        [*checks, Like(PHONE, ENTER_A_PHONE)],
        size="s",
        width=20,
        max_length=40,
        inputmode="tel",
        spellcheck=False,
        **more,
    )


def number_field(label: str) -> TextField:
    """Return the field for how many people there are about."""
    return TextField(
        label,
        [Like(NUMBER, "Enter a number, like 3")],
        size="s",
        width=4,
        max_length=10,
        what="The number",
        inputmode="numeric",
    )


class PageForm(BaseForm):
    """A page of the request.

    Attributes:
        lead: sentences above the questions.
    """

    lead: ClassVar[tuple[str, ...]] = ()

    seen = HexField()

    def prepare(self, page: DraftPage) -> None:
        """Offer what depends on the area and on what was answered before."""
