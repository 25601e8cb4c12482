"""Cases with a decision, and letters that could be issued."""

import datetime as dt

from portal.domain.letters import LetterKind
from portal.domain.roles import Actor
from portal.services import assessment, incidents, letters
from portal.services.letter_drafts import TypedLetter, TypedStep
from tests import cases
from tests.cases import agency_id, token

MET, NOT_MET = LetterKind.THRESHOLD_MET, LetterKind.THRESHOLD_NOT_MET
ACKNOWLEDGEMENT = LetterKind.ACKNOWLEDGEMENT
CONSENT_REQUEST = LetterKind.CONSENT_REQUEST
NOT_INVITED = LetterKind.NOT_INVITED
CLOSURE = LetterKind.CLOSURE
AT = cases.DECIDED_AT


def report(office: Actor, reference: str, *days: str) -> None:
    """Add incidents of these days, each reported to the police the day after."""
    for each in days:
        on = dt.date.fromisoformat(each)
        told = incidents.TypedReport(
            reported_on=on + dt.timedelta(days=1),
            reported_to="Wharrow Valley Police",
            how="101",
            their_reference="",
            what_was_done="",
        )
        typed = incidents.TypedIncident(
            happened_on=on, title="Shouting", account="They shouted.", report=told, hate=None
        )
        incidents.add_incident(office, reference, token(), typed)


def decide(office: Actor, reference: str, *, is_met: bool, reasons: str = "We looked.") -> None:
    """Record the decision, whatever the advice."""
    typed = assessment.TypedDecision(
        is_met=is_met,
        decided_on=AT.date(),
        reasons=reasons,
        agreed_by=cases.two_agree(office),
        departure="The bodies think so.",
    )
    assessment.record_threshold_decision(office, reference, token(), typed)


def typed_letter(office: Actor, reference: str, kind: LetterKind, **changes: object) -> TypedLetter:
    """A letter as it is begun, with what is not begun filled in."""
    begun = letters.open_letter_form(office, reference, kind).typed
    whole = {name: getattr(begun, name) for name in TypedLetter.__dataclass_fields__}
    if kind is NOT_MET:
        whole |= {
            "factors": "It has gone on since May.",
            "what_would_change": "One more report.",
            "next_contact_on": dt.date(2027, 1, 20),
            "steps": (step(),),
        }
    return TypedLetter(**(whole | changes))


def step(**changes: object) -> TypedStep:
    """The council visits both houses."""
    whole = {
        "what": "visit both houses",
        "who": str(agency_id("Hexley Council")),
        "by": dt.date(2027, 1, 15),
    }
    return TypedStep(**(whole | changes))


def write(office: Actor, reference: str, kind: LetterKind, **changes: object) -> None:
    """Save a letter that could be issued, but for the changes."""
    typed = typed_letter(office, reference, kind, **changes)
    version = letters.open_letter_form(office, reference, kind).version
    letters.write_letter(office, reference, kind, token(), typed, version)


def open_sentences(office: Actor, reference: str, kind: LetterKind) -> list[str]:
    """What still blocks a letter."""
    page = letters.open_letter(office, reference, kind)
    return [check.sentence for check in page.ready.open_checks]


def text_of(office: Actor, reference: str, kind: LetterKind) -> str:
    """The letter as it will read, a paragraph a line."""
    page = letters.open_letter(office, reference, kind)
    return "\n".join("".join(text for text, _ in each.parts) for each in page.paragraphs)
