"""Forms of the applicant's own pages."""

from typing import Any

from portal.domain.statements import ReadsOut
from portal.services.opening_words import PANEL_READS
from portal.services.own_draft import OwnDraft
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    TextField,
)
from portal.web.forms import BaseForm, VersionedForm


class KeyForm(BaseForm):
    """What opens the applicant's own page."""

    reference = TextField(
        "Your reference",
        [Required("Enter your reference")],
        size="s",
        width=20,
        max_length=40,
        what="The reference",
        spellcheck=False,
        autocomplete="off",
        description="It begins with ACR. It is on every letter from us.",
    )
    code = TextField(
        "Your code",
        [Required("Enter your code")],
        size="s",
        width=20,
        max_length=40,
        what="The code",
        autocomplete="off",
        spellcheck=False,
        description="10 letters and numbers. Small letters and spaces do not matter.",
    )


class MessageForm(BaseForm):
    """A message to the office, or an answer of the office."""

    words = LongTextField(
        "Your message",
        [Required("Write your message")],
        size="s",
        rows=6,
        max_length=5000,
        what="The message",
    )


class NewsForm(BaseForm):
    """Something new that happened."""

    title = TextField(
        "What was it, in a few words?",
        [Required("Write what it was")],
        size="s",
        what="What it was",
    )
    happened_on = DateField(
        "When did it happen? (leave it empty if you do not know the day)",
        size="s",
        what="The day it happened",
    )
    account = LongTextField(
        "What happened?",
        [Required("Write what happened")],
        size="s",
        max_length=10_000,
        what="What happened",
        description="In your own words.",
    )


class WithdrawForm(BaseForm):
    """The request is to be taken back."""

    words = LongTextField(
        "Do you want to say why? (optional)",
        size="s",
        rows=4,
        max_length=2000,
        what="Why",
        description="You do not have to.",
    )


class ReachForm(BaseForm):
    """How it is safe to reach them now."""

    words = LongTextField(
        "How is it safe to reach you now?",
        [Required("Write how it is safe to reach you")],
        size="s",
        rows=5,
        max_length=2000,
        what="How to reach you",
        description="For example: text first, 9am to 1pm. No voicemail. No letters to my home.",
    )


class DraftForm(VersionedForm):
    """What they think of the draft as a whole; the questions of its rows stand before it."""

    answer = LongTextField(
        "What do you think of the plan as a whole?",
        size="s",
        rows=5,
        max_length=5000,
        what="What you think of the whole",
        description="Would this help you? Does anything in it make you feel less safe? "
        "What is missing?",
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask for one answer at least, wherever it is."""
        is_sound = bool(super().validate(*args, **kwargs))
        if is_sound and not any(field.data for field in self.questions()):
            self["answer"].errors = [_NO_ANSWER]
            return False
        return is_sound


def draft_form(page: OwnDraft) -> Any:
    """Return the form of a draft, with a question for each of its rows."""
    fields = {
        f"row_{row.number}": LongTextField(
            f"What do you think of this? ({row.label})",
            size="s",
            rows=3,
            max_length=2000,
            what=f"What you think of “{row.label}”",
        )
        for row in page.rows
    }
    form = type("RowsForm", (DraftForm,), fields)
    return form(data=draft_stored(page) | {"version": page.version})


def draft_stored(page: OwnDraft) -> dict[str, str]:
    """Return what is saved, by the names of the form's fields."""
    return {f"row_{row.number}": row.answer for row in page.rows} | {"answer": page.answer}


_NO_ANSWER = "Write what you think, of one part or of the whole"
_OTHER = ReadsOut.OTHER.value


class OwnStatementForm(VersionedForm):
    """What they want the meeting to hear."""

    words = LongTextField(
        "What do you want the meeting to hear?",
        [Required("Write your statement")],
        size="s",
        rows=12,
        what="Your statement",
        description="What it has been like, in your words and your language.",
    )
    panel_reads = RadioField(
        "May the panel read it?",
        [Required("Select whether the panel may read it")],
        size="s",
        choices=choices(PANEL_READS),
        small=True,
        description="The chair and the office always may.",
    )
    reads_out = RadioField(
        "Who will read it out?",
        [Required("Select who will read it out")],
        size="s",
        choices=choices(
            {
                ReadsOut.APPLICANT: "I do",
                ReadsOut.SUPPORT_WORKER: "My support worker",
                ReadsOut.CHAIR: "The chair",
                ReadsOut.OTHER: "Somebody else",
            }
        ),
        small=True,
    )
    reads_out_name = TextField(
        "Their name, where it helps",
        [RequiredWhen("reads_out", _OTHER, "Write who will read it out")],
        size="s",
        what="The name",
        description="A first name is enough.",
    )
