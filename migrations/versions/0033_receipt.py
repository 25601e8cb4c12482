"""On receipt of a request: passed on, first calls, support offered, and cases that are alike."""

import sqlalchemy as sa
from alembic import op

revision = "0033_receipt"
down_revision = "0032_public_pages"
branch_labels = None
depends_on = None

OCCASIONS = ("receipt", "decision", "plan")
CALL_WAYS = ("phone", "text", "visit")
CALL_OUTCOMES = ("reached", "no_answer", "left_message", "somebody_else", "wrong_number")
SUPPORT_ANSWERS = ("yes", "no", "later")
METHODS = ("written", "signed", "spoken", "online")
REFERRAL_OUTCOMES = ("accepted", "declined", "no_capacity", "ended")
LIKENESSES = ("phone", "email", "address", "name", "postcode", "street")
TIES = ("duplicate", "related", "not_related")


def upgrade() -> None:
    _add_inboxes()
    _add_passed_on()
    _add_calls()
    _add_offers()
    _add_referrals()
    _add_likenesses()
    _add_ties()


def downgrade() -> None:
    for table in (
        "case_tie",
        "case_likeness",
        "referral_step",
        "support_referral",
        "support_offer",
        "next_contact",
        "first_call",
        "passed_on",
        "shared_inbox",
    ):
        op.drop_table(table)


def _add_inboxes() -> None:
    table = "shared_inbox"
    op.create_table(
        table,
        _number("id"),
        _number("area_id"),
        _number("agency_id", nullable=True),
        _number("lga_id", nullable=True),
        _text("email", 254),
        _number("version"),
        _instant("changed_at", nullable=True),
        _number("changed_by_id", nullable=True),
        sa.CheckConstraint(
            "(agency_id IS NULL) <> (lga_id IS NULL)", name="ck_shared_inbox_one_body"
        ),
        _to(table, "area_id", "area"),
        _to(table, "agency_id", "agency"),
        _to(table, "lga_id", "local_government_area"),
        _to(table, "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_shared_inbox"),
        sa.UniqueConstraint("agency_id", name="uq_shared_inbox_agency_id"),
        sa.UniqueConstraint("lga_id", name="uq_shared_inbox_lga_id"),
    )
    op.create_index("ix_shared_inbox_area_id", table, ["area_id"])


def _add_passed_on() -> None:
    table = "passed_on"
    op.create_table(
        table,
        _number("id"),
        _number("case_id"),
        sa.Column("occasion", _one_of("occasion", OCCASIONS), nullable=False),
        _number("agency_id", nullable=True),
        _number("lga_id", nullable=True),
        _text("body"),
        _instant("at"),
        _number("person_id", nullable=True),
        _text("sent_to", 254),
        _number("message_id", nullable=True),
        _instant("told_at", nullable=True),
        _number("told_by_id", nullable=True),
        _text("told_whom", 200),
        sa.CheckConstraint("(agency_id IS NULL) <> (lga_id IS NULL)", name="ck_passed_on_one_body"),
        sa.CheckConstraint(
            "(sent_to = '') = (message_id IS NULL)", name="ck_passed_on_message_where_sent"
        ),
        _to(table, "case_id", "review_case"),
        _to(table, "agency_id", "agency"),
        _to(table, "lga_id", "local_government_area"),
        _to(table, "person_id", "person"),
        _to(table, "message_id", "outbox_message"),
        _to(table, "told_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_passed_on"),
        sa.UniqueConstraint(
            "case_id", "occasion", "agency_id", name="uq_passed_on_case_id_occasion_agency_id"
        ),
        sa.UniqueConstraint(
            "case_id", "occasion", "lga_id", name="uq_passed_on_case_id_occasion_lga_id"
        ),
        info={"scope": "receipt"},
    )
    op.create_index("ix_passed_on_case_id", table, ["case_id"])


def _add_calls() -> None:
    table = "first_call"
    op.create_table(
        table,
        _number("id"),
        _number("case_id"),
        _number("number"),
        _instant("tried_at"),
        sa.Column("way", _one_of("callway", CALL_WAYS), nullable=False),
        _text("used", 200),
        sa.Column("outcome", _one_of("calloutcome", CALL_OUTCOMES), nullable=False),
        _text("who_answered", 200),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        *_recorded(),
        _to(table, "case_id", "review_case"),
        _to(table, "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_first_call"),
        sa.UniqueConstraint("case_id", "number", name="uq_first_call_case_id_number"),
        info={"scope": "call"},
    )
    op.create_table(
        "next_contact",
        _number("case_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        _to("next_contact", "case_id", "review_case"),
        sa.PrimaryKeyConstraint("case_id", name="pk_next_contact"),
        info={"scope": "call"},
    )
    op.create_index("ix_next_contact_due_on", "next_contact", ["due_on"])


def _add_offers() -> None:
    table = "support_offer"
    op.create_table(
        table,
        _number("id"),
        _number("case_id"),
        _number("party_id"),
        sa.Column("offered_on", sa.Date(), nullable=False),
        _text("what", 500),
        sa.Column("answer", _one_of("supportanswer", SUPPORT_ANSWERS), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("method", _one_of("consentmethod", METHODS), nullable=True),
        *_recorded(),
        _instant("taken_back_at", nullable=True),
        _number("taken_back_by_id", nullable=True),
        sa.CheckConstraint(
            "(answer = 'yes') = (method IS NOT NULL)", name="ck_support_offer_method_where_yes"
        ),
        sa.CheckConstraint(
            "answer = 'yes' OR taken_back_at IS NULL", name="ck_support_offer_taken_back_where_yes"
        ),
        _to(table, "case_id", "review_case"),
        _to(table, "party_id", "party"),
        _to(table, "recorded_by_id", "person"),
        _to(table, "taken_back_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_support_offer"),
        info={"scope": "referral"},
    )
    op.create_index("ix_support_offer_case_id", table, ["case_id"])


def _add_referrals() -> None:
    table = "support_referral"
    op.create_table(
        table,
        _number("id"),
        _number("case_id"),
        _number("offer_id"),
        _text("service_name", 200),
        sa.Column("sent_on", sa.Date(), nullable=False),
        *_recorded(),
        _to(table, "case_id", "review_case"),
        _to(table, "offer_id", "support_offer"),
        _to(table, "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_support_referral"),
        info={"scope": "referral"},
    )
    op.create_index("ix_support_referral_case_id", table, ["case_id"])
    table = "referral_step"
    op.create_table(
        table,
        _number("id"),
        _number("case_id"),
        _number("referral_id"),
        sa.Column("outcome", _one_of("referraloutcome", REFERRAL_OUTCOMES), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        _text("words", 500),
        *_recorded(),
        _to(table, "case_id", "review_case"),
        _to(table, "referral_id", "support_referral"),
        _to(table, "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_step"),
        info={"scope": "referral"},
    )
    op.create_index("ix_referral_step_case_id", table, ["case_id"])


def _add_likenesses() -> None:
    table = "case_likeness"
    op.create_table(
        table,
        _number("case_id"),
        sa.Column("kind", _one_of("likeness", LIKENESSES), nullable=False),
        _text("key", 200),
        _to(table, "case_id", "review_case"),
        sa.PrimaryKeyConstraint("case_id", "kind", "key", name="pk_case_likeness"),
        info={"scope": "likeness"},
    )
    op.create_index("ix_case_likeness_kind_key", table, ["kind", "key", "case_id"])


def _add_ties() -> None:
    table = "case_tie"
    op.create_table(
        table,
        _number("id"),
        _number("first_case_id"),
        _number("second_case_id"),
        sa.Column("kind", _one_of("tiekind", TIES), nullable=False),
        _text("reason", 500),
        *_recorded(),
        _instant("ended_at", nullable=True),
        _number("ended_by_id", nullable=True),
        _text("why_ended", 500),
        sa.CheckConstraint("first_case_id < second_case_id", name="ck_case_tie_in_order"),
        _to(table, "first_case_id", "review_case"),
        _to(table, "second_case_id", "review_case"),
        _to(table, "recorded_by_id", "person"),
        _to(table, "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_case_tie"),
        info={"scope": "tie"},
    )
    op.create_index("ix_case_tie_first_case_id", table, ["first_case_id"])
    op.create_index("ix_case_tie_second_case_id", table, ["second_case_id"])
    in_force = sa.column("ended_at").is_(None)
    op.create_index(
        "uq_case_tie_first_second_in_force",
        table,
        ["first_case_id", "second_case_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _recorded() -> tuple[sa.Column[object], sa.Column[int]]:
    return _instant("recorded_at"), _number("recorded_by_id")


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
