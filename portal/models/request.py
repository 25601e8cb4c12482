"""What the request says besides the incidents: home, hate, others, wishes, needs."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.answers import Answer
from portal.models.edited import Edited


class Landlord(enum.StrEnum):
    """Who the victim's landlord is."""

    AGENCY = "agency"
    OTHER = "other"
    NONE = "none"
    NOT_KNOWN = "not_known"


class Tenure(enum.StrEnum):
    """How the victim lives where they live."""

    OWNER = "owner"
    COUNCIL = "council"
    HOUSING_ASSOCIATION = "housing_association"
    PRIVATE = "private"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class TakingPart(enum.StrEnum):
    """How the applicant wants to be heard at the meeting."""

    ATTENDS = "attends"
    STATEMENT = "statement"
    SOMEBODY_ELSE = "somebody_else"
    NO = "no"
    NOT_KNOWN = "not_known"


class RequestDetails(Edited, Base):
    """The answers of a request, one row a case; what was not asked yet is none or empty.

    Attributes:
        landlord_name: where the landlord is no agency of the area.
        somebody_else: who comes to the meeting in the applicant's place.
        language: of the interpreter, where one is needed.
    """

    __tablename__ = "request_details"
    __table_args__ = (
        sa.CheckConstraint(
            "(landlord_agency_id IS NULL) OR (landlord = 'agency')", name="agency_where_landlord"
        ),
        {"info": {"scope": "details"}},
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    landlord: Mapped[Landlord | None] = mapped_column(enum_type(Landlord))
    landlord_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    landlord_name: Mapped[str] = mapped_column(default="")
    tenure: Mapped[Tenure | None] = mapped_column(enum_type(Tenure))
    hate: Mapped[Answer | None] = mapped_column(enum_type(Answer, "hate"))
    strands: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    others_affected: Mapped[Answer | None] = mapped_column(enum_type(Answer, "others_affected"))
    households: Mapped[int | None]
    others_words: Mapped[str] = mapped_column(sa.Text, default="")
    impact: Mapped[str] = mapped_column(sa.Text, default="")
    wishes: Mapped[str] = mapped_column(sa.Text, default="")
    taking_part: Mapped[TakingPart | None] = mapped_column(enum_type(TakingPart))
    somebody_else: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[Answer | None] = mapped_column(enum_type(Answer, "interpreter"))
    language: Mapped[str] = mapped_column(sa.String(100), default="")
    has_access_needs: Mapped[Answer | None] = mapped_column(enum_type(Answer, "has_access_needs"))
    access_needs: Mapped[str] = mapped_column(sa.String(500), default="")


class SafeContactChange(Base):
    """A change of how it is safe to reach the applicant, with the words that stood before."""

    __tablename__ = "safe_contact_change"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        {"info": {"scope": "details"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    at: Mapped[dt.datetime]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    before: Mapped[str] = mapped_column(sa.String(500))
