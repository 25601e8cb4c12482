"""What lets somebody of the applicant's side in to their own page, with the case's reference."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

_IN_FORCE = sa.column("ended_at").is_(None)


class ApplicantKey(Base):
    """A code of one party; a new one ends the one before, so that at most one opens anything.

    Attributes:
        code_hash: of the code, which is stored nowhere.
        made_by_id: none where it was given at the end of a request that the applicant sent.
        wrong_tries: how often a wrong code was typed with the reference since it last opened.
        used_at: when it last opened the page.
    """

    __tablename__ = "applicant_key"
    __table_args__ = (
        sa.Index(
            "uq_applicant_key_party_in_force",
            "party_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        {"info": {"scope": "key"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[dt.datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    wrong_tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
