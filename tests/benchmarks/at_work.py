"""The portal as gunicorn loads it in production, on the days of the sample; loads nothing else."""

import datetime as dt
import os

from flask import Flask

from portal import create_app
from portal.clock import OffsetClock, SystemClock
from portal.config import Config
from portal.domain.dates import LONDON

BEGINS_AT = dt.datetime(2027, 1, 25, 9, 30, tzinfo=LONDON)


def portal() -> Flask:
    """Build the app from the environment."""
    clock = OffsetClock.starting_at(BEGINS_AT, SystemClock())
    return create_app(Config.from_env(os.environ), clock)
