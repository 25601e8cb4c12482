"""What clocks are counted from, what became of them, regular meetings, and limits in hours."""

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0009_clocks"
down_revision = "0008_advice"
branch_labels = None
depends_on = None

OLD_CLOCKS = (
    "acknowledge",
    "agency_return",
    "threshold_decision",
    "meeting",
    "pack_out",
    "action_plan",
    "appeal_threshold",
    "appeal_conduct",
    "appeal_sift",
    "appeal_outcome",
    "feedback",
)
CLOCKS = (
    *OLD_CLOCKS,
    "reports_counted",
    "applicant_contact",
    "reasons_not_invited",
    "appeal_bundle",
    "whole_process",
)
EVENTS = (
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
# These are rights of the applicant that end, not things that somebody has to do.
NOT_WAITING = ("appeal_threshold", "appeal_conduct")
LONDON = ZoneInfo("Europe/London")

_VERSION = sa.table("scheme_version", sa.column("id", sa.Integer()), sa.column("rules", sa.JSON()))
_CASE = sa.table(
    "review_case", sa.column("id"), sa.column("received_at", sa.DateTime(timezone=True))
)
_CLOCK = sa.table(
    "case_clock",
    sa.column("case_id"),
    sa.column("clock"),
    sa.column("started_on", sa.Date()),
    sa.column("due_on", sa.Date()),
    sa.column("stopped_on", sa.Date()),
)
_KEPT = sa.table("kept_clock", *(sa.column(column.name, column.type) for column in _CLOCK.c))
_DECISION = sa.table(
    "threshold_decision",
    sa.column("case_id"),
    sa.column("is_met", sa.Boolean()),
    sa.column("decided_on", sa.Date()),
)
_MEETING = sa.table(
    "meeting",
    sa.column("case_id"),
    sa.column("starts_at", sa.DateTime(timezone=True)),
    sa.column("opened_at", sa.DateTime(timezone=True)),
    sa.column("closed_at", sa.DateTime(timezone=True)),
)
_RECORDED = sa.table(
    "recorded_event",
    sa.column("case_id", sa.Integer()),
    sa.column("event", sa.String()),
    sa.column("happened_at", sa.DateTime(timezone=True)),
)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _make_clocks_again(CLOCKS, with_instants=True)
    _let_next_clock_be(CLOCKS)
    op.create_table(
        "recorded_event",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("event", _words("clockevent", EVENTS), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_recorded_event_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("case_id", "event", name=op.f("pk_recorded_event")),
        info={"scope": "clock"},
    )
    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clock", _words("clock", CLOCKS), nullable=False),
        sa.Column(
            "kind",
            _words("clockentrykind", ("paused", "resumed", "moved", "late")),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("due_after", sa.Date(), nullable=True),
        sa.Column("new_day", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_clock_entry_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_clock_entry_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entry")),
        info={"scope": "clock"},
    )
    op.create_index(op.f("ix_clock_entry_case_id"), "clock_entry", ["case_id"])
    op.create_table(
        "regular_meeting",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_regular_meeting_area_id_area")
        ),
        sa.PrimaryKeyConstraint("area_id", "name", "held_on", name=op.f("pk_regular_meeting")),
    )
    op.create_table(
        "counted_days",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("days_off", sa.JSON(), nullable=False),
        sa.Column("meetings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_counted_days_area_id_area")
        ),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_counted_days")),
    )
    _record_what_happened()
    _change_schemes(_widened)


def downgrade() -> None:
    _change_schemes(_narrowed)
    for table in ("counted_days", "regular_meeting", "clock_entry", "recorded_event"):
        op.drop_table(table)
    connection = op.get_bind()
    connection.execute(sa.delete(_CLOCK).where(_CLOCK.c.clock.not_in(OLD_CLOCKS)))
    _make_clocks_again(OLD_CLOCKS, with_instants=False)
    _let_next_clock_be(OLD_CLOCKS)


def _make_clocks_again(clocks: tuple[str, ...], *, with_instants: bool) -> None:
    """Make the table of clocks again: SQLite cannot change which names a column takes."""
    op.create_table(
        "kept_clock",
        sa.Column("case_id", sa.Integer()),
        sa.Column("clock", sa.String(40)),
        sa.Column("started_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("stopped_on", sa.Date()),
    )
    _copy(_CLOCK, _KEPT)
    op.drop_table("case_clock")
    more = (
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_paused", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "case_clock",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clock", _words("clock", clocks), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        *(more if with_instants else ()),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_case_clock_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("case_id", "clock", name=op.f("pk_case_clock")),
        info={"scope": "clock"},
    )
    op.create_index(op.f("ix_case_clock_due_on"), "case_clock", ["due_on"])
    _copy(_KEPT, _CLOCK)
    op.drop_table("kept_clock")


def _copy(source: sa.TableClause, target: sa.TableClause) -> None:
    names = [column.name for column in source.c]
    statement = sa.insert(target).from_select(names, sa.select(*source.c))
    op.get_bind().execute(statement)


def _let_next_clock_be(clocks: tuple[str, ...]) -> None:
    """Make the column again, with what the clocks of each case say."""
    with op.batch_alter_table("review_case") as batch:
        # Where the table was copied since, the check is the table's and would outlive the column.
        batch.drop_constraint(op.f("ck_review_case_clock"), type_="check")
        batch.drop_column("next_clock")
    op.execute(
        "ALTER TABLE review_case ADD COLUMN next_clock VARCHAR(40) "
        f"CONSTRAINT ck_review_case_clock CHECK (next_clock IN ({_listed(clocks)}))"
    )
    first = (
        "SELECT {column} FROM case_clock WHERE case_clock.case_id = review_case.id "  # noqa: S608  # constants of this file
        f"AND stopped_on IS NULL AND clock NOT IN ({_listed(NOT_WAITING)}) "
        "ORDER BY due_on, clock LIMIT 1"
    )
    op.execute(
        f"UPDATE review_case SET next_clock = ({first.format(column='clock')}), "  # noqa: S608  # constants of this file
        f"next_due_on = COALESCE(({first.format(column='due_on')}), '9999-12-31')"
    )


def _record_what_happened() -> None:
    """Say of the cases so far when what their clocks are counted from has happened."""
    connection = op.get_bind()
    found = [
        *_received(connection),
        *_worked_on(connection),
        *_decided(connection),
        *_met(connection),
    ]
    if found:
        connection.execute(sa.insert(_RECORDED), found)


def _received(connection: sa.Connection) -> list[dict[str, Any]]:
    rows = connection.execute(sa.select(_CASE.c.id, _CASE.c.received_at))
    return [_event(row.id, "request_received", _aware(row.received_at)) for row in rows]


def _worked_on(connection: sa.Connection) -> list[dict[str, Any]]:
    found = []
    for row in connection.execute(sa.select(_CLOCK)):
        if row.clock == "acknowledge" and row.stopped_on:
            found.append(_event(row.case_id, "acknowledged", _noon(row.stopped_on)))
        if row.clock == "agency_return":
            found.append(_event(row.case_id, "information_requested", _noon(row.started_on)))
        if row.clock == "action_plan" and row.stopped_on:
            found.append(_event(row.case_id, "plan_issued", _noon(row.stopped_on)))
    return found


def _decided(connection: sa.Connection) -> list[dict[str, Any]]:
    found = []
    for row in connection.execute(sa.select(_DECISION)):
        outcome = "threshold_met" if row.is_met else "threshold_not_met"
        events = (outcome, "threshold_decided", "decision_notice_sent")
        found += [_event(row.case_id, event, _noon(row.decided_on)) for event in events]
    return found


def _met(connection: sa.Connection) -> list[dict[str, Any]]:
    found = []
    for row in connection.execute(sa.select(_MEETING)):
        found.append(_event(row.case_id, "meeting", _aware(row.starts_at)))
        if row.opened_at:
            found.append(_event(row.case_id, "meeting_opened", _aware(row.opened_at)))
        if row.closed_at:
            found.append(_event(row.case_id, "meeting_closed", _aware(row.closed_at)))
    return found


def _event(case_id: int, event: str, at: dt.datetime) -> dict[str, Any]:
    return {"case_id": case_id, "event": event, "happened_at": at}


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=LONDON).astimezone(dt.UTC)


def _aware(at: dt.datetime) -> dt.datetime:
    """Return the instant; SQLite gives it back without its zone, which is UTC."""
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at


def _change_schemes(change: Any) -> None:
    connection = op.get_bind()
    for number, rules in connection.execute(sa.select(_VERSION.c.id, _VERSION.c.rules)).all():
        stored = json.loads(rules) if isinstance(rules, str) else rules
        statement = sa.update(_VERSION).where(_VERSION.c.id == number)
        connection.execute(statement.values(rules=change(stored)))


def _widened(rules: dict[str, Any]) -> dict[str, Any]:
    clocks = [
        {
            "clock": row["clock"],
            "limit": {"number": row["number"], "unit": row["unit"]},
            "starts_from": [row["starts_from"]],
            "source": row["source"],
            "before": row.get("before", False),
            "opens_from": row.get("opens_from"),
            "next_meeting": "",
        }
        for row in rules.get("clocks", ())
    ]
    return rules | {"clocks": clocks, "deemed_receipt": None}


def _narrowed(rules: dict[str, Any]) -> dict[str, Any]:
    """Return what the older form can say: the first event, whole days, and no meeting."""
    clocks = [
        {
            "clock": row["clock"],
            **_older_limit(row["limit"]),
            "starts_from": row["starts_from"][0],
            "source": row["source"],
            "before": row["before"],
            "opens_from": row["opens_from"],
        }
        for row in rules.get("clocks", ())
        if row["clock"] in OLD_CLOCKS
    ]
    kept = {key: value for key, value in rules.items() if key != "deemed_receipt"}
    return kept | {"clocks": clocks}


def _older_limit(limit: dict[str, Any] | None) -> dict[str, Any]:
    if limit is None:
        return {"number": 1, "unit": "months"}
    if limit["unit"] == "hours":
        return {"number": -(-limit["number"] // 24), "unit": "days"}
    return limit
