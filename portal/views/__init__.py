"""The pages, one folder for those who use them; a view asks a service and fills a template."""

from flask import Flask

from portal.views.account import routes as account
from portal.views.cases import routes as cases
from portal.views.coordinator import routes as coordinator
from portal.views.front_door import routes as front_door
from portal.views.home import routes as home


def register(app: Flask) -> None:
    """Add every page to the app."""
    for room in (front_door, account, home, cases, coordinator):
        app.register_blueprint(room.bp)
