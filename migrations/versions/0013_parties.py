"""Who ended a seat or a name on the panel."""

from alembic import op

revision = "0013_parties"
down_revision = "0009_clocks"
branch_labels = None
depends_on = None

ENDED = ("panel_seat", "panel_member")


def upgrade() -> None:
    # Written out: adding columns this way needs no copy of the table on SQLite, and a copy would
    # lose the checks of the other columns.
    for table in ENDED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN left_by_id INTEGER "
            f"CONSTRAINT fk_{table}_left_by_id_person REFERENCES person (id)"
        )


def downgrade() -> None:
    for table in reversed(ENDED):
        op.execute(f"ALTER TABLE {table} DROP COLUMN left_by_id")
