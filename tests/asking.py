"""The sample cases as they come in by the form: page after page, with what is typed on each."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portal.domain.dates import LONDON
from tests import noor
from tests.pages import Client, Page

Typed = Mapping[str, Mapping[str, Any]]
# Fields whose answers have a number that is another in each database: typed by their words.
NUMBERED = {"told", "lga", "bodies"}
NOBODY = {"bodies": "Only the office"}


def day(name: str, date: dt.date) -> dict[str, str]:
    """Return a day as it is typed in three parts."""
    return {f"{name}-{part}": str(getattr(date, part)) for part in ("day", "month", "year")}


# Sample case 2: the MP's caseworker asks for the residents of Larch Court; Wednesday 1 April 2026.
LARCH_COURT_AT = dt.datetime(2026, 4, 1, 10, 0, tzinfo=LONDON)
LARCH_COURT: Typed = {
    "/request/who": {"for_whom": "group", "first_name": "Iris", "last_name": "Kell"},
    "/request/group": {"group_name": "Residents of Larch Court", "members": "6"},
    "/request/reach": {"ways": ["email"], "email": "iris.kell@mp-office.example"},
    "/request/home": {"no_address": "yes"},
    "/request/happening": {
        "place": "Stairwell of Larch Court",
        "lga": "Wharrowdale",
        "what": "People deal and take drugs on the stairs.",
        "hate": "no",
    },
    "/request/incidents/1": {
        "title": "Needles on the stairs",
        **day("happened_on", dt.date(2026, 3, 10)),
    },
    # One incident, told to the police and to the landlord: two reports of one thing.
    "/request/incidents/1/reports/1": {
        "told": "Wharrow Valley Police",
        **day("told_on", dt.date(2026, 3, 11)),
        "channel": "phone",
        "step": "report",
    },
    "/request/incidents/1/reports/2": {
        "told": "Tollgate Homes",
        "not_sure": "yes",
        "about_when": "The week after",
    },
    "/request/effect": {"others": ["neighbours"], "how_many": "6"},
    "/request/meeting": {"taking_part": "somebody_else", "speaker": "Iris Kell"},
    "/request/sharing": NOBODY,
}
# Sample case 3: a shop, four incidents, each reported within a month, the last five weeks before.
PIKE_AT = dt.datetime(2026, 9, 14, 9, 0, tzinfo=LONDON)
PIKE_DAYS = tuple(dt.date(2026, *each) for each in ((5, 4), (6, 8), (7, 6), (8, 10)))
PIKE: Typed = {
    "/request/who": {"for_whom": "business", "first_name": "Joan", "last_name": "Pike"},
    "/request/business": {"business_name": "Pike & Daughter Hardware"},
    "/request/reach": {"ways": ["phone", "post"], "phone": "01632 960 377", "message": "yes"},
    "/request/home": {"address": "3 Quay Street\nSevernreach", "postcode": "SR1 2AB"},
    "/request/happening": {"at_home": "yes", "what": "Boys throw stones at the window."},
    **{
        f"/request/incidents/{number}": {"title": f"Stones {number}", **day("happened_on", each)}
        for number, each in enumerate(PIKE_DAYS, start=1)
    },
    **{
        f"/request/incidents/{number}/reports/1": {
            "told": "Severnreach Police",
            **day("told_on", each + dt.timedelta(days=2)),
            "step": "incident" if number < len(PIKE_DAYS) else "on",
        }
        for number, each in enumerate(PIKE_DAYS, start=1)
    },
    "/request/effect": {"impact": "We close at three.", "others": ["customers"]},
    "/request/meeting": {"taking_part": "by_video"},
    "/request/sharing": {"bodies": ["Severnreach Police", "Severnreach Council"]},
}
# Sample case 4: two noise reports, and a grievance about an officer.
GWEN_AT = dt.datetime(2026, 8, 21, 11, 0, tzinfo=LONDON)
GRIEVANCE = "The officer who came laughed at me. I want to complain about that too."
GWEN: Typed = {
    "/request/who": {"for_whom": "me", "first_name": "Gwen", "last_name": "Aldous",
                     "other_names": "Arthur Aldous"},
    "/request/reach": {"ways": ["phone"], "phone": "01632 960 411"},
    "/request/home": {"address": "19 Fell Row\nHexley", "postcode": "WV3 1AA", "landlord": "own"},
    "/request/happening": {
        "at_home": "yes",
        "lga": "Hexley",
        "what": f"Loud music at night.\n\n{GRIEVANCE}",
        "hate": "not_known",
    },
    "/request/incidents/1": {"title": "Music", **day("happened_on", dt.date(2026, 7, 3))},
    "/request/incidents/1/reports/1": {
        "told": "Hexley Council", **day("told_on", dt.date(2026, 7, 4)), "step": "incident",
    },
    "/request/incidents/2": {"title": "Music again", "not_sure": "yes", "about_when": "In July"},
    "/request/incidents/2/reports/1": {
        "told": "Wharrow Valley Police", **day("told_on", dt.date(2026, 7, 20)),
    },
    "/request/effect": {"effects": ["health", "talk_today"]},
    "/request/meeting": {"taking_part": "not_known", "support": "tell_me_more"},
    "/request/sharing": NOBODY,
}  # fmt: skip


def typed_on(page: Page, answers: Typed) -> dict[str, Any]:
    """What is typed on a page, with the numbers that stand there for what is chosen by words."""
    typed = dict(answers.get(page.path.partition("?")[0], {}))
    for name in NUMBERED & typed.keys():
        words = typed[name]
        chosen = [words] if isinstance(words, str) else words
        typed[name] = [noor.choice_of(page, name, each) for each in chosen]
    return typed


def write(client: Client, area: str, answers: Typed) -> Page:
    """Answer page after page; the page that is checked before the request is sent."""
    page = client.follow(client.post(f"/request/start/{area}"))
    while page.path != "/request/check":
        typed = typed_on(page, answers)
        step = typed.pop("step", "on")
        button = {
            "report": "Save and add another report of this",
            "incident": "Save and add another time",
        }.get(step, "Save and continue")
        sent = client.press(page, button, **typed)
        assert sent.status == 303, (page.path, sent.errors)
        page = past_the_talk(client, client.follow(sent))
    return page


def past_the_talk(client: Client, page: Page) -> Page:
    """Go on from the page that offers a talk to whoever may need one; it blocks nothing."""
    is_offered = page.path.startswith("/request/saved")
    return client.get(page.links["Go on"]) if is_offered else page


def send(client: Client, area: str, answers: Typed) -> None:
    """Ask for a review from start to end."""
    sent = client.submit(write(client, area, answers), is_true="yes")
    assert sent.location == "/request/sent", sent.errors
