"""The form of the threshold decision: what the rules ask for, the decision, who agreed to it."""

from collections.abc import Sequence
from typing import Any

from wtforms import Form
from wtforms.validators import StopValidation

from portal.domain.answers import Answer
from portal.domain.threshold.facts import Answers, Response
from portal.services.assessment import Agreement, TypedDecision
from portal.services.words import ANSWERS, FACTS, RESPONSES
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    CheckboxesField,
    Choice,
    DateField,
    GovukField,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    TextField,
)
from portal.web.forms import BaseForm

_ASKED_BY_RULE = "A local rule asks for it; the law does not. Leave it open if it is not known."
_YES_OR_NO = {Answer.YES.value: True, Answer.NO.value: False}


def _yes_or_no(name: str) -> RadioField:
    return RadioField(
        FACTS[name],
        size="s",
        choices=choices(ANSWERS),
        small=True,
        inline=True,
        description=_ASKED_BY_RULE,
    )


class _DecisionForm(BaseForm):
    """The threshold decision."""

    response = RadioField(
        FACTS["response"],
        size="s",
        choices=choices(RESPONSES),
        small=True,
        description=_ASKED_BY_RULE,
    )
    is_dissatisfied = _yes_or_no("is_dissatisfied")
    is_ongoing = _yes_or_no("is_ongoing")
    is_closed = _yes_or_no("is_closed")
    has_further_action = _yes_or_no("has_further_action")
    has_engaged = _yes_or_no("has_engaged")
    is_vulnerable = _yes_or_no("is_vulnerable")
    households_affected = IntegerField(
        FACTS["households_affected"],
        size="s",
        what="The number of households",
        most=10_000,
        description=_ASKED_BY_RULE,
    )
    is_met = RadioField(
        "Is the threshold met?",
        [Required("Select whether the threshold is met")],
        size="s",
        choices=[Choice("yes", "Met: there will be a review"), Choice("no", "Not met")],
    )
    departure = LongTextField(
        "If you decide otherwise than the advice, why?",
        size="s",
        what="Why you decide otherwise",
        description="Only the office and the panel read this.",
    )
    decided_on = DateField(
        "When was it decided?",
        [Required("Enter the day it was decided")],
        size="s",
        what="The day it was decided",
    )
    reasons = LongTextField(
        "Reasons",
        [Required("Write your reasons: the applicant reads them")],
        size="s",
        what="The reasons",
        description="The applicant reads them. Plain words, and nothing about anybody else.",
    )
    agreed_by = CheckboxesField(
        "Which bodies agreed?",
        [Required("Select the bodies that agreed")],
        size="s",
        small=True,
        description="Tick who has told you so. Who said it, and when, is kept with the decision.",
    )

    @property
    def facts(self) -> list[GovukField]:
        """Return the questions that stand before the decision."""
        return [self[name] for name in FACTS if name in self]

    def ask_only(self, asked: frozenset[str]) -> None:
        """Leave out the questions that no route of the rules asks."""
        for name in FACTS.keys() - asked:
            del self[name]


class _WhenTicked:
    """Refuses an empty field of a body that was ticked."""

    def __init__(self, body: str, sentence: str) -> None:
        self.body, self.sentence = body, sentence

    def __call__(self, form: Form, field: GovukField) -> None:
        """Raise the sentence."""
        if field.is_empty and self.body in form["agreed_by"].data:
            raise StopValidation(self.sentence)


def decision_form(bodies: Sequence[tuple[int, str]]) -> Any:
    """Return a form that asks of each body whether it agreed, who said so and when."""
    fields: dict[str, GovukField] = {}
    for number, name in bodies:
        fields[f"said_by_{number}"] = TextField(
            f"Who said so for {name}?",
            [_WhenTicked(str(number), f"Enter who said so for {name}")],
            what="The name",
            width=20,
            spellcheck=False,
            autocomplete="off",
        )
        fields[f"agreed_on_{number}"] = DateField(
            f"When did {name} say so?",
            [_WhenTicked(str(number), f"Enter the day {name} said so")],
            what="The day",
        )
    form = type("DecisionForm", (_DecisionForm,), fields)()
    form.agreed_by.choices = [
        Choice(str(number), name, reveal=(f"said_by_{number}", f"agreed_on_{number}"))
        for number, name in bodies
    ]
    return form


def typed_answers(form: Any) -> Answers:
    """Return what was typed of the facts; what cannot be read is not known."""
    yes_or_no = {
        name: _YES_OR_NO.get(form[name].data or "")
        for name in FACTS.keys() - {"response", "households_affected"}
    }
    known = {each.value: each for each in Response}
    return Answers(
        response=known.get(form.response.data or ""),
        households_affected=form.households_affected.data,
        **yes_or_no,
    )


def typed_decision(form: Any) -> TypedDecision:
    """Return the decision as it was typed; the form has been validated."""
    return TypedDecision(
        is_met=form.is_met.data == "yes",
        decided_on=form.decided_on.data,
        reasons=form.reasons.data,
        agreed_by=tuple(
            Agreement(int(body), form[f"said_by_{body}"].data, form[f"agreed_on_{body}"].data)
            for body in form.agreed_by.data
        ),
        answers=typed_answers(form),
        departure=form.departure.data,
    )
