"""The tables, one module per aggregate; importing the package registers them all."""

from portal.models import (
    case,
    clock,
    consent,
    imports,
    log,
    meeting,
    outbox,
    panel,
    person,
    plan,
    request,
    risk,
    scheme,
    search,
    sharing,
    threshold,
)

__all__ = [
    "case",
    "clock",
    "consent",
    "imports",
    "log",
    "meeting",
    "outbox",
    "panel",
    "person",
    "plan",
    "request",
    "risk",
    "scheme",
    "search",
    "sharing",
    "threshold",
]
