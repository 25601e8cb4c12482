import pytest

import portal
from portal.access import routes
from portal.domain.roles import Act
from tests.apps import make_app
from tests.pages import Client


def test_every_route_says_who_may_use_it(app):
    rules = {
        endpoint: getattr(view, "access_rule", None)
        for endpoint, view in app.view_functions.items()
    }

    assert rules["static"] == routes.PUBLIC
    assert {each for each in rules.values() if each not in {*Act, routes.PUBLIC}} == set()


def test_the_app_does_not_start_with_a_route_that_says_nothing(monkeypatch):
    register = portal.register

    def register_and_forget(app):
        register(app)
        app.add_url_rule("/forgotten", "forgotten", lambda: "open to all")

    monkeypatch.setattr(portal, "register", register_and_forget)

    with pytest.raises(routes.UnmarkedRouteError, match="forgotten"):
        make_app("sqlite://")


def test_a_route_that_says_nothing_is_closed_even_if_the_app_has_started(app):
    own = make_app(app.config["SQLALCHEMY_DATABASE_URI"])
    own.add_url_rule("/forgotten", "forgotten", lambda: "open to all")

    assert Client(own).get("/forgotten").status == 403
