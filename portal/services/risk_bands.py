"""A person decides on the band: up at once, down by one, and sometimes with a second person."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.risk import asked_decisions_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.risk.bands import (
    Band,
    BandChangeError,
    BandReason,
    Standing,
    needs_second_person,
)
from portal.domain.roles import Act, Actor, Role
from portal.models.person import Person
from portal.models.risk import BandDecision, BandState, RiskScoring, RiskStanding
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.risk import RiskError, end_what_was_asked, latest_scoring, standing_of
from portal.services.risk_words import REASONS


@dataclass(frozen=True, kw_only=True)
class TypedBand:
    """A decision on the band as it is typed in.

    Attributes:
        words: why, beside the reason.
        fact: what it rests on and who said so; for a lower band.
        line: why, for the agencies on the panel.
    """

    band: Band
    reason: BandReason
    words: str
    fact: str
    fact_on: dt.date | None
    line: str


@dataclass(frozen=True)
class BandPage:
    """What the form for another band needs."""

    frame: CaseFrame
    worked_out: str
    floor: str
    now: Band
    line: str
    version: int


@dataclass(frozen=True)
class AskedBand:
    """A lower band that waits for a second person, as that person reads it."""

    before: str
    band: str
    reason: str
    words: str
    fact: str
    fact_on: dt.date | None
    line: str
    by: str
    asked_at: dt.datetime


@dataclass(frozen=True)
class AskedPage:
    """What the form of the second person needs."""

    frame: CaseFrame
    asked: AskedBand
    version: int


def open_band(actor: Actor, reference: str) -> BandPage:
    """Return the form for another band.

    Raises:
        CaseNotFoundError: the risk was not scored yet.
    """
    with transaction():
        opened = load_case(actor, reference, Act.DECIDE_BAND, thing="form")
        standing, scoring = _scored(actor, opened)
        return BandPage(
            frame=frame(actor, opened),
            worked_out=scoring.band.label,
            floor=scoring.floor.label if scoring.floor else "",
            now=standing.band,
            line=standing.line,
            version=standing.version,
        )


def _scored(actor: Actor, opened: Opened) -> tuple[RiskStanding, RiskScoring]:
    standing, scoring = standing_of(actor, opened), latest_scoring(actor, opened)
    if standing is None or scoring is None:
        raise CaseNotFoundError(opened.case.reference)
    return standing, scoring


def decide_band(
    actor: Actor, reference: str, token: str, typed: TypedBand, version: int | None
) -> None:
    """Decide on another band; what needs a second person waits, and the higher band rules.

    Raises:
        CaseNotFoundError: the risk was not scored yet.
        ChangedMeanwhileError: somebody else has scored or decided meanwhile; nothing was saved.
        RiskError: it is no other band, too low a one, or the fact for a lower one is missing.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.DECIDE_BAND, thing="band")
        standing, scoring = _scored(actor, opened)
        check_version(standing, version)
        waits = _waits(standing, scoring, typed.band)
        _check_fact(actor, standing, typed)
        end_what_was_asked(actor, standing)
        decision = _decision(actor, standing, typed, waits=waits)
        if waits:
            standing.asked_id = decision.id
        else:
            standing.band, standing.line = typed.band, typed.line
        mark_changed(actor, standing)


def _waits(standing: RiskStanding, scoring: RiskScoring, wanted: Band) -> bool:
    start = Standing(worked_out=scoring.band, floor=scoring.floor, now=standing.band)
    try:
        return needs_second_person(start, wanted)
    except BandChangeError as error:
        raise RiskError(("band", str(error))) from error


def _check_fact(actor: Actor, standing: RiskStanding, typed: TypedBand) -> None:
    if typed.fact_on and typed.fact_on > london_day(actor.at):
        raise RiskError(("fact_on", "The day must be today or in the past"))
    if typed.band.rank > standing.band.rank:
        return
    faults = []
    if not typed.fact.strip():
        faults.append(("fact", "Write the fact that a lower band rests on, and who said so"))
    if typed.fact_on is None:
        faults.append(("fact_on", "Enter the day on which they said so"))
    if faults:
        raise RiskError(*faults)


def _decision(
    actor: Actor, standing: RiskStanding, typed: TypedBand, *, waits: bool
) -> BandDecision:
    decision = BandDecision(
        scoring_id=standing.scoring_id,
        before=standing.band,
        band=typed.band,
        reason=typed.reason,
        words=typed.words,
        fact=typed.fact,
        fact_on=typed.fact_on,
        line=typed.line,
        decided_at=actor.at,
        decided_by_id=actor.person_id,
        as_chair=actor.role is Role.CHAIR,
        state=BandState.ASKED if waits else BandState.IN_FORCE,
        answer="",
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def open_asked(actor: Actor, reference: str) -> AskedPage:
    """Return the lower band that waits for this second person.

    Raises:
        CaseNotFoundError: none waits for them.
    """
    with transaction():
        opened = load_case(actor, reference, Act.AGREE_TO_BAND, thing="form")
        decision, standing = _asked(actor, opened)
        return AskedPage(frame(actor, opened), _shown(decision), standing.version)


def _asked(actor: Actor, opened: Opened) -> tuple[BandDecision, RiskStanding]:
    found = _asked_of(actor, opened)
    standing = standing_of(actor, opened)
    if found is None or standing is None:
        raise CaseNotFoundError(opened.case.reference)
    return found, standing


def _asked_of(actor: Actor, opened: Opened) -> BandDecision | None:
    return db.session.scalars(asked_decisions_for(actor, opened.case.id)).one_or_none()


def _shown(decision: BandDecision) -> AskedBand:
    return AskedBand(
        before=decision.before.label,
        band=decision.band.label,
        reason=REASONS[decision.reason],
        words=decision.words,
        fact=decision.fact,
        fact_on=decision.fact_on,
        line=decision.line,
        by=db.session.get_one(Person, decision.decided_by_id).name,
        asked_at=decision.decided_at,
    )


def is_asked(actor: Actor, opened: Opened) -> bool:
    """Say whether a lower band waits for this actor; belongs inside a transaction."""
    return _asked_of(actor, opened) is not None


def answer_band(
    actor: Actor, reference: str, token: str, *, agrees: bool, words: str, version: int | None
) -> None:
    """Answer as the second person: the lower band is in force, or the higher one stays.

    Raises:
        CaseNotFoundError: none waits for them.
        ChangedMeanwhileError: it is another one than they read; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.AGREE_TO_BAND, thing="answer")
        decision, standing = _asked(actor, opened)
        check_version(standing, version)
        decision.state = BandState.AGREED if agrees else BandState.NOT_AGREED
        decision.answered_at, decision.answered_by_id = actor.at, actor.person_id
        decision.answer = words
        standing.asked_id = None
        if agrees:
            standing.band, standing.line = decision.band, decision.line
        mark_changed(actor, standing)
