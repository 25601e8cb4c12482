"""The two pages around the close of a meeting: what is missing before, what comes next after."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, load_case
from portal.db import transaction
from portal.domain.clocks.rules import Clock
from portal.domain.meeting_gaps import Gap
from portal.domain.roles import Act, Actor
from portal.domain.stages import missing
from portal.services import clocks
from portal.services.agenda import meeting_of
from portal.services.frames import CaseFrame, frame
from portal.services.meeting_gaps import gaps_of
from portal.services.telling import ShownTelling, shown_tellings


@dataclass(frozen=True)
class BeforeClosePage:
    """What the meeting lacks.

    Attributes:
        must: what keeps it from closing, a sentence each.
        gaps: what it can be closed without, which is then kept.
    """

    frame: CaseFrame
    must: tuple[str, ...]
    gaps: tuple[Gap, ...]
    tellings: tuple[ShownTelling, ...]


@dataclass(frozen=True)
class ClosedPage:
    """What comes after the meeting.

    Attributes:
        missing: what it was closed without, a sentence each.
        plan_due_on, working: the last day of the plan's clock, and how it was worked out.
    """

    frame: CaseFrame
    closed_at: dt.datetime
    missing: tuple[str, ...]
    tellings: tuple[ShownTelling, ...]
    plan_due_on: dt.date | None
    working: tuple[str, ...]


def open_before_close(actor: Actor, reference: str) -> BeforeClosePage:
    """Return what is missing before the meeting is closed."""
    with transaction():
        opened = load_case(actor, reference, Act.CLOSE_MEETING, thing="form")
        return BeforeClosePage(
            frame(actor, opened),
            missing(opened.facts, Act.CLOSE_MEETING),
            gaps_of(actor, opened, meeting_of(actor, opened)),
            shown_tellings(actor, opened),
        )


def open_closed(actor: Actor, reference: str) -> ClosedPage:
    """Return what comes next, for those who write the plan.

    Raises:
        CaseNotFoundError: no meeting was closed.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_PLAN_DRAFT, thing="close of the meeting")
        meeting = meeting_of(actor, opened)
        if meeting.closed_at is None:
            raise CaseNotFoundError(opened.case.reference)
        kept = clocks.kept_clocks(actor, opened.case)
        row = kept.rows.get(Clock.ACTION_PLAN)
        worked = kept.worked(kept.scheme.rule(Clock.ACTION_PLAN)) if row else None
        return ClosedPage(
            frame=frame(actor, opened),
            closed_at=meeting.closed_at,
            missing=tuple(meeting.missing_at_close.splitlines()),
            tellings=shown_tellings(actor, opened),
            plan_due_on=row.due_on if row else None,
            working=worked.sentences if worked else (),
        )
