"""A field that only programs fill in: it is off the screen, and no key or reader leads there."""

from flask_wtf import FlaskForm
from wtforms.fields import HiddenField

from portal.services import traps
from portal.views.request.holding import writer


class TrapField(HiddenField):
    """Stays empty. Its name is none that a browser or a password manager fills in."""


def is_trapped(form: FlaskForm, thing: str) -> bool:
    """Say whether a form that was sent has its trap filled in, and log it; nothing of it is kept.

    Whoever asks then answers as if all was well: a program learns nothing. Nothing says “sent” to
    somebody whose request was not, because the page after it finds no request that was sent.

    Args:
        form: as it was sent, with its tokens.
        thing: which form, for the log.
    """
    is_caught = bool(form["remark"].data)
    if is_caught:
        traps.record_trapped(writer(), thing)
    return is_caught
