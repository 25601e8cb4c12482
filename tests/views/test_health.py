import datetime as dt

import flask_migrate
import sqlalchemy as sa

from portal.access.scope import unscoped
from portal.db import db, transaction
from portal.models.outbox import DeliveryState, OutboxMessage


def test_health_is_well_when_nothing_waits(visitor):
    page = visitor.get("/health")

    assert page.status == 200
    assert page.response.json == {
        "database": "ok",
        "migration": "ok",
        "oldest_unsent_seconds": 0,
        "undelivered": 0,
    }
