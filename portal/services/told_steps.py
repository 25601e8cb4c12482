"""What the applicant was told would be done: by the plan as it was issued last, or by a letter."""

from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.letters import onward_steps_for
from portal.access.scope.plan import issued_actions_for, plan_issues_for
from portal.db import db
from portal.domain.roles import Actor
from portal.models.plan_issue import IssuedAction
from portal.services.agencies import agencies_of_area

OUR_OFFICE = "Our office"


@dataclass(frozen=True)
class ToldStep:
    """A step, in the words in which the applicant was told of it.

    Attributes:
        key: names its field in a form.
    """

    key: str
    what: str


def told_steps(actor: Actor, opened: Opened) -> tuple[ToldStep, ...]:
    """Return what the applicant was told would be done; belongs inside a transaction.

    A draft of a plan tells them nothing: what counts is its last issue.
    """
    return (*_promised(actor, opened), *_planned(actor, opened))


def _promised(actor: Actor, opened: Opened) -> list[ToldStep]:
    """Return what the last letter of a refusal has promised."""
    rows = db.session.scalars(onward_steps_for(actor, opened.case.id)).all()
    agencies = agencies_of_area(actor)
    return [
        ToldStep(
            f"promise-{row.number}",
            f"{agencies.get(row.agency_id or 0, OUR_OFFICE)} will {row.what.rstrip('.')}.",
        )
        for row in rows
        if row.document_id == rows[0].document_id
    ]


def _planned(actor: Actor, opened: Opened) -> list[ToldStep]:
    case_id = opened.case.id
    numbers = [issue.number for issue in db.session.scalars(plan_issues_for(actor, case_id))]
    if not numbers:
        return []
    rows = issued_actions_for(actor, case_id).where(
        IssuedAction.issue == max(numbers),
        IssuedAction.is_superseded.is_(False),
        IssuedAction.words_for_applicant != "",
    )
    return [
        ToldStep(f"action-{row.number}", row.words_for_applicant)
        for row in db.session.scalars(rows.order_by(IssuedAction.number))
    ]
