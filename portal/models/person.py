"""Areas, agencies and the people who sign in."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_security import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, enum_type
from portal.domain.handling import AgencyKind, is_relevant_body
from portal.domain.roles import Role


class Area(Base):
    """One local policing body and what it is called."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str]
    office_name: Mapped[str]
    office_phone: Mapped[str] = mapped_column(sa.String(40))
    office_email: Mapped[str]


class LocalGovernmentArea(Base):
    """A local government area; the law counts and publishes by it."""

    __tablename__ = "local_government_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), index=True)
    name: Mapped[str]


class Agency(Base):
    """A body that can sit on a panel.

    Attributes:
        lga_id: the local government area that a council is the council of.
    """

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), index=True)
    name: Mapped[str]
    kind: Mapped[AgencyKind] = mapped_column(enum_type(AgencyKind))
    is_co_opted: Mapped[bool] = mapped_column(default=False)
    lga_id: Mapped[int | None] = mapped_column(sa.ForeignKey("local_government_area.id"))

    @property
    def is_relevant_body(self) -> bool:
        """Whether the Act makes it a relevant body, or it is co-opted as one."""
        return is_relevant_body(self.kind, is_co_opted=self.is_co_opted)


class Person(Base, UserMixin):
    """Somebody who signs in. A party of a case is not a person and never signs in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)

    roles: list[RoleMixin] = []  # Flask-Security asks for it; ours are RoleHeld rows


class RoleHeld(Base):
    """A role that a person holds in an area, for an agency where the role belongs to one."""

    __tablename__ = "role_held"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "role", "area_id", "agency_id"),
        sa.CheckConstraint(
            "(role IN ('agency_lead', 'agency_representative')) = (agency_id IS NOT NULL)",
            name="agency_where_role_needs_one",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    ended_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()
    area: Mapped[Area] = relationship()
    agency: Mapped[Agency | None] = relationship()


def _one_of_both() -> sa.CheckConstraint:
    """Return the rule of a row that is a person's, or a party's who came by a key."""
    either = "(person_id IS NULL) = (party_id IS NOT NULL)"
    return sa.CheckConstraint(either, name="person_or_party")


def whose(model: Any, person_id: int | None, party_id: int | None) -> sa.ColumnElement[bool]:
    """Say of such a row that it is the party's, or the person's where it is no party who asks."""
    found: sa.ColumnElement[bool]
    found = model.person_id == person_id if party_id is None else model.party_id == party_id
    return found


class SignIn(Base):
    """A session on the server; the cookie holds only its token, this row only the token's hash.

    Attributes:
        party_id: who came by a key of their own; they are no person and act in no role held.
    """

    __tablename__ = "sign_in"
    __table_args__ = (_one_of_both(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role_held_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role_held.id"))
    party_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("party.id", ondelete="CASCADE"), index=True
    )
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class SignInFailure(Base):
    """Failed attempts for one typed address, known or not, so that both are slowed alike."""

    __tablename__ = "sign_in_failure"

    address_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    count: Mapped[int]
    next_try_at: Mapped[dt.datetime]


class FormToken(Base):
    """A form that somebody has sent; sending it again gets the first time's result."""

    __tablename__ = "form_token"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "token"),
        sa.UniqueConstraint("party_id", "token"),
        _one_of_both(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(40))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id", ondelete="CASCADE"))
    used_at: Mapped[dt.datetime]
    result: Mapped[str]


class KeptForm(Base):
    """What somebody had typed and not saved; theirs alone, for two days.

    Attributes:
        is_aside: another part of the same page was saved meanwhile; else their session had ended.
    """

    __tablename__ = "kept_form"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "path"),
        sa.UniqueConstraint("party_id", "path"),
        _one_of_both(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(sa.String(500))
    fields: Mapped[list[Any]] = mapped_column(sa.JSON)
    is_aside: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    kept_at: Mapped[dt.datetime] = mapped_column(index=True)
