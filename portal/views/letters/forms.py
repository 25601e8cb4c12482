"""Forms of the letters to the applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.domain.letters import LetterKind
from portal.services.letter_drafts import OFFICE, TypedLetter, TypedStep
from portal.services.letters import LetterForm
from portal.web.fields import (
    CheckboxField,
    Choice,
    DateField,
    LongTextField,
    Required,
    SelectField,
    TextField,
)
from portal.web.forms import VersionedForm

MOST_STEPS = 8
"""More than a letter can hold and anybody can follow."""
SHOWN_STEPS = 3
_PARTS = ("what", "who", "by")


class WriteForm(VersionedForm):
    """What every letter asks for."""

    salutation = TextField(
        "How does the letter greet them?",
        size="s",
        what="The greeting",
        description="For example, “Dear Noor Haddad”.",
        spellcheck=False,
    )
    spoc_name = TextField(
        "Who is their contact person?", size="s", what="The name", spellcheck=False
    )
    spoc_phone = TextField(
        "The contact person’s phone", size="s", max_length=40, width=20, what="The phone"
    )
    spoc_hours = TextField(
        "When can they ring?",
        size="s",
        what="The hours",
        description="For example, “Monday to Friday, 9am to 5pm”.",
    )
    spoc_cover = TextField(
        "Who answers when the contact person is away?",
        size="s",
        what="Who answers",
        description="It goes on: “… will answer”.",
    )


class IssueForm(VersionedForm):
    """The coordinator has read the letter."""

    read = CheckboxField(
        "I have read this letter from start to end",
        [Required("Confirm that you have read the letter")],
    )


def write_form(page: LetterForm) -> Any:
    """Return the form of a letter, with a question for each thing that it says."""
    fields = _FIELDS[page.kind](page) if page.kind in _FIELDS else {}
    if page.is_again:
        fields = {"what_changed": _what_changed(), **fields}
    return type("LetterWriteForm", (WriteForm,), fields)(
        data=stored(page) | {"version": page.version}
    )


def stored(page: LetterForm) -> dict[str, Any]:
    """Return what is saved, by the names of the form's fields."""
    typed = page.typed
    names = [*_COMMON, *_OWN[page.kind]]
    if page.kind is LetterKind.ACKNOWLEDGEMENT and page.waits:
        names.remove("how_we_reach_you")
    if page.is_again:
        names.append("what_changed")
    values: dict[str, Any] = {name: getattr(typed, name) for name in names}
    values |= dict(typed.ends)
    if page.kind is LetterKind.THRESHOLD_NOT_MET:
        values |= dict(typed.report_words)
        values |= _steps(typed)
    return values


_COMMON = ("salutation", "spoc_name", "spoc_phone", "spoc_hours", "spoc_cover")
_OWN: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.ACKNOWLEDGEMENT: ("how_we_reach_you",),
    LetterKind.CONSENT_REQUEST: (),
    LetterKind.THRESHOLD_MET: ("reasons",),
    LetterKind.THRESHOLD_NOT_MET: ("reasons", "factors", "what_would_change", "next_contact_on"),
    LetterKind.NOT_INVITED: ("how_we_reach_you",),
    LetterKind.CLOSURE: ("reasons", "talked_on", "your_view", "papers_kept"),
}


def _steps(typed: TypedLetter) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number in range(1, MOST_STEPS + 1):
        step = typed.steps[number - 1] if number <= len(typed.steps) else None
        found[f"step_{number}_what"] = step.what if step else ""
        found[f"step_{number}_who"] = (step.who if step else "") or None
        found[f"step_{number}_by"] = step.by if step else None
    return found


def typed_letter(form: Any, page: LetterForm) -> TypedLetter:
    """Return what was typed."""
    names = set(form._fields) & (
        set(TypedLetter.__dataclass_fields__) - {"steps", "report_words", "ends"}
    )
    return TypedLetter(
        **{name: form[name].data for name in names},
        report_words=tuple((each.key, form[each.key].data) for each in page.reports),
        ends=tuple((each.key, form[each.key].data) for each in page.told_steps),
        steps=_typed_steps(form) if "step_1_what" in form else (),
    )


def _typed_steps(form: Any) -> tuple[TypedStep, ...]:
    found = (
        TypedStep(
            what=form[f"step_{number}_what"].data,
            who=form[f"step_{number}_who"].data or "",
            by=form[f"step_{number}_by"].data,
        )
        for number in range(1, MOST_STEPS + 1)
    )
    return tuple(step for step in found if step.what or step.who or step.by)


@dataclass(frozen=True)
class StepFields:
    """The fields of the steps, three to each; ``more`` are folded until they are needed."""

    first: list[list[Any]]
    more: list[list[Any]]

    @property
    def has_more(self) -> bool:
        """Whether anything stands, or is wrong, in what is folded."""
        return any(field.errors or not field.is_empty for row in self.more for field in row)


def step_fields(form: Any) -> StepFields | None:
    """Return the fields of the steps; none where the letter promises none."""
    if "step_1_what" not in form:
        return None
    rows = [
        [form[f"step_{number}_{part}"] for part in _PARTS] for number in range(1, MOST_STEPS + 1)
    ]
    return StepFields(rows[:SHOWN_STEPS], rows[SHOWN_STEPS:])


def _what_changed() -> LongTextField:
    return LongTextField(
        "What has changed since the last letter?",
        size="s",
        rows=2,
        what="What has changed",
        description="The letter says it at the top. The last letter is kept as it is.",
    )


def _of_acknowledgement(page: LetterForm) -> dict[str, Any]:
    return {} if page.waits else _of_not_invited(page)


def _of_not_invited(_page: LetterForm) -> dict[str, Any]:
    field = LongTextField(
        "How will you reach them?",
        size="s",
        rows=2,
        max_length=500,
        what="How you reach them",
        description="It goes on after “We will contact you”: “by text, between 9am and 1pm”. Say "
        "nothing that others must not read.",
    )
    return {"how_we_reach_you": field}


def _reasons() -> LongTextField:
    return LongTextField(
        "The reasons, in words for them",
        size="s",
        rows=6,
        what="The reasons",
        description=f"They start as the reasons of the decision. {_HOW}",
    )


_HOW = "Short sentences, “you” and “we”. Each line becomes a paragraph. Nothing about anybody else."


def _of_met(_page: LetterForm) -> dict[str, Any]:
    return {"reasons": _reasons()}


def _of_not_met(page: LetterForm) -> dict[str, Any]:
    fields: dict[str, Any] = {"reasons": _reasons()}
    for report in page.reports:
        fields[report.key] = LongTextField(
            report.label,
            size="s",
            rows=2,
            max_length=1000,
            what="What you say of the report",
            description=f"The advice: {report.words}",
        )
    fields["factors"] = LongTextField(
        "What was thought about how long, how much harm, and the answer they got?",
        size="s",
        what="What was thought about",
        description="Each line becomes a paragraph.",
    )
    for number in range(1, MOST_STEPS + 1):
        fields |= _step(number, page.agencies)
    fields["next_contact_on"] = DateField(
        "On which day will the contact person tell them how it goes?", size="s", what="The day"
    )
    fields["what_would_change"] = LongTextField(
        "What would change the answer?",
        size="s",
        what="What would change the answer",
        description="For example, a third report, or one that we could not find.",
    )
    return fields


def _of_closure(page: LetterForm) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "talked_on": DateField(
            "When did you talk with them about closing it? (optional)", size="s", what="The day"
        ),
        "your_view": LongTextField(
            "What do they think of it? (optional)",
            size="s",
            what="What they think",
            description="It starts with “You”: “You told us that it is quiet now.” Say that it is "
            "solved only if they do.",
        ),
        "reasons": LongTextField(
            "Why is the case closed now?", size="s", what="Why", description=_HOW
        ),
    }
    for step in page.told_steps:
        fields[step.key] = LongTextField(
            step.what,
            size="s",
            rows=2,
            max_length=1000,
            what="What became of it",
            description="A sentence: “This was done on 5 March.” If it was not done, say why.",
        )
    fields["papers_kept"] = TextField(
        "How long are their papers kept?",
        size="s",
        what="How long",
        description="It goes on after “We keep them”: “for six years”.",
    )
    return fields


def _step(number: int, agencies: Mapping[int, str]) -> dict[str, Any]:
    who = [Choice(str(key), name) for key, name in agencies.items()]
    return {
        f"step_{number}_what": LongTextField(
            f"Step {number}: what will be done?",
            rows=2,
            max_length=1000,
            what=f"What will be done in step {number}",
            description="It goes on after “will”: “visit you and the house next door”.",
        ),
        f"step_{number}_who": SelectField(
            f"Step {number}: who does it?",
            blank="Choose who",
            choices=[Choice(OFFICE, "Our office"), *who],
        ),
        f"step_{number}_by": DateField(
            f"Step {number}: by which day?", what=f"The day of step {number}"
        ),
    }


_FIELDS = {
    LetterKind.ACKNOWLEDGEMENT: _of_acknowledgement,
    LetterKind.THRESHOLD_MET: _of_met,
    LetterKind.THRESHOLD_NOT_MET: _of_not_met,
    LetterKind.NOT_INVITED: _of_not_invited,
    LetterKind.CLOSURE: _of_closure,
}
