"""Forms of what the meeting decides."""

from portal.web.fields import (
    LongTextField,
    Required,
)
from portal.web.forms import VersionedForm


class DecisionFields:
    """What is asked of a decision."""

    decision = LongTextField(
        "What was decided, and why?",
        [Required("Write what was decided")],
        size="s",
        rows=3,
        max_length=2000,
        what="The decision",
        description="The whole panel reads it.",
    )


class ChangeDecisionForm(DecisionFields, VersionedForm):
    """A decision that somebody else may be correcting as well."""
