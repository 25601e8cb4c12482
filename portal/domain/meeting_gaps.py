"""What a meeting lacks when it is about to be closed: plain rules over plain facts.

None of it keeps the meeting from closing: what does stands in the table of moves. It is said
before, and kept with the meeting that was closed without it.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class GapKind(enum.StrEnum):
    """What is missing, and so where it can be put right."""

    ATTENDANCE = "attendance"
    REQUIRED = "required"
    CONFIDENTIALITY = "confidentiality"
    INSIDE = "inside"
    APPLICANT = "applicant"
    STATEMENT = "statement"
    RISK = "risk"
    ADEQUACY = "adequacy"
    DECISION = "decision"
    NO_ACTION = "no_action"
    ACTION = "action"
    TELLER = "teller"
    AGENDA = "agenda"


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What the rules need to know of a meeting.

    Attributes:
        unrecorded: who was expected, with nothing recorded of whether they were there.
        absent_required: required agencies of whom nobody was there.
        not_agreed: who was there and has not agreed to confidentiality.
        inside: who of the applicant's side is in the room still, by first name; empty for nobody.
        unread: how many statements were handed in with nobody recorded who read them out; whose
            they are is not said, because the page is projected.
        not_reached: items of the agenda that the table was not at, as the panel reads them.
        actions: what each action still lacks, by its number.
        without_finding: agencies with no finding yet on whether what they did was enough.
        is_teller_named: somebody is named who tells the applicant how the meeting went.
    """

    unrecorded: tuple[str, ...] = ()
    absent_required: tuple[str, ...] = ()
    not_agreed: tuple[str, ...] = ()
    says_how_applicant_took_part: bool = True
    is_risk_scored: bool = True
    without_finding: tuple[str, ...] = ()
    has_decision: bool = True
    actions: Mapping[int, tuple[str, ...]]
    is_teller_named: bool = True
    inside: str = ""
    unread: int = 0
    not_reached: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, as a sentence; ``number`` is that of the action it is about."""

    kind: GapKind
    sentence: str
    number: int = 0


def gaps(facts: MeetingFacts) -> tuple[Gap, ...]:
    """Return what is missing, in the order of the agenda (content/meeting.md, section 1)."""
    found = [
        *_listed(GapKind.ATTENDANCE, "Not recorded whether they were there", facts.unrecorded),
        *_listed(GapKind.REQUIRED, "Required and not there", facts.absent_required),
        *_listed(
            GapKind.CONFIDENTIALITY,
            "There, and not yet agreed to the confidentiality statement",
            facts.not_agreed,
        ),
    ]
    if facts.inside:
        found.append(Gap(GapKind.INSIDE, f"In the room or on the call still: {facts.inside}"))
    if not facts.says_how_applicant_took_part:
        found.append(Gap(GapKind.APPLICANT, "Not recorded how the applicant took part"))
    if facts.unread:
        what = "the statement" if facts.unread == 1 else f"{facts.unread} statements"
        found.append(Gap(GapKind.STATEMENT, f"Not recorded who read out {what}"))
    if not facts.is_risk_scored:
        found.append(Gap(GapKind.RISK, "Risk not scored at this meeting"))
    found += _listed(
        GapKind.ADEQUACY, "Was what was done enough? No finding yet for", facts.without_finding
    )
    if not facts.has_decision:
        found.append(Gap(GapKind.DECISION, "No decision recorded"))
    if not facts.actions:
        found.append(Gap(GapKind.NO_ACTION, "No action agreed"))
    found += [
        Gap(GapKind.ACTION, f"Action {number} lacks: {', '.join(missing)}", number)
        for number, missing in facts.actions.items()
        if missing
    ]
    if not facts.is_teller_named:
        found.append(Gap(GapKind.TELLER, "Nobody named who tells the applicant what happens now"))
    found += _listed(GapKind.AGENDA, "Not come to on the agenda", facts.not_reached)
    return tuple(found)


def _listed(kind: GapKind, words: str, names: tuple[str, ...]) -> list[Gap]:
    return [Gap(kind, f"{words}: {', '.join(names)}")] if names else []
