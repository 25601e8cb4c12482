"""What every page shows around its content: menu, who is signed in, the clock."""

import re
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, g, request, url_for

from portal.access import rules
from portal.access.actor import SignedIn, clock
from portal.config import Config
from portal.domain.roles import Act, Actor, Role
from portal.web.filters import moment
from portal.web.forms import BaseForm

_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu."""

    label: str
    href: str
    active: bool


@dataclass(frozen=True)
class ShownPerson:
    """Who is signed in, as the top of the page says it."""

    name: str
    acting_as: str
    other_roles: bool


_MENU = (
    ("Home", "home.show_home", Act.OPEN_HOME),
    ("Cases", "cases.list_cases", Act.LIST_CASES),
    ("Search", "search.find_cases", Act.SEARCH_CASES),
    ("Post", "post.list_post", Act.READ_POST),
    ("Calendar", "calendar.show_calendar", Act.KEEP_CALENDAR),
    ("Scheme", "schemes.list_versions", Act.READ_SCHEME),
    ("Inboxes", "inboxes.list_inboxes", Act.KEEP_INBOXES),
    ("Templates", "templates.list_kinds", Act.KEEP_TEMPLATES),
    ("Public pages", "public_pages.list_all", Act.KEEP_PUBLIC_PAGES),
    ("Powers", "guide.show_guide", Act.READ_POWERS),
    ("Log", "looking.show_area_log", Act.READ_AREA_LOG),
)


def init_app(app: Flask) -> None:
    """Give every template what the frame of a page needs."""
    app.context_processor(_frame)


def the_actor() -> Actor:
    """Return who is asking; the guard has made sure that somebody is signed in."""
    actor: Actor = g.actor
    return actor


def add_error(form: BaseForm, field: str, sentence: str) -> None:
    """Put a sentence of a service at a field of the form."""
    form[field].errors = [*form[field].errors, sentence]


def asked_number(name: str) -> int:
    """Return a number from the address that both databases can hold; 0 for anything else."""
    asked = request.args.get(name, "")
    return int(asked) if _NUMBER.fullmatch(asked) else 0


def _frame() -> dict[str, Any]:
    config: Config = current_app.extensions["portal_config"]
    now = clock().now()
    frame: dict[str, Any] = {
        "demo_now": moment(now) if config.demo else None,
        "idle_now": now.isoformat(),
        "signed_in": None,
        "menu": [],
        "office_name": None,
        "idle_ends_at": None,
        "footer_links": [
            MenuItem("Who sees what", url_for("front_door.show_who_sees_what"), active=False)
        ],
    }
    present: SignedIn | None = g.get("signed_in")
    if present is None:
        return frame
    is_own = present.actor.role is Role.APPLICANT
    return frame | {
        "signed_in": ShownPerson(present.actor.name, _acting_as(present), present.has_other_roles),
        "menu": _menu(present.actor),
        "office_name": present.office_name,
        "idle_ends_at": present.idle_ends_at.isoformat(),
        "is_own": is_own,
        "stay_at": "/my/stay" if is_own else "/stay",
    }


def _acting_as(present: SignedIn) -> str:
    """Return who acts as what, in one line of the menu; the office stands at the foot of pages."""
    parts = (present.actor.name, present.actor.role.label, present.agency_name)
    return ", ".join(part for part in parts if part)


def _menu(actor: Actor) -> list[MenuItem]:
    here = request.path
    return [
        MenuItem(label, url_for(endpoint), here.startswith(url_for(endpoint)))
        for label, endpoint, act in _MENU
        if rules.has_act(actor.role, act)
    ]
