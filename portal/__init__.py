"""The Case Review Portal: multi-agency ASB case reviews, from the request to the written plan."""

import os
from typing import cast

from flask import Flask
from flask_migrate import Migrate
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import migrating, models
from portal.access import actor, routes, tripwire
from portal.clock import Clock, SystemClock
from portal.config import Config, flask_settings
from portal.db import db
from portal.documents import shipped
from portal.models.person import Person
from portal.resources import MIGRATIONS, TEMPLATES
from portal.views import register
from portal.web import converters, errors, filters, headers, kept_forms, pages, turns, uploads

__all__ = ["create_app", "models", "tripwire"]


def create_app(config: Config | None = None, clock: Clock | None = None) -> Flask:
    """Build the app.

    Args:
        config: the settings; read from the environment where none are handed in.
        clock: the time it runs by; the computer's where none is handed in.

    Raises:
        ConfigError: the environment lacks settings; names them all.
        UnmarkedRouteError: a view does not say who may use it.
        BrokenInstallationError: a Word template that the portal comes with is missing or damaged.
    """
    shipped.check_whole()
    config = config or Config.from_env(os.environ)
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.config.update(flask_settings(config))
    app.extensions["clock"] = clock or SystemClock()
    app.extensions["portal_config"] = config
    if config.proxies:
        # Who asks is counted, and stands in the log: the proxy would be everybody.
        behind = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0, x_host=0)
        app.wsgi_app = behind  # type: ignore[method-assign]  # Flask's own way
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    turns.init_app(app)
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), **migrating.OPTIONS)
    CSRFProtect(app)
    # The core alone: hashing and the person's uniquifier. Our pages are our own views, so that
    # each is one transaction with its log entries.
    Security(
        app,
        SQLAlchemyUserDatastore(db, Person, cast("type[RoleMixin]", None)),
        register_blueprint=False,
    )
    for room in (actor, converters, filters, headers, pages, errors, kept_forms, uploads):
        room.init_app(app)
    routes.init_app(app)
    register(app)
    routes.check(app)
    return app
