"""Forms of booking a meeting, calling it off, adjourning it, and answering its invite."""

from portal.services.words import ANSWERS_TO_INVITE, OWN_ANSWERS
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    CheckboxField,
    Choice,
    DateField,
    EmailField,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
    TimeField,
    UploadField,
)
from portal.web.forms import BaseForm, VersionedForm


class _SittingForm(VersionedForm):
    """Day, hours and place of a sitting; the page leaves the room out where none is kept."""

    held_on = DateField(
        "On which day?", [Required("Enter the day of the meeting")], size="s", what="The day"
    )
    starts = TimeField("When does it start?", [Required("Enter a time, like 10am")], size="s")
    ends = TimeField("When does it end?", [Required("Enter a time, like 11:30am")], size="s")
    room = SelectField("In which room?", size="s", blank="Another place")
    place = TextField(
        "Where?",
        size="s",
        what="The place",
        description="Only if it is in no room of the list. A room brings its own links where you "
        "leave them empty.",
    )
    join_link = TextField(
        "Link to join by video, for the panel (optional)",
        size="s",
        max_length=500,
        what="The link",
        spellcheck=False,
    )
    opening_minutes = IntegerField(
        "How many minutes is the opening section?",
        [Required("Enter a number of minutes")],
        size="s",
        what="The number of minutes",
        least=1,
        most=120,
        description="From the start. The applicant is invited to it alone.",
    )

    def offer(self, rooms: tuple[tuple[int, str], ...]) -> None:
        """Offer the rooms that are kept; where there are none, say nothing of them."""
        self.room.choices = [Choice(str(number), label) for number, label in rooms]
        if not rooms:
            self.place.description = ""


def _reasons() -> LongTextField:
    return LongTextField(
        "Why is the applicant not invited?",
        [
            RequiredWhen(
                "is_applicant_invited", "no", "Write your reasons: the applicant reads them"
            )
        ],
        rows=4,
        max_length=2000,
        what="The reasons",
        description="The applicant gets them in writing, and the panel reads them. Write to the "
        "applicant, and nothing about anybody else.",
    )


class MeetingForm(_SittingForm):
    """The booking of a meeting."""

    is_applicant_invited = RadioField(
        "Is the applicant invited to the opening section?",
        [Required("Select whether the applicant is invited")],
        size="s",
        choices=[
            Choice("yes", "Yes", reveal=("applicant_email", "applicant_join_link")),
            Choice("no", "No", reveal="reasons_not_invited"),
        ],
    )
    applicant_email = EmailField(
        "Email for the applicant’s invite (optional)",
        what="The email address",
        autocomplete="off",
        description="Read the safe contact first. Leave it empty to send the applicant no invite.",
    )
    applicant_join_link = TextField(
        "Link to join by video, for the applicant (optional)",
        max_length=500,
        what="The link",
        spellcheck=False,
        description="Another link than the panel’s.",
    )
    reasons_not_invited = _reasons()
    reason_if_late = LongTextField(
        "Why is it after the last day? (only if it is)",
        size="s",
        rows=2,
        max_length=500,
        what="The reason",
    )


class AdjournForm(_SittingForm):
    """Why a sitting ends now, what holds until the next one, and when that is."""

    reason = LongTextField(
        "Why is the meeting adjourned?",
        [Required("Write why the meeting is adjourned")],
        size="s",
        rows=2,
        max_length=500,
        what="The reason",
        description="A required body is missing and its answer decides the plan. The applicant "
        "can’t go on today. A safeguarding matter comes first. A conflict of interest appears.",
    )
    interim_steps = LongTextField(
        "Which steps start at once?",
        [Required("Write what starts at once, or “none”")],
        size="s",
        rows=3,
        max_length=2000,
        what="The steps",
        description="What keeps people safe until the next sitting: who does what. The panel "
        "reads it.",
    )
    told_applicant = LongTextField(
        "What is the applicant told today?",
        [Required("Write what the applicant is told today")],
        size="s",
        rows=3,
        max_length=2000,
        what="What they are told",
        description="Why it goes on another day, and who calls them.",
    )
    is_applicant_invited = RadioField(
        "Is the applicant invited to the next sitting?",
        [Required("Select whether the applicant is invited")],
        size="s",
        choices=[Choice("yes", "Yes"), Choice("no", "No", reveal="reasons_not_invited")],
    )
    reasons_not_invited = _reasons()


class InviteForm(BaseForm):
    """Nothing to fill in: the page shows who is invited."""


class CallOffForm(BaseForm):
    """Why a meeting is called off."""

    reason = LongTextField(
        "Why is the meeting called off?",
        [Required("Write why the meeting is called off")],
        size="s",
        rows=3,
        max_length=500,
        what="The reason",
        description="The panel reads it here. The cancellation itself does not say it.",
    )


class AnswerForm(BaseForm):
    """One's own answer; the view takes the delegate out where nobody could come instead."""

    answer = RadioField(
        "Do you come?",
        [Required("Select whether you come")],
        size="s",
        small=True,
        choices=choices(OWN_ANSWERS),
    )
    delegate = SelectField(
        "Who comes instead? (only if a colleague does)",
        [RequiredWhen("answer", "delegated", "Select who comes instead")],
        size="s",
        blank="Choose a colleague",
    )
    comment = TextField(
        "Anything that coordinator and chair should know? (optional)",
        size="s",
        max_length=500,
        what="The comment",
    )

    def offer(self, delegates: tuple[tuple[int, str], ...]) -> None:
        """Offer who can come instead; nobody, and the answer is not offered either."""
        self.delegate.choices = [Choice(str(number), label) for number, label in delegates]
        if not delegates:
            del self.delegate
            self.answer.choices = [
                each for each in self.answer.choices if each.value != "delegated"
            ]


class AnswerFileForm(BaseForm):
    """One's own answer as a calendar wrote it."""

    file = UploadField(
        "The answer of your calendar",
        [Required("Select the file with your answer")],
        size="s",
        accept=".ics",
        description="An .ics file, up to 100 KB.",
    )


class ToldAnswerForm(AnswerForm):
    """The answer of somebody who told the office."""

    whom = SelectField(
        "Who answered?", [Required("Select who answered")], size="s", blank="Choose somebody"
    )
    answer = RadioField(
        "What did they answer?",
        [Required("Select what they answered")],
        size="s",
        small=True,
        choices=choices(ANSWERS_TO_INVITE),
    )


class RoomForm(VersionedForm):
    """A room to meet in."""

    name = TextField("Name", [Required("Enter the name of the room")], size="s", max_length=80)
    address = TextField("Address (optional)", size="s", max_length=110)
    access_notes = LongTextField(
        "How to get in (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="How to get in",
        description="Steps and lift, where to wait, a second way out, parking.",
    )
    join_link = TextField(
        "Link to join by video, for the panel (optional)",
        size="s",
        max_length=500,
        what="The link",
        spellcheck=False,
    )
    applicant_join_link = TextField(
        "Link to join by video, for applicants (optional)",
        size="s",
        max_length=500,
        what="The link",
        spellcheck=False,
        description="Another link than the panel’s.",
    )
    is_active = CheckboxField("Offer this room when a meeting is booked", size="s")
