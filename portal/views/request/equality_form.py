"""The voluntary questions as a form; no answer is asked for, and none is better than another."""

import enum

from portal.domain.equality import (
    QUESTIONS,
    AgeBand,
    Disability,
    Ethnicity,
    Orientation,
    Religion,
    SameAsAtBirth,
    Sex,
)
from portal.views.coordinator.forms import choices
from portal.web.fields import RadioField
from portal.web.forms import BaseForm

_NOT_SAID = "Prefer not to say"


def _radio(question: str, words: dict[str, str], hint: str = "") -> RadioField:
    return RadioField(question, size="m", small=True, description=hint, choices=choices(words))


class EqualityForm(BaseForm):
    """Who asks."""

    age_band = _radio(
        "How old are you?",
        {
            AgeBand.UNDER_18: "Under 18",
            AgeBand.FROM_18: "18 to 24",
            AgeBand.FROM_25: "25 to 34",
            AgeBand.FROM_35: "35 to 44",
            AgeBand.FROM_45: "45 to 54",
            AgeBand.FROM_55: "55 to 64",
            AgeBand.FROM_65: "65 to 74",
            AgeBand.FROM_75: "75 or over",
            AgeBand.NOT_SAID: _NOT_SAID,
        },
    )
    sex = _radio(
        "What is your sex?",
        {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.NOT_SAID: _NOT_SAID},
    )
    same_as_at_birth = _radio(
        "Is your gender the same as the sex you were registered with at birth?",
        {
            SameAsAtBirth.YES: "Yes",
            SameAsAtBirth.NO: "No",
            SameAsAtBirth.NOT_SAID: _NOT_SAID,
        },
    )
    ethnicity = _radio(
        "What is your ethnic group?",
        {
            Ethnicity.ASIAN: "Asian or Asian British",
            Ethnicity.BLACK: "Black, Black British, Caribbean or African",
            Ethnicity.MIXED: "Mixed or several ethnic groups",
            Ethnicity.WHITE: "White",
            Ethnicity.OTHER: "Another ethnic group",
            Ethnicity.NOT_SAID: _NOT_SAID,
        },
    )
    religion = _radio(
        "What is your religion?",
        {
            Religion.NONE: "No religion",
            Religion.BUDDHIST: "Buddhist",
            Religion.CHRISTIAN: "Christian",
            Religion.HINDU: "Hindu",
            Religion.JEWISH: "Jewish",
            Religion.MUSLIM: "Muslim",
            Religion.SIKH: "Sikh",
            Religion.OTHER: "Another religion",
            Religion.NOT_SAID: _NOT_SAID,
        },
    )
    disability = _radio(
        "Does an illness or a condition make daily life harder for you?",
        {
            Disability.A_LOT: "Yes, a lot",
            Disability.A_LITTLE: "Yes, a little",
            Disability.NO: "No",
            Disability.NOT_SAID: _NOT_SAID,
        },
        "One that has lasted for 12 months, or may last so long.",
    )
    orientation = _radio(
        "Which of these fits you best?",
        {
            Orientation.STRAIGHT: "Straight",
            Orientation.GAY_OR_LESBIAN: "Gay or lesbian",
            Orientation.BISEXUAL: "Bisexual",
            Orientation.OTHER: "Another",
            Orientation.NOT_SAID: _NOT_SAID,
        },
    )

    def answers(self) -> dict[str, enum.StrEnum | None]:
        """Return what was chosen, by the name of the question; none for what was left out."""
        return {
            name: kind(self[name].data) if self[name].data else None
            for name, kind in QUESTIONS.items()
        }
