"""The answers of a request in words, part by part, and what was not asked yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.answers import Answer
from portal.models.request import Landlord, RequestDetails, TakingPart
from portal.services.words import ANSWERS, LANDLORDS, STRANDS, TAKING_PART, TENURES

NOT_ASKED = "Not asked yet"


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as it is read; ``is_own_words`` where the applicant said it so."""

    label: str
    text: str
    is_asked: bool
    is_own_words: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A part of the request.

    Attributes:
        key: of its page, in the address.
        still: what a task list says of it; empty where everything was asked.
    """

    key: str
    title: str
    answers: tuple[ShownAnswer, ...]

    @property
    def still(self) -> str:
        """Return what is still to be asked, as a task list says it."""
        asked = sum(answer.is_asked for answer in self.answers)
        if asked == len(self.answers):
            return ""
        return f"Asked in part, {asked} of {len(self.answers)}" if asked else NOT_ASKED


def shown_sections(
    details: RequestDetails, agencies: Mapping[int, str]
) -> tuple[ShownSection, ...]:
    """Return the parts of the request in the order in which they are read."""
    return (
        ShownSection("words", "In the applicant’s own words", _own_words(details)),
        ShownSection("meeting", "Taking part in the meeting", _meeting(details)),
        ShownSection("needs", "Interpreter and access needs", _needs(details)),
        ShownSection("hate", "Hate", _hate(details)),
        ShownSection("others", "Others affected", _others(details)),
        ShownSection("home", "Home and landlord", _home(details, agencies)),
    )


def _shown(label: str, text: str | None) -> ShownAnswer:
    return ShownAnswer(label, text or NOT_ASKED, is_asked=bool(text))


def _with(answer: Answer | None, more: str) -> str | None:
    if answer is Answer.YES and more:
        return f"Yes. {more}"
    return ANSWERS[answer] if answer else None


def _own_words(details: RequestDetails) -> tuple[ShownAnswer, ...]:
    pairs = (("What it does to them", details.impact), ("What they want to happen", details.wishes))
    return tuple(
        ShownAnswer(label, text or NOT_ASKED, bool(text), is_own_words=bool(text))
        for label, text in pairs
    )


def _meeting(details: RequestDetails) -> tuple[ShownAnswer, ...]:
    text = TAKING_PART[details.taking_part] if details.taking_part else None
    if details.taking_part is TakingPart.SOMEBODY_ELSE and details.somebody_else:
        text = f"{text}: {details.somebody_else}"
    return (_shown("The applicant", text),)


def _needs(details: RequestDetails) -> tuple[ShownAnswer, ...]:
    return (
        _shown("Interpreter", _with(details.interpreter, details.language)),
        _shown("Access needs", _with(details.has_access_needs, details.access_needs)),
    )


def _hate(details: RequestDetails) -> tuple[ShownAnswer, ...]:
    named = ", ".join(STRANDS[strand] for strand in details.strands)
    return (_shown("Is it about hate?", _with(details.hate, named)),)


def _others(details: RequestDetails) -> tuple[ShownAnswer, ...]:
    count = f"{details.households} households or people" if details.households else ""
    more = ". ".join(part for part in (count, details.others_words) if part)
    return (_shown("Are others affected?", _with(details.others_affected, more)),)


def _home(details: RequestDetails, agencies: Mapping[int, str]) -> tuple[ShownAnswer, ...]:
    landlord = _landlord(details, agencies)
    tenure = TENURES[details.tenure] if details.tenure else None
    return (_shown("Landlord", landlord), _shown("How they live there", tenure))


def _landlord(details: RequestDetails, agencies: Mapping[int, str]) -> str | None:
    if details.landlord is Landlord.AGENCY and details.landlord_agency_id:
        return agencies[details.landlord_agency_id]
    if details.landlord is Landlord.OTHER:
        return details.landlord_name
    return LANDLORDS[details.landlord] if details.landlord else None
