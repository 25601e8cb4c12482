"""Forms of papers on their way: what is safe, what came of a call, the code of a link."""

from portal.services.safe_reach import WAYS
from portal.services.words import ANSWERS
from portal.views.coordinator.forms import choices
from portal.web.fields import Choice, LongTextField, RadioField, Required, TextField
from portal.web.forms import BaseForm, VersionedForm

_NOT_ASKED = "Leave it open if nobody has asked yet. What is not known counts as not safe."


class ReachForm(VersionedForm):
    """How it is safe to reach somebody of the applicant's side."""

    way = RadioField(
        "How do they want to get papers?",
        [Required("Select how they want to get papers")],
        size="s",
        choices=choices(WAYS),
        small=True,
    )
    email_is_safe = RadioField(
        "Is email safe?",
        size="s",
        choices=choices(ANSWERS),
        small=True,
        description=_NOT_ASKED,
    )
    post_is_safe = RadioField(
        "Is post to their address safe?", size="s", choices=choices(ANSWERS), small=True
    )
    voicemail_is_safe = RadioField(
        "Is a message on their voicemail safe?", size="s", choices=choices(ANSWERS), small=True
    )
    times = TextField(
        "When is it safe to ring? (optional)", size="s", what="The times", spellcheck=False
    )
    who_may_answer = TextField(
        "Who else may answer or open their post? (optional)",
        size="s",
        what="Who may answer",
        description="Nobody, if it is left empty.",
    )


class CallForm(BaseForm):
    """What came of a call."""

    came_of_it = RadioField(
        "What came of the call?",
        [Required("Select what came of the call")],
        size="s",
        choices=[
            Choice("tried", "I did not reach them"),
            Choice("reached", "I reached them, and did not read it out"),
            Choice("read_out", "I read it out to them"),
        ],
        small=True,
    )
    words = LongTextField(
        "What was said? (optional)",
        size="s",
        rows=4,
        max_length=4000,
        what="What was said",
        description="Only coordinators read this.",
    )


class CodeForm(BaseForm):
    """The code that opens what a link hands out."""

    code = TextField(
        "Your code",
        [Required("Enter your code")],
        size="m",
        width=20,
        max_length=40,
        what="The code",
        autocomplete="one-time-code",
        spellcheck=False,
        description="10 letters and numbers. Small letters and spaces do not matter.",
    )
