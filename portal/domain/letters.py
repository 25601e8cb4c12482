"""The letters to the applicant: which there are, when each fits, and what none may say."""

import enum
import re

from portal.domain.references import PREFIX, normalise_reference
from portal.domain.threshold.counting import Ground, Reason


class LetterKind(enum.StrEnum):
    """A letter to the applicant; the value is its part of the address."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CONSENT_REQUEST = "consent-request"
    THRESHOLD_MET = "threshold-met"
    THRESHOLD_NOT_MET = "threshold-not-met"
    NOT_INVITED = "not-invited"
    CLOSURE = "closure"

    @property
    def label(self) -> str:
        """Return what staff read."""
        return _LABELS[self]


_LABELS = {
    LetterKind.ACKNOWLEDGEMENT: "Acknowledgement",
    LetterKind.CONSENT_REQUEST: "Consent request",
    LetterKind.THRESHOLD_MET: "Threshold met",
    LetterKind.THRESHOLD_NOT_MET: "Threshold not met",
    LetterKind.NOT_INVITED: "Reasons for not inviting them",
    LetterKind.CLOSURE: "Closure",
}
ON_THRESHOLD = frozenset({LetterKind.THRESHOLD_MET, LetterKind.THRESHOLD_NOT_MET})


class Topic(enum.StrEnum):
    """What an office says of itself in every letter, once for its area."""

    POST = "post"
    COMPLAINTS = "complaints"
    COUNCIL = "council"
    HOUSING = "housing"
    POLICE = "police"
    HEALTH = "health"
    APPEAL = "appeal"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """Return what it is, as a sentence names it."""
        return _TOPICS[self]


_TOPICS = {
    Topic.POST: "the office’s postal address",
    Topic.COMPLAINTS: "how to complain about a service",
    Topic.COUNCIL: "the ombudsman for councils",
    Topic.HOUSING: "the ombudsman for housing",
    Topic.POLICE: "the review of a complaint about the police",
    Topic.HEALTH: "the ombudsman for health",
    Topic.APPEAL: "who decides an appeal, and by when they answer",
    Topic.SUPPORT: "the support service",
}


def letter_of_decision(*, is_met: bool) -> LetterKind:
    """Return the letter that tells a threshold decision."""
    return LetterKind.THRESHOLD_MET if is_met else LetterKind.THRESHOLD_NOT_MET


def letters_that_fit(
    *,
    is_met: bool | None,
    waits: bool = False,
    is_not_invited: bool = False,
    is_closed: bool = False,
) -> tuple[LetterKind, ...]:
    """Return the letters of a case.

    Args:
        is_met: the threshold decision; None before it is made.
        waits: somebody asks for a victim who was not heard on it yet.
        is_not_invited: a sitting is ahead to which the applicant is not invited.
        is_closed: the case is.
    """
    fitting = {LetterKind.ACKNOWLEDGEMENT}
    if waits:
        fitting.add(LetterKind.CONSENT_REQUEST)
    if is_met is not None:
        fitting.add(letter_of_decision(is_met=is_met))
    if is_not_invited:
        fitting.add(LetterKind.NOT_INVITED)
    if is_closed:
        fitting.add(LetterKind.CLOSURE)
    return tuple(kind for kind in LetterKind if kind in fitting)


_NOT_COUNTED = {
    Reason.NOT_TRACED: "not counted, because we could not find it yet. If you know more about it, "
    "tell us.",
    Reason.NOT_REPORTED: "not counted, because no report of it was found. You can still report it.",
    Reason.OTHER_BEHAVIOUR: "not counted, because it is about another problem.",
    Reason.OUT_OF_TIME: "not counted, because of its dates. We can only count reports made soon "
    "after it happened, in the months before you asked.",
    Reason.DUPLICATE: "counted once, together with another report of the same event.",
    Reason.NOT_KNOWN: "not counted, because we do not know enough about it yet. If you know more, "
    "tell us.",
}


def counted_words(ground: Ground, *, is_counted: bool) -> str:
    """Say to the applicant whether a report counts, and why not; names nobody.

    Args:
        ground: what the advice says of the report.
        is_counted: it counts for the law or for a local rule.
    """
    if is_counted:
        return "counted."
    if ground.reason is None:
        return "not counted."
    return _NOT_COUNTED.get(ground.reason, "not counted under the rules of this area.")


_REFERENCE = re.compile(rf"\b{PREFIX}[\s‐-―-]?\w{{4}}[\s‐-―-]?\w{{4}}\b", re.IGNORECASE)
# Content rules of what goes to an applicant: no score or band of risk, no police intelligence, no
# protective marking, and one word that is never used of a person.
_NEVER = re.compile(
    r"vexatious\w*"
    r"|official[\s-]+sensitive"
    r"|police intelligence"
    r"|risk (?:score|band|level|rating|assessment|matrix)\w*"
    r"|(?:very )?(?:high|medium|low|standard)[\s-]risk"
    r"|(?:scored|assessed|graded|rated) (?:as )?(?:high|medium|low|standard)",
    re.IGNORECASE,
)


def words_never_written(text: str, own_reference: str) -> tuple[str, ...]:
    """Return what stands in a text that no letter to an applicant may say, as it stands there."""
    others = [
        found.group()
        for found in _REFERENCE.finditer(text)
        if (normalise_reference(found.group()) or own_reference) != own_reference
    ]
    return tuple(dict.fromkeys([*others, *(found.group() for found in _NEVER.finditer(text))]))
