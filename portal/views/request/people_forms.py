"""Who asks and for whom, and how it is safe to reach them, as public pages ask for it."""

from portal.domain import request_pages
from portal.services.request_reading import AGREEMENTS
from portal.services.request_side import DO_THEY_AGREE, LEAD
from portal.views.coordinator.forms import choices
from portal.views.request.form_base import (
    ENTER_A_PHONE,
    ENTER_AN_ADDRESS,
    AddressField,
    PageForm,
    RequiredWith,
    name_field,
    number_field,
    phone_field,
)
from portal.web.fields import CheckboxesField, Choice, RadioField, Required, TextField

_YES_NO = [Choice("yes", "Yes"), Choice("no", "No")]


class WhoForm(PageForm):
    """For whom, and who is asking."""

    for_whom = RadioField(
        "Who is this request for?",
        [Required("Select who this request is for")],
        size="m",
        description="You can ask for someone else if they agree.",
        choices=[
            Choice(request_pages.MYSELF, "Me"),
            Choice(request_pages.SOMEBODY, "Someone else"),
            Choice(request_pages.BUSINESS, "A business"),
            Choice(request_pages.GROUP, "A group of people"),
        ],
    )
    first_name = name_field("Your first name", autocomplete="given-name")
    last_name = name_field("Your last name", autocomplete="family-name")
    other_names = TextField(
        "Other names you used when you reported (if any)",
        size="s",
        what="The other names",
        spellcheck=False,
    )


class VictimForm(PageForm):
    """The victim, where somebody asks for them, and whether they agree."""

    lead = LEAD

    victim_first_name = name_field("Their first name")
    victim_last_name = name_field("Their last name")
    capacity = RadioField(
        "Who are you to them?",
        [Required("Select who you are to them")],
        size="s",
        small=True,
        choices=[
            Choice("family", "Family"),
            Choice("friend", "A friend"),
            Choice("councillor", "Their councillor"),
            Choice("mp", "Their MP, or from the MP’s office"),
            Choice("professional", "I work with them", reveal="organisation"),
            Choice("other", "Someone else"),
        ],
    )
    organisation = TextField("Where do you work?", what="Where you work")
    agrees = RadioField(
        DO_THEY_AGREE,
        [Required("Select if they agree")],
        size="s",
        small=True,
        choices=choices(AGREEMENTS),
    )
    victim_phone = phone_field(
        "Their phone number (if it is safe to ring them)", what="Their phone number"
    )
    victim_email = AddressField(
        "Their email address (if it is safe to write there)",
        size="s",
        what="Their email address",
        autocomplete="off",
    )


class BusinessForm(PageForm):
    """The business that it happens to."""

    business_name = TextField(
        "Name of the business",
        [Required("Enter the name of the business")],
        size="s",
        what="The name of the business",
        spellcheck=False,
    )


class GroupForm(PageForm):
    """The group that one person asks for."""

    lead = (
        "One of you fills this in. We ask each of the others if they agree.",
        "You do not see what the others tell us.",
    )

    group_name = TextField(
        "What should we call the group?",
        [Required("Enter a name for the group")],
        size="s",
        what="The name of the group",
        description="For example, residents of Larch Court.",
    )
    members = number_field("About how many people are in it?")


class ReachForm(PageForm):
    """How it is safe to reach whoever asks."""

    lead = ("Someone near you may see post or hear messages. Choose only what is safe.",)

    ways = CheckboxesField(
        "How is it safe to reach you?",
        [Required("Select at least one safe way")],
        size="m",
        choices=[
            Choice("phone", "Phone call"),
            Choice("text", "Text message"),
            Choice("email", "Email", reveal="email"),
            Choice("post", "Post to my address"),
            Choice("in_person", "In person"),
            Choice("through", "Through someone I trust", reveal="through"),
        ],
    )
    phone = phone_field(
        "Your phone number",
        RequiredWith("ways", {"phone", "text"}, ENTER_A_PHONE),
        what="The phone number",
        description="If you chose a call or a text.",
        autocomplete="tel",
    )
    email = AddressField(
        "Your email address",
        [RequiredWith("ways", {"email"}, ENTER_AN_ADDRESS)],
        what="The email address",
    )
    through = TextField(
        "Their name and phone number",
        [RequiredWith("ways", {"through"}, "Enter their name and phone number")],
        what="Their name and phone number",
        max_length=100,
        spellcheck=False,
    )
    message = RadioField(
        "May we leave a message if you do not answer?",
        size="s",
        choices=_YES_NO,
        inline=True,
        small=True,
    )
    envelope = RadioField(
        "May the envelope show who we are?", size="s", choices=_YES_NO, inline=True, small=True
    )
    times = TextField("Good times to reach you (if any)", size="s", what="The times", max_length=80)
    not_words = TextField(
        "Words that we should not use (if any)",
        size="s",
        what="The words",
        max_length=80,
    )
