"""The one table of moves between the stages of a case; pages, services and tests read it."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.consent import Hold
from portal.domain.roles import Act


class Stage(enum.StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ASSESSING = "assessing"
    NOT_MET = "not_met"
    ARRANGING = "arranging"
    REVIEWING = "reviewing"
    PLANNING = "planning"
    MONITORING = "monitoring"
    COMPLETED = "completed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """Return what staff read."""
        return _LABELS[self]

    @property
    def applicant_label(self) -> str:
        """Return what the applicant reads, and who stands by them."""
        return _APPLICANT_LABELS[self]


_LABELS = {
    Stage.RECEIVED: "Received",
    Stage.ASSESSING: "Checking reports",
    Stage.NOT_MET: "Not met: appeal open",
    Stage.ARRANGING: "Arranging the meeting",
    Stage.REVIEWING: "Meeting under way",
    Stage.PLANNING: "Writing the plan",
    Stage.MONITORING: "Actions under way",
    Stage.COMPLETED: "Complete: appeal open",
    Stage.CLOSED: "Closed",
}
_APPLICANT_LABELS = {
    Stage.RECEIVED: "We have your request",
    Stage.ASSESSING: "We are checking the reports",
    Stage.NOT_MET: "There will be no review, and why",
    Stage.ARRANGING: "There will be a review",
    Stage.REVIEWING: "The agencies meet",
    Stage.PLANNING: "You see the plan before it is final",
    Stage.MONITORING: "The actions are carried out",
    Stage.COMPLETED: "The plan is complete",
    Stage.CLOSED: "Closed, and why",
}


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the rules need to know of a case; plain values, so that tests can make them up.

    Attributes:
        has_declared: the chair who asks has declared to have no conflict of interest.
        chair_is_ready: the appointed chair has declared to have none.
        is_adjourned: the meeting waits for its next sitting to be opened.
        is_observer: who asks only observes the case.
        holds: what each applicant representative may be told, where somebody acts for a victim.
        is_plan_changing: a change of the issued plan is being written.
        plan_faults: what stands in the way of issuing the plan, as sentences.
        closing_faults: what stands in the way of closing the case, as sentences.
    """

    stage: Stage
    has_declared: bool = False
    has_chair: bool = False
    chair_is_ready: bool = False
    has_panel: bool = False
    has_meeting: bool = False
    has_attendance: bool = False
    is_adjourned: bool = False
    is_observer: bool = False
    is_plan_changing: bool = False
    holds: tuple[Hold, ...] = ()
    plan_faults: tuple[str, ...] = ()
    closing_faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """A condition of a move, with the sentence that says what is missing."""

    holds: Callable[[CaseFacts], bool]
    sentence: str


@dataclass(frozen=True)
class Move:
    """A legal change of stage: from where, to where, by which act, on which conditions."""

    start: Stage
    end: Stage
    act: Act
    needs: tuple[Need, ...] = ()


class IllegalMoveError(Exception):
    """The case cannot make this move now; the message is a sentence for the person who asked."""


_CHAIR_READY = Need(
    lambda facts: facts.chair_is_ready,
    "The chair has not yet declared to have no conflict of interest",
)
_MEETING_BOOKED = Need(lambda facts: facts.has_meeting, "No meeting is booked yet")
_WHO_WAS_THERE = Need(
    lambda facts: facts.has_attendance, "You have not yet recorded who was at the meeting"
)
_NOT_ADJOURNED = Need(
    lambda facts: not facts.is_adjourned,
    "The meeting is adjourned: open its next sitting before you close it",
)
_PLAN_SOUND = Need(lambda facts: not facts.plan_faults, "The plan is not ready yet")
_NOTHING_LEFT = Need(
    lambda facts: not facts.closing_faults, "Something is left to do before the case is closed"
)
_UNDER_WAY = (
    Stage.RECEIVED,
    Stage.ASSESSING,
    Stage.ARRANGING,
    Stage.REVIEWING,
    Stage.PLANNING,
    Stage.MONITORING,
)

MOVES: tuple[Move, ...] = (
    Move(Stage.RECEIVED, Stage.ASSESSING, Act.ACKNOWLEDGE),
    Move(Stage.ASSESSING, Stage.ARRANGING, Act.DECIDE_THRESHOLD),
    Move(Stage.ASSESSING, Stage.NOT_MET, Act.DECIDE_THRESHOLD),
    Move(Stage.ARRANGING, Stage.REVIEWING, Act.OPEN_MEETING, (_CHAIR_READY, _MEETING_BOOKED)),
    Move(Stage.REVIEWING, Stage.PLANNING, Act.CLOSE_MEETING, (_NOT_ADJOURNED, _WHO_WAS_THERE)),
    Move(Stage.PLANNING, Stage.MONITORING, Act.ISSUE_PLAN, (_CHAIR_READY, _PLAN_SOUND)),
    Move(Stage.NOT_MET, Stage.CLOSED, Act.CLOSE_CASE, (_NOTHING_LEFT,)),
    Move(Stage.COMPLETED, Stage.CLOSED, Act.CLOSE_CASE, (_NOTHING_LEFT,)),
    *(Move(stage, Stage.CLOSED, Act.WITHDRAW_REQUEST) for stage in _UNDER_WAY),
)


def is_open(facts: CaseFacts, act: Act) -> bool:
    """Say whether the stage has a move by this act, whatever may still be missing for it."""
    return any(move.start is facts.stage and move.act is act for move in MOVES)


def move(facts: CaseFacts, act: Act, end: Stage) -> Stage:
    """Return the stage after the move.

    Raises:
        IllegalMoveError: with a sentence that says what is missing.
    """
    for candidate in MOVES:
        if (candidate.start, candidate.act, candidate.end) == (facts.stage, act, end):
            _check(candidate, facts)
            return end
    raise IllegalMoveError(
        f"The case is at the stage “{facts.stage.label}”, so it cannot go to “{end.label}”"
    )


def missing(facts: CaseFacts, act: Act) -> tuple[str, ...]:
    """Return what keeps the act from moving the case on, a sentence each."""
    return tuple(
        dict.fromkeys(
            sentence
            for candidate in MOVES
            if (candidate.start, candidate.act) == (facts.stage, act)
            for sentence in _unmet(candidate, facts)
        )
    )


def _unmet(candidate: Move, facts: CaseFacts) -> list[str]:
    return [need.sentence for need in candidate.needs if not need.holds(facts)]


def _check(candidate: Move, facts: CaseFacts) -> None:
    unmet = _unmet(candidate, facts)
    if unmet:
        raise IllegalMoveError(". ".join(unmet))
