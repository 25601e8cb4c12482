"""What every form of the portal shares."""

import hashlib
import re
import secrets
from typing import Any, Final

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields import HiddenField

from portal.web.choices import Choice
from portal.web.field_base import GovukField, first_text
from portal.web.kept_forms import typed_before

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_HEX: Final = re.compile(r"[0-9a-f]{1,64}")
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_TOKEN_BYTES: Final = 16
_PAGE_TOO_OLD: Final = "This page was open for too long. Send it again: what you wrote is kept"


class FormTokenField(HiddenField):
    """Names one filling-in of a form, so that sending it twice is carried out once.

    Random when the page is opened, kept when it comes back with errors.
    """

    def process_data(self, value: Any) -> None:
        """Make a new token; a stored one makes no sense."""
        self.data = secrets.token_urlsafe(_TOKEN_BYTES)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep a posted token of the right shape; anything else stays replaced by the new one."""
        if _TOKEN.fullmatch(first_text(valuelist)):
            self.data = valuelist[0]


class HexField(HiddenField):
    """A key or a mark that the portal wrote itself; anything else that is posted is empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what has the shape of one."""
        typed = first_text(valuelist)
        self.data = typed if _HEX.fullmatch(typed) else ""


class VersionField(HiddenField):
    """Version of what is being changed. ``data`` is an int, or none when it was tampered with."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the posted version; one that cannot be read is as good as an outdated one."""
        typed = first_text(valuelist)
        self.data = int(typed) if _NUMBER.fullmatch(typed) else None


class KeptField(HiddenField):
    """Number of the kept form that this one was filled again from; empty for every other."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep a posted number; anything else is none."""
        typed = first_text(valuelist)
        self.data = typed if _NUMBER.fullmatch(typed) else ""


class BaseForm(FlaskForm):
    """A form with a token, whose errors can be listed with links. Post it with ``novalidate``."""

    form_token = FormTokenField()
    kept = KeptField()

    @property
    def token(self) -> str:
        """The name of this filling-in, for the service that carries it out once."""
        return str(self.form_token.data)

    class Meta(FlaskForm.Meta):
        """Settings of WTForms."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what was posted, or typed before the sign-in ended.

            A post without a single field counts as posted too: Flask-WTF would take it for a page
            that was just opened and check the stored values.
            """
            found = super().wrap_formdata(form, formdata)
            if found is None and request.method == "GET":
                return typed_before(_names(form))
            if found is None and formdata is not None and form.is_submitted():
                return request.form
            return found

    def hidden_fields(self) -> list[Field]:
        """Return the fields that nobody sees, the CSRF token among them."""
        return [field for field in self if _is_hidden(field)]

    def questions(self) -> list[Field]:
        """Return the fields that stand on their own, without those shown under an answer."""
        under = {
            name
            for field in self
            for choice in getattr(field, "choices", ())
            if isinstance(choice, Choice)
            for name in choice.revealed
        }
        return [field for field in self if not _is_hidden(field) and field.name not in under]

    def is_sound(self, *asked: str) -> bool:
        """Say whether a posted form can be taken as far as these fields go, by name.

        What is wrong in another field is said when that one is sent.
        """
        hidden = {field.name for field in self.hidden_fields()}
        for field in self:
            if field.name in hidden or field.name in asked:
                field.validate(self)
        return not self.errors

    def errors_for(self) -> list[tuple[str, str]]:
        """Return a sentence and a link for each field with an error, in the order of the fields.

        What concerns a hidden field or the form as a whole leads to the first control.
        """
        shown = [field for field in self if not _is_hidden(field)]
        top = f"#{shown[0].error_id}" if shown else "#main-content"
        whole = [_PAGE_TOO_OLD] if any(field.errors for field in self.hidden_fields()) else []
        return [(sentence, top) for sentence in [*whole, *self.form_errors]] + [
            (field.errors[0], f"#{field.error_id}") for field in shown if field.errors
        ]


class FilterForm(BaseForm):
    """A form that asks for a part of a list: its answers stand in the address, it saves nothing.

    Ask ``validate()`` before a list is read; a filter with an error is taken as empty.
    """

    class Meta(BaseForm.Meta):
        """Settings of WTForms."""

        csrf = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(formdata=request.args, **kwargs)

    def hidden_fields(self) -> list[Field]:
        """Return none: nothing of the form's own belongs in an address."""
        return []


class VersionedForm(BaseForm):
    """A form that changes something another person may change at the same time."""

    version = VersionField()


def mark_of(text: str | None) -> str:
    """Return a short mark of a text, by which a form tells whether it was changed on its page."""
    return hashlib.sha256((text or "").encode(errors="surrogatepass")).hexdigest()


def _names(form: FlaskForm) -> set[str]:
    """Return the names under which a form's controls are posted."""
    names: set[str] = set()
    for field in form:
        names.update(field.posted_names if isinstance(field, GovukField) else (field.name,))
    return names


def _is_hidden(field: Field) -> bool:
    return isinstance(field, HiddenField | CSRFTokenField)
