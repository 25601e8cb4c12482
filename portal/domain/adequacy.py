"""Whether what an agency did was enough: a finding on the response, never on a person."""

from enum import StrEnum
from typing import Final


class Adequacy(StrEnum):
    """What a panel finds of the response of an agency."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return "Can’t tell" if self is Adequacy.CANNOT_TELL else self.value.capitalize()


WHAT_IT_IS: Final = (
    "It is a finding on the response, not on a person; it never decides the threshold."
)

# Our page on the meeting, 7.
PROMPTS: Final = (
    "Was each report taken, recorded, linked to the others?",
    "Was harm asked about, a risk assessment made and repeated?",
    "Was hate or vulnerability noticed?",
    "Did someone lead, with others told?",
    "Was the person told what would be done and was it done?",
    "Were steps increased when it went on?",
    "Were own policy and times kept?",
    "Was information shared when needed?",
    "Was support offered to the person harmed? And needs of the other side met?",
    "Were powers thought about and the reason noted?",
    "Did anything make reporting harder (forms, language, hours)?",
    "What did a colleague do well?",
)
