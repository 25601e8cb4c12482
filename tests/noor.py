"""Noor Haddad asks for a review by the form (sample case 1): page by page, as she types it."""

import datetime as dt

from portal.domain.dates import LONDON
from tests.pages import Client, Page

AT = dt.datetime(2026, 12, 17, 20, 15, tzinfo=LONDON)
START = "/request/start/wharrowdale"
# What she answers, in the order in which the pages come.
ANSWERS = {
    "/request/who": {"for_whom": "me", "first_name": "Noor", "last_name": "Haddad"},
    "/request/reach": {
        "ways": ["phone", "text"],
        "phone": "01632 960 188",
        "message": "no",
        "envelope": "no",
        "times": "After 6pm",
    },
    "/request/home": {
        "address": "6 Alder House\nHexley",
        "postcode": "WV3 4QX",
        "landlord": "housing_association",
        "landlord_name": "tollgate homes",
    },
    "/request/happening": {
        "at_home": "yes",
        "what": "He shouts at us on the stairs and broke the door.",
        "hate": "yes",
        "strands": ["race"],
    },
    "/request/incidents/1": {
        "title": "Shouted at us and broke the door",
        "happened_on-day": "28",
        "happened_on-month": "10",
        "happened_on-year": "2026",
        "hate": "yes",
    },
    "/request/incidents/1/reports/1": {
        "told_on-day": "2",
        "told_on-month": "11",
        "told_on-year": "2026",
        "channel": "phone",
        "their_reference": "WV-2611-0447",
        "what_was_done": "Nothing",
    },
    "/request/effect": {
        "impact": "My son does not sleep.",
        "effects": ["afraid", "child"],
        "wishes": "That it stops.",
    },
    "/request/meeting": {
        "taking_part": "attends",
        "needs": ["interpreter"],
        "language": "Arabic",
        "support": "contact_me",
    },
    "/request/sharing": {"keep_from": "My cousin works at Hexley Council."},
}


def choice_of(page: Page, name: str, label: str) -> str:
    """The value of the answer of a field with a label."""
    for control in page.tree.iter("input"):
        if control.get("name") == name:
            key = control.get("id")
            for each in page.tree.iter("label"):
                if each.get("for") == key and label in "".join(each.itertext()):
                    return control.get("value", "")
    raise AssertionError(f"{page.path} has no answer {label}")


def answers_on(page: Page) -> dict:
    """What she answers on a page, with the numbers that stand on it."""
    answers = dict(ANSWERS[page.path.partition("?")[0]])
    if page.path.startswith("/request/happening"):
        answers["lga"] = choice_of(page, "lga", "Hexley")
    if "/reports/" in page.path:
        answers["told"] = choice_of(page, "told", "Wharrow Valley Police")
    if page.path.startswith("/request/sharing"):
        answers["bodies"] = [choice_of(page, "bodies", "Wharrow Valley Police")]
    return answers


def begin(client: Client) -> Page:
    """Begin a request; the first page with questions."""
    return client.follow(client.post(START))


def number_in(page: Page) -> str:
    """The number of the request that a page names."""
    return next(word for word in page.main.split() if word.startswith("ACR-")).strip(".")


def number_and_code(page: Page) -> dict[str, str]:
    """What the page after the start says that one should write down."""
    code = page.main.partition("Your code: ")[2][:11]
    return {"reference": number_in(page), "code": code}


def begun(client: Client) -> tuple[Page, dict[str, str]]:
    """A request whose first page is answered: that page, with number and code."""
    page = begin(client)
    client.press(page, "Save and continue", **answers_on(page))
    return page, number_and_code(page)


def write(client: Client, until: str = "/request/check") -> Page:
    """Answer page after page, up to one that is then open."""
    page = begin(client)
    while not page.path.startswith(until):
        sent = client.press(page, "Save and continue", **answers_on(page))
        assert sent.status == 303, (page.path, sent.errors)
        page = client.follow(sent)
    return page


def send(client: Client) -> str:
    """Ask for a review from start to end; the reference."""
    return sent_from(client, write(client))


def sent_from(client: Client, check: Page) -> str:
    """Send a request from the page where it is checked; the reference."""
    sent = client.follow(client.submit(check, is_true="yes"))
    assert sent.h1 == "Request sent"
    return number_in(sent)
