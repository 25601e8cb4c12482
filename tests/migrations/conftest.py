"""What the tests of migrations share."""

import pytest

from portal.db import db
from tests.apps import make_app


@pytest.fixture
def bare(empty_address):
    """An app on a database without tables."""
    app = make_app(empty_address)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
