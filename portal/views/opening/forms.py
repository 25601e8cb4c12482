"""Forms of the statement and of the opening section."""

from portal.services.opening_words import PANEL_READS, READS_OUT
from portal.services.words import CHANNELS
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    CheckboxField,
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    TextField,
)
from portal.web.forms import BaseForm, FormTokenField, HexField, VersionedForm, mark_of

_OTHER = "other"
REMOTE = "remote"


class StatementForm(VersionedForm):
    """What a victim wants the meeting to hear."""

    words = LongTextField(
        "The statement",
        [Required("Write the statement")],
        size="s",
        rows=12,
        what="The statement",
        description="Word for word, as it was said or written. It stands on the screen while it "
        "is read out.",
    )
    handed_in_on = DateField(
        "When was it handed in?",
        [Required("Enter the day it was handed in")],
        size="s",
        what="The day it was handed in",
    )
    channel = RadioField(
        "How was it handed in?",
        [Required("Select how it was handed in")],
        size="s",
        choices=choices(CHANNELS),
        small=True,
    )
    written_down_by = TextField(
        "Who wrote it down?",
        [Required("Write who wrote it down")],
        size="s",
        max_length=200,
        what="Who wrote it down",
        description="For example, “the applicant”, or the name of a support worker.",
    )
    panel_reads = RadioField(
        "May the panel read it? Ask the applicant",
        [Required("Select whether the panel may read it")],
        size="s",
        choices=choices(PANEL_READS),
        small=True,
        description="The chair and the coordinator always may.",
    )
    reads_out = RadioField(
        "Who will read it out?",
        [Required("Select who will read it out")],
        size="s",
        choices=choices(READS_OUT),
        small=True,
    )
    reads_out_name = TextField(
        "Their name, where it helps",
        [RequiredWhen("reads_out", _OTHER, "Write who will read it out")],
        size="s",
        max_length=200,
        what="The name",
        description="A first name is enough. It stands on the applicant’s screen.",
    )


class ReadingForm(BaseForm):
    """Who read a statement out."""

    read_by = RadioField(
        "Who read it out?",
        [Required("Select who read it out")],
        size="s",
        choices=choices(READS_OUT),
        small=True,
    )
    read_by_name = TextField(
        "Their name, where it helps",
        [RequiredWhen("read_by", _OTHER, "Write who read it out")],
        size="s",
        max_length=200,
        what="The name",
        description="A first name is enough. It stands on the applicant’s screen.",
    )


class LettingInForm(BaseForm):
    """Who comes in for the opening section."""

    who = RadioField("Who comes in?", [Required("Select who comes in")], size="s", small=True)
    how = RadioField(
        "How do they take part?",
        [Required("Select how they take part")],
        size="s",
        small=True,
        choices=[Choice("room", "In the room"), Choice(REMOTE, "By video or phone")],
    )
    with_them = TextField(
        "Who comes with them? (optional)",
        size="s",
        max_length=300,
        what="Who comes with them",
        description="First name and service, for example “Samira, interpreter; Kelly, Wharrow "
        "Victim Care”. It stands on the screen.",
    )
    rings_today = TextField(
        "Who gets in touch with them today, and when?",
        [Required("Write who gets in touch with them today, and when")],
        size="s",
        max_length=300,
        what="Who gets in touch today",
        description="Written to them, for example “by 1pm Ruth sends you a text, then calls”. It "
        "stands on the screen.",
    )


class WishesForm(VersionedForm):
    """What who is in the room would like to happen, typed in their sight."""

    wishes = LongTextField(
        "What you would like to happen",
        size="m",
        rows=6,
        max_length=5000,
        what="What you would like to happen",
        description="In your words. Tell us if we write it down wrong.",
    )


class ScreenForm(WishesForm):
    """The applicant's screen as one form: no button loses what is being typed in their sight.

    Attributes:
        as_opened: of the wishes as they stood when the page was opened.
        wishes_token: names this filling-in of the wishes, as ``form_token`` does the button's part.
    """

    left = CheckboxField(
        "They have left, in the room and on video",
        [Required("Tick this when they have left, in the room and on video")],
    )
    as_opened = HexField()
    wishes_token = FormTokenField()

    @property
    def has_new_wishes(self) -> bool:
        """Whether the wishes were changed on this page."""
        return bool(self.wishes.raw_data) and mark_of(self.wishes.data) != self.as_opened.data
