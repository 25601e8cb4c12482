"""Forms about a case's clocks."""

from portal.domain.clocks.rules import BY_HAND
from portal.web.fields import Choice, DateField, LongTextField, Required, SelectField
from portal.web.forms import BaseForm


class PauseForm(BaseForm):
    """Why a clock stands still."""

    reason = LongTextField(
        "Why does it stand still?",
        [Required("Write why the clock stands still")],
        size="s",
        what="The reason",
        description="Everyone on the case reads this. The days of the pause do not count.",
    )


class ResumeForm(BaseForm):
    """That a clock goes on."""

    reason = LongTextField("Why does it go on now? (optional)", size="s", what="The reason")


class LateForm(BaseForm):
    """Why a clock was not kept."""

    reason = LongTextField(
        "Why was the day not kept?",
        [Required("Write why the day was not kept")],
        size="s",
        what="The reason",
        description="Everyone on the case reads this. It is counted, not held against anybody.",
    )
    new_day = DateField(
        "By when will it be done?",
        size="s",
        what="The new day",
        description="Leave it open if it is done already.",
    )
    told_on = DateField(
        "When was the applicant told?",
        size="s",
        what="The day the applicant was told",
        description="Leave it open if they were not told yet.",
    )


class EventForm(BaseForm):
    """Something that happened outside the portal."""

    event = SelectField(
        "What happened?",
        [Required("Select what happened")],
        size="s",
        blank="Choose what happened",
        choices=[Choice(event.value, event.label) for event in BY_HAND],
    )
    happened_on = DateField(
        "On which day?",
        [Required("Enter the day on which it happened")],
        size="s",
        what="The day",
        description="If it stands here already, this day takes the place of the old one.",
    )
