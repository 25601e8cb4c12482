"""When somebody scores, from whom an answer comes, and what cannot wait for the band."""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.domain.risk.bands import Band
from portal.domain.risk.rules import RiskRules
from portal.domain.risk.score import Answers
from portal.domain.roles import Role
from portal.domain.stages import Stage


class Occasion(enum.StrEnum):
    """On which occasion the risk is scored."""

    ASSESSMENT = "assessment"
    MEETING = "meeting"
    CLOSURE = "closure"
    ANY_TIME = "any_time"


class AnswerSource(enum.StrEnum):
    """From whom an answer comes."""

    APPLICANT = "applicant"
    AGENCY = "agency"
    BOTH = "both"


class Sign(enum.StrEnum):
    """What was said beside the questions, and cannot wait."""

    UNDER_18 = "under_18"
    EXPLOITATION = "exploitation"
    UNSAFE_REPLY = "unsafe_reply"


class SameDay(enum.StrEnum):
    """What has to be done today, whatever the band."""

    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    CHILD = "child"
    EXPLOITATION = "exploitation"
    WARNING = "warning"
    UNSAFE_REPLY = "unsafe_reply"


_BEFORE_DECISION = frozenset({Stage.RECEIVED, Stage.ASSESSING})
_AT_CLOSURE = frozenset({Stage.NOT_MET, Stage.MONITORING, Stage.COMPLETED})


def occasions(role: Role, stage: Stage) -> tuple[Occasion, ...]:
    """Return the occasions on which somebody can score at a stage, the likeliest first."""
    if role is Role.CHAIR and stage is Stage.REVIEWING:
        return (Occasion.MEETING, Occasion.ANY_TIME)
    if role is Role.COORDINATOR and stage in _BEFORE_DECISION:
        return (Occasion.ASSESSMENT, Occasion.ANY_TIME)
    if role is Role.COORDINATOR and stage in _AT_CLOSURE:
        return (Occasion.ANY_TIME, Occasion.CLOSURE)
    return (Occasion.ANY_TIME,)


def same_day(
    rules: RiskRules, answers: Answers, signs: Collection[Sign | str]
) -> tuple[SameDay, ...]:
    """Return what cannot wait: the last answers of some questions, and the signs."""

    def worst(key: str) -> bool:
        return answers[key] == rules.points[key][-1]

    found = {
        SameDay.VIOLENCE: worst("q4"),
        SameDay.SELF_HARM: worst("q8"),
        SameDay.CHILD: worst("q11") or Sign.UNDER_18 in signs,
        SameDay.EXPLOITATION: Sign.EXPLOITATION in signs,
        SameDay.WARNING: worst("q15"),
        SameDay.UNSAFE_REPLY: Sign.UNSAFE_REPLY in signs,
    }
    return tuple(each for each, holds in found.items() if holds)


class BeforeClosing(enum.StrEnum):
    """What is still missing before a case is closed."""

    CLOSING_SCORE = "closing_score"
    TWO_LOWER_SCORES = "two_lower_scores"
    MANAGER_AGREES = "manager_agrees"


@dataclass(frozen=True)
class PastScore:
    """A scoring as it counts for the closure."""

    occasion: Occasion
    band: Band


def before_closing(scores: Sequence[PastScore]) -> tuple[BeforeClosing, ...]:
    """Return what is missing before the case is closed (our risk matrix, 5).

    After a High or Very high the last two scores are under High, or reasons are given; for Very
    high a manager in the lead agency agrees as well.

    Args:
        scores: every scoring of the case, the latest last.
    """
    missing: list[BeforeClosing] = []
    if not scores or scores[-1].occasion is not Occasion.CLOSURE:
        missing.append(BeforeClosing.CLOSING_SCORE)
    was_high = any(each.band.is_high for each in scores)
    if was_high and (len(scores) < 2 or any(each.band.is_high for each in scores[-2:])):
        missing.append(BeforeClosing.TWO_LOWER_SCORES)
    if any(each.band is Band.VERY_HIGH for each in scores):
        missing.append(BeforeClosing.MANAGER_AGREES)
    return tuple(missing)
