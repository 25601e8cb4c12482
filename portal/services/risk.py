"""Scoring the risk: with the applicant, at the meeting, at closure, or when something is new."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.people import VICTIMS, parties_for
from portal.access.scope.risk import band_decisions_for, risk_answers_for, scorings_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.deadlines import add_working_days, london_day
from portal.domain.risk.questions import QUESTIONS
from portal.domain.risk.rules import OWN, RiskRules, read_risk_rules
from portal.domain.risk.score import Answers, Score, needs_why, score
from portal.domain.risk.scorings import AnswerSource, Occasion, Sign, occasions
from portal.domain.roles import Act, Actor, Role
from portal.models.case import Case, PartyKind
from portal.models.risk import BandDecision, BandState, RiskAnswer, RiskScoring, RiskStanding
from portal.services import clocks
from portal.services.bands import standings_by_case
from portal.services.calendars import days_off
from portal.services.changes import ChangedMeanwhileError, check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.risk_words import QUESTION, answer_in_words, text_of

FIND_OUT_WITHIN = 2  # working days, where not enough is known (our risk matrix, 5)


class RiskError(Exception):
    """What was typed cannot be saved; holds each field with its sentence."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__("; ".join(sentence for _, sentence in faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class TypedAnswer:
    """An answer.

    Attributes:
        points: none for “don’t know, or would rather not say”.
        why: it changed by two points or more.
    """

    points: int | None
    source: AnswerSource
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class TypedScoring:
    """A scoring as it is typed in.

    Attributes:
        answers: to every question.
        words: of the applicant.
        agency_words: what the restricted answer rests on.
        line: why, for the agencies on the panel.
    """

    occasion: Occasion
    answers: Mapping[str, TypedAnswer]
    signs: tuple[Sign, ...]
    words: str
    agency_words: str
    line: str


@dataclass(frozen=True)
class AskedQuestion:
    """A question as the form asks it.

    Attributes:
        choices: points and words; none is “don’t know”.
        before: the answer of the scoring before, in words; empty where there is none.
    """

    key: str
    number: int
    text: str
    hint: str
    choices: tuple[tuple[int | None, str], ...]
    is_restricted: bool
    before: str


@dataclass(frozen=True)
class ScoringPage:
    """What the form of a scoring needs.

    Attributes:
        stored: the scoring before, in the form's terms; none for the first.
        version: of where the risk stands, 0 before the first scoring.
        is_child: what the request says already.
    """

    frame: CaseFrame
    questions: tuple[AskedQuestion, ...]
    occasions: tuple[Occasion, ...]
    stored: TypedScoring | None
    version: int
    is_child: bool


def rules_of(case: Case) -> RiskRules:
    """Return the rules of risk of the scheme version that the case was received under."""
    block = clocks.scheme_of(case).risk
    return OWN if block is None else read_risk_rules(block)


def open_scoring(actor: Actor, reference: str) -> ScoringPage:
    """Return the form of a scoring, filled in with the one before."""
    with transaction():
        opened = load_case(actor, reference, Act.SCORE_RISK, thing="form")
        rules = rules_of(opened.case)
        parties = [
            party
            for party in db.session.scalars(parties_for(actor, [opened.case.id]))
            if party.role in VICTIMS
        ]
        standing = standing_of(actor, opened)
        stored = _stored(actor, opened)
        is_one_person = len(parties) == 1 and parties[0].kind is PartyKind.INDIVIDUAL
        return ScoringPage(
            frame=frame(actor, opened),
            questions=_questions(rules, stored, is_one_person=is_one_person),
            occasions=occasions(actor.role, opened.case.stage),
            stored=stored,
            version=standing.version if standing else 0,
            is_child=any(party.is_child is Answer.YES for party in parties),
        )


def _questions(
    rules: RiskRules, stored: TypedScoring | None, *, is_one_person: bool
) -> tuple[AskedQuestion, ...]:
    def before(key: str) -> str:
        if stored is None or key not in stored.answers:
            return ""
        return answer_in_words(rules, key, stored.answers[key].points)

    unknown = answer_in_words(rules, QUESTIONS[0].key, None)
    return tuple(
        AskedQuestion(
            key=question.key,
            number=question.number,
            text=text_of(question, is_one_person=is_one_person),
            hint=question.hint,
            # One question has “don’t know” among its answers; it is offered once.
            choices=(
                *(
                    (points, words)
                    for points, words in zip(
                        rules.points[question.key], question.answers, strict=True
                    )
                    if words != unknown
                ),
                (None, unknown),
            ),
            is_restricted=question.key in rules.restricted,
            before=before(question.key),
        )
        for question in QUESTIONS
    )


def standing_of(actor: Actor, opened: Opened) -> RiskStanding | None:
    """Return where the risk of a case stands, if it was scored; belongs inside a transaction."""
    return standings_by_case(actor, [opened.case.id]).get(opened.case.id)


def latest_scoring(actor: Actor, opened: Opened) -> RiskScoring | None:
    """Return the latest scoring for who may read it; belongs inside a transaction."""
    return db.session.scalars(scorings_for(actor, opened.case.id).limit(1)).one_or_none()


def answers_of(actor: Actor, opened: Opened, scoring: RiskScoring) -> list[RiskAnswer]:
    """Return the answers of a scoring; belongs inside a transaction."""
    query = risk_answers_for(actor, opened.case.id).where(RiskAnswer.scoring_id == scoring.id)
    return list(db.session.scalars(query))


def _stored(actor: Actor, opened: Opened) -> TypedScoring | None:
    found = latest_scoring(actor, opened)
    if found is None:
        return None
    return TypedScoring(
        occasion=found.occasion,
        answers={
            row.question: TypedAnswer(points=row.points, source=row.source)
            for row in answers_of(actor, opened, found)
        },
        signs=tuple(Sign(each) for each in found.signs),
        words=found.words,
        agency_words=found.agency_words,
        line=found.line,
    )


def score_risk(
    actor: Actor, reference: str, token: str, typed: TypedScoring, version: int | None
) -> None:
    """Keep a scoring beside those before; its band is in force, and a decision on one ends.

    Raises:
        ChangedMeanwhileError: somebody else has scored or decided meanwhile; nothing was saved.
        RiskError: a large change has no line why, or the occasion is not one of now.
        UnknownAnswerError: an answer is none of the question's.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.SCORE_RISK, thing="scoring")
        standing = standing_of(actor, opened)
        _check_standing(standing, version)
        rules = rules_of(opened.case)
        before = _stored(actor, opened)
        _check(actor, opened, rules, typed, before)
        answers = {key: answer.points for key, answer in typed.answers.items()}
        worked_out = score(rules, answers, is_child=Sign.UNDER_18 in typed.signs)
        scoring = _keep(actor, opened, rules, typed, worked_out)
        _let_rule(actor, opened, standing, scoring)


def _check_standing(standing: RiskStanding | None, version: int | None) -> None:
    if standing is not None:
        check_version(standing, version)
    elif version != 0:
        raise ChangedMeanwhileError


def _check(
    actor: Actor,
    opened: Opened,
    rules: RiskRules,
    typed: TypedScoring,
    before: TypedScoring | None,
) -> None:
    if typed.occasion not in occasions(actor.role, opened.case.stage):
        raise RiskError(("occasion", "Select one of the answers on this page"))
    if before is None:
        return
    old: Answers = {key: answer.points for key, answer in before.answers.items()}
    faults = [
        (f"why_{key}", f"Write in one line why “{QUESTION[key].title}” changed by so much")
        for key, answer in typed.answers.items()
        if needs_why(rules, old[key], answer.points) and not answer.why.strip()
    ]
    if faults:
        raise RiskError(*faults)


def _keep(
    actor: Actor, opened: Opened, rules: RiskRules, typed: TypedScoring, worked_out: Score
) -> RiskScoring:
    latest = latest_scoring(actor, opened)
    scoring = RiskScoring(
        case_id=opened.case.id,
        number=latest.number + 1 if latest else 1,
        occasion=typed.occasion,
        scored_at=actor.at,
        scored_by_id=actor.person_id,
        as_chair=actor.role is Role.CHAIR,
        rules_version=rules.version,
        signs=[sign.value for sign in typed.signs],
        words=typed.words,
        agency_words=typed.agency_words,
        line=typed.line,
        total=worked_out.total,
        unknown=worked_out.unknown,
        floor=worked_out.floor,
        floors=[[used.band.value, list(used.condition)] for used in worked_out.floors],
        is_raised=worked_out.is_raised,
        band=worked_out.band,
    )
    db.session.add(scoring)
    db.session.flush()
    for key, answer in typed.answers.items():
        db.session.add(
            RiskAnswer(
                scoring_id=scoring.id,
                question=key,
                points=answer.points,
                source=answer.source,
                why=answer.why,
            )
        )
    return scoring


def _let_rule(
    actor: Actor, opened: Opened, standing: RiskStanding | None, scoring: RiskScoring
) -> None:
    """Put the new scoring's band in force: what a person decided on the one before has ended."""
    if standing is None:
        standing = RiskStanding(case_id=opened.case.id)
        db.session.add(standing)
    else:
        end_what_was_asked(actor, standing)
    standing.scoring_id = scoring.id
    standing.band = scoring.band
    standing.is_raised = scoring.is_raised
    standing.line = scoring.line
    standing.scored_at = scoring.scored_at
    standing.find_out_by = None
    if scoring.is_raised:
        today = london_day(actor.at)
        off = frozenset(days_off(opened.case.area_id, today))
        standing.find_out_by = add_working_days(today, FIND_OUT_WITHIN, off)
    mark_changed(actor, standing)


def end_what_was_asked(actor: Actor, standing: RiskStanding) -> None:
    """End a decision that waits for a second person, because something newer takes its place."""
    waiting = band_decisions_for(actor, standing.case_id).where(
        BandDecision.state == BandState.ASKED
    )
    for asked in db.session.scalars(waiting):
        asked.state = BandState.ENDED
    standing.asked_id = None
