"""Answers to the questions about who asks: nobody gets one of them, only how many gave which."""

from typing import Any

import sqlalchemy as sa

from portal.models.case import Case
from portal.models.draft import DraftHold, RequestDraft
from portal.models.equality import EqualityAnswer


def equality_counts(area_id: int, half_year: str, question: str) -> sa.Select[Any, int]:
    """Select each answer to a question with how many gave it in an area; none for left out.

    Args:
        area_id: of the area.
        half_year: such as ``2026-2``.
        question: one of ``domain.equality.QUESTIONS``.
    """
    answer = EqualityAnswer.__table__.c[question]
    return (
        sa.select(answer, sa.func.count())
        .where(EqualityAnswer.area_id == area_id, EqualityAnswer.half_year == half_year)
        .group_by(answer)
        .execution_options(scope=frozenset({"equality"}))
    )


def sent_draft_held(key_hash: str) -> sa.Select[RequestDraft, int]:
    """Select the sent draft that a browser holds, with the local government area of its case.

    Args:
        key_hash: of the key in the browser of whoever asked for the review.
    """
    return (
        sa.select(RequestDraft, Case.lga_id)
        .join(DraftHold, DraftHold.draft_id == RequestDraft.id)
        .join(Case, Case.id == RequestDraft.case_id)
        .where(DraftHold.key_hash == key_hash, DraftHold.person_id.is_(None))
        .with_for_update(of=RequestDraft)
        .execution_options(scope=frozenset({"draft", "case"}))
    )
