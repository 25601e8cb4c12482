"""What the applicant was asked and said of the drafts of the plan, as pages and papers show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.plan import consultations_for, consulted_rows_for
from portal.db import db
from portal.domain.dates import in_words
from portal.domain.roles import Actor
from portal.models.consultation import (
    Consultation,
    ConsultationOutcome,
    ConsultationWay,
    ConsultedRow,
)
from portal.services.changes import names_of

WAYS = {
    ConsultationWay.PAPER: "On paper",
    ConsultationWay.PHONE: "By phone",
    ConsultationWay.PAGE: "By their page",
}
OUTCOMES = {
    ConsultationOutcome.SAID: "They said what they think",
    ConsultationOutcome.DID_NOT_WANT: "They did not want to be consulted",
    ConsultationOutcome.NOT_REACHED: "They could not be reached, or did not answer",
}


@dataclass(frozen=True)
class ShownRow:
    """A row of the draft on the applicant's page, with what they said of it."""

    number: int
    label: str
    words: str
    who: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ShownConsultation:
    """One consultation, whole.

    Attributes:
        rows: of the draft on the applicant's page; none where they were asked otherwise.
        is_sent: they sent what they think by their page themselves.
        words: what the applicant was consulted on; empty where that was not kept.
        filename: of the draft that they were given; empty where there is none.
        not_again_words: the text about which they are not asked again, with the reason.
    """

    number: int
    way: ConsultationWay
    asked_on: dt.date
    asked_by: str
    answer_by: dt.date | None
    words: str
    sha256: str
    outcome: ConsultationOutcome | None
    answer: str
    answered_on: dt.date | None
    written_by: str
    what_changed: str
    not_again_because: str
    not_again_words: str
    version: int
    rows: tuple[ShownRow, ...] = ()
    is_sent: bool = False

    @property
    def said(self) -> str:
        """Return all that they said, word for word, each row's named by its label."""
        of_rows = (f"{row.label}: {row.answer}" for row in self.rows if row.answer)
        return "\n".join(filter(None, [*of_rows, self.answer]))

    @property
    def way_label(self) -> str:
        """Return how they were asked, as people read it."""
        return WAYS[self.way]

    @property
    def outcome_label(self) -> str:
        """Return what came of it, as people read it; empty while the answer is awaited."""
        return OUTCOMES[self.outcome] if self.outcome else ""

    @property
    def filename(self) -> str:
        """Return the name of the draft's file; empty where none was made."""
        return f"draft-{self.number}.docx" if self.sha256 else ""


def consultations_of(actor: Actor, opened: Opened) -> tuple[ShownConsultation, ...]:
    """Return them in their order; belongs inside a transaction."""
    rows = db.session.scalars(consultations_for(actor, opened.case.id)).all()
    names = names_of([each for row in rows for each in (row.asked_by_id, row.written_by_id)])
    on_page = db.session.scalars(consulted_rows_for(actor, opened.case.id)).all()
    return tuple(
        _shown(row, names, [each for each in on_page if each.consultation_id == row.id])
        for row in rows
    )


def shown_rows(rows: Sequence[ConsultedRow]) -> tuple[ShownRow, ...]:
    """Return the rows of a draft as pages show them."""
    return tuple(
        ShownRow(each.number, each.label, each.words, each.who, each.answer) for each in rows
    )


def _shown(
    row: Consultation, names: dict[int | None, str], on_page: Sequence[ConsultedRow]
) -> ShownConsultation:
    return ShownConsultation(
        number=row.number,
        way=row.way,
        asked_on=row.asked_on,
        asked_by=names.get(row.asked_by_id, ""),
        answer_by=row.answer_by,
        words=row.words,
        sha256=row.sha256,
        outcome=row.outcome,
        answer=row.answer,
        answered_on=row.answered_on,
        written_by=names.get(row.written_by_id, ""),
        what_changed=row.what_changed,
        not_again_because=row.not_again_because,
        not_again_words=row.not_again_words,
        version=row.version,
        rows=shown_rows(on_page),
        is_sent=row.sent_at is not None,
    )


def last_answered(found: Sequence[ShownConsultation]) -> ShownConsultation | None:
    """Return the consultation that was answered last; none where none was."""
    return next((each for each in reversed(found) if each.outcome), None)


def said_on(found: Sequence[ShownConsultation]) -> dt.date | None:
    """Return the London day on which the applicant last said what they think."""
    said = [each.answered_on for each in found if each.outcome is ConsultationOutcome.SAID]
    return said[-1] if said else None


def consulted_in_words(found: Sequence[ShownConsultation]) -> str:
    """Return how and when the applicant was consulted and what changed, as the panel reads it."""
    answered = [each for each in found if each.answered_on is not None]
    return "\n".join(map(_in_words, answered)) or "Not yet"


def _in_words(each: ShownConsultation) -> str:
    day = in_words(each.answered_on) if each.answered_on else ""
    first = f"{day}, {each.way_label[0].lower()}{each.way_label[1:]}"
    if each.outcome is ConsultationOutcome.DID_NOT_WANT:
        return f"{first}: did not want to be consulted. {each.answer}".strip()
    if each.outcome is ConsultationOutcome.NOT_REACHED:
        return f"{first}: could not be reached. {each.answer}".strip()
    changed = f"\nBecause of it: {each.what_changed}" if each.what_changed else ""
    return f"{first}. {each.said}{changed}"


__all__ = [
    "OUTCOMES",
    "WAYS",
    "ConsultationOutcome",
    "ConsultationWay",
    "ShownConsultation",
    "ShownRow",
    "consultations_of",
    "consulted_in_words",
    "last_answered",
    "said_on",
    "shown_rows",
]
