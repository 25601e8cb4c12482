"""The applicant is asked about the draft of the plan by their own page."""

from collections.abc import Sequence

from portal.access.gate import Opened
from portal.access.own import is_told
from portal.access.scope.mine import keys_for
from portal.db import db
from portal.domain.dates import in_words
from portal.domain.roles import Actor
from portal.models.applicant_key import ApplicantKey
from portal.models.case import Party
from portal.models.consultation import Consultation, ConsultedRow
from portal.services.applicant_content import DraftRow
from portal.services.applicant_messages import leave_message
from portal.services.cases import applicants
from portal.services.words import party_name

NO_PAGE = "{} cannot open a page of their own yet. Make a code for them under People first"


class ConsultationError(Exception):
    """What was typed does not fit; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def who_is_asked(actor: Actor, opened: Opened) -> Party:
    """Return after whom the case is named, who holds a code; belongs inside a transaction.

    Nobody else of the applicant's side is asked by page: co-applicants never see one another.

    Raises:
        ConsultationError: they hold no code, or the victim whom they act for does not agree.
    """
    party = applicants(actor, [opened.case.id])[opened.case.id]
    query = keys_for(actor, opened.case.id).where(ApplicantKey.party_id == party.id)
    key = db.session.scalars(query).one_or_none()
    if key is None or not is_told(party.id, party.role, opened.case.id):
        raise ConsultationError("way", NO_PAGE.format(party_name(party.name)))
    return party


def ask(
    actor: Actor, opened: Opened, party: Party, kept: Consultation, rows: Sequence[DraftRow]
) -> None:
    """Put the rows of the draft on their page and tell them so; belongs inside a transaction."""
    db.session.flush()
    db.session.add_all(
        ConsultedRow(
            case_id=opened.case.id,
            consultation_id=kept.id,
            number=number,
            label=row.label,
            words=row.words,
            who=row.who,
            answer="",
        )
        for number, row in enumerate(rows, start=1)
    )
    by = f" by {in_words(kept.answer_by)}" if kept.answer_by else ""
    words = f"The draft of your action plan is here. Please tell us what you think{by}."
    leave_message(actor, opened, party, words)
