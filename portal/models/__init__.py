"""The tables, one module per aggregate; importing the package registers them all."""

from portal.models import (
    case,
    log,
    meeting,
    outbox,
    panel,
    person,
    plan,
    scheme,
    search,
    sharing,
)

__all__ = [
    "case",
    "log",
    "meeting",
    "outbox",
    "panel",
    "person",
    "plan",
    "scheme",
    "search",
    "sharing",
]
