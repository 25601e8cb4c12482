"""A draft tried on the cases that were decided: how many, and for the coordinator which."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.schemes import (
    decided_cases_for,
    draft_for,
    incidents_tried,
    parties_tried,
    reports_tried,
)
from portal.db import db, transaction
from portal.domain.roles import Act, Actor, Role
from portal.domain.threshold.advice import Advice, Advised, advise
from portal.domain.threshold.facts import Answers, RequestFacts
from portal.domain.threshold.reading import read_rules
from portal.services.advice import CaseReports
from portal.services.reporters import Makers
from portal.services.schemes import DRAFT

MOST = 500
"""How many cases a draft is tried on: those that were decided last."""
STEP = 5
"""Who may not know the cases is told numbers in steps of this, and none below it: two drafts that
differ in one condition would otherwise say what is true of a single case."""


@dataclass(frozen=True)
class TriedCase:
    """A case that would have been decided otherwise, for its coordinator.

    Attributes:
        was_met: as it was decided; by the draft it would be the other way round.
    """

    reference: str
    was_met: bool


@dataclass(frozen=True)
class TrialPage:
    """What a draft would have made of past cases.

    Attributes:
        tried, otherwise, judged, unknown: how many, in words: tried, decided otherwise, left to the
            bodies to judge, and not to be told for want of a fact.
        cases: which ones would be otherwise; empty for who may not know of cases.
        is_in_steps: the numbers are no exact ones.
        is_cut: there are older ones that it was not tried on.
    """

    tried: str
    otherwise: str
    judged: str
    unknown: str
    cases: tuple[TriedCase, ...]
    is_in_steps: bool
    is_cut: bool


def try_draft(actor: Actor) -> TrialPage:
    """Judge the cases that were decided last by the draft, in a fixed number of queries.

    The reports are taken as they stand now, and what was answered besides them as it was recorded
    with the decision.

    Raises:
        CaseNotFoundError: there is no draft.
    """
    with transaction():
        draft = db.session.scalars(draft_for(actor)).one_or_none()
        if draft is None:
            raise CaseNotFoundError(DRAFT)
        log.record(actor, Act.READ_SCHEME.value, thing=f"{DRAFT}, tried on past cases")
        rules = read_rules(draft.rules.get("threshold"))
        decided = _decided(actor)
    # Judging takes a while, and no other writer has to wait for it.
    found = [(case, advise(rules, facts)) for case, facts in decided]
    is_known = actor.role is Role.COORDINATOR
    count = str if is_known else _in_steps
    otherwise = [case for case, advice in found if _is_otherwise(case, advice.overall)]
    open_ = [advice for _, advice in found if advice.overall is Advised.DISCRETION]
    unknown = sum(_lacks_a_fact(advice) for advice in open_)
    return TrialPage(
        tried=count(len(found)),
        otherwise=count(len(otherwise)),
        judged=count(len(open_) - unknown),
        unknown=count(unknown),
        cases=tuple(otherwise) if is_known else (),
        is_in_steps=not is_known,
        is_cut=len(found) == MOST,
    )


def _in_steps(number: int) -> str:
    if number < STEP:
        return f"fewer than {STEP}"
    return f"{number - number % STEP} or more"


def _is_otherwise(case: TriedCase, advised: Advised) -> bool:
    return advised is (Advised.NOT_MET if case.was_met else Advised.MET)


def _lacks_a_fact(advice: Advice) -> bool:
    return bool(advice.floor.missing) or any(each.missing for each in advice.routes)


def _decided(actor: Actor) -> list[tuple[TriedCase, RequestFacts]]:
    incidents = _by_case(db.session.scalars(incidents_tried(actor, MOST)))
    reports = _by_case(db.session.scalars(reports_tried(actor, MOST)))
    parties = _by_case(db.session.scalars(parties_tried(actor, MOST)))
    found = []
    for case, decision in db.session.execute(decided_cases_for(actor, MOST)):
        told = reports[case.id]
        kept = CaseReports(incidents[case.id], told, Makers(parties[case.id], told))
        known: dict[str, Any] = {**decision.answers, "response": decision.response}
        facts = kept.facts(case, Answers(**known))
        found.append((TriedCase(case.reference, decision.is_met), facts))
    return found


class _OfCase(Protocol):
    case_id: Any


Row = TypeVar("Row", bound=_OfCase)


def _by_case(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
