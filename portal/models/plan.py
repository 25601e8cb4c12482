"""The action plan: the draft that is worked on, and what was issued, byte for byte."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.letters import LetterKind
from portal.models.edited import Edited


class DocumentKind(enum.StrEnum):
    """What a document is, and so who may read it."""

    ACTION_PLAN_PANEL = "action-plan-panel"
    ACTION_PLAN_APPLICANT = "action-plan-applicant"
    LETTER_ACKNOWLEDGEMENT = "letter-acknowledgement"
    LETTER_CONSENT_REQUEST = "letter-consent-request"
    LETTER_THRESHOLD_MET = "letter-threshold-met"
    LETTER_THRESHOLD_NOT_MET = "letter-threshold-not-met"
    LETTER_NOT_INVITED = "letter-not-invited"
    LETTER_CLOSURE = "letter-closure"
    MINUTES = "minutes"
    AGENDA = "agenda"


PLANS = (DocumentKind.ACTION_PLAN_PANEL, DocumentKind.ACTION_PLAN_APPLICANT)
LETTERS = {kind: DocumentKind(f"letter-{kind}") for kind in LetterKind}


class PlanDraft(Edited, Base):
    """What the plan says besides the actions; panel text and applicant text apart.

    A change of an action counts as one of the draft, so that its version grows with whatever the
    plan says.

    Attributes:
        changing_since: a change of an issued plan is being written since then; none before the
            first issue, and while the last one stands.
        what_changed: since the issue before, for the panel.
        what_changed_for_applicant: the same, in words for the applicant.
    """

    __tablename__ = "plan_draft"
    __table_args__ = {"info": {"scope": "plan"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    findings: Mapped[str] = mapped_column(sa.Text)
    what_was_agreed: Mapped[str] = mapped_column(sa.Text)
    next_look_on: Mapped[dt.date | None]
    changing_since: Mapped[dt.datetime | None]
    what_changed: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    what_changed_for_applicant: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    checked_at: Mapped[dt.datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class Document(Base):
    """A document as it was issued.

    Attributes:
        what_changed: since the issue before, in the words of the document; empty in the first.
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "kind", "number"),
        {"info": {"scope": "document"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_type(DocumentKind))
    number: Mapped[int]
    issued_at: Mapped[dt.datetime]
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    template_version: Mapped[str] = mapped_column(sa.String(20))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    what_changed: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
