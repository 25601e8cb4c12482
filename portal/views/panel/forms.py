"""Forms of the panel: seats, names, the chair, and sharing."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from portal.domain.handling import Handling, Told
from portal.domain.membership import Standing
from portal.services.sharing import HandlingChoice, TypedItem
from portal.services.words import HANDLINGS, STANDINGS, TOLD
from portal.web.fields import (
    CheckboxesField,
    CheckboxField,
    Choice,
    DateField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
)
from portal.web.forms import BaseForm, VersionedForm


class SeatForm(BaseForm):
    """An agency for the panel."""

    agency = SelectField(
        "Which agency?", [Required("Select an agency")], size="m", blank="Choose an agency"
    )
    is_required = CheckboxField("The meeting needs this agency")


class MemberForm(BaseForm):
    """Who is named for an agency, and as what."""

    person = SelectField(
        "Who?",
        [Required("Select a person")],
        size="m",
        blank="Choose a person",
        description="They can open the case at once, unless they observe.",
    )
    standing = RadioField(
        "As what?",
        [Required("Select as what they are named")],
        size="m",
        default=Standing.AGENCY_REPRESENTATIVE.value,
        choices=[
            Choice(standing, STANDINGS[standing], hint)
            for standing, hint in (
                (Standing.AGENCY_REPRESENTATIVE, "Stands for the agency. There is one at a time."),
                (Standing.DEPUTY, "Takes their place. Reads what the agency reads."),
                (
                    Standing.INVITED_COLLEAGUE,
                    "Comes for what they know. Reads what the agency reads.",
                ),
                (
                    Standing.OBSERVER,
                    "Reads nothing: sees the reference and when the meeting is.",
                ),
            )
        ],
    )


class ChairForm(BaseForm):
    """The chair of this review."""

    chair = SelectField(
        "Who chairs?",
        [Required("Select a chair")],
        size="m",
        blank="Choose a chair",
        description="Until they have declared that they have no conflict of interest, they see "
        "the names of the parties, the place and the reference, and nothing more.",
    )


class ItemFields:
    """What is asked of every item."""

    title = TextField(
        "What is it, in a few words?", [Required("Enter what it is")], size="m", what="What it is"
    )
    happened_on = DateField(
        "When did it happen?",
        [Required("Enter the day it happened")],
        size="m",
        what="The day it happened",
        description="For example, 9 11 2026. It goes into the chronology under this date.",
    )
    content = LongTextField(
        "What should the case know?",
        [Required("Write what the case should know")],
        size="m",
        what="What the case should know",
        description="What you know, how you know it, what your agency did. "
        "Leave out what the review does not need.",
    )
    handling = RadioField(
        "Who may read it?",
        [Required("Select who may read it")],
        size="m",
        description="Choose the widest group that is safe. The chair and the coordinator can "
        "always read it.",
    )
    named = CheckboxesField(
        "Which agencies?",
        [RequiredWhen("handling", "named", "Select at least one agency")],
        small=True,
    )
    told = RadioField(
        "May the applicant be told?",
        [Required("Select whether the applicant may be told")],
        size="m",
        description="This is a separate question. The applicant never sees the panel’s text "
        "unless you say “yes, as I wrote it”.",
        choices=[
            Choice(
                "no",
                TOLD["no"],
                "They are not told, on screen, on paper or in the opening section.",
            ),
            Choice("yes", TOLD["yes"], "They may read exactly the text above."),
            Choice(
                "in_these_words",
                TOLD["in_these_words"],
                "They read only the words you write here.",
                reveal="words",
            ),
        ],
    )
    words = LongTextField(
        "Words for the applicant",
        [
            RequiredWhen(
                "told", "in_these_words", "Write the words for the applicant, or choose “No”"
            )
        ],
        rows=4,
        what="The words for the applicant",
        description="Write to them: “you told us”. Plain words. Name no other person.",
    )


class ItemForm(ItemFields, BaseForm):
    """An item to share."""


class CorrectionForm(ItemFields, VersionedForm):
    """An item that was shared and is put right."""

    reason = LongTextField(
        "Why do you correct it?",
        [Required("Write why you correct it")],
        size="m",
        rows=3,
        max_length=500,
        what="The reason",
        description="Whoever may read both texts reads the reason with them.",
    )


class WithdrawalForm(VersionedForm):
    """An item that was shared and is taken back."""

    reason = LongTextField(
        "Why do you withdraw it?",
        [Required("Write why you withdraw it")],
        size="m",
        rows=3,
        max_length=500,
        what="The reason",
        description="Everybody who could read the item reads this in its place. "
        "Do not repeat what the item said.",
    )


def offer_readers(
    form: ItemForm | CorrectionForm,
    choices: Sequence[HandlingChoice],
    agencies: Sequence[tuple[int, str]],
) -> None:
    """Offer the handlings, each with the people behind it today, and the agencies to name."""
    behind = {choice.handling: choice for choice in choices}
    form.handling.choices = [
        Choice(
            value,
            label,
            _behind(behind[value]),
            reveal="named" if value == "named" else None,
        )
        for value, label in HANDLINGS.items()
    ]
    form.named.choices = [Choice(str(number), name) for number, name in agencies]


def typed_item(form: Any) -> TypedItem:
    """Return what was typed into a form that has been validated."""
    return TypedItem(
        title=form.title.data,
        happened_on=form.happened_on.data,
        content=form.content.data,
        handling=Handling(form.handling.data),
        named=tuple(int(number) for number in form.named.data),
        told=Told(form.told.data),
        words=form.words.data,
    )


def _behind(choice: HandlingChoice) -> str:
    """Return who reads a thing of this handling, as markup with the number in bold."""
    if choice.handling == "named":
        return (
            "Your own agency and those you tick, the chair and the coordinator. "
            "Nobody else on the panel learns that it exists."
        )
    who = "1 person today" if choice.count == 1 else f"{choice.count} people today"
    return Markup("<b>{}:</b> {}.").format(who, ", ".join(choice.readers))
