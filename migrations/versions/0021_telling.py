"""Who agreed to confidentiality, who tells the applicant what, what a close lacked."""

import sqlalchemy as sa
from alembic import op

revision = "0021_telling"
down_revision = "0020_invites"
branch_labels = None
depends_on = None

KINDS = ("outcome", "answer")
WAYS = ("call", "visit", "email", "letter", "somebody")


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _needed(name: str, kind: sa.types.TypeEngine[object]) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    _create_agreement()
    _create_telling()
    op.execute("ALTER TABLE meeting ADD COLUMN missing_at_close TEXT NOT NULL DEFAULT ''")


def _create_agreement() -> None:
    op.create_table(
        "confidentiality_agreement",
        _needed("case_id", sa.Integer()),
        _needed("person_id", sa.Integer()),
        _needed("wording_version", sa.Integer()),
        _needed("wording", sa.Text()),
        _needed("agreed_at", sa.DateTime(timezone=True)),
        _foreign("confidentiality_agreement", "case_id", "review_case"),
        _foreign("confidentiality_agreement", "person_id", "person"),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_confidentiality_agreement")),
        info={"scope": "confidentiality"},
    )


def _create_telling() -> None:
    op.create_table(
        "telling",
        _needed("id", sa.Integer()),
        _needed("case_id", sa.Integer()),
        _needed("number", sa.Integer()),
        _needed("kind", _enum("tellingkind", KINDS)),
        _needed("what", sa.Text()),
        _needed("person_id", sa.Integer()),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        _needed("way", _enum("tellingway", WAYS)),
        _needed("due_at", sa.DateTime(timezone=True)),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        _needed("version", sa.Integer()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        _foreign("telling", "case_id", "review_case"),
        _foreign("telling", "person_id", "person"),
        _foreign("telling", "agency_id", "agency"),
        _foreign("telling", "told_by_id", "person"),
        _foreign("telling", "changed_by_id", "person"),
        sa.CheckConstraint(
            "(told_at IS NULL) = (told_by_id IS NULL)", name=op.f("ck_telling_told_by_somebody")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_telling_case_id_number")),
        info={"scope": "telling"},
    )
    op.create_index("ix_telling_told_at_due_at", "telling", ["told_at", "due_at"])


def downgrade() -> None:
    op.execute("ALTER TABLE meeting DROP COLUMN missing_at_close")
    op.drop_table("telling")
    op.drop_table("confidentiality_agreement")
