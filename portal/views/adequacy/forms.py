"""The form for what was found of an agency's response."""

from portal.domain.adequacy import Adequacy
from portal.web.fields import Choice, LongTextField, RadioField, Required
from portal.web.forms import VersionedForm


class FindingForm(VersionedForm):
    """What the panel finds of the response of an agency."""

    finding = RadioField(
        "Was it enough?",
        [Required("Select yes, partly, no or can’t tell")],
        size="s",
        choices=[Choice(each.value, each.label) for each in Adequacy],
    )
    fact = LongTextField(
        "Which fact does that rest on?",
        [Required("Write the fact it rests on")],
        size="s",
        rows=3,
        max_length=2000,
        what="The fact",
        description="The whole panel reads it. Say what happened, with days, and blame nobody. "
        "For example, “Reports of 3 and 9 May were logged under different names and not linked.”",
    )
