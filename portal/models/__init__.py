"""The tables, one module per aggregate; importing the package registers them all."""

from portal.models import (
    case,
    clock,
    consent,
    imports,
    letter,
    log,
    meeting,
    outbox,
    panel,
    person,
    plan,
    request,
    scheme,
    search,
    sharing,
)

__all__ = [
    "case",
    "clock",
    "consent",
    "imports",
    "letter",
    "log",
    "meeting",
    "outbox",
    "panel",
    "person",
    "plan",
    "request",
    "scheme",
    "search",
    "sharing",
]
