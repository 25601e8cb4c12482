"""What a panel says of a power for an agency: used, possible now, later, or not right and why."""

from enum import StrEnum
from typing import Final


class PowerResult(StrEnum):
    """What came of looking at a power."""

    USED = "used"
    POSSIBLE_NOW = "possible_now"
    LATER = "later"
    NOT_RIGHT = "not_right"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _RESULTS[self]


_RESULTS: Final = {
    PowerResult.USED: "Used",
    PowerResult.POSSIBLE_NOW: "Possible now",
    PowerResult.LATER: "Later",
    PowerResult.NOT_RIGHT: "Not right",
}


class WhyNotRight(StrEnum):
    """Why a power is not right here; from our meeting guide, 7."""

    TEST_NOT_MET = "test_not_met"
    EVIDENCE = "evidence"
    NOT_PROPORTIONATE = "not_proportionate"
    NEEDS_OF_PERSON = "needs_of_person"
    WOULD_HARM_APPLICANT = "would_harm_applicant"
    OTHER_AGENCY = "other_agency"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _WHY[self]


_WHY: Final = {
    WhyNotRight.TEST_NOT_MET: "The test is not met",
    WhyNotRight.EVIDENCE: "The evidence is not enough",
    WhyNotRight.NOT_PROPORTIONATE: "It would not be proportionate",
    WhyNotRight.NEEDS_OF_PERSON: "Needs of the person complained about",
    WhyNotRight.WOULD_HARM_APPLICANT: "It would harm the applicant",
    WhyNotRight.OTHER_AGENCY: "It is another agency’s power",
}
