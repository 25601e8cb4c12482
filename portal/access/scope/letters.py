"""Letters to the applicant: the office's alone, but for the fact that one was issued."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, known, open_case, part
from portal.access.scope.once import built_once
from portal.domain.letters import ON_THRESHOLD
from portal.domain.roles import Actor, Role
from portal.models.letter import LetterDraft, OnwardStep
from portal.models.person import Person
from portal.models.plan import LETTERS, Document, DocumentKind


def _writes(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.COORDINATOR else sa.false()


@built_once
def letter_drafts_for(actor: Actor, case_id: int) -> sa.Select[LetterDraft]:
    """Select the drafts of letters: for the coordinator."""
    return part(actor, LetterDraft, case_id, "letter").where(_writes(actor))


@built_once
def onward_steps_for(actor: Actor, case_id: int) -> sa.Select[OnwardStep]:
    """Select what letters have promised, the last letter first: for the coordinator."""
    return (
        part(actor, OnwardStep, case_id, "letter")
        .where(_writes(actor))
        .order_by(OnwardStep.document_id.desc(), OnwardStep.number)
    )


@built_once
def issued_letters_for(
    actor: Actor, case_id: int
) -> sa.Select[DocumentKind, int, dt.datetime, str]:
    """Select which letters were issued, when and by whom: for the whole panel, never the text."""
    return (
        sa.select(Document.kind, Document.number, Document.issued_at, Person.name)
        .join(Person, Person.id == Document.issued_by_id)
        .where(
            Document.case_id == case_id,
            Document.kind.in_(LETTERS.values()),
            open_case(actor, case_id),
        )
        .order_by(Document.issued_at, Document.id)
        .execution_options(scope=KNOWING | {"document"})
    )


def told_decisions_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select on which of the cases a letter told the decision: for the coordinator."""
    return (
        sa.select(Document.case_id)
        .where(
            Document.case_id.in_(case_ids),
            Document.kind.in_([LETTERS[kind] for kind in ON_THRESHOLD]),
            known(actor, Document.case_id, declared=True),
            _writes(actor),
        )
        .distinct()
        .execution_options(scope=KNOWING | {"document"})
    )
