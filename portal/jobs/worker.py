"""The worker: takes what is due from the outbox and hands it to the mail server."""

import time

from flask import Flask

from portal.config import Config
from portal.mail import deliver

IDLE_SECONDS = 1.0


def work(app: Flask, *, until_idle: bool = False) -> None:
    """Send what is due, until stopped, or until nothing is due any more."""
    config: Config = app.extensions["portal_config"]
    transport = deliver.transport_for(config)
    while True:
        with app.app_context():
            busy = deliver.send_next(app.extensions["clock"], transport, config.mail_from)
        if busy:
            continue
        if until_idle:
            return
        time.sleep(IDLE_SECONDS)
