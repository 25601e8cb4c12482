"""Forms on which papers are issued; their version is the number of the issue."""

from collections.abc import Mapping
from typing import Any

from portal.web.fields import Choice, DateField, LongTextField, Required, SelectField
from portal.web.forms import BaseForm, VersionedForm


def _changed() -> LongTextField:
    return LongTextField(
        "What has changed since the issue before?",
        size="s",
        rows=3,
        max_length=2000,
        what="What has changed",
        description="Every member reads it at the top. Say nothing that is only for some of them.",
    )


class AgendaForm(VersionedForm):
    """The agenda is to be issued."""

    agenda_changed = _changed()


class PackForm(VersionedForm):
    """The packs are to be issued."""

    pack_changed = _changed()


class RequestForm(BaseForm):
    """One agency is asked for information."""

    agency = SelectField(
        "Which agency do you ask?",
        [Required("Select an agency")],
        size="s",
        blank="Choose an agency",
        description="Those on the panel that have somebody who can open the case.",
    )
    period_from = DateField(
        "From which day?",
        [Required("Enter the first day")],
        size="s",
        what="The first day",
        description="They look for what happened from this day on.",
    )
    period_to = DateField(
        "To which day?", [Required("Enter the last day")], size="s", what="The last day"
    )
    extra = LongTextField(
        "What do you ask for besides? (optional)",
        size="s",
        rows=3,
        max_length=2000,
        what="What you ask for besides",
        description="Name nobody: the agency reads in the portal who is in the case.",
    )
    what_changed = LongTextField(
        "If you asked them before: what has changed since then?",
        size="s",
        rows=3,
        max_length=2000,
        what="What has changed",
    )

    def __init__(self, agencies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.agency.choices = [Choice(str(key), name) for key, name in agencies.items()]
