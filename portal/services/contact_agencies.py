"""Which agencies the applicant agreed to: they may have address, phone and email."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.request import contact_consents_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.consent import ContactConsent
from portal.services.agencies import agencies_of_area
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once


@dataclass(frozen=True)
class ContactForm:
    """Which agencies may have the applicant's contact details, as the form needs it."""

    frame: CaseFrame
    agencies: dict[int, str]
    chosen: tuple[int, ...]
    version: int


def _rows(actor: Actor, case_id: int) -> list[ContactConsent]:
    return list(db.session.scalars(contact_consents_for(actor, case_id)))


def agreed_agencies(actor: Actor, case_id: int) -> set[int]:
    """Return the agencies that the applicant agrees to now, by number."""
    return {row.agency_id for row in _rows(actor, case_id) if row.ended_at is None}


def _version(rows: Collection[ContactConsent]) -> int:
    """Return how often an agency was added or taken off: grows with every change."""
    return len(rows) + sum(row.ended_at is not None for row in rows)


def open_contact_form(actor: Actor, reference: str) -> ContactForm:
    """Return which agencies may have the applicant's contact details, to be changed."""
    with transaction():
        opened = load_case(actor, reference, Act.RECORD_CONSENT, thing="contact details")
        rows = _rows(actor, opened.case.id)
        return ContactForm(
            frame=frame(actor, opened),
            agencies=agencies_of_area(actor),
            chosen=tuple(sorted(row.agency_id for row in rows if row.ended_at is None)),
            version=_version(rows),
        )


def choose_contact_agencies(
    actor: Actor,
    reference: str,
    token: str,
    *,
    agency_ids: Collection[int],
    agreed_on: dt.date,
    version: int | None,
) -> None:
    """Say which agencies the applicant agreed to; those that are left out lose it at once.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: an agency is not of this area, or the day lies in the future.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RECORD_CONSENT, thing="contact details")
        rows = _rows(actor, opened.case.id)
        if _version(rows) != version:
            raise _who_changed(rows)
        if not set(agency_ids) <= set(agencies_of_area(actor)):
            raise IntakeError("agencies", "Select agencies of this area")
        if agreed_on > london_day(actor.at):
            raise IntakeError("agreed_on", "The day they agreed must be today or in the past")
        _end_and_add(actor, opened, rows, set(agency_ids), agreed_on)


def _who_changed(rows: Collection[ContactConsent]) -> ChangedMeanwhileError:
    last = max(rows, key=lambda row: row.ended_at or row.recorded_at, default=None)
    if last is None:
        return ChangedMeanwhileError()
    by = name_of(last.ended_by_id or last.recorded_by_id)
    return ChangedMeanwhileError(by=by, at=last.ended_at or last.recorded_at)


def _end_and_add(
    actor: Actor,
    opened: Opened,
    rows: Collection[ContactConsent],
    wanted: set[int],
    agreed_on: dt.date,
) -> None:
    held = {row.agency_id: row for row in rows if row.ended_at is None}
    for agency_id, row in held.items():
        if agency_id not in wanted:
            row.ended_at, row.ended_by_id = actor.at, actor.person_id
    db.session.add_all(
        ContactConsent(
            case_id=opened.case.id,
            agency_id=agency_id,
            agreed_on=agreed_on,
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
        )
        for agency_id in sorted(wanted - set(held))
    )
