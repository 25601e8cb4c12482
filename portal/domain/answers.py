"""Answers that many questions share: yes, no, and not known, which is an answer too."""

import enum


class Answer(enum.StrEnum):
    """An answer to a question that was asked; one that was not asked yet has none."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Strand(enum.StrEnum):
    """What hate can be about: the nine that the scheme of Durham names."""

    RACE = "race"
    RELIGION = "religion"
    DISABILITY = "disability"
    SEXUAL_ORIENTATION = "sexual_orientation"
    TRANSGENDER_IDENTITY = "transgender_identity"
    AGE = "age"
    SEX = "sex"
    MARRIAGE = "marriage"
    PREGNANCY = "pregnancy"


def known_strands(hate: Answer | None, chosen: list[str]) -> list[str]:
    """Return the strands to store: only hate has any; what is no strand is left out."""
    if hate is not Answer.YES:
        return []
    return [strand.value for strand in Strand if strand.value in chosen]
