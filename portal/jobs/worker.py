"""The worker: hands what is due from the outbox to the mail server, and tidies up."""

import logging
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.config import Config
from portal.db import BusyError
from portal.mail import deliver
from portal.services import kept

logger = logging.getLogger("portal.worker")

IDLE_SECONDS = 1.0
TIDY_EVERY_SECONDS = 600.0


def work(app: Flask, *, until_idle: bool = False) -> None:
    """Send what is due, until stopped, or until nothing is due any more."""
    config: Config = app.extensions["portal_config"]
    transport = deliver.transport_for(config)
    tidy_at = 0.0
    while True:
        if time.monotonic() >= tidy_at:
            _tidy(app)
            tidy_at = time.monotonic() + TIDY_EVERY_SECONDS
        if _send_next(app, transport, config.mail_from):
            continue
        if until_idle:
            return
        time.sleep(IDLE_SECONDS)


def _send_next(app: Flask, transport: deliver.Transport, sender: str) -> bool:
    """Send one message; a database that is away for a moment does not end the worker."""
    with app.app_context():
        try:
            return deliver.send_next(app.extensions["clock"], transport, sender)
        except (SQLAlchemyError, BusyError) as error:
            logger.warning("The outbox cannot be read: %s", type(error).__name__)
            return False


def _tidy(app: Flask) -> None:
    """Let go of what is kept for a time only."""
    with app.app_context():
        try:
            kept.tidy(app.extensions["clock"].now())
        except (SQLAlchemyError, BusyError) as error:
            logger.warning("Nothing could be tidied: %s", type(error).__name__)
