"""Forms of the panel's membership: suggested agencies, leaving, conflicts of interest."""

from portal.domain.membership import ConflictKind
from portal.services.conflicts import Choosable
from portal.services.panel_suggestion import SuggestionPage
from portal.services.words import CONFLICTS
from portal.web.fields import (
    CheckboxesField,
    Choice,
    LongTextField,
    RadioField,
    Required,
    SelectField,
)
from portal.web.forms import BaseForm

# As somebody says it of themselves.
_MINE = {
    ConflictKind.PARTY: "I know, or am close to, somebody in the case",
    ConflictKind.NEIGHBOUR: "I live nearby",
    ConflictKind.COMPLAINED_ABOUT: "I am complained about, or am close to somebody who is",
    ConflictKind.FORMER_EMPLOYER: "I have worked for an agency that is involved",
    ConflictKind.OTHER: "Something else",
}


def own_kinds(before: str = "") -> list[Choice]:
    """Return the kinds of conflict as somebody says them of themselves."""
    return [Choice(kind.value, f"{before}{words}") for kind, words in _MINE.items()]


class SuggestedForm(BaseForm):
    """The agencies that join the panel."""

    agencies = CheckboxesField(
        "Which agencies join?",
        size="m",
        small=True,
        description="Those that the Act requires are marked as needed at the meeting. Whoever "
        "joins reads from the start what is for the panel, and what is for statutory agencies if "
        "it is one.",
    )


def suggested_choices(page: SuggestionPage) -> list[Choice]:
    """Return the suggested agencies with the reason for each, then all others."""
    suggested = [
        Choice(
            str(each.agency_id),
            each.name,
            f"{each.reason}. Required by the Act" if each.is_required else each.reason,
        )
        for each in page.suggested
    ]
    return [*suggested, *(Choice(str(each.agency_id), each.name) for each in page.others)]


class EndSeatForm(BaseForm):
    """Why an agency leaves the panel."""

    reason = LongTextField(
        "Why does it leave?",
        [Required("Write why the agency leaves")],
        size="s",
        rows=3,
        max_length=500,
        what="Why the agency leaves",
        description="Only the coordinator and the chair read this.",
    )


class DeclareForm(BaseForm):
    """Whether the chair has a conflict of interest, and which."""

    has_conflict = RadioField(
        "Do you have a conflict of interest in this case?",
        [Required("Select whether you have a conflict of interest")],
        size="m",
        choices=[
            Choice("no", "No, I have none"),
            *own_kinds("Yes: "),
        ],
        description="If you have one, you leave this case at once.",
    )
    reason = LongTextField(
        "If you have one: what is it?",
        size="s",
        rows=3,
        max_length=500,
        what="What the conflict is",
        description="For example, “I know the applicant’s sister”. Only the coordinator, and "
        "whoever chairs instead of you, reads this.",
    )


class MemberDeclareForm(BaseForm):
    """Which conflict of interest somebody on the panel has."""

    has_conflict = RadioField(
        "What is your conflict of interest?",
        [Required("Select what the conflict is")],
        size="m",
        choices=own_kinds(),
    )
    reason = LongTextField(
        "Write what it is",
        [Required("Write what the conflict is")],
        size="s",
        rows=3,
        max_length=500,
        what="What the conflict is",
        description="For example, “I live 3 doors away”. Only the coordinator and the chair read "
        "this.",
    )


class RecordConflictForm(BaseForm):
    """A conflict of interest of somebody, or of a whole agency."""

    whom = SelectField(
        "Who has the conflict?",
        [Required("Select a person or an agency")],
        size="s",
        blank="Choose a person or an agency",
        description="They lose the case at once. For a whole agency, so do all its people.",
    )
    kind = RadioField(
        "What is the conflict?",
        [Required("Select what the conflict is")],
        size="s",
        small=True,
        choices=[Choice(kind, words) for kind, words in CONFLICTS.items()],
    )
    reason = LongTextField(
        "Write what it is",
        [Required("Write what the conflict is")],
        size="s",
        rows=3,
        max_length=500,
        what="What the conflict is",
        description="Only the coordinator and the chair read this.",
    )


def whom_choices(listed: tuple[Choosable, ...]) -> list[Choice]:
    """Return who can be chosen, under the agency or the role that they have."""
    return [Choice(each.key, each.name, group=each.group) for each in listed]


class WaiveForm(BaseForm):
    """Why a former employer does not keep somebody from chairing."""

    reason = LongTextField(
        "Why can they chair all the same?",
        [Required("Write why they can chair all the same")],
        size="s",
        rows=4,
        max_length=500,
        what="The reason",
        description="The whole panel reads this. Say how long ago it was, and what they did there.",
    )
