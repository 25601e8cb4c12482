"""Forms of the request: its answers part by part, its parties, safe contact."""

from portal.domain.answers import Answer
from portal.services.words import (
    ANSWERS,
    CAPACITIES,
    LANDLORDS,
    PARTY_KINDS,
    PARTY_ROLES,
    PARTY_ROLES_TO_CHANGE,
    STRANDS,
    TAKING_PART,
    TENURES,
)
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    CheckboxesField,
    Choice,
    EmailField,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
)
from portal.web.forms import BaseForm, VersionedForm

NOT_ASKED_HINT = "Leave it open if nobody has asked yet."


def _yes_reveals(field: str) -> list[Choice]:
    return [
        Choice(value, label, reveal=field if value == Answer.YES else None)
        for value, label in ANSWERS.items()
    ]


class HomeForm(VersionedForm):
    """The victim's home and landlord."""

    landlord = SelectField(
        "Who is the landlord?", size="s", blank="Not asked yet", what="The landlord"
    )
    landlord_name = TextField(
        "Name of the landlord (only if it is somebody else)",
        [RequiredWhen("landlord", "other", "Enter the name of the landlord")],
        size="s",
        what="The name of the landlord",
    )
    tenure = RadioField(
        "How do they live there?",
        size="s",
        choices=choices(TENURES),
        small=True,
        description=NOT_ASKED_HINT,
    )


class HateForm(VersionedForm):
    """Whether it is about hate."""

    hate = RadioField(
        "Is any of it motivated by hate?",
        size="s",
        choices=choices(ANSWERS),
        small=True,
        description=f"As the applicant sees it. {NOT_ASKED_HINT}",
    )
    strands = CheckboxesField(
        "Hate about what? (only if it is)", size="s", choices=choices(STRANDS), small=True
    )


class OthersForm(VersionedForm):
    """Who else is affected."""

    others_affected = RadioField(
        "Are others affected?",
        size="s",
        choices=choices(ANSWERS),
        small=True,
        description=NOT_ASKED_HINT,
    )
    households = IntegerField(
        "How many households or people? (optional)",
        size="s",
        what="The number of households or people",
        least=1,
        most=10_000,
    )
    others_words = LongTextField(
        "What is known of it? (optional)",
        size="s",
        rows=3,
        what="What is known of it",
        description="The whole panel reads it. Name nobody who has not agreed to be named.",
    )


class WordsForm(VersionedForm):
    """The applicant's own words."""

    impact = LongTextField(
        "What does it do to the applicant and their household?",
        size="s",
        what="What it does to them",
        description="In their own words: how safe they feel, health, what they have stopped "
        "doing. The whole panel reads it.",
    )
    wishes = LongTextField(
        "What do they want to happen?",
        size="s",
        what="What they want to happen",
        description="In their own words. “Nothing” and “I do not know” are good answers.",
    )


class MeetingPartForm(VersionedForm):
    """How the applicant wants to be heard."""

    taking_part = RadioField(
        "How does the applicant want to take part in the meeting?",
        size="s",
        choices=[
            Choice(value, label, reveal="somebody_else" if value == "somebody_else" else None)
            for value, label in TAKING_PART.items()
        ],
        description=NOT_ASKED_HINT,
    )
    somebody_else = TextField(
        "Who comes in their place?",
        [RequiredWhen("taking_part", "somebody_else", "Enter who comes in their place")],
        what="Who comes in their place",
    )


class NeedsForm(VersionedForm):
    """Interpreter and access needs."""

    interpreter = RadioField(
        "Do they need an interpreter?",
        size="s",
        choices=_yes_reveals("language"),
        description=NOT_ASKED_HINT,
    )
    language = TextField(
        "Which language?",
        [RequiredWhen("interpreter", "yes", "Enter the language, or that it is not known")],
        max_length=100,
        what="The language",
        description="Also British Sign Language.",
    )
    has_access_needs = RadioField(
        "Do they have access needs?",
        size="s",
        choices=_yes_reveals("access_needs"),
        description=NOT_ASKED_HINT,
    )
    access_needs = LongTextField(
        "Which?",
        [RequiredWhen("has_access_needs", "yes", "Write which access needs they have")],
        rows=3,
        max_length=500,
        what="The access needs",
        description="For example step-free, large print, breaks, somebody to sit beside them.",
    )


class SafeContactForm(VersionedForm):
    """How it is safe to reach the applicant."""

    safe_contact = LongTextField(
        "How is it safe to reach the applicant?",
        [Required("Write how it is safe to reach the applicant, or “not asked yet”")],
        size="s",
        rows=3,
        max_length=500,
        what="How it is safe to reach the applicant",
        description="Times, voicemail, post, email or not, interpreter. It stands above every page "
        "of the case, and on the panel’s plan.",
    )


class _Role(BaseForm):
    role = RadioField(
        "What are they in this case?",
        [Required("Select what they are in this case")],
        size="s",
        choices=choices(PARTY_ROLES),
        small=True,
    )


class _Party(BaseForm):
    kind = RadioField(
        "They are",
        [Required("Select what they are")],
        size="s",
        choices=choices(PARTY_KINDS),
        small=True,
    )
    name = TextField(
        "Name",
        size="s",
        what="The name",
        spellcheck=False,
        autocomplete="off",
        description="Leave it empty if the name of a person complained about is not known.",
    )
    is_child = RadioField(
        "Are they under 18?",
        size="s",
        choices=choices(ANSWERS),
        small=True,
        description="Asked of a person, not of a business or a group.",
    )
    household_of_id = SelectField(
        "Same household as (optional)",
        size="s",
        blank="A household of their own",
        what="The household",
        description="Some local rules count households. Only for victims and witnesses.",
    )
    capacity = SelectField(
        "As what do they act? (only for an applicant representative)",
        size="s",
        blank="Choose an answer",
        choices=choices(CAPACITIES),
    )
    organisation = TextField(
        "Their organisation or office (only for an applicant representative)",
        size="s",
        what="The organisation",
    )
    address = LongTextField(
        "Address (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="The address",
        description="Only the coordinator and the chair can see address, phone and email. The "
        "applicant’s own can also be seen by agencies that the applicant agreed to.",
    )
    phone = TextField("Phone (optional)", size="s", max_length=40, width=20, what="The phone")
    email = EmailField("Email (optional)", size="s", what="The email address", autocomplete="off")


class AddPartyForm(_Role, _Party):
    """Another party of the case."""


class ChangePartyForm(_Role, _Party, VersionedForm):
    """What is known of a party, and what they are in the case."""

    role = RadioField(
        "What are they in this case?",
        [Required("Select what they are in this case")],
        size="s",
        choices=choices(PARTY_ROLES_TO_CHANGE),
        small=True,
    )


class RemovePartyForm(VersionedForm):
    """Why somebody is taken out of the case."""

    reason = LongTextField(
        "Why are they not part of this case?",
        [Required("Write why they are not part of this case")],
        size="s",
        rows=3,
        max_length=500,
        what="The reason",
        description="Only the coordinator and the chair read this. Name nobody: it stays when the "
        "name is gone.",
    )


def landlord_choices(agencies: dict[int, str]) -> list[Choice]:
    """Return who a landlord can be: the area's agencies, and what is none of them."""
    return [
        *(Choice(str(number), name) for number, name in agencies.items()),
        *choices(LANDLORDS),
    ]


def household_choices(neighbours: dict[int, str]) -> list[Choice]:
    """Return in whose household a party can live."""
    return [Choice(str(number), name) for number, name in neighbours.items()]
