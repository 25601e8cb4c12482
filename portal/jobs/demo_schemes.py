"""Severnreach has a version of its scheme that waits for its day."""

import datetime as dt
from typing import Any

from portal.domain.scheme_editing import sections
from portal.jobs.demo_steps import acting, token
from portal.services import scheme_draft, schemes

_OFFICE = "admin@severnreach-lpb.example"
FROM_ON = dt.date(2027, 3, 1)


def severnreach() -> None:
    """Take out the local condition that one report is of the last month, from 1 March 2027."""
    office = acting(_OFFICE, "2027-01-11T10:00")
    schemes.start_draft(office, token(), schemes.IN_FORCE)
    version = scheme_draft.open_draft(office).version
    scheme_draft.change_threshold(office, token(), version, "route 1", _without_most_recent)
    version = scheme_draft.open_draft(office).version
    schemes.put_in_force(office, token(), version, FROM_ON)


def _without_most_recent(threshold: dict[str, Any]) -> dict[str, Any]:
    first = dict(sections.routes_of(threshold)[0])
    del first["most_recent"]
    return sections.with_route(threshold, 1, first)
