"""Forms of the meeting: its decisions, and who is there."""

from collections.abc import Sequence
from typing import Any

from portal.services.meeting import Attender
from portal.services.words import PRESENCES
from portal.web.fields import (
    Choice,
    LongTextField,
    RadioField,
    Required,
    TextField,
)
from portal.web.forms import BaseForm, VersionedForm


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


class DecisionForm(DecisionFields, BaseForm):
    """A decision that the meeting took."""


class ChangeDecisionForm(DecisionFields, VersionedForm):
    """A decision that somebody else may be correcting as well."""


def attendance_form(attenders: Sequence[Attender], applicant_attendance: str) -> Any:
    """Return a form with a question for each person who is expected."""
    fields: dict[str, Any] = {
        attendance_field(attender): RadioField(
            attender.label,
            size="s",
            small=True,
            inline=True,
            choices=[Choice(value, label) for value, label in PRESENCES.items()],
            default=attender.presence or None,
            description="Required." if attender.is_required else "",
        )
        for attender in attenders
    }
    fields["applicant_attendance"] = TextField(
        "How did the applicant take part?",
        size="s",
        max_length=500,
        what="How the applicant took part",
        default=applicant_attendance,
        description="For example, “In person for the opening section, with an interpreter”. "
        "It stands in the panel’s plan.",
    )
    return type("AttendanceForm", (BaseForm,), fields)()


def attendance_field(attender: Attender) -> str:
    """Return the name of the question about a person."""
    return f"p-{attender.person_id}"
