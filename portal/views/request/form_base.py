"""What the forms of the request share: their checks, their shapes, what they start from."""

import re
from typing import Any, ClassVar

from wtforms import Form
from wtforms.validators import StopValidation

from portal.services.drafts import DraftPage
from portal.web.fields import EmailField, GovukField
from portal.web.forms import BaseForm, HexField

PHONE = re.compile(r"\+?[\d ()-]{7,39}", re.ASCII)
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.ASCII | re.IGNORECASE)
NUMBER = re.compile(r"\d{1,5}", re.ASCII)


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
                str(error)
                if len(self.data) > self.max_length
                else "Enter an email address in the right form, like name@example.org"
            ) from error


class PageForm(BaseForm):
    """A page of the request.

    Attributes:
        lead: sentences above the questions.
    """

    lead: ClassVar[tuple[str, ...]] = ()

    seen = HexField()

    def prepare(self, page: DraftPage) -> None:
        """Offer what depends on the area and on what was answered before."""
