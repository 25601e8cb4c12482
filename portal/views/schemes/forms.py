"""Forms of a scheme: the draft as a whole, and its sections other than routes and clocks."""

from typing import Any

from wtforms.validators import StopValidation

from portal.domain.scheme_editing import sections
from portal.domain.threshold.periods import PeriodUnit
from portal.domain.threshold.rules import SeveralAgencies
from portal.web.fields import (
    CheckboxesField,
    Choice,
    DateField,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
    TextField,
)
from portal.web.forms import BaseForm, VersionedForm

MOST = 1000
SILENT = "The rule does not say"
UNITS = [Choice(unit.value, unit.value.capitalize()) for unit in PeriodUnit]
_WHOLE_SHAPE = 500


class StartForm(BaseForm):
    """What a draft begins from."""

    source = RadioField(
        "What should the draft start from?",
        [Required("Select what the draft starts from")],
        choices=[
            Choice("in_force", "The version in force today"),
            Choice("durham", "The rules of County Durham and Darlington"),
            Choice("gloucestershire", "The rules of Gloucestershire"),
        ],
        small=True,
        size="s",
    )


class PutInForceForm(VersionedForm):
    """The day from which the draft holds."""

    in_force_on = DateField(
        "From which day should it hold?",
        [Required("Enter the day from which it holds")],
        what="The day",
        size="s",
        description="Today or later. Requests received from that day on follow it; a case keeps "
        "the version it was received under.",
    )


class NameForm(VersionedForm):
    """What the scheme is called."""

    name = TextField(
        "What is the scheme called?", [Required("Enter the name of the scheme")], what="The name"
    )


class UnitNeeded:
    """Refuses a number without its unit, and a unit without its number."""

    def __init__(self, number: str) -> None:
        self.number = number

    def __call__(self, form: Any, field: Any) -> None:
        """Raise the sentence when one of the two is missing."""
        number = form[self.number]
        if number.data is not None and not field.data:
            raise StopValidation("Select days, weeks, months or years")
        if field.data and number.is_empty:
            raise StopValidation("Enter the number, or choose no unit")


def period_number(label: str, **more: Any) -> IntegerField:
    """Return the field for the number of a period."""
    return IntegerField(label, least=1, most=MOST, width=3, **more)


def period_unit(label: str, number: str, *validators: Any) -> SelectField:
    """Return the field for the unit of a period, which goes with its number."""
    return SelectField(label, [*validators, UnitNeeded(number)], choices=UNITS, blank="No limit")


_YES_OR_NO = [Choice("yes", "Yes"), Choice("no", "No")]


def yes_or_no(label: str) -> SelectField:
    """Return a field for yes, no, or that the rule does not say."""
    return SelectField(label, choices=_YES_OR_NO, blank=SILENT)


def as_choice(value: bool | None) -> str | None:
    """Return yes or no as the field has it."""
    return None if value is None else "yes" if value else "no"


def as_bool(value: str | None) -> bool | None:
    """Return what was chosen as yes or no."""
    return None if value is None else value == "yes"


class CountingForm(VersionedForm):
    """What counts as a report, whatever the route."""

    same_incident_to_several_agencies = SelectField(
        "One incident that was told to several agencies counts",
        choices=[
            Choice(SeveralAgencies.ONCE.value, "Once"),
            Choice(SeveralAgencies.EACH.value, "Once for each agency"),
            Choice(SeveralAgencies.CASE_BY_CASE.value, "As is decided each time"),
        ],
        blank=SILENT,
    )
    anonymous_reports_count = yes_or_no("Reports without a name count")
    diary_sheets_count = yes_or_no("Diary sheets count as reports")
    on_site_conversation_counts = yes_or_no("Telling an officer on the spot counts as a report")
    hate_incidents_count_as_asb = yes_or_no("Hate counts like any other report")

    @classmethod
    def shown(cls, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the stored section as the form shows it."""
        found = sections.counting_answers(threshold)
        return found | {key: as_choice(found[key]) for key in sections.COUNTING}

    def changed(self, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the rule with what was typed."""
        key = "same_incident_to_several_agencies"
        answers = {key: self[key].data}
        answers |= {name: as_bool(self[name].data) for name in sections.COUNTING}
        return sections.with_counting(threshold, answers)


_STATES = [
    Choice("ongoing", "It still goes on"),
    Choice("investigation_closed", "The investigation is closed"),
    Choice("further_action_available", "There is something more that can be done"),
    Choice("engaged_with_interventions", "The applicant took up what was offered"),
]


class ConditionsForm(VersionedForm):
    """What is asked of every request, and what a review is not held for."""

    preconditions_known = CheckboxesField(
        "Asked of every request", choices=_STATES, small=True, size="s"
    )
    preconditions_words = LongTextField(
        "Asked besides, in your own words",
        rows=3,
        max_length=2000,
        description="One sentence a line. The portal does not judge these: a person does, and "
        "until then it cannot be told whether a route is met.",
    )
    exclusions_known = CheckboxesField(
        "A review is not held for",
        choices=[Choice(sections.ONE_ORGANISATION, "Reports that all went to one organisation")],
        small=True,
        size="s",
    )
    exclusions_words = LongTextField(
        "Nor for, in your own words",
        rows=4,
        max_length=2000,
        description="One sentence a line. A person judges whether one of these applies.",
    )

    @classmethod
    def shown(cls, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the stored sections as the form shows them."""
        asked = sections.listed_answers(threshold, "preconditions", sections.STATES)
        out = sections.listed_answers(threshold, "exclusions", (sections.ONE_ORGANISATION,))
        return asked | out

    def changed(self, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the rule with what was typed."""
        typed = {name: self[name].data for name in self.shown(threshold)}
        asked = sections.with_listed(threshold, "preconditions", sections.STATES, typed)
        return sections.with_listed(asked, "exclusions", (sections.ONE_ORGANISATION,), typed)


class FallbackForm(VersionedForm):
    """What holds where no route is met."""

    is_stated = RadioField(
        "Do the rules say what holds below the routes?",
        [Required("Select yes or no")],
        choices=[
            Choice("yes", "Yes: the services decide by their judgement"),
            Choice("no", "No, they do not say"),
        ],
        small=True,
        size="s",
        description="By law the services can always find the threshold met, also where the rules "
        "do not say so.",
    )
    factors = CheckboxesField(
        "What they weigh",
        choices=[
            Choice("persistence", "How long it has gone on"),
            Choice("harm_or_potential_harm", "How much harm it does or could do"),
            Choice("adequacy_of_response", "Whether the answer was good enough"),
            Choice("high_risk", "Whether the victim is at high risk"),
            Choice("cumulative_effect", "What it all adds up to"),
        ],
        small=True,
        size="s",
    )
    when = TextField("When it holds, in words", max_length=_WHOLE_SHAPE)
    decided_by = TextField("Who decides", max_length=_WHOLE_SHAPE)

    @classmethod
    def shown(cls, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the stored section as the form shows it."""
        found = sections.fallback_answers(threshold)
        return found | {"is_stated": as_choice(found["is_stated"])}

    def changed(self, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the rule with what was typed."""
        typed = {name: self[name].data for name in ("factors", "when", "decided_by")}
        is_stated = as_bool(self.is_stated.data)
        return sections.with_fallback(threshold, typed | {"is_stated": is_stated})


class FloorForm(VersionedForm):
    """How many qualifying complaints the law asks for in this area."""

    number = IntegerField(
        "How many reports make a review a duty?",
        [Required("Enter the number of reports")],
        what="The number of reports",
        least=1,
        most=MOST,
        width=3,
        description="Three by law. Your published procedure may set another number; the "
        "government’s notes say no higher than three.",
    )
    made_within_n = period_number(
        "Each made within how long of what happened?", what="The time for a report"
    )
    made_within_unit = period_unit(
        "Unit of the time for a report", "made_within_n", Required("Select a unit")
    )
    applied_within_n = period_number(
        "And the review asked for within how long of each report?", what="The time for a request"
    )
    applied_within_unit = period_unit(
        "Unit of the time for a request", "applied_within_n", Required("Select a unit")
    )

    @classmethod
    def shown(cls, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the stored section as the form shows it."""
        return sections.floor_answers(threshold)

    def changed(self, threshold: dict[str, Any]) -> dict[str, Any]:
        """Return the rule with what was typed."""
        typed = {name: self[name].data for name in self.shown(threshold)}
        return sections.with_floor(threshold, typed)
