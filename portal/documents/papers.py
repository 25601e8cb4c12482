"""What papers to the panel say: the agenda, each member's pack, the request to one agency.

A pack is one reader's: it may hold what no other member reads. `ReaderText` keeps its text from
any field of a paper that more people get.
"""

from dataclasses import dataclass
from typing import NewType, TypeAlias

from portal.documents.content import OFFICIAL_SENSITIVE, Fact, PanelContact, PanelText

ReaderText = NewType("ReaderText", str)


@dataclass(frozen=True, kw_only=True)
class PaperMeeting:
    """The sitting that the paper is for.

    Attributes:
        when: day and hours, "Tuesday 19 January 2027, 10am to 11:30am".
        place: room.
        chair: who leads it, "Margaret Lyle, independent"; empty where nobody is appointed.
    """

    when: Fact
    place: Fact
    chair: Fact


@dataclass(frozen=True, kw_only=True)
class AgendaRow:
    """An item of the agenda, as the whole panel reads it.

    Attributes:
        number: what it is shown with; empty for one that takes none.
        title: what it is about.
        part: who is at the table, "Closed: the panel alone".
        minutes: how long it takes.
        lead: who leads it.
    """

    number: Fact
    title: PanelText
    part: Fact
    minutes: int
    lead: PanelText


@dataclass(frozen=True, kw_only=True)
class AgendaPaper:
    """The agenda of a sitting: no restricted item is on it.

    Attributes:
        office_name: the office of the local policing body.
        reference: the case's public reference.
        applicant_name: whose case it is.
        lga_name: the local government area that the case belongs to.
        issue_number: 1 for the first issue.
        issued_on: the day written out.
        what_changed: since the issue before; no line when empty.
        meeting: when, where and under whom.
        items: in their order.
        minutes: how long they take together.
        contact: the coordinator.
        marking: the protective marking on each page.
    """

    office_name: Fact
    reference: Fact
    applicant_name: Fact
    lga_name: Fact
    issue_number: int
    issued_on: Fact
    what_changed: PanelText
    meeting: PaperMeeting
    items: tuple[AgendaRow, ...]
    minutes: int
    contact: PanelContact
    marking: Fact = OFFICIAL_SENSITIVE


@dataclass(frozen=True, kw_only=True)
class PackAgendaRow:
    """An item of the agenda as one reader reads it; those who lead read restricted ones too.

    Attributes:
        number, part, minutes: as of `AgendaRow`.
        title, lead: for this reader.
    """

    number: Fact
    title: ReaderText
    part: Fact
    minutes: int
    lead: ReaderText


@dataclass(frozen=True, kw_only=True)
class PackEvent:
    """A line of the chronology.

    Attributes:
        when: the day written out, or that it is not known.
        title: what happened.
        text: more of it; empty for what was shared, which stands in full further on.
        source: whom it comes from.
        handling: who reads it, "Panel".
    """

    when: Fact
    title: ReaderText
    text: ReaderText
    source: ReaderText
    handling: Fact


@dataclass(frozen=True, kw_only=True)
class PackItem:
    """A thing that was shared and that this reader may read.

    Attributes:
        title: of the thing.
        when: the day it is about, written out.
        shared_by: the agency, or the office.
        handling: who reads it, "Named: Hexley Council".
        told: whether the applicant may be told.
        text: all of it; line breaks are kept.
        words: the words for the applicant; empty where there are none.
    """

    title: ReaderText
    when: Fact
    shared_by: Fact
    handling: Fact
    told: Fact
    text: ReaderText
    words: ReaderText


@dataclass(frozen=True, kw_only=True)
class PackStub:
    """What stands where a thing was withdrawn.

    Attributes:
        when: the day it was about, written out.
        shared_by: the agency, or the office.
        withdrawn: by whom and when.
        reason: why.
    """

    when: Fact
    shared_by: Fact
    withdrawn: ReaderText
    reason: ReaderText


@dataclass(frozen=True, kw_only=True)
class PackReturn:
    """How a report was answered by the agency that it was made to.

    Attributes:
        when: the day of the report, written out, or that it is not known.
        agency: whom it was made to.
        answer: "Confirmed", "Not traced", or that there is no answer.
        said: who said so, and when; empty without an answer.
    """

    when: Fact
    agency: ReaderText
    answer: Fact
    said: ReaderText


@dataclass(frozen=True, kw_only=True)
class PackPaper:
    """A paper that was issued before and that this reader may open.

    Attributes:
        label: "Agenda, issue 1".
        issued_on: the day written out.
    """

    label: Fact
    issued_on: Fact


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The papers of one member for a sitting: what that member may read, and nothing else.

    Attributes:
        office_name, reference, applicant_name, lga_name, issue_number, issued_on, meeting,
            contact, marking: as of the agenda.
        what_changed: since the pack before, for every member alike; no line when empty.
        reader: whose pack it is, "Marie Castell, Hexley Council".
        agenda: in its order.
        events: the chronology, the oldest first.
        items: what was shared, the oldest first.
        withdrawn: what was withdrawn since it was shared.
        returns: how each report was answered.
        papers: what was issued before.
    """

    office_name: Fact
    reference: Fact
    applicant_name: Fact
    lga_name: Fact
    issue_number: int
    issued_on: Fact
    what_changed: PanelText
    reader: Fact
    meeting: PaperMeeting
    agenda: tuple[PackAgendaRow, ...]
    events: tuple[PackEvent, ...]
    items: tuple[PackItem, ...]
    withdrawn: tuple[PackStub, ...]
    returns: tuple[PackReturn, ...]
    papers: tuple[PackPaper, ...]
    contact: PanelContact
    marking: Fact = OFFICIAL_SENSITIVE


@dataclass(frozen=True, kw_only=True)
class AskedReport:
    """A report that an agency is asked to look for.

    Attributes:
        happened_on, reported_on: the days written out, or that they are not known.
        to: whom it was made to.
        their_reference: the reference that was given; may be empty.
    """

    happened_on: Fact
    reported_on: Fact
    to: PanelText
    their_reference: PanelText


@dataclass(frozen=True, kw_only=True)
class InformationRequest:
    """What one agency is asked for, and under which law. It names no party of the case.

    Attributes:
        office_name, reference, lga_name, issued_on, contact, marking: as of the agenda.
        issue_number: 1 for the first to this agency.
        what_changed: since the one before; empty in the first.
        agency: who is asked.
        due_on: the last day for the return, written out.
        due_how: how that day was worked out.
        duty: the sentences on what this kind of agency must and may do.
        safe_contact: how the applicant may be reached; may be empty.
        period_from, period_to: the days written out.
        reports: all that are known, also those made to others.
        extra: what is asked besides; may be empty.
    """

    office_name: Fact
    reference: Fact
    lga_name: Fact
    issue_number: int
    issued_on: Fact
    what_changed: PanelText
    agency: Fact
    due_on: Fact
    due_how: Fact
    duty: tuple[Fact, ...]
    safe_contact: PanelText
    period_from: Fact
    period_to: Fact
    reports: tuple[AskedReport, ...]
    extra: PanelText
    contact: PanelContact
    marking: Fact = OFFICIAL_SENSITIVE


Paper: TypeAlias = AgendaPaper | Pack | InformationRequest
