"""Where a review stands, in words for the applicant: the steps, what comes next and by when.

The words are those of the stages that the applicant reads (design §5) and of "what happens next"
(content of the public pages, §6). A decision that there will be no review is not broken by a page:
until the letter with the reasons has gone, the page says that the reports are being checked.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.domain.clocks.rules import Clock
from portal.domain.dates import LONDON, in_words, time_of
from portal.domain.stages import Stage


@dataclass(frozen=True, kw_only=True)
class OwnFacts:
    """All that the page of the applicant's side says of a case; every day is a London day.

    Attributes:
        due: until when something was promised and is not done yet; none where no day can be said.
        is_told_no: the letter that there will be no review has gone.
        meeting_at, opening_ends_at: the opening section; none while no meeting is booked.
        is_invited: to the opening section.
        is_asked: a draft of the plan waits for what they think of it.
    """

    stage: Stage
    today: dt.date
    received_on: dt.date
    due: Mapping[Clock, dt.date | None] = field(default_factory=dict)
    decided_on: dt.date | None = None
    is_told_no: bool = False
    meeting_at: dt.datetime | None = None
    opening_ends_at: dt.datetime | None = None
    is_invited: bool = False
    met_on: dt.date | None = None
    is_asked: bool = False
    plan_on: dt.date | None = None


@dataclass(frozen=True)
class OwnStep:
    """A line of what has happened and what comes; ``state`` is done, now or ahead."""

    title: str
    state: str
    words: str


@dataclass(frozen=True)
class NextEvent:
    """What comes next, and what it means for them."""

    heading: str
    words: str


_ORDER = (
    Stage.RECEIVED,
    Stage.ASSESSING,
    Stage.ARRANGING,
    Stage.REVIEWING,
    Stage.PLANNING,
    Stage.MONITORING,
    Stage.COMPLETED,
)
# From which place in the order something has happened.
_DECIDED, _MET, _ISSUED, _DONE = 2, 4, 5, 6
_NOT_TOLD = "That day has passed, and we have not told you yet how it went. Ring us and ask."
_SAME_DAY = "You hear on the same day how it went."
_CLOSED = "We wrote to you why. If you need us again, ring us."


def shown_stage(facts: OwnFacts) -> Stage:
    """Return the stage that the page speaks of."""
    if facts.stage is Stage.NOT_MET and not facts.is_told_no:
        return Stage.ASSESSING
    return facts.stage


def steps(facts: OwnFacts) -> tuple[OwnStep, ...]:
    """Return what has happened and what comes, in its order."""
    stage = shown_stage(facts)
    asked = OwnStep("You asked for a review", "done", in_words(facts.received_on))
    if stage is Stage.NOT_MET:
        return asked, OwnStep(stage.applicant_label, "now", _told_no(facts))
    if stage is Stage.CLOSED:
        return asked, OwnStep(stage.applicant_label, "now", _CLOSED)
    at = _ORDER.index(stage)
    rows = (
        ("We said yes" if at >= _DECIDED else "We decide", 0, _DECIDED, _decision(facts, at)),
        ("The agencies meet", _DECIDED, _MET, _meeting(facts, at)),
        ("You see the plan before it is final", _MET, _ISSUED, "We ask what you think of it."),
        ("You get the action plan", _ISSUED, _ISSUED, _plan(facts, at)),
        ("The actions are carried out", _ISSUED, _DONE, "We tell you what is done."),
    )
    return asked, *(
        OwnStep(title, "done" if at >= done else "now" if at >= now else "ahead", words)
        for title, now, done, words in rows
    )


def _decision(facts: OwnFacts, at: int) -> str:
    if at >= _DECIDED:
        return in_words(facts.decided_on) if facts.decided_on else ""
    return _by(facts, Clock.THRESHOLD_DECISION, "We write to you with the reasons.")


def _meeting(facts: OwnFacts, at: int) -> str:
    if facts.met_on:
        return in_words(facts.met_on)
    if facts.meeting_at:
        words = _NOT_TOLD if _has_passed(facts) else _SAME_DAY
        return f"{_when(facts.meeting_at)}. {words}"
    if at < _DECIDED:
        return "If the answer is yes. You choose how to take part."
    return _by(facts, Clock.MEETING, "You choose how to take part.")


def _has_passed(facts: OwnFacts) -> bool:
    at = facts.meeting_at
    return at is not None and at.astimezone(LONDON).date() < facts.today


def _plan(facts: OwnFacts, at: int) -> str:
    if facts.plan_on:
        return in_words(facts.plan_on)
    words = "It says who does what, and by when."
    return _by(facts, Clock.ACTION_PLAN, words) if at >= _MET else words


def _by(facts: OwnFacts, clock: Clock, words: str) -> str:
    """Return by when it was promised, said plainly where that day has passed."""
    due = facts.due.get(clock)
    if due is None:
        return words
    if due < facts.today:
        return (
            f"You were promised this by {in_words(due)}. It is late. Ring us and ask why. {words}"
        )
    return f"By {in_words(due)}. {words}"


def _until(facts: OwnFacts, clock: Clock) -> str:
    due = facts.due.get(clock)
    if due is None or due < facts.today:
        return ""
    return f" You can appeal until {in_words(due)}."


def _told_no(facts: OwnFacts) -> str:
    return (
        "We wrote to you with the reasons, and with what we will do all the same."
        f"{_until(facts, Clock.APPEAL_THRESHOLD)}"
    )


def _when(at: dt.datetime) -> str:
    return f"{in_words(at.astimezone(LONDON).date())}, {time_of(at)}"


def next_event(facts: OwnFacts) -> NextEvent:
    """Return what comes next."""
    stage = shown_stage(facts)
    if stage in {Stage.ARRANGING, Stage.REVIEWING}:
        return _next_meeting(facts)
    if stage is Stage.PLANNING and facts.is_asked:
        words = "A draft of the plan is here for you. It is not final yet."
        return NextEvent("Next: tell us what you think of the plan", words)
    if stage in _NEXT:
        heading, clock, words = _NEXT[stage]
        return NextEvent(heading, _by(facts, clock, words))
    return NextEvent(stage.applicant_label, _standing(facts, stage))


_NEXT = {
    Stage.RECEIVED: (
        "Next: we write to you",
        Clock.ACKNOWLEDGE,
        "You then have the name of your contact person.",
    ),
    Stage.ASSESSING: (
        "Next: we decide",
        Clock.THRESHOLD_DECISION,
        "We check with the services what was reported. We ring you to hear how it is.",
    ),
    Stage.PLANNING: (
        "Next: the written plan",
        Clock.ACTION_PLAN,
        "You see it before it is final, and say what you think.",
    ),
}


def _standing(facts: OwnFacts, stage: Stage) -> str:
    """Return what stands while nothing more is promised by a day."""
    match stage:
        case Stage.NOT_MET:
            return _told_no(facts)
        case Stage.MONITORING:
            return "Your plan says who does what, and by when. Tell us if it is not done."
        case Stage.COMPLETED:
            until = _until(facts, Clock.APPEAL_CONDUCT).strip()
            return until or "Ring us if it starts again."
        case _:
            return _CLOSED


def _next_meeting(facts: OwnFacts) -> NextEvent:
    if facts.meeting_at is None:
        words = "We tell you the day, and how you can take part."
        return NextEvent("Next: the meeting", _by(facts, Clock.MEETING, words))
    if _has_passed(facts):
        return NextEvent(f"The meeting, {_when(facts.meeting_at)}", _NOT_TOLD)
    heading = f"Next: the meeting, {_when(facts.meeting_at)}"
    if not facts.is_invited or facts.opening_ends_at is None:
        return NextEvent(heading, f"We read out what you write. {_SAME_DAY}")
    minutes = int((facts.opening_ends_at - facts.meeting_at).total_seconds()) // 60
    return NextEvent(heading, f"You can come to the first {minutes} minutes. {_SAME_DAY}")
