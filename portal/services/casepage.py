"""The page of a case, built for one reader: what to do, what is due, what happened."""

from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.meeting import meetings_for
from portal.access.scope.people import contacts_for, parties_for
from portal.db import db, transaction
from portal.domain.letters import LetterKind
from portal.domain.roles import Act, Actor
from portal.models.case import Party
from portal.services import chronology, clock_lines
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.chronology import Line
from portal.services.clock_lines import ClockLine
from portal.services.frames import CaseFrame, frame
from portal.services.letters import issued_letters, letter_to_send
from portal.services.office_notes import OfficeNote, office_note
from portal.services.risk_page import RiskCard, risk_card
from portal.services.words import PARTY_NAMES, party_name

# The overview shows the latest lines; the whole is a tab of its own.
SHORTENED_TO = 12


@dataclass(frozen=True)
class Contact:
    """How a party can be reached: for the coordinator and the chair."""

    name: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True)
class ShownParty:
    """A party, as the side of the page lists it."""

    role: str
    name: str


@dataclass(frozen=True)
class CasePage:
    """A case, cut to its reader.

    Attributes:
        lines: the latest of the chronology, the oldest of them first.
        is_shortened: there are older ones in the chronology.
        letter_to_send: the letter that has still to tell the decision or the closing, for who
            writes it.
        office_note: what the form says to the office alone; none for everybody else.
    """

    frame: CaseFrame
    reads_everything: bool
    agency_name: str
    place: str
    summary: str
    clocks: tuple[ClockLine, ...]
    lines: tuple[Line, ...]
    is_shortened: bool
    parties: tuple[ShownParty, ...]
    contacts: tuple[Contact, ...]
    panel: tuple[str, ...]
    decision: ShownDecision | None
    meeting: ShownMeeting | None
    is_panel_ready: bool
    risk: RiskCard
    letter_to_send: LetterKind | None
    office_note: OfficeNote | None


def open_case(actor: Actor, reference: str) -> CasePage:
    """Return the page of a case for this reader."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE)
        case = opened.case
        people = readers_of(case)
        everybody = tuple(person.label for person in people)
        meeting = db.session.scalars(meetings_for(actor, case.id)).one_or_none()
        decision = shown_decision(actor, case.id)
        lines = chronology.lines_for(actor, opened, people, decision, meeting)
        parties = db.session.scalars(parties_for(actor, [case.id])).all()
        return CasePage(
            frame=frame(actor, opened),
            reads_everything=actor.agency_id is None,
            agency_name=chronology.agency_name(actor, people),
            place=case.place,
            summary=case.summary,
            clocks=clock_lines.lines(actor, case),
            lines=lines[-SHORTENED_TO:],
            is_shortened=len(lines) > SHORTENED_TO,
            parties=tuple(ShownParty(PARTY_NAMES[p.role], party_name(p.name)) for p in parties),
            contacts=_contacts(actor, opened, {p.id: p for p in parties}),
            panel=everybody,
            decision=decision,
            meeting=shown_meeting(meeting) if meeting else None,
            is_panel_ready=opened.facts.has_panel and opened.facts.chair_is_ready,
            risk=risk_card(actor, opened),
            letter_to_send=_letter_to_send(actor, opened, decision),
            office_note=office_note(actor, case.id),
        )


def _letter_to_send(
    actor: Actor, opened: Opened, decision: ShownDecision | None
) -> LetterKind | None:
    if not opened.allows(actor, Act.ISSUE_LETTER):
        return None
    return letter_to_send(opened, decision, issued_letters(actor, opened))


def _contacts(actor: Actor, opened: Opened, parties: dict[int, Party]) -> tuple[Contact, ...]:
    return tuple(
        Contact(party_name(parties[row.party_id].name), row.address, row.phone, row.email)
        for row in db.session.scalars(contacts_for(actor, opened.case.id))
    )


def open_form(actor: Actor, reference: str, act: Act) -> CaseFrame:
    """Return the top of the page for a form; whether the act is open is asked here already."""
    with transaction():
        return frame(actor, load_case(actor, reference, act, thing="form"))
