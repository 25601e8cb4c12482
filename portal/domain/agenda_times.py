"""When the table was at which item of an agenda: one item at a time, sitting by sitting."""

import datetime as dt
import enum
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Progress(enum.StrEnum):
    """How far the meeting is with an item."""

    TO_COME = "to_come"
    NOW = "now"
    DONE = "done"


@dataclass(frozen=True)
class Span(Generic[Item]):
    """The table was at an item, from an instant to another one; without an end it still is."""

    item: Item
    sitting: int
    started_at: dt.datetime
    ended_at: dt.datetime | None = None


def present_item(spans: Iterable[Span[Item]], sitting: int) -> Item | None:
    """Return the item that the table is at in a sitting, or none."""
    open_spans = (each for each in spans if each.sitting == sitting and each.ended_at is None)
    return next((each.item for each in open_spans), None)


def moved_to(
    spans: Sequence[Span[Item]], item: Item, sitting: int, at: dt.datetime
) -> tuple[Span[Item], ...]:
    """Return the spans after the table went to an item, which ends the one before.

    To go to the item that it is at already changes nothing. What an earlier sitting left open
    ended with that sitting, and is ended here at the latest.
    """
    if present_item(spans, sitting) == item:
        return tuple(spans)
    return (*ended(spans, at), Span(item, sitting, at))


def ended(spans: Iterable[Span[Item]], at: dt.datetime) -> tuple[Span[Item], ...]:
    """Return the spans after the table left the item it was at."""
    return tuple(each if each.ended_at else replace(each, ended_at=at) for each in spans)


def progress_of(item: Item, spans: Iterable[Span[Item]], sitting: int) -> Progress:
    """Return how far the meeting is with an item, whichever sitting was at it."""
    own = [each for each in spans if each.item == item]
    if any(each.ended_at is None and each.sitting == sitting for each in own):
        return Progress.NOW
    return Progress.DONE if own else Progress.TO_COME


def first_item(items: Sequence[Item], spans: Sequence[Span[Item]]) -> Item | None:
    """Return where a sitting begins: at the item where the one before ended, else at the first."""
    last = spans[-1].item if spans else None
    return last if last in items else next(iter(items), None)
