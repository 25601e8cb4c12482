"""A form of the request and what stands in the draft: one read into the other."""

from collections.abc import Iterator
from typing import TypeVar

from flask import request
from werkzeug.datastructures import MultiDict

from portal.domain.request_draft import Filled, mark_of
from portal.domain.text import UnusableTextError, clean, showable
from portal.services.drafts import DraftPage
from portal.views.request.form_base import PageForm
from portal.web.field_base import GovukField

AnyForm = TypeVar("AnyForm", bound=PageForm)


def form_for(kind: type[AnyForm], page: DraftPage, filled: Filled | None) -> AnyForm:
    """Return a form as it was posted; on a page that is opened, as it was filled in before."""
    form = kind() if request.method == "POST" else filled_in(kind, filled)
    form.prepare(page)
    return form


def filled_in(kind: type[AnyForm], filled: Filled | None) -> AnyForm:
    """Return a form as it was filled in before."""
    stored = [
        (name, each) for name, values in (filled or Filled()).fields.items() for each in values
    ]
    form = kind(formdata=MultiDict(stored)) if stored else kind()
    form.seen.data = mark_of(filled)
    return form


def typed(form: PageForm, *, is_done: bool) -> Filled:
    """Return what was posted in the fields that people see, as it is kept."""
    names = [name for field in fields_seen(form) for name in field.posted_names]
    posted = {name: tuple(map(_kept, request.form.getlist(name))) for name in names}
    return Filled({name: texts for name, texts in posted.items() if any(texts)}, is_done)


def _kept(text: str) -> str:
    """Return a text that can be stored: one that cannot be is in the form with its error."""
    try:
        return clean(text)
    except UnusableTextError:
        return showable(text)


def fields_seen(form: PageForm) -> Iterator[GovukField]:
    """Return the fields that people see, in their order."""
    hidden = {field.name for field in form.hidden_fields()}
    return (field for field in form if field.name not in hidden)
