"""Forms of the guide to powers, of what a panel said of them, and of its recommendations."""

from typing import Any

from portal.domain.powers import WHO, PowerGroup
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.services.powers_considered import TypedConsidered
from portal.services.recommendations import TypedRecommendation
from portal.web.day_field import TypedDayField
from portal.web.fields import (
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
)
from portal.web.forms import FilterForm, VersionedForm

_USED, _POSSIBLE = PowerResult.USED.value, PowerResult.POSSIBLE_NOW.value
_LATER, _NOT_RIGHT = PowerResult.LATER.value, PowerResult.NOT_RIGHT.value
_TYPED = "Like 5 2 2027, “friday” or “3 weeks”."


class GuideForm(FilterForm):
    """Which powers of the guide to show."""

    q = TextField("Words", what="What you look for", max_length=100, autocomplete="off")
    who = SelectField(
        "Who may use it",
        blank="Anybody",
        choices=[Choice(key, f"{label[:1].upper()}{label[1:]}") for key, label in WHO.items()],
    )
    group = SelectField(
        "What for",
        blank="Everything",
        choices=[Choice(group.value, group.label) for group in PowerGroup],
    )


class SwitchForm(VersionedForm):
    """A power, switched on from a day or off from today."""

    state = RadioField(
        "Is it in force in your area?",
        [Required("Select whether it is on or off")],
        size="s",
        choices=[
            Choice("on", "On", reveal="from_on"),
            Choice("off", "Off, from today"),
        ],
    )
    from_on = DateField(
        "From which day is it in force?",
        [RequiredWhen("state", "on", "Enter the day from which it is in force")],
        size="s",
        what="The day",
    )
    reason = LongTextField(
        "How do you know?",
        [Required("Write how you know")],
        size="s",
        rows=2,
        max_length=500,
        what="How you know",
        description="For example, the regulations that brought it into force, or who confirmed it.",
    )


class ConsideredForm(VersionedForm):
    """What the panel said of a power for an agency."""

    power = SelectField("Power", [Required("Select the power")], size="s", blank="Choose a power")
    agency = SelectField(
        "For which agency?", [Required("Select the agency")], size="s", blank="Choose an agency"
    )
    result = RadioField(
        "What did the panel say of it?",
        [Required("Select what the panel said of it")],
        size="s",
        choices=[
            Choice(_USED, PowerResult.USED.label, reveal=("used_on", "what_came")),
            Choice(_POSSIBLE, PowerResult.POSSIBLE_NOW.label, reveal=("who", "missing")),
            Choice(_LATER, PowerResult.LATER.label, reveal=("if_what", "later_by")),
            Choice(_NOT_RIGHT, PowerResult.NOT_RIGHT.label, reveal=("why_not", "why")),
        ],
    )
    used_on = DateField("When was it used?", size="s", what="The day")
    what_came = LongTextField(
        "What came of it?",
        [RequiredWhen("result", _USED, "Write what came of it")],
        size="s",
        rows=2,
        max_length=2000,
        what="What came of it",
    )
    who = TextField("Who would use it?", size="s", what="Who would use it")
    missing = LongTextField(
        "What is missing?",
        [RequiredWhen("result", _POSSIBLE, "Write what is missing, or that nothing is")],
        size="s",
        rows=2,
        max_length=2000,
        what="What is missing",
    )
    if_what = LongTextField(
        "If what happens?",
        [RequiredWhen("result", _LATER, "Write if what happens")],
        size="s",
        rows=2,
        max_length=2000,
        what="If what happens",
    )
    later_by = TypedDayField("By when would that be?", size="s", what="The day", description=_TYPED)
    why_not = SelectField(
        "Why is it not right?",
        [RequiredWhen("result", _NOT_RIGHT, "Select why it is not right")],
        size="s",
        blank="Choose a reason",
        choices=[Choice(why.value, why.label) for why in WhyNotRight],
    )
    why = LongTextField(
        "The reason, in words",
        [RequiredWhen("result", _NOT_RIGHT, "Write why it is not right")],
        size="s",
        rows=2,
        max_length=2000,
        what="The reason",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Leave a half-typed day alone that belongs to another answer."""
        for field, result in ((self.used_on, _USED), (self.later_by, _LATER)):
            if self.result.data != result:
                field.process_errors = []
        return bool(super().validate(extra_validators))

    def typed(self) -> TypedConsidered:
        """Return what was typed for the answer that was given; the form has been validated."""
        result = PowerResult(self.result.data)
        words, day = {
            PowerResult.USED: (self.what_came, self.used_on.data),
            PowerResult.POSSIBLE_NOW: (self.missing, None),
            PowerResult.LATER: (self.if_what, self.later_by.data),
            PowerResult.NOT_RIGHT: (self.why, None),
        }[result]
        return TypedConsidered(
            power=self.power.data,
            agency_id=int(self.agency.data),
            result=result,
            words=words.data,
            on_day=day,
            who=self.who.data if result is PowerResult.POSSIBLE_NOW else "",
            why_not=WhyNotRight(self.why_not.data) if result is PowerResult.NOT_RIGHT else None,
        )


# Where the words of an answer stand in the form.
WORDS_OF = {
    PowerResult.USED: "what_came",
    PowerResult.POSSIBLE_NOW: "missing",
    PowerResult.LATER: "if_what",
    PowerResult.NOT_RIGHT: "why",
}


class RecommendationForm(VersionedForm):
    """What is recommended to a body with public functions."""

    body = TextField(
        "To which body?",
        [Required("Enter the body")],
        size="s",
        what="The body",
        description="Any body with public functions. It must have regard to it (section 104(7)).",
    )
    what = LongTextField(
        "What should it do?",
        [Required("Write what it should do")],
        size="s",
        rows=3,
        max_length=2000,
        what="What it should do",
    )
    why = LongTextField(
        "Why?",
        [Required("Write why")],
        size="s",
        rows=2,
        max_length=2000,
        what="The reason",
        description="No more about anybody than the body needs.",
    )
    by_text = TypedDayField("By when? (optional)", size="s", what="The day", description=_TYPED)
    reply_text = TypedDayField(
        "By when should it reply?",
        [Required("Type the day by which it should reply")],
        size="s",
        what="The day of the reply",
        description=_TYPED,
    )
    words_for_applicant = LongTextField(
        "Words for the applicant (optional)",
        size="s",
        rows=2,
        max_length=2000,
        what="The words for the applicant",
        description="Written to the applicant as “you”. Without words they are not told of it.",
    )

    def typed(self) -> TypedRecommendation:
        """Return what was typed; the form has been validated."""
        return TypedRecommendation(
            body=self.body.data,
            what=self.what.data,
            why=self.why.data,
            by_on=self.by_text.data,
            reply_by=self.reply_text.data,
            words_for_applicant=self.words_for_applicant.data,
        )
