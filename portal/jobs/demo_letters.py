"""The letters of the sample cases, by the same services as real ones."""

from portal.domain.letters import LetterKind
from portal.domain.roles import Actor
from portal.jobs.demo_steps import agency_ids, day, token
from portal.services import letter_issuing, letters
from portal.services.letter_drafts import OFFICE, TypedLetter, TypedStep

_GWEN_REASONS = (
    "You told us of two nights with loud music. The rules ask for three reports in six months, "
    "and we found two.\n"
    "What you say about the officer is a complaint. We have told you how to make it."
)
_GWEN_FACTORS = (
    "It has gone on since June. You told us that you cannot sleep, and we believe you.\n"
    "The council wrote to the house next door in July. We think that more can be done, and it "
    "stands below."
)
_GWEN_CHANGE = (
    "If it happens again, one more report within a month of it is enough. A report that we could "
    "not find can change the answer too."
)
_NOOR_REASONS = (
    "You reported one incident of hate in the past six months. In this area one such report is "
    "enough."
)


def acknowledge(actor: Actor, reference: str) -> None:
    """Acknowledge a request by letter; that records it too."""
    letter_issuing.issue_letter(actor, reference, LetterKind.ACKNOWLEDGEMENT, token(), 0)


def tell_gwen(actor: Actor, reference: str, hexley: str, police: str) -> None:
    """Tell that there will be no review, and what is done all the same."""
    ids = agency_ids(actor.area_id)
    _write_and_issue(
        actor,
        reference,
        LetterKind.THRESHOLD_NOT_MET,
        reasons=_GWEN_REASONS,
        factors=_GWEN_FACTORS,
        what_would_change=_GWEN_CHANGE,
        next_contact_on=day("2026-09-25"),
        steps=(
            _step("visit you and the house next door", str(ids[hexley]), "2026-09-18"),
            _step("ring you about your complaint", str(ids[police]), "2026-09-11"),
            _step("ask you if the nights are quieter", OFFICE, "2026-09-25"),
        ),
    )


def _step(what: str, who: str, by: str) -> TypedStep:
    return TypedStep(what=what, who=who, by=day(by))


def tell_noor(actor: Actor, reference: str) -> None:
    """Tell that there will be a review, and why."""
    tell_met(actor, reference, _NOOR_REASONS)


def tell_met(actor: Actor, reference: str, reasons: str) -> None:
    """Tell that there will be a review."""
    _write_and_issue(actor, reference, LetterKind.THRESHOLD_MET, reasons=reasons)


def _write_and_issue(actor: Actor, reference: str, kind: LetterKind, **typed: object) -> None:
    begun = letters.open_letter_form(actor, reference, kind)
    names = set(TypedLetter.__dataclass_fields__)
    whole = {name: getattr(begun.typed, name) for name in names} | typed
    letters.write_letter(actor, reference, kind, token(), TypedLetter(**whole), begun.version)
    version = letters.open_letter_form(actor, reference, kind).version
    letter_issuing.issue_letter(actor, reference, kind, token(), version)
