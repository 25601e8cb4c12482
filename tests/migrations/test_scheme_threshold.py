"""Schemes that were stored before they had a threshold get the one of their preset."""

import datetime as dt
from typing import Any

import flask_migrate
import sqlalchemy as sa

from portal.db import db
from portal.domain import presets
from portal.models.scheme import SchemeVersion

DAY = dt.date(2020, 1, 1)


def _stored() -> list[dict[str, object]]:
    with db.engine.connect() as connection:
        return list(connection.scalars(sa.select(SchemeVersion.rules).order_by(SchemeVersion.id)))


def _as_first_stored(scheme: presets.Scheme) -> dict[str, Any]:
    """Return a scheme as it was stored then: clocks with one number, one unit and one event."""
    return {
        "name": scheme.name,
        "clocks": [
            {
                "clock": rule.clock.value,
                "number": rule.limit.number,
                "unit": rule.limit.unit.value,
                "starts_from": rule.starts_from[0].value,
                "source": rule.source,
                "before": rule.before,
                "opens_from": rule.opens_from.value if rule.opens_from else None,
            }
            for rule in scheme.clocks
            if rule.limit
        ],
    }


def test_a_preset_gets_its_routes_another_scheme_the_floor_and_both_lose_them_again(bare):
    flask_migrate.upgrade(revision="0007_typed_case")
    before = [_as_first_stored(presets.durham()), _as_first_stored(presets.gloucestershire())]
    before.append(before[0] | {"name": "Our own"})
    with db.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO area VALUES (1, 'a', 'A', 'O', '', '')")
        connection.execute(
            sa.insert(SchemeVersion),
            [
                {"id": number, "area_id": 1, "number": number, "in_force_on": DAY, "rules": rules}
                for number, rules in enumerate(before, start=1)
            ],
        )

    flask_migrate.upgrade()

    durham, gloucestershire, own = _stored()
    assert presets.from_json(durham) == presets.durham()
    assert presets.from_json(gloucestershire) == presets.gloucestershire()
    assert (own["threshold"]["any_of"], own["threshold"]["floor"]["number"]) == ([], 3)

    flask_migrate.downgrade(revision="0007_typed_case")

    assert _stored() == before
