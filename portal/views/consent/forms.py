"""Forms of consent: given, taken back, and which agencies may reach the applicant."""

from portal.services.consents import COVERS
from portal.services.words import CONSENT_METHODS
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
)
from portal.web.forms import BaseForm, VersionedForm


class ConsentForm(BaseForm):
    """A victim's consent that somebody acts for them."""

    party = SelectField("Who agreed?", [Required("Select who agreed")], size="s", blank="Choose")
    who_acts = SelectField(
        "Who acts for them?",
        [
            Required(
                "Select who acts for them. Where nobody does yet, "
                "add the applicant representative first"
            )
        ],
        size="s",
        blank="Choose",
        description="The consent is to this person alone.",
    )
    covers = CheckboxesField(
        "What did they agree to?",
        [Required("Select what they agreed to")],
        size="s",
        choices=choices(COVERS),
        description="Until they agree that the applicant representative is told how the case "
        "goes, nothing goes to them.",
    )
    wording = LongTextField(
        "The words that they were shown or read",
        [Required("Write the words that they were shown or read")],
        size="s",
        rows=6,
        what="The words",
        description="Change them here if others were used.",
    )
    method = RadioField(
        "How did they agree?",
        [Required("Select how they agreed")],
        size="s",
        choices=choices(CONSENT_METHODS),
        small=True,
    )
    given_on = DateField(
        "When did they agree?",
        [Required("Enter the day they agreed")],
        size="s",
        what="The day they agreed",
    )
    evidence = LongTextField(
        "Where is the proof of it? (optional)",
        size="s",
        rows=2,
        max_length=500,
        what="The proof",
        description="For example, the letter of 2 April, or a note of the call at 10:20am.",
    )


class WithdrawalForm(BaseForm):
    """A consent is taken back."""

    withdrawn_on = DateField(
        "When did they take it back?",
        [Required("Enter the day they took it back")],
        size="s",
        what="The day they took it back",
    )
    reason = LongTextField(
        "Why? “No reason given” is an answer",
        [Required("Write why, or “no reason given”")],
        size="s",
        rows=3,
        max_length=500,
        what="The reason",
    )


class ContactAgenciesForm(VersionedForm):
    """Which agencies may have the applicant's address, phone and email."""

    agencies = CheckboxesField(
        "Which agencies may have the applicant’s address, phone and email?",
        size="s",
        small=True,
        description="Those that the applicant agreed to. Each can see them on the case if it is "
        "on the panel. Take an agency off and it loses them at once.",
    )
    agreed_on = DateField(
        "When did the applicant say so?",
        [Required("Enter the day the applicant said so")],
        size="s",
        what="The day",
    )
