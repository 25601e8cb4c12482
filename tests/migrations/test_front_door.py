"""A request that the applicant sent themselves: the older tables must name somebody for it."""

import flask_migrate
import sqlalchemy as sa

from portal.db import db

OF_THE_COORDINATOR, OF_NOBODY = "ACR-1", "ACR-2"


def _run(*statements):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_below_it_the_areas_first_coordinator_stands_where_nobody_typed(bare):
    flask_migrate.upgrade(revision="0031_front_door")
    _run(
        "INSERT INTO area (id, slug, name, office_name, office_phone, office_email)"
        " VALUES (1, 'a', 'A', 'O', '', '')",
        "INSERT INTO local_government_area VALUES (1, 1, 'L')",
        "INSERT INTO scheme_version (id, area_id, number, in_force_on, rules)"
        " VALUES (1, 1, 1, '2020-01-01', '{}')",
        *(
            "INSERT INTO person (id, email, name, phone, active, fs_uniquifier)"  # noqa: S608
            f" VALUES ({number}, '{number}@a.example', 'A', '', true, 'u{number}')"
            for number in (1, 2, 3)
        ),
        # The first person is no coordinator; the second came before the third.
        "INSERT INTO role_held (id, person_id, role, area_id) VALUES (1, 1, 'chair', 1)",
        "INSERT INTO role_held (id, person_id, role, area_id) VALUES (2, 2, 'coordinator', 1)",
        "INSERT INTO role_held (id, person_id, role, area_id) VALUES (3, 3, 'coordinator', 1)",
        *(
            "INSERT INTO review_case (id, area_id, lga_id, scheme_version_id, reference, stage,"  # noqa: S608
            " channel, received_at, keyed_at, keyed_by_id, place, summary, safe_contact, version)"
            f" VALUES ({number}, 1, 1, 1, '{reference}', 'received', 'form',"
            f" '2026-12-17 20:15:00', '2026-12-17 20:15:00', {keyed_by}, 'P', 'S', 'C', 1)"
            for number, reference, keyed_by in (
                (1, OF_THE_COORDINATOR, 3),
                (2, OF_NOBODY, "NULL"),
            )
        ),
        "INSERT INTO case_event (id, case_id, at, person_id, stage, reason)"
        " VALUES (1, 2, '2026-12-17 20:15:00', NULL, 'received', '')",
    )

    flask_migrate.downgrade(revision="0030_letters")

    case = sa.table("review_case", sa.column("reference"), sa.column("keyed_by_id"))
    event = sa.table("case_event", sa.column("person_id"))
    with db.engine.connect() as connection:
        keyed_by = {row[0]: row[1] for row in connection.execute(sa.select(case))}
        recorded_by = connection.scalars(sa.select(event.c.person_id)).all()
    assert keyed_by == {OF_THE_COORDINATOR: 3, OF_NOBODY: 2}
    assert recorded_by == [2]
