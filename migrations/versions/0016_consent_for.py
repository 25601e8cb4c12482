"""A consent says for whom of those who act for the victim it was given."""

from alembic import op

revision = "0016_consent_for"
down_revision = "0015_sittings"
branch_labels = None
depends_on = None

# The words of every consent so far named the first who acted for the victim.
NAME_THEM = """
    UPDATE consent SET applicant_representative_id = (
        SELECT MIN(party.id) FROM party
        WHERE party.case_id = consent.case_id AND party.role = 'applicant_representative'
    )
"""


def upgrade() -> None:
    op.execute(
        "ALTER TABLE consent ADD COLUMN applicant_representative_id INTEGER "
        "CONSTRAINT fk_consent_applicant_representative_id_party REFERENCES party (id)"
    )
    op.execute(NAME_THEM)


def downgrade() -> None:
    # A later revision may have copied the table: the foreign key is then one of the table's own,
    # which SQLite does not let go with the column.
    with op.batch_alter_table("consent") as batch:
        batch.drop_column("applicant_representative_id")
