"""Four stories, told through the services: Noor Haddad, Larch Court, the Pikes, Gwen Aldous."""

from portal.domain.answers import Answer, Strand
from portal.domain.handling import Handling, Told
from portal.domain.membership import ConflictKind, Standing
from portal.domain.threshold.facts import ReportState
from portal.jobs import (
    demo_changes,
    demo_files,
    demo_letters,
    demo_plans,
    demo_reports,
    demo_requests,
    demo_risks,
    demo_support,
    demo_table,
)
from portal.jobs import demo_people as people
from portal.jobs.demo_meetings import book, meet_and_issue
from portal.jobs.demo_minutes import issue_minutes
from portal.jobs.demo_steps import (
    COORDINATORS,
    Reported,
    Story,
    acting,
    appoint,
    day,
    decide,
    happened,
    name,
    receive,
    seat,
    share,
    token,
)
from portal.services import assessment, panel
from portal.services.intake import Capacity, Channel, PartyKind

POLICE = "police@wharrow-police.example"
POLICE_LEAD = "police-lead@wharrow-police.example"
POLICE_DEPUTY = "police-deputy@wharrow-police.example"
POLICE_OBSERVER = "police-observer@wharrow-police.example"
HEXLEY = "council@hexley.example"
WHARROWDALE = "council@wharrowdale.example"
TOLLGATE = "housing@tollgate.example"
ICB = "health@wharrow-icb.example"
FIRE = "fire@wharrow-fire.example"
CHAIR = "chair@chairs.example"
CHAIR_TWO = "chair-two@chairs.example"
S_POLICE = "police@severnreach-police.example"
S_COUNCIL = "council@severnreach.example"


def noor_haddad() -> None:
    """A single hate report, the Christmas clock, and an item for chair and coordinator only."""
    reference = receive(
        Story(
            area="wharrowdale",
            received="2026-12-17T20:15",
            keyed="2026-12-18T09:00",
            channel=Channel.FORM,
            lga="Hexley",
            name="Noor Haddad",
            kind=PartyKind.INDIVIDUAL,
            place="Alder House, Hexley",
            summary="Racist abuse and damage by a neighbour on the stairs. Noor has an Arabic "
            "interpreter and a son of 9.",
            safe_contact="No letters to the home, no voicemail. Text first, between 9am and 1pm. "
            "Arabic interpreter.",
            address="Flat 6, Alder House, Hexley",
            phone="01632 960188",
            email="noor@post.example",
        )
    )
    keyed = acting(COORDINATORS["wharrowdale"], "2026-12-18T10:00")
    happened(
        keyed,
        reference,
        "2026-10-28",
        "Racist abuse, window broken",
        "“He shouted at me from the stairs and threw a bottle. The glass in my door broke. "
        "My son was behind it.”",
        Reported(
            on="2026-11-02",
            to=people.POLICE,
            how="Call to 101",
            reference="WV-2611-0447",
            done="Recorded as criminal damage.",
            state=ReportState.CONFIRMED,
        ),
        hate=Answer.YES,
        strands=(Strand.RACE,),
    )
    demo_requests.noor(keyed, reference)
    demo_files.noor(keyed, reference)
    demo_risks.noor(keyed, reference)
    assessment.acknowledge(keyed, reference, token(), day("2026-12-18"))
    decided = acting(COORDINATORS["wharrowdale"], "2027-01-05T14:00")
    decide(
        decided,
        reference,
        "2027-01-05",
        is_met=True,
        reasons="One hate report in six months is enough.",
        bodies=(people.POLICE, people.HEXLEY_COUNCIL),
    )
    demo_letters.tell_noor(decided, reference)
    for agency, email in (
        (people.POLICE, POLICE),
        (people.HEXLEY_COUNCIL, HEXLEY),
        (people.TOLLGATE, TOLLGATE),
        (people.ICB, ICB),
    ):
        seat(decided, reference, agency, email)
    lead = acting(POLICE_LEAD, "2027-01-06T09:00")
    name(lead, reference, people.POLICE, POLICE_DEPUTY, Standing.DEPUTY)
    name(lead, reference, people.POLICE, POLICE_OBSERVER, Standing.OBSERVER)
    appoint(decided, reference, CHAIR)
    panel.declare(
        acting(CHAIR, "2027-01-06T11:00"), reference, token(), has_conflict=False, reason=""
    )
    _noor_items(reference)
    demo_changes.noor_haddad(reference)
    book(
        acting(COORDINATORS["wharrowdale"], "2027-01-11T09:30"),
        reference,
        "2027-01-19",
        "Hexley Civic Centre, room 2",
        "noor@post.example",
    )
    demo_table.answer_invites(reference, accepts=(POLICE, TOLLGATE), may_come=HEXLEY)
    demo_support.noor(reference)
    # Joins after the invites went out, and reads from the start what is for the panel.
    joined = acting(COORDINATORS["wharrowdale"], "2027-01-13T16:00")
    seat(joined, reference, people.FIRE, FIRE, required=False)


def _noor_items(reference: str) -> None:
    police = acting(POLICE, "2027-01-11T15:00")
    council = acting(HEXLEY, "2027-01-12T10:00")
    share(
        police,
        reference,
        "2026-11-19",
        "Visit, no further action",
        "Officer visited. No witness found for the damage. Case filed on 24 November.",
        Handling.PANEL,
        Told.YES,
    )
    share(
        police,
        reference,
        "2026-12-03",
        "Intelligence item",
        "A source says that the person complained about keeps a knife by the door and has spoken "
        "of scaring her into moving out.",
        Handling.CHAIR_AND_COORDINATOR,
    )
    share(
        police,
        reference,
        "2026-12-07",
        "Tenancy of the other address",
        "The person complained about is a tenant of Tollgate Homes in the same block.",
        Handling.NAMED,
        named=(people.HEXLEY_COUNCIL, people.TOLLGATE),
    )
    share(
        council,
        reference,
        "2026-11-09",
        "Call to the council, log HC-44817",
        "Phone call. Logged as “neighbour dispute”. The hate incident procedure did not start.",
        Handling.STATUTORY,
        Told.IN_THESE_WORDS,
        words="You told the council on 9 November. We wrote it down as a dispute between "
        "neighbours. It should have been a hate incident, and we have changed our record.",
    )
    share(
        council,
        reference,
        "2026-12-14",
        "Wellbeing call",
        "Noor told our adviser that she does not sleep and has given up her evening shifts.",
        Handling.NAMED,
        Told.YES,
        named=(people.POLICE, people.ICB),
    )
    share(
        acting(TOLLGATE, "2027-01-08T12:00"),
        reference,
        "2027-01-08",
        "Nil return",
        "We searched by name and address. We hold no report.",
        Handling.PANEL,
        Told.YES,
    )


def larch_court() -> None:
    """Residents, an MP as applicant representative, a chair with a conflict, a plan under way."""
    reference = receive(
        Story(
            area="wharrowdale",
            received="2026-04-01T11:20",
            keyed="2026-04-01T12:00",
            channel=Channel.EMAIL,
            lga="Wharrowdale",
            name="Residents of Larch Court",
            kind=PartyKind.GROUP,
            place="Larch Court, stairwell B",
            summary="Drug use in the stairwell, reported by residents of five flats.",
            applicant_representative="Caseworker of the MP for Wharrowdale",
            capacity=Capacity.MP,
            safe_contact="Through the MP’s caseworker, for those who have consented. "
            "Never on a door of the block.",
        )
    )
    first = acting(COORDINATORS["wharrowdale"], "2026-04-02T10:00")
    demo_requests.larch_court(first, reference)
    demo_reports.larch_court(first, reference)
    demo_risks.larch_court(first, reference)
    assessment.acknowledge(first, reference, token(), day("2026-04-02"))
    decided = acting(COORDINATORS["wharrowdale"], "2026-04-17T15:00")
    decide(
        decided,
        reference,
        "2026-04-17",
        is_met=True,
        reasons="At least three reports of the same problem, each made within a month of what "
        "happened and all within six months.",
        bodies=(people.POLICE, people.WHARROWDALE_COUNCIL, people.TOLLGATE),
    )
    seat(decided, reference, people.POLICE, POLICE)
    seat(decided, reference, people.WHARROWDALE_COUNCIL, WHARROWDALE)
    seat(decided, reference, people.TOLLGATE, TOLLGATE)
    appoint(decided, reference, CHAIR)
    panel.declare(
        acting(CHAIR, "2026-04-18T09:00"),
        reference,
        token(),
        has_conflict=True,
        reason="I worked for Tollgate Homes until 2024.",
        kind=ConflictKind.FORMER_EMPLOYER,
    )
    appoint(decided, reference, CHAIR_TWO)
    chair = acting(CHAIR_TWO, "2026-04-20T09:00", decided.area_id)
    panel.declare(chair, reference, token(), has_conflict=False, reason="")
    share(
        acting(POLICE, "2026-04-22T10:00"),
        reference,
        "2026-03-12",
        "Patrols in March",
        "Four patrols in March. Two young people were moved on.",
        Handling.PANEL,
        Told.YES,
    )
    book(
        acting(COORDINATORS["wharrowdale"], "2026-04-21T09:00"),
        reference,
        "2026-04-28",
        "Wharrowdale Town Hall, committee room",
    )
    meet_and_issue(
        "wharrowdale",
        reference,
        CHAIR_TWO,
        "2026-04-28",
        "2026-05-05",
        {
            "Fit a door that locks at both entries": (
                TOLLGATE,
                "2026-06-30",
                "You will have a door that locks at both entries.",
            ),
            "Patrol the stairwell on Friday and Saturday evenings": (
                POLICE,
                "2026-05-29",
                "Officers will walk through your stairwell on Friday and Saturday evenings.",
            ),
        },
    )
    issue_minutes("wharrowdale", reference, CHAIR_TWO, "2026-04-29", "2026-05-05")


def pike_and_daughter() -> None:
    """A business, a scheme with other clocks, a plan under way."""
    reference = receive(
        Story(
            area="severnreach",
            received="2026-09-14T09:30",
            keyed="2026-09-14T10:00",
            channel=Channel.VISIT,
            lga="Severnreach",
            name="Pike & Daughter Hardware",
            kind=PartyKind.BUSINESS,
            place="Quay Street",
            summary="Threats and damage at the shop, four times since spring.",
            safe_contact="Call the shop before 9am. Ask for the owner.",
            phone="01632 960355",
        )
    )
    first = acting(COORDINATORS["severnreach"], "2026-09-15T10:00")
    demo_requests.pike(first, reference)
    demo_risks.pike(first, reference)
    for on in ("2026-05-20", "2026-06-18", "2026-07-15", "2026-08-10"):
        happened(
            first,
            reference,
            on,
            "Threats at the till",
            "“They said they would come back with a hammer.”",
            Reported(on=on, to=people.SEVERNREACH_POLICE, how="Call to 101"),
        )
    assessment.acknowledge(first, reference, token(), day("2026-09-15"))
    decided = acting(COORDINATORS["severnreach"], "2026-09-24T15:00")
    decide(
        decided,
        reference,
        "2026-09-24",
        is_met=True,
        reasons="Four reports, each made within a month of what happened, all within six months.",
        bodies=(people.SEVERNREACH_POLICE, people.SEVERNREACH_COUNCIL),
    )
    seat(decided, reference, people.SEVERNREACH_POLICE, S_POLICE)
    seat(decided, reference, people.SEVERNREACH_COUNCIL, S_COUNCIL)
    appoint(decided, reference, CHAIR_TWO)
    chair = acting(CHAIR_TWO, "2026-09-25T09:00", decided.area_id)
    panel.declare(chair, reference, token(), has_conflict=False, reason="")
    book(
        acting(COORDINATORS["severnreach"], "2026-09-28T09:00"),
        reference,
        "2026-10-08",
        "Severnreach Guildhall",
    )
    meet_and_issue(
        "severnreach",
        reference,
        CHAIR_TWO,
        "2026-10-08",
        "2026-10-14",
        {
            "Light the passage beside the shop": (
                S_COUNCIL,
                "2026-11-30",
                "The passage beside your shop will be lit.",
            ),
            "Take statements from staff at the shop, not at the station": (
                S_POLICE,
                "2026-10-30",
                "Officers will come to the shop for your statements.",
            ),
        },
    )
    demo_plans.change("severnreach", reference, CHAIR_TWO, "2026-11-24", "2026-12-18")


def gwen_aldous() -> None:
    """Not met, with what will be done all the same."""
    reference = receive(
        Story(
            area="wharrowdale",
            received="2026-08-24T10:15",
            keyed="2026-08-24T10:40",
            channel=Channel.PHONE,
            lga="Hexley",
            name="Gwen Aldous",
            kind=PartyKind.INDIVIDUAL,
            place="Beck Lane, Hexley",
            summary="Noise at night from the house next door, and a grievance about an officer.",
            safe_contact="Phone, after 10am. She does not hear well: speak slowly.",
            phone="01632 960199",
        )
    )
    first = acting(COORDINATORS["wharrowdale"], "2026-08-26T10:00")
    demo_requests.gwen(first, reference)
    demo_risks.gwen(first, reference)
    for on in ("2026-06-05", "2026-07-11"):
        happened(
            first,
            reference,
            on,
            "Music until 3am",
            "“I could not sleep, and nobody came.”",
            Reported(on=on, to=people.HEXLEY_COUNCIL, how=""),
        )
    demo_letters.acknowledge(first, reference)
    decided = acting(COORDINATORS["wharrowdale"], "2026-09-04T12:00")
    decide(
        decided,
        reference,
        "2026-09-04",
        is_met=False,
        reasons="Two reports in six months. What you say about the officer is a complaint, and "
        "we have told you how to make it. The council visits both houses in September.",
        bodies=(people.POLICE, people.HEXLEY_COUNCIL),
    )
    demo_letters.tell_gwen(decided, reference, people.HEXLEY_COUNCIL, people.POLICE)
