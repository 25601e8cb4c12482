"""A letter for the applicant who is not invited to the meeting, and since when they are not."""

import sqlalchemy as sa
from alembic import op

revision = "0034_not_invited"
down_revision = "0033_receipt"
branch_labels = None
depends_on = None

LETTERS_BEFORE = (
    "acknowledgement",
    "consent-request",
    "threshold-met",
    "threshold-not-met",
    "closure",
)
NEW_LETTERS = ("not-invited",)
OTHERS = ("action-plan-panel", "action-plan-applicant", "minutes", "agenda")
EVENTS_BEFORE = (
    "request_received",
    "acknowledged",
    "information_requested",
    "all_information_received",
    "information_collated",
    "applicant_spoken_to",
    "assessment_meeting",
    "threshold_decided",
    "threshold_met",
    "threshold_not_met",
    "decision_notice_sent",
    "decision_notice_received",
    "reasons_not_invited_sent",
    "packs_sent",
    "meeting",
    "meeting_opened",
    "meeting_closed",
    "review_decided",
    "plan_issued",
    "plan_received",
    "plan_completed",
    "appeal_received",
    "appeal_chair_found",
    "appeal_bundle_sent",
    "hearing_held",
    "case_closed",
    "feedback_asked",
)
NEW_EVENTS = ("applicant_not_invited",)


def upgrade() -> None:
    _allow((*LETTERS_BEFORE, *NEW_LETTERS), (*EVENTS_BEFORE, *NEW_EVENTS))
    _say_who_is_not_invited()


def _say_who_is_not_invited() -> None:
    """Tell the clocks of meetings that are booked already; none of theirs starts by it."""
    meeting = _table("meeting", "case_id", "not_invited_at", "called_off_at")
    since = sa.select(meeting.c.case_id, sa.literal(NEW_EVENTS[0]), meeting.c.not_invited_at).where(
        meeting.c.not_invited_at.is_not(None), meeting.c.called_off_at.is_(None)
    )
    recorded = _table("recorded_event", "case_id", "event", "happened_at")
    op.execute(recorded.insert().from_select(["case_id", "event", "happened_at"], since))


def downgrade() -> None:
    document = _table("document", "id", "kind")
    gone = sa.select(document.c.id).where(
        document.c.kind.in_([f"letter-{kind}" for kind in NEW_LETTERS])
    )
    delivery = _table("delivery", "id", "document_id")
    deliveries = sa.select(delivery.c.id).where(delivery.c.document_id.in_(gone))
    for name in ("delivery_step", "delivery_code", "outbox_message"):
        _delete(name, "delivery_id", deliveries)
    for name in ("delivery", "document_pdf"):
        _delete(name, "document_id", gone)
    _delete("document", "id", gone)
    _delete("letter_draft", "kind", NEW_LETTERS)
    _delete("recorded_event", "event", NEW_EVENTS)
    _allow(LETTERS_BEFORE, EVENTS_BEFORE)


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) for each in columns))


def _delete(name: str, column: str, of: sa.Select[int] | tuple[str, ...]) -> None:
    table = _table(name, column)
    op.execute(sa.delete(table).where(table.c[column].in_(of)))


def _allow(letters: tuple[str, ...], events: tuple[str, ...]) -> None:
    kinds = (*OTHERS, *(f"letter-{kind}" for kind in letters))
    _check("document", "kind", "documentkind", kinds)
    _check("letter_draft", "kind", "letterkind", letters)
    _check("recorded_event", "event", "clockevent", events)


def _check(table: str, column: str, name: str, values: tuple[str, ...]) -> None:
    """Put another CHECK in the place of the old; on SQLite a copy drops the table's only one."""
    listed = ", ".join(f"'{value}'" for value in values)
    name = op.f(f"ck_{table}_{name}")
    with op.batch_alter_table(table) as batch_op:
        if op.get_context().dialect.name != "sqlite":
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({listed})")
