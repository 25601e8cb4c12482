"""Imports from an agency's own export: runs, files, faults, rows, and how columns are matched."""

import sqlalchemy as sa
from alembic import op

revision = "0003_imports"
down_revision = "0002_kept_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_import_mapping_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_import_mapping_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("agency_id", name=op.f("uq_import_mapping_agency_id")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "columns",
                "checking",
                "checked",
                "adding",
                "added",
                "refused",
                "stopped",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("new_incidents", sa.Integer(), nullable=False),
        sa.Column("new_reports", sa.Integer(), nullable=False),
        sa.Column("rows_there", sa.Integer(), nullable=False),
        sa.Column("bad_rows", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=500), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_import_run_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_import_run_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_import_run_started_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_import_run_case_id_key")),
        info={"scope": "import"},
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index("ix_import_run_state_leased", ["state", "leased_until"], unique=False)

    op.create_table(
        "import_fault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_fault_run_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_fault")),
        info={"scope": "import"},
    )
    with op.batch_alter_table("import_fault", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_fault_run_id"), ["run_id"], unique=False)

    op.create_table(
        "import_file",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_file_run_id_import_run")
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_import_file")),
        info={"scope": "import"},
    )
    op.create_table(
        "imported_row",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_imported_row_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_imported_row_run_id_import_run")
        ),
        sa.PrimaryKeyConstraint("case_id", "digest", name=op.f("pk_imported_row")),
        info={"scope": "import"},
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_agency_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("import_run_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_incident_from_agency_id_agency"), "agency", ["from_agency_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_incident_import_run_id_import_run"),
            "import_run",
            ["import_run_id"],
            ["id"],
        )

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_agency_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("import_run_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_report_from_agency_id_agency"), "agency", ["from_agency_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_report_import_run_id_import_run"),
            "import_run",
            ["import_run_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_report_import_run_id_import_run"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_report_from_agency_id_agency"), type_="foreignkey")
        batch_op.drop_column("import_run_id")
        batch_op.drop_column("from_agency_id")

    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_incident_import_run_id_import_run"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_incident_from_agency_id_agency"), type_="foreignkey"
        )
        batch_op.drop_column("import_run_id")
        batch_op.drop_column("from_agency_id")

    op.drop_table("imported_row")
    op.drop_table("import_file")
    with op.batch_alter_table("import_fault", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_fault_run_id"))

    op.drop_table("import_fault")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index("ix_import_run_state_leased")
        batch_op.drop_index(batch_op.f("ix_import_run_agency_id"))

    op.drop_table("import_run")
    op.drop_table("import_mapping")
