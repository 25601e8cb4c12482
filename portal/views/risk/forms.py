"""Forms of the risk: fifteen questions, another band, and the second person's answer."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from portal.domain.risk.bands import Band, BandReason
from portal.domain.risk.scorings import AnswerSource, Occasion, Sign
from portal.services.risk import AskedQuestion, ScoringPage, TypedAnswer, TypedScoring
from portal.services.risk_words import OCCASIONS, REASONS, SIGNS, SOURCES
from portal.web.fields import (
    CheckboxesField,
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
)
from portal.web.forms import VersionedForm

UNKNOWN = "unknown"
_LINE = (
    "Agencies on the panel read it with the band. No answers, no numbers, and nothing of question "
    "15."
)


def _line_field() -> TextField:
    return TextField(
        "Why, in one line for the agencies",
        [Required("Write why, in one line for the agencies")],
        size="s",
        max_length=500,
        what="The line for the agencies",
        description=_LINE,
    )


class ScoringFields(VersionedForm):
    """What is asked beside the questions; which questions there are, ``scoring_form`` says."""

    def questions(self) -> list[Field]:
        """Return the fields that stand on their own; a reason why only where one is asked for."""
        return [
            field
            for field in super().questions()
            if not field.name.startswith("why_") or field.errors or field.data
        ]

    def typed(self, page: ScoringPage) -> TypedScoring:
        """Return what was typed; the form has been validated."""
        return TypedScoring(
            occasion=Occasion(self["occasion"].data),
            answers={question.key: self._answer(question.key) for question in page.questions},
            signs=tuple(Sign(each) for each in self["signs"].data),
            words=self["words"].data,
            agency_words=self["agency_words"].data,
            line=self["line"].data,
        )

    def _answer(self, key: str) -> TypedAnswer:
        value = self[key].data
        return TypedAnswer(
            points=None if value == UNKNOWN else int(value),
            source=AnswerSource(self[f"source_{key}"].data),
            why=self[f"why_{key}"].data,
        )


def scoring_form(page: ScoringPage) -> Any:
    """Return the form for these questions, filled in with the scoring before."""
    fields: dict[str, Any] = {
        "occasion": RadioField(
            "When do you score?",
            [Required("Select when you score")],
            size="s",
            small=True,
            choices=[Choice(each.value, OCCASIONS[each]) for each in page.occasions],
        )
    }
    for question in page.questions:
        fields |= _fields_of(question)
    fields |= {
        "agency_words": LongTextField(
            "What this rests on",
            size="s",
            rows=3,
            max_length=2000,
            what="What this rests on",
            description="Only the chair and the coordinator read it.",
        ),
        "words": LongTextField(
            "In the applicant’s own words",
            size="s",
            rows=4,
            max_length=5000,
            what="The applicant’s words",
            description="What they said, as they said it.",
        ),
        "signs": CheckboxesField(
            "Was any of this said?",
            size="s",
            small=True,
            choices=[Choice(value, words) for value, words in SIGNS.items()],
            description="Each of them is acted on today, whatever the band.",
        ),
        "line": _line_field(),
    }
    return type("ScoringForm", (ScoringFields,), fields)(data=_first(page))


def _fields_of(question: AskedQuestion) -> dict[str, Any]:
    before = f" Last time: {question.before}." if question.before else ""
    return {
        question.key: RadioField(
            f"{question.number}. {question.text}",
            [Required(f"Select an answer to question {question.number}")],
            size="s",
            small=True,
            choices=[
                Choice(UNKNOWN if points is None else str(points), words)
                for points, words in question.choices
            ],
            description=f"{question.hint}{before}".strip(),
        ),
        f"source_{question.key}": SelectField(
            f"Who said so, question {question.number}",
            [Required("Select who said so")],
            choices=[Choice(value, words) for value, words in SOURCES.items()],
        ),
        f"why_{question.key}": TextField(
            f"Why the answer to question {question.number} changed, in one line",
            size="s",
            max_length=500,
            what="Why it changed",
        ),
    }


def _first(page: ScoringPage) -> dict[str, Any]:
    """Return what stands in the form at first."""
    shown = {
        f"source_{question.key}": (
            AnswerSource.AGENCY if question.is_restricted else AnswerSource.APPLICANT
        ).value
        for question in page.questions
    }
    signs = [Sign.UNDER_18.value] if page.is_child else []
    return shown | {"signs": signs, "version": page.version} | stored_scoring(page)


def stored_scoring(page: ScoringPage) -> dict[str, Any]:
    """Return the scoring before, by the names of the form's fields; nothing if there is none."""
    stored = page.stored
    if stored is None:
        return {}
    known: dict[str, Any] = {}
    for key, answer in stored.answers.items():
        known[key] = UNKNOWN if answer.points is None else str(answer.points)
        known[f"source_{key}"] = answer.source.value
    return known | {
        "agency_words": stored.agency_words,
        "words": stored.words,
        "signs": [sign.value for sign in stored.signs],
        "line": stored.line,
    }


class BandForm(VersionedForm):
    """Another band than the one in force."""

    band = RadioField(
        "Which band is right?",
        [Required("Select the band")],
        size="s",
        small=True,
        choices=[Choice(band.value, band.label) for band in Band],
    )
    reason = RadioField(
        "What is the reason?",
        [Required("Select the reason")],
        size="s",
        small=True,
        choices=[Choice(reason.value, REASONS[reason]) for reason in BandReason],
    )
    words = LongTextField(
        "The reason in your words",
        [Required("Write the reason in your words")],
        size="s",
        rows=3,
        max_length=2000,
        what="The reason",
        description="A second person reads it, where one has to agree: an agency lead, where no "
        "chair has declared yet. Nothing of question 15.",
    )
    fact = LongTextField(
        "For a lower band: on which fact does it rest, and who said so?",
        size="s",
        rows=3,
        max_length=2000,
        what="The fact",
        description="The second person reads it too. If it is restricted information of an "
        "agency, choose that reason above: then no agency lead is asked, and it waits for the "
        "chair.",
    )
    fact_on = DateField(
        "For a lower band: when did they say so?", size="s", what="The day they said so"
    )
    line = _line_field()

    def offer(self, now: Band) -> None:
        """Offer every band but the one in force."""
        self.band.choices = [Choice(band.value, band.label) for band in _others(now)]


def _others(now: Band) -> Sequence[Band]:
    return [band for band in Band if band is not now]


class AnswerForm(VersionedForm):
    """What the second person says."""

    agrees = RadioField(
        "Do you agree to the lower band?",
        [Required("Select whether you agree")],
        size="s",
        small=True,
        choices=[
            Choice("yes", "Yes, the lower band is right"),
            Choice("no", "No, the higher band stays"),
        ],
    )
    words = LongTextField(
        "Why?",
        [RequiredWhen("agrees", "no", "Write why the higher band stays")],
        size="s",
        rows=3,
        max_length=2000,
        what="Why",
    )
