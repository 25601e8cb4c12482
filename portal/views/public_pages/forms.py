"""Forms of the administrator who keeps the public pages."""

from portal.domain.directory import EntryKind
from portal.web.fields import (
    CheckboxField,
    Choice,
    EmailField,
    IntegerField,
    LongTextField,
    RadioField,
    Required,
    TextField,
)
from portal.web.forms import VersionedForm

_KINDS = [Choice(kind.value, kind.label) for kind in EntryKind]


class OfficeForm(VersionedForm):
    """What the office says of itself; what is left empty is left out of the pages."""

    phone_hours = TextField(
        "When is your phone answered? (optional)",
        size="s",
        what="The hours",
        description="Such as: Monday to Friday, 9am to 5pm.",
    )
    post_address = LongTextField(
        "Postal address (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="The address",
        description="Letters to applicants name it too, and are not issued without it.",
    )
    visits = LongTextField(
        "How can somebody ask you to visit? (optional)", size="s", rows=3, max_length=500,
        what="How to ask for a visit",
    )  # fmt: skip
    formats = LongTextField(
        "Interpreters, British Sign Language, large print (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="This text",
    )
    data_officer = LongTextField(
        "Data protection officer, and how to reach them (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="This text",
    )
    retention_years = IntegerField(
        "For how many years is a closed case kept? (optional)",
        size="s",
        least=1,
        most=100,
        what="The number of years",
    )
    exit_address = TextField(
        "Page that “Exit this page” leads to (optional)",
        size="s",
        max_length=500,
        what="The address",
        spellcheck=False,
        description="A harmless page of somebody else, such as the weather. It must not name you.",
    )


class EntryForm(VersionedForm):
    """Somebody whom the public can turn to."""

    kind = RadioField(
        "What can people turn to them for?",
        [Required("Select what people can turn to them for")],
        size="s",
        small=True,
        choices=_KINDS,
    )
    name = TextField("Name", [Required("Enter the name")], size="s", max_length=120)
    words = LongTextField(
        "What do they do? (optional)",
        size="s",
        rows=3,
        max_length=500,
        what="This text",
        description="In short and plain words. For reports: what kind, such as noise.",
    )
    phone = TextField(
        "Phone (optional)", size="s", max_length=40, width=20, what="The phone number"
    )
    web = TextField(
        "Web address (optional)", size="s", max_length=500, what="The address", spellcheck=False
    )
    email = EmailField("Email address (optional)", size="s")
    is_free = CheckboxField("It is free", size="s")
