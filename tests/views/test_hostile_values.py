"""Every hostile value in every field of every form: a sentence at the field, the text kept."""

import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import lxml.html
import pytest

from portal.domain.clocks.rules import Clock
from tests import cases
from tests.cases import make_case
from tests.hostile import NUMBERS, VALUES
from tests.pages import Client, Form, Page
from tests.walking import signed_in

pytestmark = pytest.mark.slow

LEAST, OK, SAVED, WRONG, DECEMBER = 120, 200, 303, 422, 12
# The whole list takes minutes: ``HOSTILE=all`` types it, without it every eighth value is typed.
TRIED = VALUES if os.environ.get("HOSTILE") == "all" else VALUES[::8]
OWN = {"csrf_token", "form_token", "kept", "next"}
AUDITOR = "auditor@wharrow-lpb.example"
ADMINISTRATOR = "admin@wharrow-lpb.example"
# Each form once: where a case stands, who fills it in, and the pages, with # for a number or key.
ROUNDS = {
    ("received", cases.COORDINATOR): {
        "/acknowledge", "/clocks/#/pause", "/clocks/event", "/consent/contact", "/request/hate",
        "/letters/acknowledgement/write", "/request/home", "/request/meeting", "/request/needs",
        "/request/others", "/request/safe-contact", "/request/words", "/files/add",
    },
    ("assessing", cases.COORDINATOR): {
        "/people/#", "/people/#/safe-ways", "/people/#/take-out", "/people/add-party",
        "/reports/add-incident", "/reports/import", "/risk/score",
        "/threshold", "/threshold/more", "/withdraw",
        "/receipt/call", "/receipt/offer/#", "/receipt/told/#", "/related/say",
    },
    ("arranging", cases.COORDINATOR): {
        "/letters/acknowledgement", "/letters/threshold-met", "/letters/threshold-met/write",
        "/meeting/book", "/people/add-agency", "/people/chair", "/people/conflicts/add",
        "/people/suggested",
    },
    ("invited", cases.COORDINATOR): {
        "/information-requests", "/papers", "/meeting", "/meeting/answers/add", "/meeting/call-off",
        "/chronology", "/clocks/#/late", "/people/name", "/people/seats/#/leave", "/share",
        "/statements/#", "/support/#/add", "/messages/#",
    },
    ("invited", cases.POLICE): {"/declare", "/shared/#/correct", "/shared/#/withdraw"},
    ("reviewing", cases.CHAIR): {
        "/meeting/adjourn",
        "/meeting/attendance", "/meeting/run", "/meeting/powers/add",
        "/meeting/recommendations/add", "/meeting/agenda/#", "/meeting/agenda/new",
        "/meeting/adequacy/#", "/meeting/items/#", "/telling/add", "/meeting/opening/start",
    },
    ("planning", cases.COORDINATOR): {
        "/actions/#", "/plan", "/plan/write", "/plan/consult", "/plan/actions/add",
    },
}  # fmt: skip
# Links that lead to a form with a number in its address, on a fresh case.
WAYS = {
    "/clocks/#/late": ("/clocks", r"/clocks/\w+/late"),
    "/clocks/#/pause": ("/clocks", r"/clocks/\w+/pause"),
    "/people/#/safe-ways": ("/people", r"/people/\d+/safe-ways"),
    "/people/seats/#/leave": ("/people", r"/people/seats/\d+/leave"),
    "/meeting/adequacy/#": ("/meeting/adequacy", r"/meeting/adequacy/\d+"),
    "/meeting/agenda/#": ("/meeting/agenda", r"/meeting/agenda/\w+"),
    "/meeting/items/#": ("/meeting/agenda", r"/meeting/items/\w+"),
    "/shared/#/correct": ("/shared", r"/shared/\w+/correct"),
    "/shared/#/withdraw": ("/shared", r"/shared/\w+/withdraw"),
    "/statements/#": ("/statements", r"/statements/\d+"),
    "/messages/#": ("/messages", r"/messages/\d+"),
    "/support/#/add": ("/support", r"/support/\d+/add"),
    "/receipt/offer/#": ("/receipt", r"/receipt/offer/\d+"),
    "/receipt/told/#": ("/receipt", r"/receipt/told/\d+"),
}
MOMENTS = {"received": 17, "assessing": 18, "arranging": 6, "invited": 14}
# A valid filling-in, by the name of the field; what is not named here is text that always fits.
GOOD = {
    "happened_on": (9, 11, 2026), "reported_on": (10, 11, 2026), "received_on": (17, 12, 2026),
    "received_time": "8:15pm", "acknowledged_on": (18, 12, 2026), "decided_on": (5, 1, 2027),
    "handed_in_on": (18, 12, 2026), "accepted_on": (18, 12, 2026),
    "agreed_on": (18, 12, 2026),
    "held_on": (19, 1, 2027), "starts": "10am", "ends": "11:30am", "opening_minutes": "20",
    "join_link": "https://meet.example/a", "applicant_join_link": "https://meet.example/b",
    "applicant_email": "noor@post.example", "email": "noor@post.example", "due_on": (5, 2, 2027),
    "due": "other", "due_text": "5 2 2027", "by_text": "5 2 2027", "reply_text": "16 2 2027",
    "period_from": (18, 6, 2026), "period_to": (17, 12, 2026),
    "later_by": "friday", "used_on": (18, 1, 2027),
    "answer_by": (5, 3, 2027), "look_again_on": (5, 3, 2027), "next_look_on": (5, 3, 2027),
    "minutes": "10", "reason_not_told": "", "words": "You told us",
    "web": "https://help.example/a", "exit_address": "https://weather.example/a",
    "retention_years": "6", "phone": "01632 960 001",
    "tried_on": (17, 12, 2026), "tried_time": "10am", "next_on": (5, 1, 2027),
    "offered_on": (17, 12, 2026),
}  # fmt: skip


def test_the_list_is_long_enough_and_has_nothing_twice():
    assert len(set(VALUES)) == len(VALUES) >= LEAST


@dataclass
class Target:
    """A form that somebody can open, at an address of one case."""

    client: Client
    path: str
    form: Form
    texts: frozenset[str] = frozenset()
    good: dict[str, list[str]] = field(default_factory=dict)


def _forms(page: Page) -> list[Form]:
    return [form for form in page.forms if form.is_in_main and form.names - OWN]


def _filled(form: Form, page: Page) -> dict[str, list[str]]:
    """The form with something valid in each field."""
    good = dict(form.fields)
    for name in form.names - OWN:
        # A question that is asked of each body has the body's number at the end of its name.
        base, _, part = re.sub(r"_\d+", "", name).rpartition("-")
        if base in GOOD and part in {"day", "month", "year"}:
            good[name] = [str(GOOD[base][("day", "month", "year").index(part)])]
        elif name in GOOD:
            good[name] = [GOOD[name]]
        elif name in _typed(page) and not form.fields.get(name, [""])[0]:
            good[name] = [] if part in {"day", "month", "year"} else ["Some words"]
        elif not good.get(name):
            good[name] = _options(page, name)[:1]
    return good


def _typed(page: Page) -> set[str]:
    """Names of the fields that people type into."""
    # Not a passphrase: that one is never shown again.
    kinds = {None, "text", "email", "tel", "search", "url"}
    return {
        each.get("name")
        for each in page.tree.iter()
        if each.tag == "textarea" or (each.tag == "input" and each.get("type") in kinds)
    }


def _options(page: Page, name: str) -> list[str]:
    values = [
        each.get("value", "on")
        for each in page.tree.iter("input")
        if each.get("name") == name and each.get("type") in {"radio", "checkbox"}
    ]
    values += [
        option.get("value", "")
        for select in page.tree.iter("select")
        if select.get("name") == name
        for option in select.iter("option")
    ]
    return [value for value in values if value]


@dataclass
class Answer:
    """What matters of an answer, read by a quick parser: there are thousands."""

    status: int
    errors: list[tuple[str, str]]
    shown: dict[str, str]


def _sent(target: Target, values: dict[str, list[str]]) -> Answer:
    fields = target.good | values
    if "version" in target.form.names and "version" not in values:
        fields["version"] = _version_now(target)
    if "form_token" in target.form.names:
        fields["form_token"] = [secrets.token_urlsafe(16)]
    browser = target.client.browser
    if target.form.method == "get":
        answer = browser.get(urlsplit(target.form.action).path, query_string=fields)
    else:
        answer = browser.post(target.form.action, data=fields)
    return _read(answer.status_code, answer.get_data())


def _read(status: int, page: bytes) -> Answer:
    if status != WRONG:
        return Answer(status, [], {})
    tree = lxml.html.fromstring(page.decode())
    links = tree.xpath('//*[contains(@class, "govuk-error-summary__list")]//a')
    typed = tree.xpath("//main//textarea | //main//input")
    return Answer(
        status,
        [(link.text_content(), link.get("href")) for link in links],
        {each.get("name"): each.value or "" for each in typed if each.get("name")},
    )


def _version_now(target: Target) -> list[str]:
    answer = target.client.browser.get(target.path)
    found = re.search(r'name="version" value="(\d+)"', answer.get_data(as_text=True))
    return [found[1]] if found else target.good["version"]


def _squashed(text: str) -> str:
    """The text as far as it has to be kept: composed, without controls, spaces as one."""
    composed = unicodedata.normalize("NFC", text)
    letters = "".join(" " if unicodedata.category(c) in {"Cc", "Cn"} else c for c in composed)
    letters = letters.replace("\ufffd", "")  # the mark for what cannot be shown
    return "".join(letters.split())


def _check(answer: Answer, target: Target, value: str, names: set[str]) -> set[str]:
    """Fail for anything but a saved form or a sentence at a hostile field; return those."""
    where = (target.path, value[:40], sorted(names))
    assert answer.status in {200, 303, 404, 409, 422}, (*where, answer.status)
    if answer.status != WRONG:
        return set()
    assert answer.errors, where
    for name in names & target.texts & answer.shown.keys():
        if name.rpartition("-")[2] in {"day", "month", "year"}:
            continue  # a part of a date shows its first 20 characters
        shown = answer.shown[name]
        assert _squashed(shown) == _squashed(value), (*where, name, shown[:60])
    return {name for _, href in answer.errors for name in names if _stands_at(href, name)}


def _stands_at(href: str, name: str) -> bool:
    base = name.rpartition("-")[0] or name
    return href.removeprefix("#").startswith((name, base))


@pytest.mark.parametrize(
    ("stage", "email", "where"),
    [(stage, email, where) for (stage, email), pages in ROUNDS.items() for where in sorted(pages)],
)
def test_no_value_in_any_field_breaks_a_page(app, people, clock, stage, email, where):
    reference = _case(app, clock, stage)
    client = signed_in(app, email).client
    for number in range(len(_targets(client, reference, where))):
        target = _targets(client, reference, where)[number]
        for value in TRIED:
            if _try(target, value) and not _is_open(target):
                # What was typed has moved the case on.
                reference = _case(app, clock, stage)
                target = _targets(client, reference, where)[number]


def test_no_value_in_any_field_outside_cases_breaks_a_page(app, people):
    for email, path in (
        (cases.COORDINATOR, "/cases/new"),
        (cases.COORDINATOR, "/cases"),
        (cases.COORDINATOR, "/meetings/rooms/add"),
        (cases.COORDINATOR, "/search?q=noor"),
        (AUDITOR, "/audit"),
        (AUDITOR, "/powers"),
        (ADMINISTRATOR, "/admin/inboxes/partnership/1"),
        (ADMINISTRATOR, "/admin/powers/respect_order"),
        (ADMINISTRATOR, "/admin/templates/minutes"),
        (ADMINISTRATOR, "/admin/templates/minutes/versions/0/put-in-force"),
        (ADMINISTRATOR, "/admin/public-pages/office"),
        (ADMINISTRATOR, "/admin/public-pages/add"),
    ):
        client = signed_in(app, email).client
        for target in _targets_at(client, path):
            for value in TRIED:
                _try(target, value)


def test_every_form_of_a_case_has_its_round(app, people, clock):
    tried = {page for pages in ROUNDS.values() for page in pages}
    for stage, email in (
        ("assessing", cases.COORDINATOR),
        ("invited", cases.COORDINATOR),
        ("invited", cases.POLICE),
        ("reviewing", cases.CHAIR),
        ("planning", cases.COORDINATOR),
    ):
        reference = _case(app, clock, stage)
        walker = signed_in(app, email)
        walker.walk()
        for path in walker.texts:
            # The page of one case may name another in its address.
            if path.startswith(f"/cases/{reference}") and walker.statuses[path] == OK:
                page = Page(walker.client.browser.get(path))
                if page.is_html and any(form.names - OWN for form in _forms(page)):
                    assert _pattern(path.split(reference)[1]) in tried, path


def _is_open(target: Target) -> bool:
    return target.client.browser.get(target.path).status_code == OK


def _targets(client: Client, reference: str, page: str) -> list[Target]:
    """The forms of a page of a case."""
    case = f"/cases/{reference}"
    if page not in WAYS:
        return _targets_at(client, case + page.replace("#", _number(client, case, page)))
    start, link = WAYS[page]
    return _targets_at(client, _link(client, case + start, link))


def _number(client: Client, case: str, page: str) -> str:
    if page == "/people/#/take-out":
        # The respondent: the only victim of a case has no such form.
        html = client.browser.get(f"{case}/people").get_data(as_text=True)
        return max(re.findall(r"/people/(\d+)", html), key=int)
    if page != "/people/#":
        return "1"
    return _link(client, f"{case}/people", r"/people/\d+").rpartition("/")[2]


def _link(client: Client, path: str, link: str) -> str:
    """The first link of this shape on a page, or on those that it leads to."""
    html = client.browser.get(path).get_data(as_text=True)
    items = re.findall(r'href="([^"]*/shared/\w+)"', html)
    pages = [html, *(client.browser.get(item).get_data(as_text=True) for item in items)]
    return next(match[1] for each in pages if (match := re.search(rf'href="([^"]*{link})"', each)))


def _targets_at(client: Client, path: str) -> list[Target]:
    page = client.get(path)
    assert page.status == OK, path
    found = {
        form.names: Target(client, path, form, frozenset(_typed(page)), _filled(form, page))
        for form in _forms(page)
    }
    assert found, path
    return list(found.values())


def _pattern(path: str) -> str:
    parts = path.split("?", maxsplit=1)[0].split("/")
    named = {each.value for each in Clock}
    return "/".join(
        "#" if (part in named and "clocks" in parts) or any(c.isdigit() for c in part) else part
        for part in parts
    )


def _case(app, clock, stage) -> str:
    reference = make_case(app, stage=stage)
    month = DECEMBER if stage in {"received", "assessing"} else 1
    clock.at = cases.at(
        MOMENTS.get(stage, 22), 12, month=month, year=2026 if month == DECEMBER else 2027
    )
    return reference


def _try(target: Target, value: str) -> bool:
    """Type the value into every field; say whether anything was saved."""
    names = set(target.form.names - OWN - {"version"})
    answer = _sent(target, {key: [value] for key in names})
    wrong = _check(answer, target, value, names)
    rest = names - wrong
    if wrong and rest:
        # What has no error by itself is saved beside fields that are filled in well.
        answer = _sent(target, {key: [value] for key in rest})
        _check(answer, target, value, rest)
    if "version" in target.form.names and value in NUMBERS and answer.status != SAVED:
        _check(_sent(target, {"version": [value]}), target, value, {"version"})
    return answer.status == SAVED
