"""How an area keeps its clocks: in time, late, without a reason, paused; counts only."""

import datetime as dt
from dataclasses import dataclass

from portal import log
from portal.access.scope.clocks import clocks_kept_for
from portal.db import db, transaction
from portal.domain.clocks.rules import Clock
from portal.domain.roles import Act, Actor


@dataclass(frozen=True)
class KeptLine:
    """One clock: how often it ended in time and late, and how often it runs late.

    Attributes:
        unexplained: of those that were or are late, how many nobody has given a reason for.
        paused: how many of all of them stood still for a time.
    """

    label: str
    in_time: int
    late: int
    running_late: int
    unexplained: int
    paused: int


def open_clocks_kept(actor: Actor, first: dt.date, last: dt.date) -> tuple[KeptLine, ...]:
    """Return how the clocks were kept whose last day lies between two London days, included."""
    with transaction():
        log.record(actor, Act.COUNT_CLOCKS.value)
        rows = db.session.execute(clocks_kept_for(actor, first, last, actor.at)).all()
        counts = {row[0]: row[1:] for row in rows}
        return tuple(KeptLine(clock.label, *counts[clock]) for clock in Clock if clock in counts)
