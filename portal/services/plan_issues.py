"""The issues of a plan: how its actions stood in each, and what has changed since the last."""

from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.meeting import actions_for
from portal.access.scope.plan import issued_actions_for, plan_issues_for
from portal.db import db
from portal.domain.plan_changes import Differences, Stood, differences
from portal.domain.roles import Actor
from portal.models.meeting import Action
from portal.models.person import Agency
from portal.models.plan import PlanDraft
from portal.models.plan_issue import IssuedAction, PlanIssue
from portal.services.changes import names_of


@dataclass(frozen=True)
class LastIssue:
    """The issue in force: its number, and what it told the applicant."""

    number: int
    words: str


def last_issue(actor: Actor, opened: Opened) -> LastIssue | None:
    """Return the issue that is in force; none before the first."""
    rows = db.session.scalars(plan_issues_for(actor, opened.case.id)).all()
    return LastIssue(rows[-1].number, rows[-1].words) if rows else None


def keep_issue(actor: Actor, opened: Opened, draft: PlanDraft, number: int, words: str) -> None:
    """Keep how the plan stands in an issue; does not commit.

    Args:
        actor: the coordinator.
        opened: the case.
        draft: as it is issued.
        number: of the issue.
        words: what it tells the applicant.
    """
    db.session.add(
        PlanIssue(
            case_id=opened.case.id,
            number=number,
            issued_at=actor.at,
            words=words,
            what_changed_for_applicant=draft.what_changed_for_applicant,
        )
    )
    db.session.flush()
    db.session.add_all(
        IssuedAction(
            case_id=opened.case.id,
            issue=number,
            number=row.number,
            what=row.what,
            owner_id=row.owner_id,
            owner_agency_id=row.owner_agency_id,
            due_on=row.due_on,
            how_we_know=row.how_we_know,
            words_for_applicant=row.words_for_applicant,
            is_superseded=row.superseded_at is not None,
        )
        for row in db.session.scalars(actions_for(actor, opened.case.id))
    )


def changes_since(actor: Actor, opened: Opened, last: LastIssue) -> Differences:
    """Compare the actions with those of the last issue; belongs inside a transaction."""
    case_id = opened.case.id
    query = issued_actions_for(actor, case_id).where(IssuedAction.issue == last.number)
    before = db.session.scalars(query).all()
    now = db.session.scalars(actions_for(actor, case_id)).all()
    rows: list[IssuedAction | Action] = [*before, *now]
    people = names_of(row.owner_id for row in rows)
    agencies = _agencies({row.owner_agency_id for row in rows})

    def owner(row: IssuedAction | Action) -> str:
        names = people.get(row.owner_id, ""), agencies.get(row.owner_agency_id, "")
        return ", ".join(filter(None, names))

    return differences(
        [_stood(row, owner(row), is_superseded=row.is_superseded) for row in before],
        [_stood(row, owner(row), is_superseded=row.superseded_at is not None) for row in now],
    )


def _stood(row: IssuedAction | Action, owner: str, *, is_superseded: bool) -> Stood:
    return Stood(
        number=row.number,
        what=row.what,
        owner=owner,
        due_on=row.due_on,
        how_we_know=row.how_we_know,
        words=row.words_for_applicant,
        is_superseded=is_superseded,
    )


def _agencies(ids: set[int | None]) -> dict[int | None, str]:
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}
