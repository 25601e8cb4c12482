"""The actions of a case as the panel reads them, in the order of the plan."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.readers import CaseReader
from portal.access.scope.meeting import actions_for
from portal.db import db
from portal.domain.action_quality import weak_words
from portal.domain.deadlines import london_day
from portal.domain.powers import power_name
from portal.domain.roles import Actor
from portal.models.meeting import Action
from portal.services.changes import names_of
from portal.services.joining import Agencies, joining_by_action

NOBODY_YET = "Nobody yet"
GONE = "Nobody: the owner has left the case"


@dataclass(frozen=True)
class ShownAction:
    """An action as the panel reads it; ``superseded_on`` since when the plan is without it."""

    number: int
    what: str
    owner_name: str
    owner_agency: str
    owner_agency_id: int | None
    owner_key: str
    due_on: dt.date | None
    how_we_know: str
    words_for_applicant: str
    reason_not_told: str
    joining: Agencies
    power: str
    version: int
    changed_at: dt.datetime | None = None
    changed_by_id: int | None = None
    not_told_by: str = ""
    not_told_on: dt.date | None = None
    look_again_on: dt.date | None = None
    superseded_on: dt.date | None = None
    superseded_reason: str = ""

    @property
    def is_told(self) -> bool:
        """Say whether the applicant's version holds it."""
        return bool(self.words_for_applicant) and self.superseded_on is None

    @property
    def owner(self) -> str:
        """Return who owns it, in one line."""
        return f"{self.owner_name}, {self.owner_agency}" if self.owner_key else NOBODY_YET

    @property
    def with_whom(self) -> str:
        """Return the agencies that join in, in one line; empty where none does."""
        return ", ".join(name for _, name in self.joining)

    @property
    def power_name(self) -> str:
        """Return what the power is called that it uses; empty for none."""
        return power_name(self.power)

    @property
    def weak_words(self) -> tuple[str, ...]:
        """Return the words that say too little, for a hint."""
        return weak_words(f"{self.what}\n{self.how_we_know}")

    @property
    def to_do(self) -> tuple[str, ...]:
        """Return what is still missing before the plan can be issued."""
        if self.superseded_on is not None:
            return ()
        missing = []
        if not self.owner_key:
            missing.append("who does it")
        if self.due_on is None:
            missing.append("the day by which it is done")
        if not self.how_we_know:
            missing.append("how we will know")
        if not self.words_for_applicant and not self.reason_not_told:
            missing.append("words for the applicant")
        return tuple(missing)


def owner_key(person: CaseReader) -> str:
    """Return how a form names an owner: person and the agency that they own it for."""
    return f"{person.person_id}-{person.agency_id or 0}"


def shown_actions(
    actor: Actor, opened: Opened, people: list[CaseReader]
) -> tuple[ShownAction, ...]:
    """Return the actions in their order; belongs inside a transaction."""
    names = {person.person_id: person.name for person in people}
    agencies = {person.agency_id or 0: person.agency_name for person in people}
    rows = db.session.scalars(actions_for(actor, opened.case.id)).all()
    joining = joining_by_action(actor, opened)
    decided_by = names_of(row.not_told_by_id for row in rows)
    return tuple(
        ShownAction(
            number=row.number,
            what=row.what,
            owner_name=names.get(row.owner_id, GONE) if row.owner_id else NOBODY_YET,
            owner_agency=_agency_of(row, agencies),
            owner_agency_id=row.owner_agency_id,
            owner_key=f"{row.owner_id}-{row.owner_agency_id or 0}" if row.owner_id else "",
            due_on=row.due_on,
            how_we_know=row.how_we_know,
            words_for_applicant=row.words_for_applicant,
            reason_not_told=row.reason_not_told,
            joining=joining.get(row.id, ()),
            power=row.power,
            version=row.version,
            changed_at=row.changed_at,
            changed_by_id=row.changed_by_id,
            not_told_by=decided_by.get(row.not_told_by_id, ""),
            not_told_on=london_day(row.not_told_at) if row.not_told_at else None,
            look_again_on=row.look_again_on,
            superseded_on=london_day(row.superseded_at) if row.superseded_at else None,
            superseded_reason=row.superseded_reason,
        )
        for row in rows
    )


def _agency_of(row: Action, agencies: Mapping[int, str]) -> str:
    if row.owner_id is None:
        return ""
    return agencies.get(row.owner_agency_id or 0) or "coordinator’s office"
