"""The fictional areas, agencies and people of the demonstration."""

import datetime as dt
from dataclasses import dataclass

from portal.domain.dates import LONDON
from portal.domain.handling import AgencyKind
from portal.domain.roles import Actor, Role
from portal.jobs import demo_public, demo_words
from portal.services import people, setup

PASSPHRASE = "wharrow demo passphrase"  # noqa: S105  # printed at the start, opens fiction only
BEGAN_AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=LONDON)

WHARROWDALE = setup.NewArea(
    slug="wharrowdale",
    name="Wharrow Valley",
    office_name="Office of the Commissioner for Wharrow Valley",
    office_phone="01632 960142",
    office_email="office@wharrow-lpb.example",
    preset="durham",
    lgas=("Wharrowdale", "Hexley"),
    words=demo_words.WHARROWDALE,
)
SEVERNREACH = setup.NewArea(
    slug="severnreach",
    name="Severnreach",
    office_name="Office of the Commissioner for Severnreach",
    office_phone="01632 960310",
    office_email="office@severnreach-lpb.example",
    preset="gloucestershire",
    lgas=("Severnreach",),
    words=demo_words.SEVERNREACH,
)

POLICE = "Wharrow Valley Police"
WHARROWDALE_COUNCIL = "Wharrowdale Council"
HEXLEY_COUNCIL = "Hexley Council"
TOLLGATE = "Tollgate Homes"
ICB = "Wharrow ICB"
FIRE = "Wharrow Fire and Rescue"
SCHOOL = "Moorside School"
VICTIM_CARE = "Wharrow Victim Care"
SEVERNREACH_POLICE = "Severnreach Police"
SEVERNREACH_COUNCIL = "Severnreach Council"

# area, name, kind, co-opted
AGENCIES = (
    ("wharrowdale", POLICE, AgencyKind.POLICE, False),
    ("wharrowdale", WHARROWDALE_COUNCIL, AgencyKind.COUNCIL, False),
    ("wharrowdale", HEXLEY_COUNCIL, AgencyKind.COUNCIL, False),
    ("wharrowdale", TOLLGATE, AgencyKind.HOUSING_PROVIDER, True),
    ("wharrowdale", ICB, AgencyKind.HEALTH, False),
    ("wharrowdale", FIRE, AgencyKind.FIRE, False),
    ("wharrowdale", SCHOOL, AgencyKind.SCHOOL, False),
    ("wharrowdale", VICTIM_CARE, AgencyKind.VICTIM_SUPPORT, False),
    ("wharrowdale", "Wharrow Probation", AgencyKind.PROBATION, False),
    ("wharrowdale", "Lantern Trust", AgencyKind.CHARITY, False),
    ("severnreach", SEVERNREACH_POLICE, AgencyKind.POLICE, False),
    ("severnreach", SEVERNREACH_COUNCIL, AgencyKind.COUNCIL, False),
)
# Whose council each is: the panel of a case is suggested by it.
COUNCIL_OF = {
    WHARROWDALE_COUNCIL: "Wharrowdale",
    HEXLEY_COUNCIL: "Hexley",
    SEVERNREACH_COUNCIL: "Severnreach",
}


@dataclass(frozen=True)
class Held:
    """A role that an account holds."""

    area: str
    role: Role
    agency: str = ""


@dataclass(frozen=True)
class Account:
    """An account of the demonstration."""

    email: str
    name: str
    phone: str
    held: tuple[Held, ...]


def _of_agency(area: str, agency: str, *roles: Role) -> tuple[Held, ...]:
    return tuple(Held(area, role, agency) for role in roles)


# Where an agency has one account, that person is its lead as well.
_BOTH = (Role.AGENCY_LEAD, Role.AGENCY_REPRESENTATIVE)
_W = "wharrowdale"
_S = "severnreach"

ACCOUNTS = (
    Account(
        "coordinator@wharrow-lpb.example",
        "Ruth Adeyemi",
        "01632 960142",
        (Held(_W, Role.COORDINATOR),),
    ),
    Account("admin@wharrow-lpb.example", "Gareth Pell", "", (Held(_W, Role.ADMINISTRATOR),)),
    Account("auditor@wharrow-lpb.example", "Imogen Thwaite", "", (Held(_W, Role.AUDITOR),)),
    Account("scrutineer@wharrow-lpb.example", "Desmond Akers", "", (Held(_W, Role.SCRUTINEER),)),
    Account(
        "police@wharrow-police.example",
        "Sgt Daniel Okafor",
        "01632 960151",
        _of_agency(_W, POLICE, Role.AGENCY_REPRESENTATIVE),
    ),
    Account(
        "police-lead@wharrow-police.example",
        "Insp Lena Marsh",
        "01632 960152",
        _of_agency(_W, POLICE, Role.AGENCY_LEAD),
    ),
    Account(
        "police-deputy@wharrow-police.example",
        "PC Nia Prosser",
        "01632 960153",
        _of_agency(_W, POLICE, Role.AGENCY_REPRESENTATIVE),
    ),
    Account(
        "police-observer@wharrow-police.example",
        "Student officer Ben Arden",
        "",
        _of_agency(_W, POLICE, Role.AGENCY_REPRESENTATIVE),
    ),
    Account(
        "council@wharrowdale.example",
        "Owen Bryce",
        "01632 960161",
        _of_agency(_W, WHARROWDALE_COUNCIL, *_BOTH),
    ),
    Account(
        "council@hexley.example",
        "Marie Castell",
        "01632 960162",
        _of_agency(_W, HEXLEY_COUNCIL, *_BOTH),
    ),
    Account(
        "housing@tollgate.example",
        "Tom Beddoes",
        "01632 960163",
        _of_agency(_W, TOLLGATE, *_BOTH),
    ),
    Account(
        "health@wharrow-icb.example", "Sunita Rao", "01632 960164", _of_agency(_W, ICB, *_BOTH)
    ),
    Account(
        "fire@wharrow-fire.example", "Callum Reid", "01632 960165", _of_agency(_W, FIRE, *_BOTH)
    ),
    Account("chair@chairs.example", "Margaret Lyle", "01632 960171", (Held(_W, Role.CHAIR),)),
    Account(
        "chair-two@chairs.example",
        "Anthony Farrow",
        "01632 960172",
        (Held(_W, Role.CHAIR), Held(_S, Role.CHAIR)),
    ),
    Account(
        "support@victimcare.example",
        "Kelly Nash",
        "01632 960177",
        (Held(_W, Role.SUPPORT_WORKER),),
    ),
    Account("appeal-chair@panel.example", "Joan Whitcombe", "", (Held(_W, Role.APPEAL_CHAIR),)),
    Account("appeal-member@panel.example", "Ravi Menon", "", (Held(_W, Role.APPEAL_MEMBER),)),
    Account(
        "coordinator@severnreach-lpb.example",
        "Bethan Rowe",
        "01632 960310",
        (Held(_S, Role.COORDINATOR),),
    ),
    Account(
        "police@severnreach-police.example",
        "Sgt Huw Parry",
        "01632 960311",
        _of_agency(_S, SEVERNREACH_POLICE, *_BOTH),
    ),
    Account(
        "council@severnreach.example",
        "Alice Tranter",
        "01632 960312",
        _of_agency(_S, SEVERNREACH_COUNCIL, *_BOTH),
    ),
    Account("admin@severnreach-lpb.example", "Eleri Voss", "", (Held(_S, Role.ADMINISTRATOR),)),
)


def add_all() -> None:
    """Add areas, agencies and people, as an office would have on its first day."""
    actor = Actor.job("portal demo", BEGAN_AT)
    for area in (WHARROWDALE, SEVERNREACH):
        setup.add_area(actor, area)
    for area_slug, name, kind, is_co_opted in AGENCIES:
        setup.add_agency(
            actor,
            area_slug,
            name=name,
            kind=kind,
            is_co_opted=is_co_opted,
            lga=COUNCIL_OF.get(name, ""),
        )
    hashed = people.hash_for_many(PASSPHRASE)
    for account in ACCOUNTS:
        people.add_hashed_person(
            actor, email=account.email, name=account.name, phone=account.phone, hashed=hashed
        )
        for held in account.held:
            people.give_role(
                actor,
                email=account.email,
                role=held.role,
                area_slug=held.area,
                agency_name=held.agency,
            )
    demo_public.add_all(actor)


def accounts_listed() -> list[str]:
    """Return a line for each account: address, name and what they are."""
    width = max(len(account.email) for account in ACCOUNTS)
    return [
        f"{account.email:<{width}}  {account.name}, "
        + " and ".join(dict.fromkeys(_what(held) for held in account.held))
        for account in ACCOUNTS
    ]


def _what(held: Held) -> str:
    return f"{held.role.label}, {held.agency}" if held.agency else held.role.label
