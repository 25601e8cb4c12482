"""Forms of the coordinator's steps up to the decision."""

from portal.services.words import CAPACITIES, CHANNELS, PARTY_KINDS
from portal.web.fields import (
    Choice,
    DateField,
    EmailField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
    TimeField,
)
from portal.web.forms import BaseForm


def choices(words: dict[str, str]) -> list[Choice]:
    """Return the answers of a field from values and their words."""
    return [Choice(value, label) for value, label in words.items()]


class CaseForm(BaseForm):
    """A request that came by phone, post, email or visit."""

    received_on = DateField(
        "When did the request reach the office?",
        [Required("Enter the day it was received")],
        size="s",
        what="The day it was received",
        description="The clocks run from this day, not from today.",
    )
    received_time = TimeField(
        "At what time?",
        [Required("Enter a time, like 10am or 2:30pm")],
        size="s",
        what="The time it was received",
        description="For example, 10am. A guess is good enough.",
    )
    channel = RadioField(
        "How did it reach the office?",
        [Required("Select how it reached the office")],
        size="s",
        choices=choices(CHANNELS),
        small=True,
    )
    lga = SelectField(
        "Local government area",
        [Required("Select the local government area")],
        size="s",
        blank="Choose an area",
    )
    who_asks = RadioField(
        "Who asks for the review?",
        [Required("Select who asks for the review")],
        size="s",
        choices=[
            Choice("victim", "The victim"),
            Choice(
                "somebody_else",
                "Somebody who acts for a victim",
                "An applicant representative. They are told nothing until the victim’s consent "
                "is recorded; the clocks run.",
            ),
        ],
        small=True,
    )
    applicant_representative = TextField(
        "Name of the person who acts for the victim (only if somebody does)",
        [RequiredWhen("who_asks", "somebody_else", "Enter the name of who acts for the victim")],
        size="s",
        what="The name",
        spellcheck=False,
        autocomplete="off",
    )
    capacity = SelectField(
        "As what do they act? (only if somebody does)",
        [RequiredWhen("who_asks", "somebody_else", "Select as what they act for the victim")],
        size="s",
        blank="Choose an answer",
        choices=choices(CAPACITIES),
    )
    applicant_name = TextField(
        "Name of the victim",
        [Required("Enter the name of the victim")],
        size="s",
        spellcheck=False,
        autocomplete="off",
    )
    applicant_kind = RadioField(
        "The victim is",
        [Required("Select what the victim is")],
        size="s",
        choices=choices(PARTY_KINDS),
        small=True,
    )
    safe_contact = LongTextField(
        "How is it safe to reach the applicant?",
        [Required("Write how it is safe to reach the applicant, or “not asked yet”")],
        size="s",
        rows=2,
        max_length=500,
        what="How it is safe to reach the applicant",
        description="Times, voicemail, post, email or not, interpreter. It stands above every page "
        "of the case, and on the panel’s plan.",
    )
    address = LongTextField(
        "Address (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="The address",
        description="The victim’s. Only the coordinator and the chair can see address, phone and "
        "email, and agencies that the victim agreed to.",
    )
    phone = TextField("Phone (optional)", size="s", max_length=40, width=20, what="The phone")
    email = EmailField("Email (optional)", size="s", what="The email address", autocomplete="off")
    place = TextField(
        "Where does it happen?",
        [Required("Enter the place")],
        size="s",
        what="The place",
        description="A street or a building is enough. The whole panel reads it.",
    )
    summary = LongTextField(
        "What is the case about?",
        [Required("Write what the case is about")],
        size="s",
        what="The summary",
        description="A few sentences. The whole panel reads them.",
    )


class AcknowledgeForm(BaseForm):
    """The applicant was told, and the relevant bodies have the request."""

    acknowledged_on = DateField(
        "When did you acknowledge the request and pass it to the relevant bodies?",
        [Required("Enter the day you acknowledged it")],
        size="m",
        what="The day you acknowledged it",
    )


class NeedForm(BaseForm):
    """What is needed before the decision, from whom and by when."""

    what = LongTextField(
        "What do you need?",
        [Required("Write what you need")],
        size="s",
        rows=3,
        max_length=500,
        what="What you need",
        description="A note for the office. Nobody outside it reads this, and nothing is sent.",
    )
    agency = SelectField(
        "From which body?", [Required("Select the body")], size="s", blank="Choose an agency"
    )
    due_on = DateField(
        "By when?", [Required("Enter the day you need it by")], size="s", what="The day"
    )
