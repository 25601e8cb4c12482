"""What the meeting agreed besides its actions: findings, powers considered, recommendations."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.powers import (
    adequacy_findings_for,
    powers_considered_for,
    recommendations_for,
)
from portal.db import db
from portal.domain.adequacy import Adequacy
from portal.domain.dates import in_words
from portal.domain.powers import power_name, power_of
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.domain.roles import Actor
from portal.models.adequacy import AdequacyFinding
from portal.models.person import Agency
from portal.models.power import PowerConsidered
from portal.models.recommendation import Recommendation


@dataclass(frozen=True)
class ShownConsidered:
    """What was said of a power for an agency; the words as they are stored, and in one text."""

    number: int
    power: str
    power_name: str
    who_may_use: str
    agency_id: int
    agency_name: str
    result: PowerResult
    on_day: dt.date | None
    who: str
    words: str
    why_not: WhyNotRight | None
    version: int

    @property
    def text(self) -> str:
        """Return what was said, as lists and the plan show it."""
        match self.result:
            case PowerResult.USED:
                return f"{f'{in_words(self.on_day)}. ' if self.on_day else ''}{self.words}"
            case PowerResult.POSSIBLE_NOW:
                return f"{f'{self.who}. ' if self.who else ''}Missing: {self.words}"
            case PowerResult.LATER:
                return f"If: {self.words}{f'. By {in_words(self.on_day)}' if self.on_day else ''}"
            case PowerResult.NOT_RIGHT:
                return f"{self.why_not.label if self.why_not else ''}. {self.words}"


@dataclass(frozen=True)
class ShownRecommendation:
    """A recommendation as the panel reads it."""

    number: int
    body: str
    what: str
    why: str
    by_on: dt.date | None
    reply_by: dt.date
    words_for_applicant: str
    version: int

    @property
    def text(self) -> str:
        """Return what, by when and why, as lists and the plan show it."""
        by = f"\nBy {in_words(self.by_on)}" if self.by_on else ""
        return f"{self.what}{by}\nBecause: {self.why}"


@dataclass(frozen=True)
class ShownFinding:
    """Whether what an agency did was enough, and the fact on which that rests."""

    agency_id: int
    agency_name: str
    finding: Adequacy
    fact: str
    version: int


@dataclass(frozen=True)
class Agreed:
    """All of it, in its order; findings by the name of the agency."""

    findings: tuple[ShownFinding, ...] = ()
    powers: tuple[ShownConsidered, ...] = ()
    recommendations: tuple[ShownRecommendation, ...] = ()


def agreed(actor: Actor, opened: Opened) -> Agreed:
    """Return what the meeting agreed besides its actions; belongs inside a transaction."""
    case_id = opened.case.id
    powers = db.session.scalars(powers_considered_for(actor, case_id)).all()
    found = db.session.scalars(recommendations_for(actor, case_id)).all()
    findings = db.session.scalars(adequacy_findings_for(actor, case_id)).all()
    of_rows = [row.agency_id for row in powers] + [row.agency_id for row in findings]
    agencies = names_of_agencies(of_rows)
    shown = (_finding(row, agencies[row.agency_id]) for row in findings)
    return Agreed(
        tuple(sorted(shown, key=lambda each: each.agency_name)),
        tuple(_considered(row, agencies[row.agency_id]) for row in powers),
        tuple(_recommendation(row) for row in found),
    )


def names_of_agencies(numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of agencies by their number; belongs inside a transaction."""
    ids = {*numbers}
    if not ids:
        return {}
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _finding(row: AdequacyFinding, agency_name: str) -> ShownFinding:
    return ShownFinding(row.agency_id, agency_name, row.finding, row.fact, row.version)


def _considered(row: PowerConsidered, agency_name: str) -> ShownConsidered:
    power = power_of(row.power)
    return ShownConsidered(
        number=row.number,
        power=row.power,
        power_name=power_name(row.power),
        who_may_use=power.who if power else "",
        agency_id=row.agency_id,
        agency_name=agency_name,
        result=row.result,
        on_day=row.on_day,
        who=row.who,
        words=row.words,
        why_not=row.why_not,
        version=row.version,
    )


def _recommendation(row: Recommendation) -> ShownRecommendation:
    names = ShownRecommendation.__dataclass_fields__
    return ShownRecommendation(**{name: getattr(row, name) for name in names})
