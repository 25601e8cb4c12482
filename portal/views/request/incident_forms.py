"""A time that something happened, and a report of it, as public pages ask for them."""

import datetime as dt
from typing import Any

from wtforms.validators import StopValidation

from portal.domain.dates import in_words
from portal.domain.request_draft import Filled
from portal.services.drafts import DraftPage
from portal.services.request_reading import NOT_KNOWN, OTHER
from portal.services.words import ANSWERS, REPORT_CHANNELS
from portal.views.coordinator.forms import choices
from portal.views.request.form_base import PageForm
from portal.web.fields import (
    CheckboxField,
    Choice,
    DateField,
    GovukField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    TextField,
)

_ENTER_A_DATE = "Enter a date, or tick “I’m not sure” and say about when"


class DayOrAbout:
    """Refuses a day that is neither entered nor said to be not sure; it cannot lie ahead."""

    def __init__(self, unsure: str) -> None:
        self.unsure = unsure

    def __call__(self, form: Any, field: GovukField) -> None:
        """Raise the sentence; the form is one that knows which day it is."""
        if field.is_empty and not form[self.unsure].data:
            raise StopValidation(_ENTER_A_DATE)
        if field.data and field.data > form.today:
            raise StopValidation("The date must be today or in the past")


class IncidentForm(PageForm):
    """One time that something happened."""

    today: dt.date
    reported_first: dt.date | None = None

    title = TextField(
        "What happened, in a few words?",
        [Required("Tell us what happened")],
        size="s",
        what="What happened",
    )
    happened_on = DateField(
        "When did it happen?",
        [DayOrAbout("not_sure")],
        size="s",
        what="The date",
        description="A rough day is fine. For example, 28 10 2026",
    )
    not_sure = CheckboxField("I’m not sure")
    about_when = TextField("About when was it?", size="s", what="About when", max_length=150)
    place = TextField("Where? (if it was somewhere else)", size="s", what="The place")
    hate = RadioField(
        "Was this time because of who someone is?",
        size="s",
        choices=choices(ANSWERS),
        small=True,
        inline=True,
    )
    account = LongTextField(
        "Tell us more (if you want to)", size="s", max_length=4_000, what="What you tell us"
    )

    def prepare(self, page: DraftPage) -> None:
        """Ask of hate only where some of it was about hate."""
        if page.answers.page("happening").said("hate") != "yes":
            del self.hate

    def validate_happened_on(self, field: GovukField) -> None:
        """Refuse a day after a report of it."""
        if field.data and self.reported_first and field.data > self.reported_first:
            raise StopValidation(
                f"The date must be the same as or before {in_words(self.reported_first)}, the day "
                "you told someone"
            )


class ReportForm(PageForm):
    """A time that somebody was told."""

    today: dt.date
    happened_on: dt.date | None = None

    told = RadioField(
        "Who did you tell?",
        [Required("Select who you told")],
        size="m",
    )
    told_other = TextField(
        "Who?",
        [RequiredWhen("told", OTHER, "Enter who you told")],
        what="Who you told",
    )
    told_on = DateField(
        "Which day did you tell them?",
        [DayOrAbout("not_sure")],
        size="m",
        what="The date",
        description="For example, 2 11 2026",
    )
    not_sure = CheckboxField("I’m not sure")
    about_when = TextField("About when was it?", size="s", what="About when", max_length=150)
    channel = RadioField(
        "How did you tell them?",
        size="s",
        choices=choices(REPORT_CHANNELS),
        small=True,
    )
    their_reference = TextField(
        "Their reference, if you have one",
        size="s",
        max_length=100,
        width=20,
        what="Their reference",
        description="It may be in a text or letter, for example WV-2611-0447.",
        spellcheck=False,
    )
    spoke_to = TextField(
        "Who spoke to you? (if you know)", size="s", what="The person", spellcheck=False
    )
    what_was_promised = LongTextField(
        "What did they say they would do?",
        size="s",
        rows=2,
        max_length=2_000,
        what="What they said",
    )
    what_was_done = LongTextField(
        "What did they do?",
        size="s",
        rows=3,
        max_length=2_000,
        what="What they did",
        description="“Nothing” and “I do not know” are good answers too.",
    )

    def prepare(self, page: DraftPage) -> None:
        """Offer those of the area who take reports."""
        self.told.choices = [
            *(Choice(str(number), name) for number, name in page.bodies.items()),
            Choice(OTHER, "Someone else, for example my landlord or a school", reveal="told_other"),
            Choice(NOT_KNOWN, "I don’t know"),
        ]

    def validate_told_on(self, field: GovukField) -> None:
        """Refuse a day before it happened."""
        if field.data and self.happened_on and field.data < self.happened_on:
            raise StopValidation(
                "The day you told them must be the same as or after "
                f"{in_words(self.happened_on)}, the day it happened"
            )


def know_days(form: IncidentForm | ReportForm, today: dt.date, around: list[Filled]) -> None:
    """Tell a form which day it is, and the days that it has to fit.

    Args:
        form: of an incident or a report.
        today: in London.
        around: the reports of the incident, or the incident of the report.
    """
    form.today = today
    if isinstance(form, ReportForm):
        form.happened_on = around[0].day("happened_on") if around else None
        return
    days = [day for each in around if (day := each.day("told_on"))]
    form.reported_first = min(days, default=None)
