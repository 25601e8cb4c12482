"""The link by which somebody goes on with a saved request."""

import sqlalchemy as sa
from alembic import op

revision = "0038_draft_links"
down_revision = "0037_own_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("request_draft") as batch:
        batch.add_column(sa.Column("link_hash", sa.String(length=64), nullable=True))
        batch.create_unique_constraint(op.f("uq_request_draft_link_hash"), ["link_hash"])


def downgrade() -> None:
    with op.batch_alter_table("request_draft") as batch:
        batch.drop_constraint(op.f("uq_request_draft_link_hash"), type_="unique")
        batch.drop_column("link_hash")
