"""What an import adds to a case: which rows are new, and which reports belong to one incident.

The order of rows never matters: a file and the same file sorted otherwise add the same. Nor does
repetition: a row that was imported once adds nothing a second time.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.domain.imported_rows import ImportField, ReadReport, ReadRow

IncidentKey = tuple[dt.date, str]


@dataclass(frozen=True)
class NewIncident:
    """An incident to be added, with its reports."""

    happened_on: dt.date | None
    title: str
    account: str
    reports: tuple[ReadReport, ...]


@dataclass(frozen=True)
class ToJoin:
    """Reports to be added to an incident that came from this agency before."""

    incident_id: int
    reports: tuple[ReadReport, ...]


@dataclass(frozen=True)
class Present:
    """An incident of the case that came from this agency's export before."""

    id: int
    happened_on: dt.date | None
    title: str
    account: str


@dataclass(frozen=True)
class ImportPlan:
    """What an import adds.

    Attributes:
        digests: of the rows that are new, each once.
        rows_there: how many rows are there already, or stand twice in the file.
    """

    incidents: tuple[NewIncident, ...]
    joined: tuple[ToJoin, ...]
    digests: tuple[str, ...]
    rows_there: int

    @property
    def report_count(self) -> int:
        """How many reports are added, in new incidents and in known ones."""
        of_known = sum(len(each.reports) for each in self.joined)
        return of_known + sum(len(each.reports) for each in self.incidents)


def row_digest(agency_id: int, row: ReadRow) -> str:
    """Return what tells a row of an agency from every other: the same row has the same digest."""
    report = row.report
    parts = [
        agency_id,
        _iso(row.happened_on),
        row.title,
        row.account,
        _iso(report.reported_on) if report else None,
        *((report.how, report.their_reference, report.what_was_done) if report else ()),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def incident_key(happened_on: dt.date, title: str) -> IncidentKey:
    """Return what makes two rows speak of one incident: the same day and the same title."""
    return happened_on, " ".join(title.casefold().split())


def plan_import(
    agency_id: int, rows: Iterable[ReadRow], known: Collection[str], present: Sequence[Present]
) -> ImportPlan:
    """Return what the rows add.

    Args:
        agency_id: whose export it is.
        rows: the rows of the file.
        known: digests of the rows that this case has from earlier imports.
        present: the incidents that came from this agency's exports before.
    """
    count, fresh = 0, {}
    for row in rows:
        count += 1
        digest = row_digest(agency_id, row)
        if digest not in known:
            fresh[digest] = row
    grouped: dict[_Group, list[ReadRow]] = {}
    for digest in sorted(fresh):
        row = fresh[digest]
        grouped.setdefault(_group_of(row, digest), []).append(row)
    incidents, joined = _sort_out(grouped, _by_key(present))
    return ImportPlan(
        incidents=tuple(incidents),
        joined=tuple(joined),
        digests=tuple(sorted(fresh)),
        rows_there=count - len(fresh),
    )


_Group = tuple[dt.date, str, str]


def _group_of(row: ReadRow, digest: str) -> _Group:
    """Return what rows of one incident share; one whose day is not known is of no other."""
    if row.happened_on is None:
        return dt.date.min, "", digest
    return *incident_key(row.happened_on, row.title), ""


def _by_key(present: Sequence[Present]) -> dict[IncidentKey, Present]:
    """Return the incidents by their key; of two under one key the one that was added first.

    One whose day is not known any more has no key: no row of an export joins it.
    """
    ordered = sorted(present, key=lambda each: each.id, reverse=True)
    return {
        incident_key(each.happened_on, each.title): each for each in ordered if each.happened_on
    }


def _sort_out(
    grouped: Mapping[_Group, list[ReadRow]], present: Mapping[IncidentKey, Present]
) -> tuple[list[NewIncident], list[ToJoin]]:
    incidents, joined = [], []
    for key in sorted(grouped):
        whole = _one_incident(grouped[key])
        before = present.get(key[:2])
        # What stands in a case is not overwritten: another account makes another incident.
        if before is None or any(row.account not in before.account for row in grouped[key]):
            incidents.append(whole)
        elif whole.reports:
            joined.append(ToJoin(before.id, whole.reports))
    return incidents, joined


def _one_incident(rows: Sequence[ReadRow]) -> NewIncident:
    """Return the incident that the rows speak of, with every account and every report once."""
    accounts = sorted({row.account for row in rows} - {""})
    reports = sorted({row.report for row in rows if row.report}, key=_order)
    return NewIncident(
        happened_on=rows[0].happened_on,
        title=min(row.title for row in rows),
        account="\n\n".join(accounts),
        reports=tuple(reports),
    )


def _order(report: ReadReport) -> tuple[dt.date, str, str, str]:
    day = report.reported_on or dt.date.min
    return day, report.how, report.their_reference, report.what_was_done


_GUESSES: Mapping[ImportField, tuple[str, ...]] = {
    ImportField.HAPPENED_ON: (
        "happened on", "incident date", "date of incident", "date happened", "occurred on",
        "date occurred", "happened", "date",
    ),
    ImportField.TITLE: ("title", "what", "incident type", "type", "category", "summary"),
    ImportField.ACCOUNT: ("account", "description", "details", "what happened", "notes"),
    ImportField.REPORTED_ON: (
        "reported on", "date reported", "report date", "reported", "received",
    ),
    ImportField.HOW: ("reported how", "how", "how reported", "channel", "method", "source"),
    ImportField.THEIR_REFERENCE: (
        "their reference", "reference", "ref", "reference number", "incident number", "log number",
        "case number",
    ),
    ImportField.WHAT_WAS_DONE: (
        "what was done", "action taken", "actions taken", "action", "outcome", "result",
    ),
}  # fmt: skip
_NOT_WORDS = re.compile(r"[\W_]+")


def guess_columns(headings: Sequence[str]) -> dict[ImportField, str]:
    """Return the heading that each field probably stands under: a start for whoever maps them."""
    plain = {_NOT_WORDS.sub(" ", heading).casefold().strip(): heading for heading in headings}
    guesses = {
        field: next((plain[word] for word in words if word in plain), None)
        for field, words in _GUESSES.items()
    }
    return {field: heading for field, heading in guesses.items() if heading is not None}


def name_headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the headings so that each can be chosen: none empty, no two the same."""
    named: list[str] = []
    for number, cell in enumerate(cells, start=1):
        heading = cell[:100] or f"Column {number}"
        taken, again = {each.casefold() for each in named}, 2
        unique = heading
        while unique.casefold() in taken:
            unique, again = f"{heading} ({again})", again + 1
        named.append(unique)
    return tuple(named)
