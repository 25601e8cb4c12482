"""The applicant reads the draft of their plan and says what they think of it, row by row."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.own import OwnCase, load_own_case
from portal.access.scope.mine import (
    own_consultation_for,
    own_consulted_rows_for,
    uncheck_own_draft,
)
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.consultation import Consultation, ConsultationOutcome
from portal.services.changes import check_version, mark_changed
from portal.services.consulted import ShownRow, shown_rows
from portal.services.once import once
from portal.services.own_messages import add_message

ENDED = "We have gone on with your plan. Write us a message if you want to say more"
_SAID = "I have said what I think of the draft of the plan."


@dataclass(frozen=True)
class OwnDraft:
    """The draft as they are asked about it.

    Attributes:
        rows: of the draft, with what they have said of each.
        answer: what they have said of the whole.
        answer_by: the London day until when they have time.
        sent_at: when they last sent it; none where they have not.
    """

    rows: tuple[ShownRow, ...]
    answer: str
    answer_by: dt.date | None
    sent_at: dt.datetime | None
    version: int


def is_asked(actor: Actor) -> bool:
    """Say whether they can say now what they think of a draft; belongs inside a transaction."""
    found = db.session.scalars(own_consultation_for(actor)).one_or_none()
    return found is not None and _is_open(found)


def open_draft(actor: Actor) -> OwnDraft:
    """Return the draft on which they are asked.

    Raises:
        CaseNotFoundError: they are asked about none by their page, or their key has ended.
        ActRefusedError: the office has gone on with what they said.
    """
    with transaction():
        _, row = _load(actor, "form")
        return OwnDraft(
            rows=shown_rows(db.session.scalars(own_consulted_rows_for(actor, row.id)).all()),
            answer=row.answer,
            answer_by=row.answer_by,
            sent_at=row.sent_at,
            version=row.version,
        )


def send(
    actor: Actor, token: str, of_rows: Mapping[int, str], answer: str, version: int | None
) -> None:
    """Keep what they think of the draft and tell the office; it can be changed until it has ended.

    Args:
        actor: the applicant.
        token: of the form.
        of_rows: what they say of each row, by its number; may be empty texts.
        answer: what they say of the whole; may be empty.
        version: that the form was filled from.

    Raises:
        CaseNotFoundError, ActRefusedError: as ``open_draft``.
        ChangedMeanwhileError: it was sent in another window, or somebody wrote an answer down.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        own, row = _load(actor, "sent")
        check_version(row, version)
        for each in db.session.scalars(own_consulted_rows_for(actor, row.id)):
            each.answer = of_rows.get(each.number, "")
        row.outcome, row.answer = ConsultationOutcome.SAID, answer
        row.answered_on, row.sent_at = london_day(actor.at), actor.at
        mark_changed(actor, row)
        # Twice at one instant is a change all the same.
        flag_modified(row, "changed_at")
        # What was said stands in the panel's version.
        db.session.execute(uncheck_own_draft(actor, actor.at))
        add_message(actor, own, _SAID)


def _load(actor: Actor, thing: str) -> tuple[OwnCase, Consultation]:
    own = load_own_case(actor, Act.SAY_ABOUT_DRAFT, thing=f"draft, {thing}")
    row = db.session.scalars(own_consultation_for(actor)).one_or_none()
    if row is None:
        raise CaseNotFoundError
    if not _is_open(row):
        raise ActRefusedError(ENDED)
    return own, row


def _is_open(row: Consultation) -> bool:
    """Say whether the office has neither gone on nor written down an answer itself."""
    is_theirs = row.outcome is None or row.sent_at is not None
    return is_theirs and not row.what_changed
