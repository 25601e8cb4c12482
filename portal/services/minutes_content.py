"""From the draft to what the minutes say: sections with something on record, numbered 1 to n."""

from collections.abc import Iterable, Mapping, Sequence

from portal.access.gate import Opened
from portal.access.scope.people import chairs_for
from portal.db import db
from portal.documents.content import Fact, PanelContact, PanelText, long_date
from portal.documents.minutes import (
    MinutesAccount,
    MinutesContent,
    MinutesSection,
    MinutesSections,
)
from portal.domain.deadlines import london_day
from portal.domain.minutes import Section
from portal.domain.roles import Actor
from portal.models.minutes import MinutesDraft
from portal.models.person import Area, Person
from portal.services.frames import frame
from portal.services.minutes import ShownText
from portal.services.minutes_tables import tables_of


def numbered(words: Mapping[Section, str], with_rows: Iterable[Section]) -> MinutesSections:
    """Return every section, those that say something numbered 1 to n, the others 0.

    Args:
        words: of the sections, a paragraph a line.
        with_rows: sections whose table has a row.
    """
    tables = frozenset(with_rows)
    found: dict[str, MinutesSection] = {}
    number = 0
    for section in Section:
        lines = tuple(
            PanelText(line) for line in words.get(section, "").split("\n") if line.strip()
        )
        says_something = bool(lines) or section in tables
        number += says_something
        found[section.value] = MinutesSection(number=number if says_something else 0, lines=lines)
    return MinutesSections(**found)


def minutes_content(
    actor: Actor, opened: Opened, draft: MinutesDraft, texts: Sequence[ShownText], number: int
) -> MinutesContent:
    """Build what the minutes say; belongs inside a transaction."""
    area = db.session.get_one(Area, opened.case.area_id)
    top = frame(actor, opened)
    tables = tables_of(draft.tables)
    told = tuple(_account(text) for text in _of(texts, Section.ACCOUNTS) if text.words.strip())
    sections = numbered(
        {text.section: text.words for text in texts if text.section is not Section.ACCOUNTS},
        _with_rows(
            {
                Section.ATTENDANCE: tables.attendance,
                Section.ACCOUNTS: told,
                Section.ADEQUACY: tables.adequacy,
                Section.POWERS: tables.powers,
                Section.ACTIONS: tables.actions,
                Section.RECOMMENDATIONS: tables.recommendations,
            }
        ),
    )
    return MinutesContent(
        office_name=Fact(area.office_name),
        reference=Fact(opened.case.reference),
        applicant_name=Fact(top.name),
        lga_name=Fact(top.lga),
        issue_number=number,
        issued_on=long_date(london_day(actor.at)),
        what_changed=PanelText(draft.what_changed),
        chair=Fact(_chair(actor, opened)),
        attendance_rows=tables.attendance,
        account_rows=told,
        adequacy_rows=tables.adequacy,
        power_rows=tables.powers,
        action_rows=tables.actions,
        recommendation_rows=tables.recommendations,
        agreed_by=Fact(_agreed(draft)),
        contact=PanelContact(
            name=Fact(actor.name), phone=Fact(area.office_phone), email=Fact(area.office_email)
        ),
        sections=sections,
    )


def _with_rows(tables: Mapping[Section, Sequence[object]]) -> list[Section]:
    return [section for section, rows in tables.items() if rows]


def _of(texts: Sequence[ShownText], section: Section) -> list[ShownText]:
    return [text for text in texts if text.section is section]


def _account(text: ShownText) -> MinutesAccount:
    return MinutesAccount(agency=Fact(text.heading), words=PanelText(text.words.strip()))


def _chair(actor: Actor, opened: Opened) -> str:
    appointed = db.session.scalars(chairs_for(actor, opened.case.id)).one_or_none()
    if appointed is None:
        return "none appointed now"
    return f"{db.session.get_one(Person, appointed.person_id).name}, independent"


def _agreed(draft: MinutesDraft) -> str:
    if draft.agreed_at is None or draft.agreed_by_id is None:
        return ""
    chair = db.session.get_one(Person, draft.agreed_by_id)
    return f"Agreed by {chair.name}, chair, on {long_date(london_day(draft.agreed_at))}."
