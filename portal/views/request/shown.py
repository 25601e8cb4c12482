"""What was answered, in words: for the check before the request is sent, and after a conflict."""

from dataclasses import dataclass
from typing import Any

from wtforms import Field

from portal.domain.request_draft import DraftIncident, Filled
from portal.services.drafts import DraftPage
from portal.views.request.filling import fields_seen, filled_in
from portal.views.request.form_base import PageForm
from portal.views.request.incident_forms import IncidentForm, ReportForm
from portal.web.choices import CheckboxesField, CheckboxField, ChoiceField
from portal.web.fields import DateField
from portal.web.filters import day


@dataclass(frozen=True)
class ShownAnswer:
    """A question and what was answered, as it is checked before the request is sent."""

    label: str
    text: str


@dataclass(frozen=True)
class ShownIncident:
    """A time that something happened, with its reports, each as its answers.

    Attributes:
        needs_more: something of it is still to be put right.
    """

    number: int
    title: str
    answers: list[ShownAnswer]
    reports: list[list[ShownAnswer]]
    needs_more: bool


def shown_answers(kind: type[PageForm], page: DraftPage, filled: Filled) -> list[ShownAnswer]:
    """Return what was answered on a page, without what was left open."""
    form = filled_in(kind, filled)
    form.prepare(page)
    rows = [ShownAnswer(field.label.text, _text(field)) for field in fields_seen(form)]
    return [row for row in rows if row.text]


def _text(field: Field) -> str:
    value: Any = field.data
    if isinstance(field, CheckboxField):
        return "Yes" if value else ""
    if isinstance(field, CheckboxesField):
        return ", ".join(each.label for each in field.choices if each.value in value)
    if isinstance(field, ChoiceField):
        return next((each.label for each in field.choices if each.value == value), "")
    if isinstance(field, DateField):
        return day(value) if value else ""
    return str(value or "")


def shown_incidents(draft: DraftPage) -> list[ShownIncident]:
    """Return all times that something happened, with their reports."""
    return [
        _incident(draft, number, each)
        for number, each in enumerate(draft.answers.incidents, start=1)
    ]


def _incident(draft: DraftPage, number: int, each: DraftIncident) -> ShownIncident:
    return ShownIncident(
        number=number,
        title=each.filled.said("title") or f"Time {number}",
        answers=shown_answers(IncidentForm, draft, each.filled),
        reports=[shown_answers(ReportForm, draft, report) for report in each.reports],
        needs_more=not each.is_done,
    )
