"""Leaving a panel, standing, conflicts of agencies, waivers; councils know their area."""

import sqlalchemy as sa
from alembic import op

revision = "0004_panel_membership"
down_revision = "0003_imports"
branch_labels = None
depends_on = None

_STANDINGS = ("agency_representative", "deputy", "invited_colleague", "observer")
_KINDS = ("party", "neighbour", "complained_about", "former_employer", "other")
_STATES = ("waiting", "sending", "sent", "undelivered")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _in_force(column: str) -> dict[str, sa.ColumnElement[bool]]:
    in_force = sa.column(column).is_(None)
    return {"sqlite_where": in_force, "postgresql_where": in_force}


def upgrade() -> None:
    with op.batch_alter_table("agency") as batch_op:
        batch_op.add_column(sa.Column("lga_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_agency_lga_id_local_government_area"),
            "local_government_area",
            ["lga_id"],
            ["id"],
        )
    _allow_states(*_STATES, "withheld")
    _upgrade_seats()
    _upgrade_members()
    _upgrade_conflicts()
    op.create_table(
        "action_passed_on",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("from_person_id", sa.Integer(), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_action_passed_on_{column}_{table}")
            )
            for column, table in (
                ("action_id", "action"),
                ("from_person_id", "person"),
                ("to_person_id", "person"),
                ("agency_id", "agency"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_passed_on")),
        info={"scope": "action"},
    )
    op.create_index(op.f("ix_action_passed_on_action_id"), "action_passed_on", ["action_id"])


def _allow_states(*states: str) -> None:
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(op.f("ck_outbox_message_deliverystate"), type_="check")
        listed = ", ".join(f"'{state}'" for state in states)
        batch_op.create_check_constraint(
            op.f("ck_outbox_message_deliverystate"), f"state IN ({listed})"
        )


def _upgrade_seats() -> None:
    with op.batch_alter_table("panel_seat") as batch_op:
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("left_reason", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.drop_constraint(op.f("uq_panel_seat_case_id_agency_id"), type_="unique")
        batch_op.create_check_constraint(
            op.f("ck_panel_seat_reason_where_left"), "left_at IS NOT NULL OR left_reason = ''"
        )
    with op.batch_alter_table("panel_seat") as batch_op:
        batch_op.alter_column("left_reason", server_default=None)
        batch_op.create_index(
            "uq_panel_seat_case_agency_in_force",
            ["case_id", "agency_id"],
            unique=True,
            **_in_force("left_at"),
        )


def _upgrade_members() -> None:
    with op.batch_alter_table("panel_member") as batch_op:
        batch_op.add_column(
            sa.Column(
                "standing",
                _enum("standing", *_STANDINGS),
                nullable=False,
                server_default="agency_representative",
            )
        )
        batch_op.add_column(sa.Column("named_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_panel_member_named_by_id_person"), "person", ["named_by_id"], ["id"]
        )
        batch_op.drop_constraint(op.f("uq_panel_member_seat_id_person_id"), type_="unique")
    with op.batch_alter_table("panel_member") as batch_op:
        batch_op.alter_column("standing", server_default=None)
        batch_op.create_index(
            "uq_panel_member_seat_person_in_force",
            ["seat_id", "person_id"],
            unique=True,
            **_in_force("left_at"),
        )


def _upgrade_conflicts() -> None:
    with op.batch_alter_table("conflict") as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "kind", _enum("conflictkind", *_KINDS), nullable=False, server_default="other"
            )
        )
        batch_op.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("waived_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("waiver_reason", sa.String(length=500), nullable=False, server_default="")
        )
        for column, table in (
            ("agency_id", "agency"),
            ("recorded_by_id", "person"),
            ("waived_by_id", "person"),
        ):
            batch_op.create_foreign_key(
                op.f(f"fk_conflict_{column}_{table}"), table, [column], ["id"]
            )
        batch_op.drop_constraint(op.f("uq_conflict_case_id_person_id"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_conflict_case_id_agency_id"), ["case_id", "agency_id"]
        )
        for name, rule in (
            ("person_or_agency", "(person_id IS NULL) <> (agency_id IS NULL)"),
            (
                "waived_for_former_employer_only",
                "waived_at IS NULL OR (kind = 'former_employer' AND person_id IS NOT NULL)",
            ),
            ("waived_with_reason", "(waived_at IS NULL) = (waiver_reason = '')"),
        ):
            batch_op.create_check_constraint(op.f(f"ck_conflict_{name}"), rule)
    with op.batch_alter_table("conflict") as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("waiver_reason", server_default=None)
        batch_op.create_index(op.f("ix_conflict_agency_id"), ["agency_id"])
        batch_op.create_index(
            "uq_conflict_case_person_in_force",
            ["case_id", "person_id"],
            unique=True,
            **_in_force("waived_at"),
        )


def downgrade() -> None:
    """Go back to what the first revision can say.

    What has ended cannot be said there, and left standing it would open the case again, so seats
    and names that ended go, and observers, who would read as their agency. A conflict of an
    agency and a waiver cannot be said either: nobody who was excluded is let in, since only the
    agency's people who are named stay, and they are excluded one by one.
    """
    op.drop_index(op.f("ix_action_passed_on_action_id"), table_name="action_passed_on")
    op.drop_table("action_passed_on")
    for statement in (
        # An agency in conflict has no seat in force, so that nothing opens the case to it.
        "DELETE FROM conflict WHERE agency_id IS NOT NULL OR waived_at IS NOT NULL",
        "DELETE FROM panel_member WHERE left_at IS NOT NULL OR standing = 'observer'",
        (
            "DELETE FROM panel_member WHERE seat_id IN "
            "(SELECT id FROM panel_seat WHERE left_at IS NOT NULL)"
        ),
        "DELETE FROM panel_seat WHERE left_at IS NOT NULL",
        "UPDATE outbox_message SET state = 'undelivered' WHERE state = 'withheld'",
    ):
        op.execute(statement)
    _downgrade_conflicts()
    with op.batch_alter_table("panel_member") as batch_op:
        batch_op.drop_index("uq_panel_member_seat_person_in_force")
        batch_op.drop_constraint(op.f("fk_panel_member_named_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_panel_member_standing"), type_="check")
        for column in ("standing", "named_by_id", "left_at"):
            batch_op.drop_column(column)
        batch_op.create_unique_constraint(
            op.f("uq_panel_member_seat_id_person_id"), ["seat_id", "person_id"]
        )
    with op.batch_alter_table("panel_seat") as batch_op:
        batch_op.drop_index("uq_panel_seat_case_agency_in_force")
        batch_op.drop_constraint(op.f("ck_panel_seat_reason_where_left"), type_="check")
        batch_op.drop_column("left_at")
        batch_op.drop_column("left_reason")
        batch_op.create_unique_constraint(
            op.f("uq_panel_seat_case_id_agency_id"), ["case_id", "agency_id"]
        )
    _allow_states(*_STATES)
    with op.batch_alter_table("agency") as batch_op:
        batch_op.drop_constraint(op.f("fk_agency_lga_id_local_government_area"), type_="foreignkey")
        batch_op.drop_column("lga_id")


def _downgrade_conflicts() -> None:
    with op.batch_alter_table("conflict") as batch_op:
        batch_op.drop_index("uq_conflict_case_person_in_force")
        batch_op.drop_index(op.f("ix_conflict_agency_id"))
        for name in (
            "person_or_agency",
            "waived_for_former_employer_only",
            "waived_with_reason",
            "conflictkind",
        ):
            batch_op.drop_constraint(op.f(f"ck_conflict_{name}"), type_="check")
        batch_op.drop_constraint(op.f("uq_conflict_case_id_agency_id"), type_="unique")
        for column, table in (
            ("agency_id", "agency"),
            ("recorded_by_id", "person"),
            ("waived_by_id", "person"),
        ):
            batch_op.drop_constraint(op.f(f"fk_conflict_{column}_{table}"), type_="foreignkey")
        for column in (
            "agency_id",
            "kind",
            "recorded_by_id",
            "waived_at",
            "waived_by_id",
            "waiver_reason",
        ):
            batch_op.drop_column(column)
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(
            op.f("uq_conflict_case_id_person_id"), ["case_id", "person_id"]
        )
