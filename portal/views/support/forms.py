"""The form for a victim who said yes to a support worker."""

from portal.services.words import CONSENT_METHODS
from portal.views.coordinator.forms import choices
from portal.web.fields import CheckboxField, DateField, RadioField, Required, SelectField
from portal.web.forms import BaseForm


class SupportForm(BaseForm):
    """To whom a victim said yes, on which day and how."""

    worker = SelectField(
        "Which support worker?",
        [Required("Select a support worker")],
        size="s",
        blank="Choose a support worker",
        description="They can then open the victim’s own page: where it stands, the opening "
        "section of the meeting, and the statement. Nothing that agencies share.",
    )
    accepted_on = DateField(
        "When did the victim say yes?",
        [Required("Enter the day they said yes")],
        size="s",
        what="The day they said yes",
    )
    method = RadioField(
        "How did they say yes?",
        [Required("Select how they said yes")],
        size="s",
        choices=choices(CONSENT_METHODS),
        small=True,
    )
    said_yes = CheckboxField(
        "The victim has said yes to this support worker",
        [Required("Tick this once the victim has said yes")],
    )
