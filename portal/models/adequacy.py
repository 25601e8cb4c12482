"""What the meeting found of each agency's response: was what it did enough?"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.adequacy import Adequacy
from portal.models.edited import Edited


class AdequacyFinding(Edited, Base):
    """Whether what an agency did was enough; panel-wide text.

    Attributes:
        fact: on which the finding rests; never empty.
    """

    __tablename__ = "adequacy_finding"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "agency_id"),
        sa.CheckConstraint("fact <> ''", name="fact"),
        {"info": {"scope": "adequacy"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    finding: Mapped[Adequacy] = mapped_column(enum_type(Adequacy))
    fact: Mapped[str] = mapped_column(sa.Text)
