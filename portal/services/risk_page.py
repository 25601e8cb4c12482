"""The page of the risk, cut to its reader: everything that was scored, or the band alone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened, load_case
from portal.access.scope.risk import band_decisions_for, risk_answers_for, scorings_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.risk.bands import Band
from portal.domain.risk.rules import RiskRules
from portal.domain.risk.score import FloorUsed, counted
from portal.domain.risk.scorings import Occasion, PastScore, before_closing, same_day
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.person import Person
from portal.models.risk import BandDecision, RiskAnswer, RiskScoring, RiskStanding
from portal.services.bands import ShownBand, shown_band
from portal.services.frames import CaseFrame, frame
from portal.services.risk import latest_scoring, rules_of, standing_of
from portal.services.risk_bands import is_asked
from portal.services.risk_words import (
    BEFORE_CLOSING,
    OCCASIONS,
    QUESTION,
    REASONS,
    SAME_DAY,
    SIGNS,
    SOURCES,
    STATES,
    Step,
    answer_in_words,
    floor_in_words,
    steps_of,
)

# An answer of as many points has moved the band, besides those that set a floor.
MOVED_FROM = 3
_AT_CLOSURE = frozenset({Stage.MONITORING, Stage.COMPLETED})


@dataclass(frozen=True)
class ShownAnswer:
    """An answer, as coordinator and chair read it."""

    number: int
    title: str
    words: str
    counted: int
    is_unknown: bool
    source: str
    why: str
    is_restricted: bool


@dataclass(frozen=True)
class ShownDecision:
    """A person's decision on the band, beside what was worked out."""

    before: str
    band: str
    reason: str
    words: str
    fact: str
    fact_on: dt.date | None
    line: str
    by: str
    at: dt.datetime
    state: str
    answered_by: str
    answered_at: dt.datetime | None
    answer: str


@dataclass(frozen=True)
class ShownScoring:
    """A scoring, as coordinator and chair read it.

    Attributes:
        moved: the answers that moved the band most, by their titles.
    """

    number: int
    occasion: str
    scored_at: dt.datetime
    by: str
    total: int
    unknown: int
    band: str
    is_raised: bool
    floors: tuple[str, ...]
    moved: tuple[str, ...]
    signs: tuple[str, ...]
    words: str
    agency_words: str
    line: str
    answers: tuple[ShownAnswer, ...]
    decisions: tuple[ShownDecision, ...]


@dataclass(frozen=True)
class RiskPage:
    """The risk of a case.

    Attributes:
        band: in force; none before the first scoring.
        scorings: the latest first; none for an agency.
        same_day: what cannot wait, of the latest scoring; none for an agency.
        is_from_today: the latest scoring was made on this London day.
        has_ended: a person's decision on the band has ended with the latest scoring.
        is_asked: a lower band waits for this reader.
        before_closing: what is missing before the case can be closed.
    """

    frame: CaseFrame
    reads_everything: bool
    band: ShownBand | None
    steps: tuple[Step, ...]
    scorings: tuple[ShownScoring, ...]
    same_day: tuple[str, ...]
    is_from_today: bool
    has_ended: bool
    is_asked: bool
    before_closing: tuple[str, ...]


@dataclass(frozen=True)
class RiskCard:
    """The band beside another page, with what it rests on for who may read that."""

    reference: str
    band: ShownBand | None
    floors: tuple[str, ...]
    may_score: bool


def open_risk(actor: Actor, reference: str) -> RiskPage:
    """Return the page of the risk: an agency reads the band, one line, and what is theirs to do."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_RISK)
        standing = standing_of(actor, opened)
        rules = rules_of(opened.case)
        rows = db.session.scalars(scorings_for(actor, opened.case.id)).all()
        shown = _Shown(actor, opened, rules, rows) if rows else None
        reads_everything = actor.agency_id is None
        return RiskPage(
            frame=frame(actor, opened),
            reads_everything=reads_everything,
            band=shown_band(standing) if standing else None,
            steps=_steps(standing, for_agencies=not reads_everything),
            scorings=shown.scorings() if shown else (),
            same_day=shown.same_day() if shown else (),
            is_from_today=_is_from_today(actor, standing),
            has_ended=bool(shown and shown.has_ended()),
            is_asked=is_asked(actor, opened),
            before_closing=_before_closing(opened, rows) if reads_everything else (),
        )


def _steps(standing: RiskStanding | None, *, for_agencies: bool) -> tuple[Step, ...]:
    return steps_of(standing.band, for_agencies=for_agencies) if standing else ()


def _is_from_today(actor: Actor, standing: RiskStanding | None) -> bool:
    return standing is not None and london_day(standing.scored_at) == london_day(actor.at)


def _before_closing(opened: Opened, rows: Sequence[RiskScoring]) -> tuple[str, ...]:
    if opened.case.stage not in _AT_CLOSURE:
        return ()
    past = [PastScore(row.occasion, row.band) for row in reversed(rows)]
    return tuple(BEFORE_CLOSING[each] for each in before_closing(past))


class _Shown:
    """The scorings of a case in words, each kind of row asked for once."""

    def __init__(
        self, actor: Actor, opened: Opened, rules: RiskRules, rows: Sequence[RiskScoring]
    ) -> None:
        self.rules, self.rows = rules, rows
        self.answers: dict[int, list[RiskAnswer]] = {}
        for answer in db.session.scalars(risk_answers_for(actor, opened.case.id)):
            self.answers.setdefault(answer.scoring_id, []).append(answer)
        self.decisions: dict[int, list[BandDecision]] = {}
        for decision in db.session.scalars(band_decisions_for(actor, opened.case.id)):
            self.decisions.setdefault(decision.scoring_id, []).append(decision)
        self.names = _names(self._people())

    def _people(self) -> set[int | None]:
        decisions = [each for listed in self.decisions.values() for each in listed]
        people = {row.scored_by_id for row in self.rows}
        people |= {each.decided_by_id for each in decisions}
        return people | {each.answered_by_id for each in decisions}

    def scorings(self) -> tuple[ShownScoring, ...]:
        return tuple(self._scoring(row) for row in self.rows)

    def same_day(self) -> tuple[str, ...]:
        latest = self.rows[0]
        answers = {row.question: row.points for row in self.answers[latest.id]}
        return tuple(SAME_DAY[each] for each in same_day(self.rules, answers, latest.signs))

    def has_ended(self) -> bool:
        latest, *older = self.rows
        return bool(older and older[0].id in self.decisions and latest.id not in self.decisions)

    def _scoring(self, row: RiskScoring) -> ShownScoring:
        answers = sorted(
            (self._answer(answer) for answer in self.answers[row.id]), key=lambda a: a.number
        )
        return ShownScoring(
            number=row.number,
            occasion=OCCASIONS[row.occasion],
            scored_at=row.scored_at,
            by=f"{self.names[row.scored_by_id]}, {_office(as_chair=row.as_chair)}",
            total=row.total,
            unknown=row.unknown,
            band=row.band.label,
            is_raised=row.is_raised,
            floors=floors_in_words(row),
            moved=tuple(answer.title for answer in answers if answer.counted >= MOVED_FROM),
            signs=tuple(SIGNS[each] for each in row.signs),
            words=row.words,
            agency_words=row.agency_words,
            line=row.line,
            answers=tuple(answers),
            decisions=tuple(self._decision(each) for each in self.decisions.get(row.id, ())),
        )

    def _answer(self, row: RiskAnswer) -> ShownAnswer:
        question = QUESTION[row.question]
        return ShownAnswer(
            number=question.number,
            title=question.title,
            words=answer_in_words(self.rules, row.question, row.points),
            counted=counted(self.rules, row.points),
            is_unknown=row.points is None,
            source=SOURCES[row.source],
            why=row.why,
            is_restricted=row.question in self.rules.restricted,
        )

    def _decision(self, row: BandDecision) -> ShownDecision:
        return ShownDecision(
            before=row.before.label,
            band=row.band.label,
            reason=REASONS[row.reason],
            words=row.words,
            fact=row.fact,
            fact_on=row.fact_on,
            line=row.line,
            by=f"{self.names[row.decided_by_id]}, {_office(as_chair=row.as_chair)}",
            at=row.decided_at,
            state=STATES[row.state],
            answered_by=self.names[row.answered_by_id] if row.answered_by_id else "",
            answered_at=row.answered_at,
            answer=row.answer,
        )


def _office(*, as_chair: bool) -> str:
    return (Role.CHAIR if as_chair else Role.COORDINATOR).label


def _names(ids: set[int | None]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def floors_in_words(row: RiskScoring) -> tuple[str, ...]:
    """Return the floors of a scoring, as they were found when it was made."""
    return tuple(
        floor_in_words(FloorUsed(Band(band), tuple((what, number) for what, number in condition)))
        for band, condition in row.floors
    )


def risk_card(actor: Actor, opened: Opened) -> RiskCard:
    """Return the card of the risk for a page of the case; belongs inside a transaction."""
    standing, latest = standing_of(actor, opened), latest_scoring(actor, opened)
    return RiskCard(
        reference=opened.case.reference,
        band=shown_band(standing) if standing else None,
        floors=floors_in_words(latest) if latest else (),
        may_score=opened.allows(actor, Act.SCORE_RISK),
    )


def is_scored_at_meeting(actor: Actor, opened: Opened, opened_at: dt.datetime | None) -> bool:
    """Say whether the risk was scored at the meeting that is open; inside a transaction."""
    if opened_at is None:
        return False
    found = scorings_for(actor, opened.case.id).where(
        RiskScoring.occasion == Occasion.MEETING, RiskScoring.scored_at >= opened_at
    )
    return db.session.scalars(found.limit(1)).one_or_none() is not None
