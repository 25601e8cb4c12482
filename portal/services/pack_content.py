"""What the papers for a sitting say: the agenda for the panel, and a pack for each of its members.

A pack is asked for as the member would ask: through the gate, with the statements of the pages.
What they may not read is never handed to what builds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, glance
from portal.access.on_behalf import acting_for
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.people import chairs_for
from portal.access.scope.reports import reports_for
from portal.db import db
from portal.documents.content import Fact, PanelContact, PanelText, long_date
from portal.documents.papers import (
    AgendaPaper,
    AgendaRow,
    Pack,
    PackAgendaRow,
    PackEvent,
    PackItem,
    PackPaper,
    PackReturn,
    PackStub,
    PaperMeeting,
    ReaderText,
)
from portal.domain.dates import time_of
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling
from portal.domain.roles import Act, Actor, Role
from portal.domain.threshold.facts import ReportState
from portal.models.case import Report
from portal.models.meeting import Meeting
from portal.models.person import Area, Person
from portal.services.agenda import ShownAgenda, shown_agenda
from portal.services.assessment import shown_decision
from portal.services.chronology import ITEM, OWN_WORDS, Line, lines_for
from portal.services.documents import LABELS, shown_documents
from portal.services.frames import frame
from portal.services.items import ShownItem, ShownStub, items_and_stubs
from portal.services.report_states import ShownChange, states_of
from portal.services.words import REPORT_STATES

_NO_DAY = Fact("Day not known")
_NO_ANSWER = "No answer"
# As the labels on the pages say it.
_HANDLINGS = {
    Handling.PANEL: "Panel",
    Handling.STATUTORY: "Statutory agencies",
    Handling.NAMED: "Named",
    Handling.CHAIR_AND_COORDINATOR: "Chair and coordinator",
}
_TOLD = {
    "yes": "The applicant may be told",
    "in_these_words": "The applicant may be told in other words",
    OWN_WORDS: "The applicant’s own words",
}
_NOT_TOLD = "The applicant is not told"


@dataclass(frozen=True)
class Cover:
    """What stands at the top of every paper of an issue, whoever gets it."""

    office_name: Fact
    reference: Fact
    applicant_name: Fact
    lga_name: Fact
    issue_number: int
    issued_on: Fact
    what_changed: PanelText
    meeting: PaperMeeting
    contact: PanelContact


@dataclass(frozen=True)
class MemberPack:
    """The pack of one member, and who that is: of an agency, or the chair."""

    person_id: int
    agency_id: int | None
    pack: Pack


def cover_of(
    actor: Actor, opened: Opened, meeting: Meeting, number: int, what_changed: str
) -> Cover:
    """Return the top of the papers; belongs inside a transaction."""
    area = db.session.get_one(Area, opened.case.area_id)
    top = frame(actor, opened)
    return Cover(
        office_name=Fact(area.office_name),
        reference=Fact(opened.case.reference),
        applicant_name=Fact(top.name),
        lga_name=Fact(top.lga),
        issue_number=number,
        issued_on=long_date(london_day(actor.at)),
        what_changed=PanelText(what_changed),
        meeting=PaperMeeting(
            when=Fact(_when(meeting)), place=Fact(meeting.place), chair=_chair(actor, opened)
        ),
        contact=PanelContact(
            name=Fact(actor.name), phone=Fact(area.office_phone), email=Fact(area.office_email)
        ),
    )


def _when(meeting: Meeting) -> str:
    start, end = meeting.starts_at, meeting.ends_at
    return f"{long_date(london_day(start))}, {time_of(start)} to {time_of(end)}"


def _chair(actor: Actor, opened: Opened) -> Fact:
    appointed = db.session.scalars(chairs_for(actor, opened.case.id)).one_or_none()
    if appointed is None:
        return Fact("")
    return Fact(f"{db.session.get_one(Person, appointed.person_id).name}, independent")


def agenda_paper(actor: Actor, opened: Opened, meeting: Meeting, cover: Cover) -> AgendaPaper:
    """Build the agenda for the whole panel: without what is restricted, whoever issues it."""
    agenda = shown_agenda(actor, opened, meeting)
    return AgendaPaper(
        **vars(cover),
        items=tuple(
            AgendaRow(
                number=Fact(item.number),
                title=PanelText(item.title),
                part=Fact(item.part_label),
                minutes=item.minutes,
                lead=PanelText(item.lead),
            )
            for item in agenda.items
        ),
        minutes=agenda.minutes,
    )


def members_of(opened: Opened) -> tuple[CaseReader, ...]:
    """Return who gets a pack: all who can open the case for an agency, and the chair.

    The office has issued it. Whoever is excluded, has left or only observes is not among them.
    """
    people = readers_of(opened.case)
    return tuple(each for each in people if each.role is not Role.COORDINATOR)


def packs_of(
    actor: Actor, opened: Opened, meeting: Meeting, cover: Cover
) -> tuple[MemberPack, ...]:
    """Build each member's pack as that member reads the case; belongs inside a transaction."""
    found = []
    for member in members_of(opened):
        reader = acting_for(
            member.person_id, member.role, opened.case.area_id, member.agency_id, actor.at
        )
        theirs = None if reader is None else _opened_by(reader, opened.case.reference)
        if reader is None or theirs is None:
            continue
        pack = pack_for(reader, theirs, meeting, cover, member.label)
        found.append(MemberPack(member.person_id, member.agency_id, pack))
    return tuple(found)


def _opened_by(reader: Actor, reference: str) -> Opened | None:
    """Return the case as it opens for somebody else; none where its door is shut to them."""
    try:
        return glance(reader, reference, Act.READ_DOCUMENT)
    except (CaseNotFoundError, ActRefusedError):
        return None


def pack_for(reader: Actor, opened: Opened, meeting: Meeting, cover: Cover, label: str) -> Pack:
    """Build the pack of one reader with their own rights; belongs inside a transaction.

    Args:
        reader: whose pack it is.
        opened: the case, opened by them.
        meeting: the sitting that it is for.
        cover: what stands at the top of every pack.
        label: name and body of the reader.
    """
    people = readers_of(opened.case)
    shared = items_and_stubs(reader, opened, people)
    decision = shown_decision(reader, opened.case.id)
    agenda = shown_agenda(reader, opened, meeting, is_projected=False)
    lines = lines_for(reader, opened, people, decision, meeting)
    return Pack(
        **vars(cover),
        reader=Fact(label),
        agenda=_agenda_rows(agenda),
        events=tuple(map(_event, lines)),
        items=tuple(map(_item, shared.items)),
        withdrawn=tuple(map(_stub, shared.stubs)),
        returns=_returns(reader, opened),
        papers=tuple(
            PackPaper(
                label=Fact(f"{each.label}, issue {each.number}"),
                issued_on=long_date(london_day(each.issued_at)),
            )
            for each in shown_documents(reader, opened, LABELS)
        ),
    )


def _agenda_rows(agenda: ShownAgenda) -> tuple[PackAgendaRow, ...]:
    return tuple(
        PackAgendaRow(
            number=Fact(item.number),
            title=ReaderText(item.title),
            part=Fact(item.part_label),
            minutes=item.minutes,
            lead=ReaderText(item.lead),
        )
        for item in agenda.items
    )


def _event(line: Line) -> PackEvent:
    labels = [_handling(line.handling, line.named)]
    if line.told:
        labels.append(_told(line.told))
    return PackEvent(
        when=_NO_DAY if line.on is None else long_date(line.on),
        title=ReaderText(line.title),
        text=ReaderText("" if line.kind == ITEM else line.text),
        source=ReaderText(line.byline),
        handling=Fact(". ".join(labels)),
    )


def _item(item: ShownItem) -> PackItem:
    return PackItem(
        title=ReaderText(item.title),
        when=long_date(item.happened_on),
        shared_by=Fact(item.shared_by),
        handling=Fact(_handling(item.handling, item.named)),
        told=Fact(_told(item.told)),
        text=ReaderText(item.content),
        words=ReaderText(item.words),
    )


def _stub(stub: ShownStub) -> PackStub:
    on = long_date(london_day(stub.withdrawn_at))
    return PackStub(
        when=long_date(stub.happened_on),
        shared_by=Fact(stub.shared_by),
        withdrawn=ReaderText(f"withdrawn on {on} by {stub.withdrawn_by}."),
        reason=ReaderText(stub.reason),
    )


def _handling(handling: str, named: Sequence[str]) -> str:
    label = _HANDLINGS[Handling(handling)]
    return f"{label}: {', '.join(named)}" if named else label


def _told(told: str) -> str:
    return _TOLD.get(told, _NOT_TOLD)


def _returns(reader: Actor, opened: Opened) -> tuple[PackReturn, ...]:
    """Return how each report was answered; silence is shown as silence, never as nothing held."""
    said = states_of(reader, opened.case.id)
    reports = db.session.scalars(reports_for(reader, opened.case.id))
    return tuple(_return(report, said.get(report.id, ())) for report in reports)


def _return(report: Report, said: Sequence[ShownChange]) -> PackReturn:
    is_silent = report.state is ReportState.CLAIMED
    return PackReturn(
        when=_NO_DAY if report.reported_on is None else long_date(report.reported_on),
        agency=ReaderText(report.reported_to or "Somebody whose name is not known"),
        answer=Fact(_NO_ANSWER if is_silent else REPORT_STATES[report.state]),
        said=ReaderText("\n".join(part for part in (said[-1].line, said[-1].reason) if part))
        if said
        else ReaderText(""),
    )
