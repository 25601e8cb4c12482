"""Ten plain requests, so that lists and clocks have something to show."""

from portal.jobs import demo_letters
from portal.jobs import demo_people as people
from portal.jobs.demo_steps import COORDINATORS, Story, acting, day, decide, receive, token
from portal.services import assessment
from portal.services.intake import Channel, PartyKind

_PHONE_ONLY = "Call in the morning. Do not leave a voicemail."
_ANY = "Any way is safe."

# area, received, keyed, channel, lga, name, kind, place, summary, safe contact, acknowledged,
# decided, met
_PLAIN = (
    (
        "wharrowdale",
        "2026-11-30T11:00",
        "2026-11-30T11:30",
        Channel.PHONE,
        "Wharrowdale",
        "Harold Finch",
        PartyKind.INDIVIDUAL,
        "Quarry Lane",
        "Off-road bikes on the path, most evenings.",
        _ANY,
        "2026-12-02",
        "2026-12-11",
        False,
    ),
    (
        "wharrowdale",
        "2026-12-08T15:20",
        "2026-12-09T09:10",
        Channel.POST,
        "Hexley",
        "Ines Calder",
        PartyKind.INDIVIDUAL,
        "Station Road",
        "Shouting and banging from the flat above.",
        _PHONE_ONLY,
        "2026-12-10",
        "2026-12-21",
        True,
    ),
    (
        "wharrowdale",
        "2026-12-15T10:05",
        "2026-12-15T10:20",
        Channel.VISIT,
        "Wharrowdale",
        "The Copper Kettle",
        PartyKind.BUSINESS,
        "Market Square",
        "Groups block the door and threaten staff.",
        _ANY,
        "2026-12-16",
        "2027-01-04",
        True,
    ),
    (
        "wharrowdale",
        "2026-12-22T16:45",
        "2026-12-23T09:00",
        Channel.EMAIL,
        "Hexley",
        "Peter Nowak",
        PartyKind.INDIVIDUAL,
        "Alder Close",
        "Rubbish and glass thrown into the garden.",
        _ANY,
        "2026-12-29",
        "2027-01-07",
        True,
    ),
    (
        "wharrowdale",
        "2026-12-29T09:30",
        "2026-12-29T09:45",
        Channel.PHONE,
        "Wharrowdale",
        "Moira Sand",
        PartyKind.INDIVIDUAL,
        "Weir Terrace",
        "Loud parties and threats after complaints.",
        _PHONE_ONLY,
        "2026-12-30",
        "",
        None,
    ),
    (
        "wharrowdale",
        "2027-01-04T13:10",
        "2027-01-04T13:30",
        Channel.PHONE,
        "Hexley",
        "Yusuf Demir",
        PartyKind.INDIVIDUAL,
        "Mill Street",
        "Stones thrown at the shop’s window.",
        _ANY,
        "2027-01-06",
        "",
        None,
    ),
    (
        "wharrowdale",
        "2027-01-08T17:55",
        "2027-01-11T09:05",
        Channel.POST,
        "Wharrowdale",
        "Residents of Fell View",
        PartyKind.GROUP,
        "Fell View",
        "Dealing in the stairwell, needles on the grass.",
        "Write to the group’s secretary only.",
        "",
        "",
        None,
    ),
    (
        "wharrowdale",
        "2027-01-12T12:00",
        "2027-01-12T12:15",
        Channel.PHONE,
        "Hexley",
        "Dilys Hart",
        PartyKind.INDIVIDUAL,
        "Chapel Row",
        "A neighbour follows her to the bus.",
        "Text first. No letters to the home.",
        "",
        "",
        None,
    ),
    (
        "severnreach",
        "2026-12-18T10:40",
        "2026-12-18T11:00",
        Channel.PHONE,
        "Severnreach",
        "Colin Breeze",
        PartyKind.INDIVIDUAL,
        "Orchard Way",
        "Cars racing at night.",
        _ANY,
        "2026-12-21",
        "",
        None,
    ),
    (
        "severnreach",
        "2027-01-11T14:25",
        "2027-01-11T14:40",
        Channel.EMAIL,
        "Severnreach",
        "Tamsin Vale",
        PartyKind.INDIVIDUAL,
        "Harbour Steps",
        "Fireworks through the letterbox.",
        "Email only. Somebody else reads the post.",
        "",
        "",
        None,
    ),
)

_BODIES = {
    "wharrowdale": (people.POLICE, people.WHARROWDALE_COUNCIL),
    "severnreach": (people.SEVERNREACH_POLICE, people.SEVERNREACH_COUNCIL),
}


def add_all() -> None:
    """Add the requests, each as far as its story goes."""
    for area, received, keyed, channel, lga, name, kind, place, summary, safe, *rest in _PLAIN:
        reference = receive(
            Story(
                area=area,
                received=received,
                keyed=keyed,
                channel=channel,
                lga=lga,
                name=name,
                kind=kind,
                place=place,
                summary=summary,
                safe_contact=safe,
            )
        )
        acknowledged, decided, is_met = rest
        _go_on(area, reference, str(acknowledged), str(decided), is_met=bool(is_met))


def _go_on(area: str, reference: str, acknowledged: str, decided: str, *, is_met: bool) -> None:
    if not acknowledged:
        return
    coordinator = acting(COORDINATORS[area], f"{acknowledged}T16:00")
    assessment.acknowledge(coordinator, reference, token(), day(acknowledged))
    if not decided:
        return
    reasons = (
        "Three reports of the same problem in six months."
        if is_met
        else "One report in six months, and what was done about it was enough. "
        "The council looks at the path again in February."
    )
    later = acting(COORDINATORS[area], f"{decided}T15:00")
    decide(later, reference, decided, is_met=is_met, reasons=reasons, bodies=_BODIES[area])
    if is_met:
        demo_letters.tell_met(later, reference, reasons)
