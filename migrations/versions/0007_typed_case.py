"""Parties, incidents and reports can be changed; consent, the request's answers, safe contact."""

import sqlalchemy as sa
from alembic import op

revision = "0007_typed_case"
down_revision = "0006_caseload"
branch_labels = None
depends_on = None


def _put_days() -> None:
    """Give what has no day the day of the request: the older table must have one."""
    review_case = sa.table("review_case", sa.column("id"), sa.column("received_at"))
    for name, day in (("incident", "happened_on"), ("report", "reported_on")):
        table = sa.table(name, sa.column("case_id"), sa.column(day, sa.Date()))
        received_on = (
            sa.select(sa.func.date(review_case.c.received_at))
            .where(review_case.c.id == table.c.case_id)
            .scalar_subquery()
        )
        op.execute(table.update().where(table.c[day].is_(None)).values({day: received_on}))


def upgrade() -> None:
    op.create_table(
        "contact_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_contact_consent_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_contact_consent_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_contact_consent_ended_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_contact_consent_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_consent")),
        info={"scope": "consent"},
    )
    with op.batch_alter_table("contact_consent", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contact_consent_case_agency", ["case_id", "agency_id"], unique=False
        )

    op.create_table(
        "request_details",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "landlord",
            sa.Enum(
                "agency",
                "other",
                "none",
                "not_known",
                name="landlord",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("landlord_agency_id", sa.Integer(), nullable=True),
        sa.Column("landlord_name", sa.String(length=200), nullable=False),
        sa.Column(
            "tenure",
            sa.Enum(
                "owner",
                "council",
                "housing_association",
                "private",
                "other",
                "not_known",
                name="tenure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "hate",
            sa.Enum(
                "yes",
                "no",
                "not_known",
                name="hate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("strands", sa.JSON(), nullable=False),
        sa.Column(
            "others_affected",
            sa.Enum(
                "yes",
                "no",
                "not_known",
                name="others_affected",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("others_words", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column(
            "taking_part",
            sa.Enum(
                "attends",
                "statement",
                "somebody_else",
                "not_known",
                name="takingpart",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("somebody_else", sa.String(length=200), nullable=False),
        sa.Column(
            "interpreter",
            sa.Enum(
                "yes",
                "no",
                "not_known",
                name="interpreter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column(
            "has_access_needs",
            sa.Enum(
                "yes",
                "no",
                "not_known",
                name="has_access_needs",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("access_needs", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(landlord_agency_id IS NULL) OR (landlord = 'agency')",
            name=op.f("ck_request_details_agency_where_landlord"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_request_details_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_request_details_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_agency_id"],
            ["agency.id"],
            name=op.f("fk_request_details_landlord_agency_id_agency"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_request_details")),
        info={"scope": "details"},
    )
    op.create_table(
        "safe_contact_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_safe_contact_change_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_safe_contact_change_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_contact_change")),
        sa.UniqueConstraint(
            "case_id", "number", name=op.f("uq_safe_contact_change_case_id_number")
        ),
        info={"scope": "details"},
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("covers_being_told", sa.Boolean(), nullable=False),
        sa.Column("covers_meeting", sa.Boolean(), nullable=False),
        sa.Column("covers_appeal", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "written",
                "signed",
                "spoken",
                "online",
                name="consentmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_consent_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_consent_party_id_party")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_consent_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        info={"scope": "consent"},
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_case_id"), ["case_id"], unique=False)

    op.create_table(
        "consent_withdrawal",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_consent_withdrawal_consent_id_consent")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_consent_withdrawal_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_withdrawal")),
        info={"scope": "consent"},
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.add_column(sa.Column("happened_time", sa.Time(), nullable=True))
        batch_op.add_column(
            sa.Column("place", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "hate",
                sa.Enum(
                    "yes",
                    "no",
                    "not_known",
                    name="answer",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("strands", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch_op.alter_column("happened_on", existing_type=sa.DATE(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_incident_changed_by_id_person"), "person", ["changed_by_id"], ["id"]
        )

    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "capacity",
                sa.Enum(
                    "family",
                    "friend",
                    "councillor",
                    "mp",
                    "professional",
                    "other",
                    name="capacity",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("organisation", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "is_child",
                sa.Enum(
                    "yes",
                    "no",
                    "not_known",
                    name="answer",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_party_changed_by_id_person"), "person", ["changed_by_id"], ["id"]
        )

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("spoke_to", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "channel",
                sa.Enum(
                    "phone",
                    "online",
                    "letter",
                    "in_person",
                    "not_known",
                    name="reportchannel",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="not_known",
            )
        )
        batch_op.add_column(
            sa.Column("what_was_promised", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "claimed",
                    "confirmed",
                    "not_traced",
                    name="reportstate",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="claimed",
            )
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch_op.alter_column("reported_on", existing_type=sa.DATE(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_report_changed_by_id_person"), "person", ["changed_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_report_agency_id_agency"), "agency", ["agency_id"], ["id"]
        )
    # The models fill these in; the defaults were for the rows that were there.
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.alter_column(
            "place",
            server_default=None,
            existing_type=sa.String(length=200),
            existing_nullable=False,
        )
        batch_op.alter_column(
            "strands", server_default=None, existing_type=sa.JSON(), existing_nullable=False
        )
        batch_op.alter_column(
            "version", server_default=None, existing_type=sa.Integer(), existing_nullable=False
        )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.alter_column(
            "organisation",
            server_default=None,
            existing_type=sa.String(length=200),
            existing_nullable=False,
        )
        batch_op.alter_column(
            "version", server_default=None, existing_type=sa.Integer(), existing_nullable=False
        )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.alter_column(
            "spoke_to",
            server_default=None,
            existing_type=sa.String(length=200),
            existing_nullable=False,
        )
        batch_op.alter_column(
            "channel", server_default=None, existing_type=sa.String(), existing_nullable=False
        )
        batch_op.alter_column(
            "what_was_promised",
            server_default=None,
            existing_type=sa.Text(),
            existing_nullable=False,
        )
        batch_op.alter_column(
            "state", server_default=None, existing_type=sa.String(), existing_nullable=False
        )
        batch_op.alter_column(
            "version", server_default=None, existing_type=sa.Integer(), existing_nullable=False
        )


def downgrade() -> None:
    _put_days()
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_report_reportchannel"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_report_reportstate"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_report_agency_id_agency"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_report_changed_by_id_person"), type_="foreignkey")
        batch_op.alter_column("reported_on", existing_type=sa.DATE(), nullable=False)
        batch_op.drop_column("changed_by_id")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("version")
        batch_op.drop_column("state")
        batch_op.drop_column("what_was_promised")
        batch_op.drop_column("channel")
        batch_op.drop_column("spoke_to")
        batch_op.drop_column("agency_id")

    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_party_answer"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_party_capacity"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_party_changed_by_id_person"), type_="foreignkey")
        batch_op.drop_column("changed_by_id")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("version")
        batch_op.drop_column("is_child")
        batch_op.drop_column("organisation")
        batch_op.drop_column("capacity")

    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_incident_answer"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_incident_changed_by_id_person"), type_="foreignkey")
        batch_op.alter_column("happened_on", existing_type=sa.DATE(), nullable=False)
        batch_op.drop_column("changed_by_id")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("version")
        batch_op.drop_column("strands")
        batch_op.drop_column("hate")
        batch_op.drop_column("place")
        batch_op.drop_column("happened_time")

    op.drop_table("consent_withdrawal")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_case_id"))

    op.drop_table("consent")
    op.drop_table("safe_contact_change")
    op.drop_table("request_details")
    with op.batch_alter_table("contact_consent", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_consent_case_agency")

    op.drop_table("contact_consent")
