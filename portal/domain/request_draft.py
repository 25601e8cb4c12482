"""What somebody has answered so far of a request, as it was typed: pages, incidents, reports."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

Typed = Mapping[str, tuple[str, ...]]
_TICKED = "yes"
Thing = TypeVar("Thing")


class NoSuchPlaceError(LookupError):
    """An incident or a report that is neither there nor the next one."""


@dataclass(frozen=True)
class Place:
    """Where an answer stands: a page, an incident by its number, or a report of it.

    Attributes:
        page: name of the page; empty for an incident.
        incident, report: from 1; 0 where it is none.
    """

    page: str = ""
    incident: int = 0
    report: int = 0


@dataclass(frozen=True)
class Filled:
    """A form as it was filled in.

    Attributes:
        fields: what was typed, by the name of the control.
        is_done: it was found to be in order when it was saved.
    """

    fields: Typed = field(default_factory=dict)
    is_done: bool = False

    def said(self, name: str) -> str:
        """Return what was typed in a field, without the space around it; empty for nothing."""
        return next(iter(self.chosen(name)), "").strip()

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return all answers that were ticked in a field."""
        return tuple(self.fields.get(name, ()))

    def is_ticked(self, name: str) -> bool:
        """Say whether a single box was ticked."""
        return _TICKED in self.chosen(name)

    def day(self, name: str) -> dt.date | None:
        """Return the day that was typed in three parts, or none."""
        parts = [self.said(f"{name}-{part}") for part in ("year", "month", "day")]
        if not all(part.isascii() and part.isdigit() for part in parts):
            return None
        try:
            return dt.date(*map(int, parts))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class DraftIncident:
    """A time that something happened, and each report of it."""

    filled: Filled
    reports: tuple[Filled, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether all of it is in order."""
        return self.filled.is_done and all(report.is_done for report in self.reports)


@dataclass(frozen=True)
class DraftAnswers:
    """All that was answered so far."""

    pages: Mapping[str, Filled] = field(default_factory=dict)
    incidents: tuple[DraftIncident, ...] = ()

    def page(self, name: str) -> Filled:
        """Return a page as it was filled in; an empty one where it was not."""
        return self.pages.get(name, Filled())

    @property
    def reports(self) -> int:
        """How many reports there are."""
        return sum(len(incident.reports) for incident in self.incidents)

    def at(self, place: Place) -> Filled | None:
        """Return what stands in a place, or none where nothing does yet.

        Raises:
            NoSuchPlaceError: it is an incident or a report beyond the next one.
        """
        if not place.incident:
            return self.pages.get(place.page)
        if not place.report:
            found = _numbered(self.incidents, place.incident)
            return found.filled if found else None
        incident = _numbered(self.incidents, place.incident)
        if incident is None:
            raise NoSuchPlaceError
        return _numbered(incident.reports, place.report)

    def put(self, place: Place, filled: Filled) -> "DraftAnswers":
        """Return the answers with this one in its place.

        Raises:
            NoSuchPlaceError: as ``at``.
        """
        before = self.at(place)
        if not place.incident:
            return replace(self, pages={**self.pages, place.page: filled})
        if not place.report:
            kept = self.incidents[place.incident - 1].reports if before else ()
            return self._with(place.incident, DraftIncident(filled, kept))
        incident = self.incidents[place.incident - 1]
        reports = _put(incident.reports, place.report, filled)
        return self._with(place.incident, replace(incident, reports=reports))

    def without(self, place: Place) -> "DraftAnswers":
        """Return the answers without an incident or a report; one that is not there is no fault."""
        if not place.report:
            return replace(self, incidents=_without(self.incidents, place.incident))
        incident = _numbered(self.incidents, place.incident)
        if incident is None:
            return self
        reports = _without(incident.reports, place.report)
        return self._with(place.incident, replace(incident, reports=reports))

    def _with(self, number: int, incident: DraftIncident) -> "DraftAnswers":
        return replace(self, incidents=_put(self.incidents, number, incident))


def _numbered(things: tuple[Thing, ...], number: int) -> Thing | None:
    if not 1 <= number <= len(things) + 1:
        raise NoSuchPlaceError
    return things[number - 1] if number <= len(things) else None


def _put(things: tuple[Thing, ...], number: int, thing: Thing) -> tuple[Thing, ...]:
    return (*things[: number - 1], thing, *things[number:])


def _without(things: tuple[Thing, ...], number: int) -> tuple[Thing, ...]:
    return tuple(thing for n, thing in enumerate(things, start=1) if n != number)


def to_json(answers: DraftAnswers) -> dict[str, Any]:
    """Return the answers as they are stored."""
    return {
        "pages": {name: _filled_to_json(page) for name, page in answers.pages.items()},
        "incidents": [
            _filled_to_json(incident.filled)
            | {"reports": [_filled_to_json(report) for report in incident.reports]}
            for incident in answers.incidents
        ],
    }


def from_json(stored: Mapping[str, Any]) -> DraftAnswers:
    """Return the answers from what is stored; nothing stored is nothing answered."""
    return DraftAnswers(
        pages={name: _filled(page) for name, page in stored.get("pages", {}).items()},
        incidents=tuple(
            DraftIncident(_filled(each), tuple(_filled(report) for report in each["reports"]))
            for each in stored.get("incidents", ())
        ),
    )


def mark_of(filled: Filled | None) -> str:
    """Return a short mark of what stands in a place, by which a page knows what it was filled from.

    What was never filled in is marked as what was left empty.
    """
    text = json.dumps(_filled_to_json(filled or Filled()), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _filled_to_json(filled: Filled) -> dict[str, Any]:
    fields = {name: list(values) for name, values in filled.fields.items()}
    return {"fields": fields, "is_done": filled.is_done}


def _filled(stored: Mapping[str, Any]) -> Filled:
    fields = {name: tuple(values) for name, values in stored["fields"].items()}
    return Filled(fields, stored["is_done"])
