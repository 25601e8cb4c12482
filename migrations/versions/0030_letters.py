"""More letters to the applicant's side: for a victim's consent, and where a case is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0030_letters"
down_revision = "0029_post"
branch_labels = None
depends_on = None

LETTERS_BEFORE = ("acknowledgement", "threshold-met", "threshold-not-met")
NEW_LETTERS = ("consent-request", "closure")
OTHERS = ("action-plan-panel", "action-plan-applicant", "minutes", "agenda")

COLUMNS = (
    "talked_on DATE",
    "your_view TEXT DEFAULT '' NOT NULL",
    "ends JSON DEFAULT '{}' NOT NULL",
    "papers_kept VARCHAR(200) DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    _allow((*LETTERS_BEFORE, *NEW_LETTERS))
    for column in COLUMNS:
        op.execute(f"ALTER TABLE letter_draft ADD COLUMN {column}")


def downgrade() -> None:
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE letter_draft DROP COLUMN {column.split()[0]}")
    document = _table("document", "id", "kind")
    gone = sa.select(document.c.id).where(
        document.c.kind.in_([f"letter-{kind}" for kind in NEW_LETTERS])
    )
    delivery = _table("delivery", "id", "document_id")
    deliveries = sa.select(delivery.c.id).where(delivery.c.document_id.in_(gone))
    for name in ("delivery_step", "delivery_code", "outbox_message"):
        _delete(name, "delivery_id", deliveries)
    for name in ("delivery", "document_pdf", "onward_step"):
        _delete(name, "document_id", gone)
    _delete("document", "id", gone)
    _delete("letter_draft", "kind", NEW_LETTERS)
    _allow(LETTERS_BEFORE)


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) for each in columns))


def _delete(name: str, column: str, of: sa.Select[int] | tuple[str, ...]) -> None:
    table = _table(name, column)
    op.execute(sa.delete(table).where(table.c[column].in_(of)))


def _allow(letters: tuple[str, ...]) -> None:
    _check("document", "documentkind", (*OTHERS, *(f"letter-{kind}" for kind in letters)))
    _check("letter_draft", "letterkind", letters)


def _check(table: str, name: str, kinds: tuple[str, ...]) -> None:
    """Put another CHECK in the place of the kind's; on SQLite a copy drops the table's only one."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    name = op.f(f"ck_{table}_{name}")
    with op.batch_alter_table(table) as batch_op:
        if op.get_context().dialect.name != "sqlite":
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({listed})")
