"""The tables, one module per aggregate; importing the package registers them all."""

from portal.models import case, imports, log, meeting, outbox, panel, person, plan, scheme, sharing

__all__ = [
    "case",
    "imports",
    "log",
    "meeting",
    "outbox",
    "panel",
    "person",
    "plan",
    "scheme",
    "sharing",
]
