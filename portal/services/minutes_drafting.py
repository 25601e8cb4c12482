"""Drafting the minutes from what the meeting recorded, once it is closed."""

from collections.abc import Iterator

from portal.access.gate import Opened, load_case
from portal.access.scope.meeting import meetings_for
from portal.db import db
from portal.domain.minutes import Section
from portal.domain.roles import Act, Actor
from portal.models.minutes import MinutesDraft, MinutesText
from portal.services.changes import mark_changed
from portal.services.minutes import stored_draft
from portal.services.minutes_gathering import accounts, gathered
from portal.services.minutes_record import Record, account_of, words_of
from portal.services.minutes_tables import tables_from
from portal.services.once import once


def draft_minutes(actor: Actor, reference: str, token: str) -> None:
    """Draft the minutes from what the meeting recorded; what was drafted before stays as it is."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_MINUTES, thing="drafted")
        if stored_draft(actor, opened) is None:
            _draft(actor, opened)


def _draft(actor: Actor, opened: Opened) -> None:
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one()
    record = gathered(actor, opened, meeting)
    draft = MinutesDraft(
        case_id=opened.case.id,
        drafted_at=actor.at,
        tables=tables_from(record),
        what_changed="",
    )
    mark_changed(actor, draft)
    db.session.add(draft)
    for number, (section, agency_id, words) in enumerate(_texts(actor, opened, record), start=1):
        text = MinutesText(
            case_id=opened.case.id,
            number=number,
            section=section,
            agency_id=agency_id,
            words=words,
        )
        mark_changed(actor, text)
        db.session.add(text)


def _texts(
    actor: Actor, opened: Opened, record: Record
) -> Iterator[tuple[Section, int | None, str]]:
    """Yield each text in the order of the sections, an account for each agency."""
    words = words_of(record)
    for section in Section:
        if section is Section.ACCOUNTS:
            for agency_id, titles in accounts(actor, opened):
                yield section, agency_id, account_of(titles)
        else:
            yield section, None, words.get(section, "")
