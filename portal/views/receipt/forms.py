"""Forms of what is done on receipt of a request."""

from portal.services import first_call, related, support_referrals
from portal.services.words import CONSENT_METHODS
from portal.views.coordinator.forms import choices
from portal.web.fields import (
    Choice,
    DateField,
    EmailField,
    LongTextField,
    RadioField,
    Required,
    RequiredWhen,
    TextField,
    TimeField,
)
from portal.web.forms import BaseForm, VersionedForm

_LONGEST = 4000
CONSENT_WORDS = (
    "I agree that the office gives my name, how it is safe to reach me and what I need to this "
    "service, so that it can offer me support. I can take this back at any time."
)


class InboxForm(VersionedForm):
    """Where a body is told of requests."""

    email = EmailField(
        "Email address of the shared inbox (optional)",
        size="s",
        what="The email address",
        autocomplete=None,
        description="The message holds the reference and a link, and nothing else of the case.",
    )


class RungForm(BaseForm):
    """A body was told by phone."""

    told_whom = TextField(
        "Who did you talk to?",
        [Required("Enter who you talked to")],
        size="s",
        what="Who you talked to",
        description="Give the reference alone: no name, no address, not what happened.",
    )


class CallForm(BaseForm):
    """A try to reach the applicant."""

    tried_on = DateField(
        "When did you try?",
        [Required("Enter the day you tried")],
        size="s",
        what="The day you tried",
    )
    tried_time = TimeField(
        "At what time?",
        [Required("Enter a time, like 10am or 2:30pm")],
        size="s",
        what="The time you tried",
        description="For example, 10am. A guess is good enough.",
    )
    way = RadioField(
        "How?",
        [Required("Select how you tried")],
        size="s",
        choices=choices(first_call.WAYS),
        small=True,
    )
    used = TextField(
        "Which number or address did you use?",
        [Required("Enter the number or address you used")],
        size="s",
        what="The number or address",
        spellcheck=False,
    )
    outcome = RadioField(
        "What came of it?",
        [Required("Select what came of it")],
        size="s",
        choices=choices(first_call.OUTCOMES),
        small=True,
    )
    who_answered = TextField(
        "Who answered? (optional)",
        size="s",
        what="Who answered",
        description="Where it was somebody else, say only what is safe: never why you call.",
    )
    said = LongTextField(
        "What was said? (optional)",
        size="s",
        max_length=_LONGEST,
        what="What was said",
        description="Needed if you talked to them. Only coordinators and the chair read this.",
    )
    added = LongTextField(
        "What did it add to the request? (optional)",
        size="s",
        rows=3,
        max_length=_LONGEST,
        what="What it added",
        description="Add new incidents under Reports too. Only coordinators and the chair read "
        "this.",
    )
    next_on = DateField(
        "When is the next contact? (optional)",
        size="s",
        what="The day of the next contact",
        description="It will stand on your first page.",
    )


class OfferForm(BaseForm):
    """Support that was offered to a victim, and the answer."""

    offered_on = DateField(
        "When was it offered?",
        [Required("Enter the day it was offered")],
        size="s",
        what="The day it was offered",
    )
    what = TextField(
        "What was offered?",
        [Required("Enter what was offered")],
        size="s",
        max_length=500,
        what="What was offered",
        description="For example, a support worker from Victim Care.",
    )
    answer = RadioField(
        "What did they say?",
        [Required("Select what they said")],
        size="s",
        choices=[
            Choice(value, label, reveal=("wording", "method") if value == "yes" else None)
            for value, label in support_referrals.ANSWERS.items()
        ],
        small=True,
    )
    wording = LongTextField(
        "Which words did they agree to?",
        [RequiredWhen("answer", "yes", "Enter the words that they agreed to")],
        size="s",
        rows=4,
        max_length=_LONGEST,
        what="The words",
    )
    method = RadioField(
        "How did they say yes?",
        [RequiredWhen("answer", "yes", "Select how they said yes")],
        size="s",
        choices=choices(CONSENT_METHODS),
        small=True,
    )


class ReferralForm(BaseForm):
    """A referral to a service."""

    service_name = TextField(
        "To which service?",
        [Required("Enter the name of the service")],
        size="s",
        what="The name of the service",
    )
    sent_on = DateField(
        "When was the referral sent?",
        [Required("Enter the day it was sent")],
        size="s",
        what="The day it was sent",
    )


class OutcomeForm(BaseForm):
    """What became of a referral."""

    outcome = RadioField(
        "What became of it?",
        [Required("Select what became of it")],
        size="s",
        choices=choices(support_referrals.OUTCOMES),
        small=True,
    )
    on_day = DateField(
        "On which day?",
        [Required("Enter the day")],
        size="s",
        what="The day",
    )
    words = TextField(
        "What did they say? (optional)", size="s", max_length=500, what="What they said"
    )


class TieForm(BaseForm):
    """What another case is to this one."""

    other = TextField(
        "Reference of the other case",
        [Required("Enter the reference of the other case")],
        size="s",
        width=20,
        what="The reference",
        spellcheck=False,
    )
    kind = RadioField(
        "What is it?",
        [Required("Select what it is")],
        size="s",
        choices=choices(related.KINDS),
        small=True,
    )
    reason = TextField(
        "Why do you say so?",
        [Required("Enter why")],
        size="s",
        max_length=500,
        what="The reason",
        description="It stands on both cases. Only coordinators read it.",
    )


class TakeBackForm(BaseForm):
    """Why what was said of two cases does not hold."""

    why = TextField(
        "Why does it not hold?",
        [Required("Enter why it does not hold")],
        size="s",
        max_length=500,
        what="The reason",
    )
