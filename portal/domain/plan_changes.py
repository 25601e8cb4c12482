"""What has changed between an issue of a plan and the actions as they stand now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.dates import in_words


@dataclass(frozen=True, kw_only=True)
class Stood:
    """An action as it stands, or stood in an issue.

    Attributes:
        number: the panel's, which an action keeps for life.
        owner: who owns it, in one line.
        words: for the applicant; empty where they are not told.
        is_superseded: it is no longer part of the plan.
    """

    number: int
    what: str
    owner: str
    due_on: dt.date | None
    how_we_know: str
    words: str
    is_superseded: bool


@dataclass(frozen=True)
class Differences:
    """What has changed, a sentence each: for the panel, and in words for the applicant.

    The applicant's sentences are made of nothing but days, names of owners and the words that were
    written for them.
    """

    panel: tuple[str, ...]
    applicant: tuple[str, ...]


def differences(before: Sequence[Stood], now: Sequence[Stood]) -> Differences:
    """Compare two states of a plan's actions, in the order that they have now.

    An action that the applicant was never told of, and is not now, says nothing to them.
    """
    old = {each.number: each for each in before}
    panel: list[str] = []
    applicant: list[str] = []
    for each in now:
        was = old.get(each.number)
        if was == each:
            continue
        panel.extend(_for_panel(was, each))
        applicant.extend(_for_applicant(was, each))
    return Differences(tuple(panel), tuple(applicant))


def _for_panel(was: Stood | None, now: Stood) -> list[str]:
    name = f"Action {now.number}"
    if was is None or (was.is_superseded and not now.is_superseded):
        return [f"{name} is new"]
    if now.is_superseded:
        return [] if was.is_superseded else [f"{name} is superseded"]
    found = []
    if now.due_on != was.due_on:
        found.append(f"{name} has a new day: {_day(now.due_on)} instead of {_day(was.due_on)}")
    if now.owner != was.owner:
        found.append(f"{name} has a new owner: {now.owner} instead of {was.owner}")
    if (now.what, now.how_we_know) != (was.what, was.how_we_know):
        found.append(f"{name} is worded anew")
    if now.words != was.words:
        found.append(f"{name}: the applicant reads other words")
    return found


def _for_applicant(was: Stood | None, now: Stood) -> list[str]:
    before = "" if was is None or was.is_superseded else was.words
    after = "" if now.is_superseded else now.words
    if not before:
        return [f"New: {after}"] if after else []
    if not after:
        return [f"No longer in your plan: {before}"]
    found = []
    if was is not None and now.due_on != was.due_on:
        found.append(f"New day, {_day(now.due_on)} instead of {_day(was.due_on)}: {after}")
    if was is not None and now.owner != was.owner:
        found.append(f"{now.owner} does this now: {after}")
    if after != before and not found:
        found.append(f"Changed: {after}")
    return found


def _day(day: dt.date | None) -> str:
    return in_words(day) if day else "no day"
