"""What was declared and agreed on a case by who came to its meeting, for its minutes.

The rows are for the coordinator and the chair, who draft. Only instants are taken from them, and
the reason of a waiver, which the panel reads: never what a conflict is.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.access.scope.membership_past import appointments_for, conflicts_for
from portal.access.scope.telling import agreements_for
from portal.db import db
from portal.domain.deadlines import london_day
from portal.domain.declarations import Declarations, conflict_in_words
from portal.domain.roles import Actor
from portal.models.meeting import Attendance
from portal.models.panel import ChairAppointment, Conflict


@dataclass(frozen=True)
class Declared:
    """What everybody declared and agreed, by the number of the person.

    Attributes:
        chairs: who chairs the case or did before.
        agreed_on: the London day on which somebody agreed to confidentiality.
    """

    chairs: frozenset[int]
    said: Mapping[int, Declarations]
    agreed_on: Mapping[int, dt.date]

    def conflict_of(self, row: Attendance, until: dt.datetime) -> str:
        """Return what somebody had declared when a sitting ended; the office is not asked."""
        is_asked = row.agency_id is not None or row.person_id in self.chairs
        said = self.said.get(row.person_id, Declarations())
        return conflict_in_words(said, until, is_asked=is_asked)


def declared(actor: Actor, case_id: int) -> Declared:
    """Return what was declared and agreed on a case; belongs inside a transaction."""
    appointments = db.session.scalars(appointments_for(actor, case_id)).all()
    conflicts = db.session.scalars(conflicts_for(actor, case_id)).all()
    agreements = db.session.scalars(agreements_for(actor, case_id))
    return Declared(
        chairs=frozenset(row.person_id for row in appointments),
        said=_said(appointments, conflicts),
        agreed_on={row.person_id: london_day(row.agreed_at) for row in agreements},
    )


def _said(
    appointments: Iterable[ChairAppointment], conflicts: Iterable[Conflict]
) -> dict[int, Declarations]:
    none_at: dict[int, list[dt.datetime]] = defaultdict(list)
    conflict_at: dict[int, list[dt.datetime]] = defaultdict(list)
    waived: dict[int, list[tuple[dt.datetime, str]]] = defaultdict(list)
    for appointment in appointments:
        if appointment.declared_none_at:
            none_at[appointment.person_id].append(appointment.declared_none_at)
    for row in conflicts:
        if row.person_id is None:
            continue
        # One that the office recorded was not declared by the person, and is not the panel's.
        if row.recorded_by_id == row.person_id:
            conflict_at[row.person_id].append(row.recorded_at)
        if row.waived_at:
            waived[row.person_id].append((row.waived_at, row.waiver_reason))
    return {
        person: Declarations(
            tuple(none_at[person]), tuple(conflict_at[person]), tuple(waived[person])
        )
        for person in {*none_at, *conflict_at, *waived}
    }
