"""The worker: hands out due messages, works imports off, makes PDFs, counts clocks, tidies up."""

import logging
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.config import Config
from portal.db import BusyError
from portal.mail import deliver
from portal.services import drafts, import_work, kept, pdf_work, recounting

logger = logging.getLogger("portal.worker")

IDLE_SECONDS = 1.0
TIDY_EVERY_SECONDS = 600.0
COUNT_EVERY_SECONDS = 10.0


def work(app: Flask, *, until_idle: bool = False) -> None:
    """Send and import what is due, until stopped, or until nothing is due any more."""
    config: Config = app.extensions["portal_config"]
    transport = deliver.transport_for(config)
    tidy_at = count_at = 0.0
    while True:
        if time.monotonic() >= tidy_at:
            _tidy(app)
            tidy_at = time.monotonic() + TIDY_EVERY_SECONDS
        if time.monotonic() >= count_at:
            _count_again(app)
            count_at = time.monotonic() + COUNT_EVERY_SECONDS
        if _send_next(app, transport, config.mail_from) or _import_next(app) or _pdf_next(app):
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
            now = app.extensions["clock"].now()
            kept.tidy(now)
            drafts.erase_old(now)
        except (SQLAlchemyError, BusyError) as error:
            logger.warning("Nothing could be tidied: %s", type(error).__name__)


def _count_again(app: Flask) -> None:
    """Move the clocks where days off have changed; a busy database is asked again later."""
    with app.app_context():
        try:
            recounting.count_again(app.extensions["clock"])
        except (SQLAlchemyError, BusyError) as error:
            logger.warning("The clocks cannot be counted again: %s", type(error).__name__)


def _import_next(app: Flask) -> bool:
    """Do one step of one import; a database that is away for a moment does not end the worker."""
    with app.app_context():
        try:
            return import_work.work_next(app.extensions["clock"])
        except (SQLAlchemyError, BusyError) as error:
            logger.warning("The imports cannot be read: %s", type(error).__name__)
            return False


def _pdf_next(app: Flask) -> bool:
    """Make one PDF; a database that is away for a moment does not end the worker."""
    with app.app_context():
        try:
            return pdf_work.work_next(app.extensions["clock"])
        except (SQLAlchemyError, BusyError) as error:
            logger.warning("The PDFs cannot be read: %s", type(error).__name__)
            return False
