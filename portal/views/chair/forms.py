"""Forms of the declaration, the meeting and its actions."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from portal.web.fields import (
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
)
from portal.web.filters import day_short
from portal.web.forms import BaseForm, VersionedForm

READY_WEEKS = (1, 2, 4)
OTHER_DATE = "other"


class ActionFields:
    """What is asked of every action besides its date."""

    what = LongTextField(
        "What will be done?",
        [Required("Write what will be done")],
        size="s",
        rows=3,
        max_length=2000,
        what="What will be done",
    )
    owner = SelectField(
        "Who owns it?",
        [Required("Select who owns it")],
        size="s",
        blank="Choose a person",
        description="Only people who can open this case.",
    )
    how_we_know = LongTextField(
        "How will we know that it is done?",
        size="s",
        rows=2,
        max_length=2000,
        what="How we will know",
    )
    words_for_applicant = LongTextField(
        "Words for the applicant",
        size="s",
        rows=3,
        max_length=2000,
        what="The words for the applicant",
        description="Written to the applicant as “you”. They are printed as they stand here.",
    )
    reason_not_told = LongTextField(
        "Or: why the applicant is not told of this action",
        size="s",
        rows=2,
        max_length=500,
        what="The reason",
    )


class ActionForm(ActionFields, BaseForm):
    """An action, agreed in the meeting: what, who and when; the rest can wait."""

    due = RadioField("By when?", [Required("Select by when")], size="s", small=True, inline=True)
    due_on = DateField(
        "Which day?",
        [RequiredWhen("due", OTHER_DATE, "Enter the day by which it will be done")],
        size="s",
        what="The day",
    )

    def offer_days(self, meeting_day: dt.date) -> None:
        """Offer the ready days, counted from the day of the meeting."""
        self.due.choices = [
            *(
                Choice(str(weeks), f"{_weeks(weeks)}: {day_short(_after(meeting_day, weeks))}")
                for weeks in READY_WEEKS
            ),
            Choice(OTHER_DATE, "Another date", reveal="due_on"),
        ]

    def chosen_day(self, meeting_day: dt.date) -> dt.date:
        """Return the day that was chosen; the form has been validated."""
        if self.due.data == OTHER_DATE:
            day: dt.date = self.due_on.data
            return day
        return _after(meeting_day, int(self.due.data))

    def validate(self, extra_validators: Any = None) -> bool:
        """Leave a half-typed other date alone where a ready one is chosen."""
        if self.due.data != OTHER_DATE:
            self.due_on.process_errors = []
        return bool(super().validate(extra_validators))

    @property
    def has_more(self) -> bool:
        """Whether anything stands, or is wrong, in what can wait."""
        can_wait = (self.how_we_know, self.words_for_applicant, self.reason_not_told)
        return any(field.errors or not field.is_empty for field in can_wait)


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _after(day: dt.date, weeks: int) -> dt.date:
    return day + dt.timedelta(weeks=weeks)


class ChangeActionForm(ActionFields, VersionedForm):
    """An action that somebody else may be changing as well."""

    due_on = DateField(
        "By when?",
        [Required("Enter the day by which it will be done")],
        size="s",
        what="The day",
    )


class DecisionForm(BaseForm):
    """A decision that the meeting took."""

    decision = LongTextField(
        "What was decided, and why?",
        [Required("Write what was decided")],
        size="s",
        rows=3,
        max_length=2000,
        what="The decision",
        description="The whole panel reads it.",
    )


def owner_choices(owners: Sequence[tuple[str, str]], here: Collection[int]) -> list[Choice]:
    """Return who can own an action, those at the meeting first."""
    if not here:
        return [Choice(key, label) for key, label in owners]
    grouped = [
        Choice(
            key,
            label,
            group="Here now" if int(key.partition("-")[0]) in here else "On the case, not here",
        )
        for key, label in owners
    ]
    return sorted(grouped, key=lambda choice: choice.group != "Here now")
