"""Forms of the account."""

from portal.services.accounts import SHORTEST_PASSPHRASE
from portal.web.choices import RadioField
from portal.web.field_base import Required
from portal.web.fields import EmailField, PassphraseField
from portal.web.forms import BaseForm


class SignInForm(BaseForm):
    """Email address and passphrase."""

    email = EmailField("Email address", [Required("Enter your email address")], size="s")
    passphrase = PassphraseField(
        "Passphrase",
        [Required("Enter your passphrase")],
        size="s",
        autocomplete="current-password",
    )


class PassphraseForm(BaseForm):
    """A new passphrase."""

    current = PassphraseField(
        "Present passphrase",
        [Required("Enter your present passphrase")],
        size="s",
        autocomplete="current-password",
    )
    new = PassphraseField(
        "New passphrase",
        [Required("Enter a new passphrase")],
        size="s",
        autocomplete="new-password",
        description=f"{SHORTEST_PASSPHRASE} characters or more. "
        "Several words are easier to remember.",
    )
    again = PassphraseField(
        "New passphrase, once more",
        [Required("Enter the new passphrase once more")],
        size="s",
        autocomplete="new-password",
    )


class RoleForm(BaseForm):
    """The role to act in."""

    role = RadioField(
        "In which role do you want to act?",
        [Required("Select one of your roles")],
        size="l",
        heading=True,
    )
