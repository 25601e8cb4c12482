"""Forms of an action: in the meeting with three answers, and to change what was agreed."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from portal.domain.powers import power_name
from portal.services.powers import ShownPower
from portal.web.day_field import TypedDayField
from portal.web.fields import (
    CheckboxesField,
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
)
from portal.web.filters import day_short
from portal.web.forms import BaseForm, VersionedForm

READY_WEEKS = (1, 2, 4)
OTHER_DATE = "other"
HOW_TO_TYPE = "Another date like 5 2 2027, “friday” or “3 weeks”"


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
        size="s",
        blank="Nobody yet",
        description="Only people who can open this case.",
    )
    joining = CheckboxesField(
        "Which other agencies join in?",
        size="s",
        small=True,
        description="The agency of the owner leads.",
    )
    power = SelectField(
        "Which power does it use?",
        size="s",
        blank="None",
        description="Powers that are on in your area.",
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

    due = RadioField("By when?", size="s", small=True, inline=True)
    due_text = TypedDayField("Another date", what="The day")

    def offer_days(self, meeting_day: dt.date) -> None:
        """Offer the ready days, counted from the day of the meeting."""
        self.due.choices = [
            *(
                Choice(str(weeks), f"{_weeks(weeks)}: {_without_weekday(meeting_day, weeks)}")
                for weeks in READY_WEEKS
            ),
            Choice(OTHER_DATE, "Another date"),
        ]

    def chosen_day(self, meeting_day: dt.date) -> dt.date | None:
        """Return the day that was chosen or typed, or none; the form has been validated."""
        if self.due.data in {None, OTHER_DATE}:
            day: dt.date | None = self.due_text.data
            return day
        return _after(meeting_day, int(self.due.data))

    def is_one_day(self) -> bool:
        """Refuse two days, and another date that was not typed."""
        is_typed = not self.due_text.is_empty
        if is_typed and self.due.data not in {None, OTHER_DATE}:
            self.due_text.errors = ["Choose a ready date or type another one, not both"]
            return False
        if not is_typed and self.due.data == OTHER_DATE:
            self.due_text.errors = [
                "Type the day like 5 2 2027, “friday” or “3 weeks”, or choose a ready date"
            ]
            return False
        return True

    @property
    def has_more(self) -> bool:
        """Whether anything stands, or is wrong, in what can wait."""
        can_wait = (
            self.joining,
            self.power,
            self.how_we_know,
            self.words_for_applicant,
            self.reason_not_told,
        )
        return any(field.errors or not field.is_empty for field in can_wait)


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _without_weekday(meeting_day: dt.date, weeks: int) -> str:
    """Return a ready day in short: all of them are the weekday of the meeting."""
    return day_short(_after(meeting_day, weeks)).partition(" ")[2]


def _after(day: dt.date, weeks: int) -> dt.date:
    return day + dt.timedelta(weeks=weeks)


class ChangeActionForm(ActionFields, VersionedForm):
    """An action that somebody else may be changing as well."""

    due_text = TypedDayField(
        "By when?",
        size="s",
        what="The day",
        description="Like 5 2 2027, “friday” or “3 weeks”.",
    )
    look_again_on = DateField(
        "If they are not told: when do you look at this again? (optional)",
        size="s",
        what="The day",
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


def agency_choices(agencies: Iterable[tuple[int, str]]) -> list[Choice]:
    """Return the agencies of a panel."""
    return [Choice(str(number), name) for number, name in agencies]


def power_choices(powers: Iterable[ShownPower], stored: str = "") -> list[Choice]:
    """Return the powers that are on, by what they are for; the stored one stays among them."""
    on = [shown.power for shown in powers if shown.is_on or shown.power.id == stored]
    found = [Choice(power.id, power.name, group=power.group.label) for power in on]
    found.sort(key=lambda choice: choice.group or "")
    if stored and stored not in {choice.value for choice in found}:
        found.append(Choice(stored, power_name(stored)))
    return found
