"""What somebody gets who only observes a case: its reference and when its meeting is."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import load_case
from portal.access.rules import has_act
from portal.access.scope.observing import observed_references_for, observed_times_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor


@dataclass(frozen=True)
class ObserverPage:
    """All that an observer sees of a case; the times are none as long as no meeting is booked."""

    reference: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None


def observed_cases(actor: Actor) -> tuple[str, ...]:
    """Return the references of the cases that the actor observes."""
    if not has_act(actor.role, Act.OBSERVE_CASE):
        return ()
    return tuple(db.session.scalars(observed_references_for(actor)))


def open_observed(actor: Actor, reference: str) -> ObserverPage:
    """Return the page of an observer."""
    with transaction():
        case = load_case(actor, reference, Act.OBSERVE_CASE).case
        times = db.session.execute(observed_times_for(actor, case.id)).one_or_none()
        return ObserverPage(case.reference, *(times or (None, None)))
