"""The parties of a case: victim, applicant representative, respondents, witnesses."""

from dataclasses import dataclass, replace

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.people import APPLICANTS_SIDE, contacts_for, parties_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.roles import Act, Actor
from portal.models.case import Capacity, Party, PartyContact, PartyKind, PartyRole
from portal.services.changes import check_version, mark_changed
from portal.services.consents import hold_messages
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.party_ties import why_not_otherwise
from portal.services.reporters import possible_makers
from portal.services.safe_reach import shown_reaches
from portal.services.search_terms import index_cases
from portal.services.words import CAPACITIES, PARTY_KINDS, PARTY_NAMES, party_name


@dataclass(frozen=True, kw_only=True)
class TypedParty:
    """A party as it is typed in; how to reach them is optional.

    Attributes:
        household_of_id: another victim or witness, in whose household they live.
    """

    kind: PartyKind
    name: str
    capacity: Capacity | None = None
    organisation: str = ""
    is_child: Answer | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    household_of_id: int | None = None


@dataclass(frozen=True)
class AddingPage:
    """What the form for a new party needs.

    Attributes:
        neighbours: the victims and witnesses in whose household the party may live.
    """

    frame: CaseFrame
    neighbours: dict[int, str]


@dataclass(frozen=True)
class ShownParty:
    """A party of the case; how to reach them, and how safely, only where the reader may know.

    Attributes:
        role: what they are in the case, in words.
        more: capacity, organisation, kind, and that they are a child: what is known of it.
    """

    id: int
    role: str
    name: str
    more: tuple[str, ...]
    address: str = ""
    phone: str = ""
    email: str = ""
    safe_ways: tuple[str, ...] = ()
    on_applicants_side: bool = False

    @property
    def reach(self) -> tuple[str, ...]:
        """Return what is known of address, phone and email."""
        return tuple(part for part in (self.address, self.phone, self.email) if part)


@dataclass(frozen=True)
class PartyPage:
    """A party as the form for changing it needs it."""

    frame: CaseFrame
    role: PartyRole
    label: str
    typed: TypedParty
    version: int
    neighbours: dict[int, str]


def open_adding(actor: Actor, reference: str) -> AddingPage:
    """Return what the form for a new party needs."""
    with transaction():
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="form")
        return AddingPage(frame(actor, opened), possible_makers(actor, opened.case.id))


def add_party(
    actor: Actor,
    reference: str,
    token: str,
    *,
    role: PartyRole,
    kind: PartyKind,
    name: str,
    capacity: Capacity | None = None,
    organisation: str = "",
    is_child: Answer | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    household_of_id: int | None = None,
) -> int:
    """Add another party to a case; return its number.

    Raises:
        IntakeError: the name is missing where it has to be known, or the household is none here.
    """
    typed = TypedParty(
        kind=kind,
        name=name,
        capacity=capacity,
        organisation=organisation,
        is_child=is_child,
        address=address,
        phone=phone,
        email=email,
        household_of_id=household_of_id,
    )
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing=f"party {role.value}")
        _check_household(typed, possible_makers(actor, opened.case.id))
        party = put_party(opened.case.id, role, typed)
        index_cases([opened.case.id])
        hold_messages(actor, opened)
        turn.result = str(party.id)
    return int(turn.result)


def put_party(case_id: int, role: PartyRole, typed: TypedParty) -> Party:
    """Add a party with how to reach them; does not commit.

    Raises:
        IntakeError: the name is missing where it has to be known.
    """
    party = Party(case_id=case_id, role=role)
    _fill(party, typed)
    db.session.add(party)
    db.session.flush()
    db.session.add(
        PartyContact(party_id=party.id, address=typed.address, phone=typed.phone, email=typed.email)
    )
    return party


def _fill(party: Party, typed: TypedParty) -> None:
    if not typed.name and party.role is not PartyRole.RESPONDENT:
        raise IntakeError("name", "Enter the name")
    stands_in = party.role is PartyRole.APPLICANT_REPRESENTATIVE
    party.kind = typed.kind
    party.name = typed.name
    party.capacity = typed.capacity if stands_in else None
    party.organisation = typed.organisation if stands_in else ""
    party.is_child = typed.is_child if typed.kind is PartyKind.INDIVIDUAL else None
    party.household_of_id = typed.household_of_id


def _check_household(typed: TypedParty, neighbours: dict[int, str]) -> None:
    if typed.household_of_id is not None and typed.household_of_id not in neighbours:
        raise IntakeError("household_of_id", "Select one of the people on this page")


def _neighbours(actor: Actor, party: Party) -> dict[int, str]:
    found = possible_makers(actor, party.case_id)
    return {number: name for number, name in found.items() if number != party.id}


def open_party(actor: Actor, reference: str, party_id: int) -> PartyPage:
    """Return a party to be changed.

    Raises:
        CaseNotFoundError: they are not one of this case.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"party {party_id}")
        party = find_party(actor, opened, party_id)
        contact = contact_of(actor, opened, party)
        return PartyPage(
            frame=frame(actor, opened),
            role=party.role,
            label=PARTY_NAMES[party.role],
            typed=TypedParty(
                kind=party.kind,
                name=party.name,
                capacity=party.capacity,
                organisation=party.organisation,
                is_child=party.is_child,
                address=contact.address if contact else "",
                phone=contact.phone if contact else "",
                email=contact.email if contact else "",
                household_of_id=party.household_of_id,
            ),
            version=party.version,
            neighbours=_neighbours(actor, party),
        )


def change_party(
    actor: Actor,
    reference: str,
    party_id: int,
    token: str,
    typed: TypedParty,
    version: int | None,
    role: PartyRole,
) -> None:
    """Change a party, how to reach them, and what they are in the case.

    Raises:
        CaseNotFoundError: they are not one of this case.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: the name is missing where it has to be known, or they cannot be this: the
            case would lack a victim or who asks for it, or a consent or an invite hangs on them.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"party {party_id}")
        party = find_party(actor, opened, party_id)
        check_version(party, version)
        _check_household(typed, _neighbours(actor, party))
        _take_role(actor, opened, party, role)
        _fill(party, typed)
        contact = contact_of(actor, opened, party)
        if contact is None:
            contact = PartyContact(party_id=party.id)
            db.session.add(contact)
        contact.address, contact.phone, contact.email = typed.address, typed.phone, typed.email
        mark_changed(actor, party)
        index_cases([opened.case.id])
        hold_messages(actor, opened)


def _take_role(actor: Actor, opened: Opened, party: Party, role: PartyRole) -> None:
    if role is party.role:
        return
    why_not = why_not_otherwise(actor, opened, party, role)
    if why_not:
        raise IntakeError("role", why_not)
    thing = f"party {party.id}: {party.role.value} to {role.value}"
    log.record(actor, "party_role_changed", reference=opened.case.reference, thing=thing)
    party.role = role


def find_party(actor: Actor, opened: Opened, party_id: int) -> Party:
    """Return a party of the case; belongs inside a transaction.

    Raises:
        CaseNotFoundError: they are not one of this case.
    """
    query = parties_for(actor, [opened.case.id]).where(Party.id == party_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def contact_of(actor: Actor, opened: Opened, party: Party) -> PartyContact | None:
    """Return how to reach a party; belongs inside a transaction."""
    query = contacts_for(actor, opened.case.id).where(PartyContact.party_id == party.id)
    return db.session.scalars(query).one_or_none()


def shown_parties(actor: Actor, case_id: int) -> tuple[ShownParty, ...]:
    """Return the parties in three queries; belongs inside a transaction."""
    contacts = {row.party_id: row for row in db.session.scalars(contacts_for(actor, case_id))}
    parties = db.session.scalars(parties_for(actor, [case_id])).all()
    names = {party.id: party_name(party.name) for party in parties}
    safe = shown_reaches(actor, case_id)
    return tuple(
        replace(
            _shown(party, contacts.get(party.id), names),
            safe_ways=safe.get(party.id, ()),
            on_applicants_side=party.role in APPLICANTS_SIDE,
        )
        for party in parties
    )


def _shown(party: Party, contact: PartyContact | None, names: dict[int, str]) -> ShownParty:
    name = names[party.id]
    more = tuple(part for part in _more(party) if part)
    if contact is None:
        return ShownParty(party.id, PARTY_NAMES[party.role], name, more)
    # Who lives with whom is part of where they live.
    if party.household_of_id is not None:
        more = (*more, f"Same household as {names[party.household_of_id]}")
    reach = (contact.address, contact.phone, contact.email)
    return ShownParty(party.id, PARTY_NAMES[party.role], name, more, *reach)


def _more(party: Party) -> tuple[str, ...]:
    return (
        CAPACITIES[party.capacity] if party.capacity else "",
        party.organisation,
        "" if party.kind is PartyKind.INDIVIDUAL else PARTY_KINDS[party.kind],
        {Answer.YES: "A child", Answer.NOT_KNOWN: "Not known whether a child"}.get(
            party.is_child or Answer.NO, ""
        ),
    )


__all__ = [
    "AddingPage",
    "Answer",
    "Capacity",
    "IntakeError",
    "PartyKind",
    "PartyPage",
    "PartyRole",
    "ShownParty",
    "TypedParty",
    "add_party",
    "change_party",
    "open_adding",
    "open_party",
    "put_party",
    "shown_parties",
]
