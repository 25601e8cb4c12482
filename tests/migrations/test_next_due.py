"""Cases that were there before lists were sorted by a column get the column filled."""

import flask_migrate
import sqlalchemy as sa

from portal.db import db

BEFORE = "0001_first_case"


def _run(*statements):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


CASES = ("ACR-1", "ACR-2", "ACR-3")
# case, clock, due, stopped
CLOCKS = (
    (1, "threshold_decision", "'2027-01-05'", "NULL"),
    (1, "acknowledge", "'2026-12-22'", "'2026-12-21'"),
    (1, "agency_return", "'2027-01-04'", "NULL"),
    (2, "appeal_threshold", "'2027-01-02'", "NULL"),
    (2, "meeting", "'2027-01-20'", "'2027-01-19'"),
)


def test_every_case_gets_the_first_end_of_its_running_clocks_and_the_others_none(bare):
    flask_migrate.upgrade(revision=BEFORE)
    _run(
        "INSERT INTO area VALUES (1, 'a', 'A', 'O', '', '')",
        "INSERT INTO local_government_area VALUES (1, 1, 'L')",
        "INSERT INTO scheme_version VALUES (1, 1, 1, '2020-01-01', '{}')",
        "INSERT INTO person VALUES (1, 'a@a.example', 'A', '', NULL, true, 'u')",
        *(
            "INSERT INTO review_case VALUES "  # noqa: S608
            f"({number}, 1, 1, 1, '{reference}', 'assessing', 'phone', '2026-12-17 10:00:00',"
            " '2026-12-17 10:00:00', 1, 'P', 'S', 'C', 1)"
            for number, reference in enumerate(CASES, start=1)
        ),
        *(
            f"INSERT INTO case_clock VALUES ({case}, '{clock}', '2026-12-17', {due}, {stopped})"  # noqa: S608
            for case, clock, due, stopped in CLOCKS
        ),
    )

    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        found = connection.execute(
            sa.select(
                sa.column("reference"),
                sa.column("next_clock"),
                sa.cast(sa.column("next_due_on"), sa.String),
            )
            .select_from(sa.table("review_case"))
            .order_by(sa.column("reference"))
        ).all()
    # Of the first, the return's clock ends a day before the decision's; of the second only the
    # right of appeal runs; the third has no clock.
    assert found == [
        ("ACR-1", "agency_return", "2027-01-04"),
        ("ACR-2", None, "9999-12-31"),
        ("ACR-3", None, "9999-12-31"),
    ]


def test_the_checks_of_the_other_columns_are_still_there(bare):
    flask_migrate.upgrade()

    names = {each["name"] for each in sa.inspect(db.engine).get_check_constraints("review_case")}

    assert {"ck_review_case_stage", "ck_review_case_channel", "ck_review_case_clock"} <= names
