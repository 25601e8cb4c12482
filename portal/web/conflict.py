"""The page for the second of two people who changed the same thing: both texts, nothing lost."""

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.services.changes import ChangedMeanwhileError
from portal.services.frames import CaseFrame
from portal.web.choices import CheckboxesField, CheckboxField, ChoiceField
from portal.web.filters import clock_time, day
from portal.web.forms import BaseForm, VersionedForm
from portal.web.pages import the_actor

_WORDS = re.compile(r"\s*\S+|\s+")  # a word with the space before it
_NOTHING = "Nothing"


@dataclass(frozen=True)
class _Pair:
    """A field that is saved otherwise than it was typed; both with the difference marked."""

    label: str
    saved: Markup
    typed: Markup


def conflict_page(
    form: VersionedForm,
    stored: Mapping[str, Any],
    error: ChangedMeanwhileError,
    *,
    thing: str,
    back: str,
    frame: CaseFrame | None = None,
    back_text: str = "",
    is_projected: bool = False,
    action: str = "",
    in_the_room: str = "",
    reference: str = "",
) -> ResponseReturnValue:
    """Return the page with status 409; its form saves what is then in it over the saved text.

    Args:
        form: as it was posted; its version has to be set to the one that is stored now.
        stored: what is stored now, by the names of the form's fields.
        error: who was faster, and when.
        thing: what was changed, as a sentence uses it ("action 3", "the draft").
        back: address of the page that shows what is saved, for "drop mine".
        frame: the top of the case's pages; none for what belongs to no case.
        back_text: what the page is called that shows what is saved, where that is no case.
        is_projected: the panel may look on, as on the page it was typed on.
        action: address that the form is sent to, where that is not the address of the page.
        in_the_room: the applicant who looks on, by first name, where it was typed in their sight.
        reference: of the case, where an applicant looks on.
    """
    html = render_template(
        "conflict.html",
        form=form,
        frame=frame,
        did=f"changed {thing}",
        thing=thing,
        is_projected=is_projected,
        action=action,
        in_the_room=in_the_room,
        reference=reference,
        back=back,
        caption=f"{frame.name}, {frame.reference}" if frame else back_text,
        **_first(error),
        **_both(form, stored),
    )
    return html, 409


def ended_page(
    form: BaseForm,
    stored: Mapping[str, Any],
    error: ChangedMeanwhileError,
    *,
    did: str,
    back: str,
    frame: CaseFrame,
) -> ResponseReturnValue:
    """Return the page with status 409 for what somebody else has ended: nothing can be saved.

    Args:
        form: as it was posted; what was typed is shown beside what was saved.
        stored: what was saved, by the names of the form's fields.
        error: who was faster, and when.
        did: what they did, as a sentence goes on after their name ("took Bo Lim off this case").
        back: address of the page that shows how it is now.
        frame: the top of the case's pages.
    """
    html = render_template(
        "conflict.html",
        form=form,
        frame=frame,
        did=did,
        thing="",
        back=back,
        caption=f"{frame.name}, {frame.reference}",
        **_first(error),
        **_both(form, stored),
    )
    return html, 409


def _first(error: ChangedMeanwhileError) -> dict[str, str]:
    """Return who was first and when, in words."""
    by = error.by or "Somebody else"
    is_own = error.by == the_actor().name
    return {
        "who": "You" if is_own else by,
        "whose": "the saved text" if is_own else f"{by.split()[0]}’s text",
        "where": " in another window" if is_own else "",
        "saved_at": _moment(error.at),
    }


def _both(form: BaseForm, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that differ, both texts side by side, and the names of the others."""
    fields = [form[name] for name in stored]
    differing = [field for field in fields if field.data != stored[field.name]]
    return {
        "pairs": [_pair(field, stored[field.name]) for field in differing],
        "same": [field.label.text for field in fields if field not in differing],
    }


def _moment(at: dt.datetime | None) -> str:
    return f"{day(at)}, {clock_time(at)}" if at else ""


def _pair(field: Any, stored: Any) -> _Pair:
    saved, typed = _as_text(field, stored), _as_text(field, field.data)
    return _Pair(field.label.text, *_marked(saved, typed))


def _as_text(field: Any, value: Any) -> str:
    if isinstance(value, dt.time):
        return clock_time(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(field, CheckboxField):
        return "Yes" if value else "No"
    if isinstance(field, CheckboxesField):
        return ", ".join(_label(field, each) for each in value) or _NOTHING
    if isinstance(field, ChoiceField):
        return _label(field, value)
    return str(value or _NOTHING)


def _label(field: ChoiceField, value: Any) -> str:
    return next((choice.label for choice in field.choices if choice.value == value), _NOTHING)


def _marked(saved: str, typed: str) -> tuple[Markup, Markup]:
    """Return both texts with the words marked that the other one does not have."""
    first, second = _WORDS.findall(saved), _WORDS.findall(typed)
    steps = difflib.SequenceMatcher(None, first, second).get_opcodes()
    return (
        Markup("").join(_mark(first[a:b], tag) for tag, a, b, _, _ in steps),
        Markup("").join(_mark(second[a:b], tag) for tag, _, _, a, b in steps),
    )


def _mark(words: list[str], tag: str) -> Markup:
    text = Markup("").join(_broken("".join(words)))
    return text if tag == "equal" or not words else Markup("<mark>{}</mark>").format(text)


def _broken(text: str) -> Iterator[str | Markup]:
    """Yield the text with its line ends as line breaks."""
    for number, line in enumerate(text.splitlines(keepends=False) or [text]):
        if number:
            yield Markup("<br>")
        yield line
    if text.endswith("\n"):
        yield Markup("<br>")
