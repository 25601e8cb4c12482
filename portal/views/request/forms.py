"""The pages of a request as forms: what public pages ask, in their words, with their errors."""

from typing import Any

from wtforms.validators import StopValidation

from portal.domain import request_pages
from portal.services.drafts import DraftPage
from portal.services.request_reading import EFFECTS, NEEDS, OFFICE_ONLY
from portal.services.words import STRANDS
from portal.views.coordinator.forms import choices
from portal.views.request.form_base import POSTCODE, PageForm, RequiredWith, number_field
from portal.views.request.people_forms import (
    BusinessForm,
    GroupForm,
    ReachForm,
    VictimForm,
    WhoForm,
)
from portal.views.request.trap import TrapField
from portal.web.fields import (
    CheckboxesField,
    CheckboxField,
    Choice,
    GovukField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    TextField,
)
from portal.web.forms import BaseForm


class HomeForm(PageForm):
    """Where the victim lives, and who the landlord is."""

    lead = ("We use it to find your reports. Post goes there only if you said that it is safe.",)

    address = LongTextField(
        "What is your address?",
        size="m",
        rows=3,
        max_length=400,
        what="The address",
        autocomplete="street-address",
        spellcheck=False,
    )
    postcode = TextField(
        "Postcode",
        size="s",
        width=10,
        max_length=10,
        what="The postcode",
        autocomplete="postal-code",
        spellcheck=False,
    )
    no_address = CheckboxField("I have no fixed address")
    earlier_address = LongTextField(
        "Earlier address, if you moved in the last year",
        size="s",
        rows=2,
        max_length=500,
        what="The earlier address",
        spellcheck=False,
    )
    landlord = RadioField(
        "Who is your landlord?",
        size="m",
        small=True,
        choices=[
            Choice("own", "I own my home"),
            Choice("council", "The council"),
            Choice("housing_association", "A housing association", reveal="landlord_name"),
            Choice("private", "A private landlord"),
            Choice("other", "Someone else"),
            Choice("not_known", "I don’t know"),
        ],
    )
    landlord_name = TextField(
        "Its name (if you know it)", what="The name of the landlord", spellcheck=False
    )

    def prepare(self, page: DraftPage) -> None:
        """Ask for the victim's home where somebody asks for them."""
        if request_pages.for_whom(page.answers) == request_pages.SOMEBODY:
            self.address.label.text = "What is their address?"
            self.no_address.label.text = "They have no fixed address"
            self.landlord.label.text = "Who is their landlord?"

    def validate_address(self, field: GovukField) -> None:
        """Ask for an address, or that there is none."""
        if field.is_empty and not self.no_address.data:
            raise StopValidation("Enter your address or tick that you have no fixed address")

    def validate_postcode(self, field: GovukField) -> None:
        """Ask for a whole postcode where there is an address."""
        is_asked = not self.address.is_empty and not self.no_address.data
        if (is_asked or field.data) and not POSTCODE.fullmatch(field.data or ""):
            raise StopValidation("Enter a full UK postcode")


class HappeningForm(PageForm):
    """Where and what, in the applicant's words."""

    place = TextField(
        "Where does it happen?",
        size="m",
        max_length=150,
        what="Where it happens",
        description="A street, block, park, shop, online.",
    )
    at_home = CheckboxField("The same as my address")
    lga = RadioField(
        "Which council is that?",
        [Required("Select the council")],
        size="m",
        small=True,
        description="Not sure? Choose the one that you pay council tax to.",
    )
    what = LongTextField(
        "What is happening?",
        [Required("Tell us what is happening")],
        size="m",
        rows=6,
        max_length=4_000,
        what="What is happening",
        description="In your own words. What do you see, hear or find? Don’t worry about order.",
    )
    hate = RadioField(
        "Was it because of who someone is?",
        size="m",
        small=True,
        description="What you think counts. You don’t need proof.",
        choices=[
            Choice("no", "No"),
            Choice("yes", "Yes", reveal=("strands", "hate_words")),
            Choice("not_known", "I’m not sure"),
        ],
    )
    strands = CheckboxesField(
        "Because of what?",
        [RequiredWhen("hate", "yes", "Select one or more, or “No”")],
        choices=choices(STRANDS),
        small=True,
    )
    hate_words = TextField("What made you think so? (if you want to say)", what="What you thought")

    def prepare(self, page: DraftPage) -> None:
        """Ask for the council area only where there are several."""
        self.lga.choices = [Choice(str(number), name) for number, name in page.lgas.items()]
        if len(page.lgas) == 1:
            del self.lga

    def validate_place(self, field: GovukField) -> None:
        """Ask where, or that it is at home."""
        if field.is_empty and not self.at_home.data:
            raise StopValidation("Enter where it happens")


class EffectForm(PageForm):
    """What it does to people, and what they wish for."""

    impact = LongTextField(
        "How does it affect you?",
        size="m",
        max_length=4_000,
        what="How it affects you",
        description="Sleep, health, work, school, children, fear, money. What have you changed?",
    )
    effects = CheckboxesField(
        "Is any of this true?", size="s", small=True, choices=choices(EFFECTS)
    )
    others = CheckboxesField(
        "Who else is affected?",
        size="m",
        small=True,
        description="Don’t give names of others unless they agree. We will not tell neighbours "
        "about each other.",
        choices=[
            Choice("household", "People who live with me"),
            Choice("children", "Children"),
            Choice("neighbours", "Neighbours"),
            Choice("customers", "Staff or customers"),
            Choice("others", "Others"),
        ],
    )
    how_many = number_field("About how many people?")
    others_words = TextField("Anything more about them (if you want)", size="s", what="This")
    wishes = LongTextField(
        "What would you like to happen?",
        size="m",
        max_length=4_000,
        what="What you would like",
        description="We can’t promise it. It helps us to know.",
    )

    def prepare(self, page: DraftPage) -> None:
        """Ask about the victim where somebody asks for them."""
        if request_pages.for_whom(page.answers) == request_pages.SOMEBODY:
            self.impact.label.text = "How does it affect them?"
            self.wishes.label.text = "What would they like to happen?"


class MeetingForm(PageForm):
    """Taking part, what would help, and support."""

    taking_part = RadioField(
        "Would you like to take part in the meeting?",
        size="m",
        small=True,
        description="If there is one, you choose. You can change your mind.",
        choices=[
            Choice("attends", "Yes, I come to the first part"),
            Choice("by_video", "Yes, by video or phone"),
            Choice("somebody_else", "Someone speaks for me", reveal="speaker"),
            Choice("statement", "I write down what I want to say"),
            Choice("not_known", "I’m not sure yet"),
            Choice("no", "No"),
        ],
    )
    speaker = TextField("Who?", what="Who speaks for you", spellcheck=False)
    needs = CheckboxesField(
        "What would make it easier for you?",
        size="m",
        small=True,
        choices=[
            Choice(value, label, reveal={"interpreter": "language", "other": "need"}.get(value))
            for value, label in NEEDS.items()
        ],
    )
    language = TextField(
        "Which language or dialect? A man or a woman?",
        [RequiredWith("needs", {"interpreter"}, "Enter the language")],
        max_length=75,
        what="The language",
    )
    need = TextField("What else?", what="This", max_length=150)
    support = RadioField(
        "Would you like someone to support you?",
        size="m",
        small=True,
        description="It is free. Also if there is no review.",
        choices=[
            Choice("contact_me", "Yes, ask them to contact me in my safe way"),
            Choice("tell_me_more", "Tell me more"),
            Choice("not_now", "Not now"),
        ],
    )


class SharingForm(PageForm):
    """Who may have the contact details, and who must not see the request."""

    lead = (
        "By law we must send what you tell us to the police, your council and the NHS board.",
        "We also send it to your landlord, if it is social housing.",
        "They get your address, phone and email only if you tick them.",
    )

    bodies = CheckboxesField(
        "Who may have your contact details?",
        [Required("Select who may have your contact details, or “Only the office”")],
        size="m",
        small=True,
    )
    keep_from = LongTextField(
        "Is there someone who must not see this?",
        size="m",
        rows=3,
        max_length=1_000,
        what="Who must not see it",
        description="For example, someone who works at one of them, or is a relative of the "
        "person that this is about.",
    )

    def prepare(self, page: DraftPage) -> None:
        """Offer the office alone, and those of the area."""
        self.bodies.choices = [
            Choice(OFFICE_ONLY, "Only the office"),
            *(Choice(str(number), name) for number, name in page.bodies.items()),
        ]

    def validate_bodies(self, field: GovukField) -> None:
        """Refuse the office alone together with others."""
        if OFFICE_ONLY in field.data and len(field.data) > 1:
            raise StopValidation("Select who may have your contact details, or “Only the office”")


class SendForm(BaseForm):
    """The declaration at the end."""

    remark = TrapField()
    is_true = CheckboxField(
        "What I say is true as far as I know",
        [Required("Tick to say that it is true as far as you know")],
    )


class BeginForm(BaseForm):
    """What begins a request."""

    remark = TrapField()


def _code_field() -> TextField:
    return TextField(
        "Your code",
        [Required("Enter your code")],
        size="s",
        width=20,
        max_length=40,
        what="Your code",
        description="10 letters and numbers. Small letters and spaces do not matter.",
        autocomplete="off",
        spellcheck=False,
    )


class CodeForm(BaseForm):
    """The code that goes with the link to a saved request."""

    code = _code_field()


class ContinueForm(BaseForm):
    """What opens a saved request."""

    reference = TextField(
        "Your number",
        [Required("Enter your number, like ACR-7K3Q-9MXD")],
        size="s",
        width=20,
        max_length=40,
        what="Your number",
        autocomplete="off",
        spellcheck=False,
    )
    code = _code_field()


class ByPhoneForm(ContinueForm):
    """What the person on the phone reads out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reference.label.text = "Their number"
        self.code.label.text = "Their code"


FORMS: dict[str, type[PageForm]] = {
    "who": WhoForm,
    "victim": VictimForm,
    "business": BusinessForm,
    "group": GroupForm,
    "reach": ReachForm,
    "home": HomeForm,
    "happening": HappeningForm,
    "effect": EffectForm,
    "meeting": MeetingForm,
    "sharing": SharingForm,
}
