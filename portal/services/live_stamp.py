"""Tells the open pages of a meeting that something of what they show has changed."""

from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.live import SIGN_OF_LIFE, move_stamp_of, pulse
from portal.db import db
from portal.domain.roles import Actor


@dataclass(frozen=True)
class Pulse:
    """What an open page asks every few seconds.

    Attributes:
        stamp: one more at every change.
        writing: how many are writing in something; somebody who stops without a word counts for
            two minutes more.
        is_present: the actor is marked as here in a sitting that is under way.
    """

    stamp: int
    writing: int
    is_present: bool


def moved(opened: Opened) -> None:
    """Let every open page of the case's meeting ask for the latest; belongs inside a transaction.

    Whatever changes the agenda, who is here or what is agreed calls it; a page that is told too
    often only asks once more.
    """
    db.session.execute(move_stamp_of(opened.case.id))


def pulse_of(actor: Actor, opened: Opened) -> Pulse:
    """Return the pulse of a case's meeting in one statement; all zero where none is booked."""
    asked = {
        "of_case": opened.case.id,
        "of_person": actor.person_id,
        "alive_after": actor.at - SIGN_OF_LIFE,
    }
    found = db.session.execute(pulse(), asked).one_or_none()
    return Pulse(found[0], found[1], bool(found[2])) if found else Pulse(0, 0, is_present=False)


def token_of(felt: Pulse) -> str:
    """Return what a page remembers to ask whether anything is newer."""
    return f"{felt.stamp}-{felt.writing}"
