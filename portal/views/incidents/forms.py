"""Forms of incidents and reports; not known is an answer to each question of a day."""

from typing import Any

from wtforms import Form
from wtforms.validators import StopValidation

from portal.services.words import ANSWERS, REPORT_CHANNELS, REPORT_STATES, REPORTERS, STRANDS
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    CheckboxesField,
    CheckboxField,
    Choice,
    DateField,
    GovukField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
    TimeField,
)
from portal.web.forms import BaseForm, VersionedForm

NOT_KNOWN = "not_known"


def _is_asked(form: Form) -> bool:
    """Say whether there is a report that the questions are about."""
    return "was_reported" not in form or form["was_reported"].data == "yes"


class DayOrNotKnown:
    """Refuses a day that is neither entered nor said to be not known, or both."""

    def __init__(self, other: str, day: str, *, of_report: bool = False) -> None:
        self.other, self.day, self.of_report = other, day, of_report

    def __call__(self, form: Form, field: GovukField) -> None:
        """Raise the sentence."""
        if self.of_report and not _is_asked(form):
            return
        is_unknown = form[self.other].data
        if field.is_empty and not is_unknown:
            raise StopValidation(f"Enter {self.day}, or say that it is not known")
        if is_unknown and not field.is_empty:
            raise StopValidation(f"Enter {self.day} or say that it is not known, not both")


def _to_whom_or_not_known(form: Form, field: GovukField) -> None:
    """Refuse a report of which nobody has said to whom it was made."""
    if not _is_asked(form):
        return
    if field.data and form["reported_to"].data:
        raise StopValidation("Select an agency or enter a name, not both")
    if not field.data and not form["reported_to"].data:
        raise StopValidation("Select to whom it was reported, or “Not known”")


class _WhatHappened(BaseForm):
    happened_on = DateField(
        "When did it happen?",
        [DayOrNotKnown("day_not_known", "the day it happened")],
        size="s",
        what="The day it happened",
    )
    day_not_known = CheckboxField("The day it happened is not known")
    happened_time = TimeField(
        "At what time? (optional)", size="s", description="For example, 10:30pm"
    )
    place = TextField("Where? (optional)", size="s", what="The place")
    title = TextField(
        "What was it, in a few words?",
        [Required("Enter what it was")],
        size="s",
        what="What it was",
    )
    account = LongTextField(
        "What happened, in the applicant’s words?",
        [Required("Write what happened")],
        size="s",
        what="What happened",
    )
    hate = RadioField(
        "Was it motivated by hate?",
        size="s",
        choices=choices(ANSWERS),
        small=True,
        description="Leave it open if nobody has asked yet.",
    )
    strands = CheckboxesField(
        "Hate about what? (only if it was)", size="s", choices=choices(STRANDS), small=True
    )


class _WasReported(BaseForm):
    was_reported = RadioField(
        "Was it reported?",
        [Required("Select whether it was reported")],
        size="s",
        choices=[Choice("yes", "Yes"), Choice("no", "No, or not known")],
        small=True,
    )


class _Report(BaseForm):
    reported_on = DateField(
        "When was it reported?",
        [DayOrNotKnown("report_day_not_known", "the day it was reported", of_report=True)],
        size="s",
        what="The day it was reported",
    )
    report_day_not_known = CheckboxField("The day it was reported is not known")
    agency = SelectField("To whom?", [_to_whom_or_not_known], size="s", blank="Choose an agency")
    reported_to = TextField(
        "To another body: which? (only if it is not in the list)",
        size="s",
        what="To whom it was reported",
    )
    reporter = SelectField(
        "Who reported it?",
        size="s",
        blank="Nobody has said yet",
        what="Who reported it",
        description="Left open, it counts as the victim’s own report where there is one victim.",
    )
    spoke_to = TextField(
        "Person spoken to (optional)", size="s", what="The person", spellcheck=False
    )
    channel = RadioField("How?", size="s", choices=choices(REPORT_CHANNELS), small=True)
    how = TextField(
        "Anything more about how (optional)",
        size="s",
        what="How it was reported",
        description="For example, call to 101",
    )
    their_reference = TextField(
        "Their reference (optional)",
        size="s",
        max_length=100,
        width=20,
        what="Their reference",
        spellcheck=False,
    )
    what_was_done = LongTextField(
        "What was done? (optional)", size="s", rows=3, what="What was done"
    )
    what_was_promised = LongTextField(
        "What was promised? (optional)", size="s", rows=2, what="What was promised"
    )


class ChangeIncidentForm(_WhatHappened, VersionedForm):
    """What is known of an incident."""


class ReportForm(_Report):
    """A further report of an incident."""


class ChangeReportForm(_Report, VersionedForm):
    """What is known of a report."""


class StateForm(VersionedForm):
    """Whether an agency has found a report that was made to it."""

    state = RadioField(
        "Has it been found?",
        [Required("Select whether it has been found")],
        size="s",
        choices=[
            Choice("confirmed", REPORT_STATES["confirmed"], "The report is there."),
            Choice(
                "not_traced", REPORT_STATES["not_traced"], "It was looked for, and there is none."
            ),
            Choice("claimed", REPORT_STATES["claimed"], "Open again: it has to be looked for."),
        ],
    )
    reason = LongTextField(
        "Why, or what was looked for? (needed for “Claimed”)",
        [RequiredWhen("state", "claimed", "Write why it is set back to “Claimed”")],
        size="s",
        rows=2,
        max_length=500,
        what="The reason",
        description="The whole panel reads it.",
    )


class StateForBodyForm(StateForm):
    """The same, recorded by the coordinator for the body that the report was made to."""

    said_by = TextField(
        "Who there said so?",
        [Required("Enter who said so")],
        size="s",
        what="The name",
        spellcheck=False,
        autocomplete="off",
        description="Name and role, for example Sgt Daniel Okafor.",
    )
    said_on = DateField(
        "On which day?",
        [Required("Enter the day they said so")],
        size="s",
        what="The day they said so",
    )


class IncidentForm(_WhatHappened, _WasReported, _Report):
    """An incident, and the first report of it."""


def offer(form: Any, agencies: dict[int, str], makers: dict[int, str]) -> None:
    """Let the form offer the area's agencies and the case's people, and that it is not known."""
    form.agency.choices = [*_numbered(agencies), Choice(NOT_KNOWN, "Not known")]
    form.reporter.choices = [*_numbered(makers), *choices(REPORTERS)]


def _numbered(names: dict[int, str]) -> list[Choice]:
    return [Choice(str(number), name) for number, name in names.items()]
