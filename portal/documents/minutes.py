"""What the minutes of a meeting say: only what is for the whole panel, section after section.

Each section has a field of its own, so that an office can word its heading in the template; what
is not on record has the number 0 and is not printed, and the others are numbered without a gap.
"""

from dataclasses import dataclass

from portal.documents.content import OFFICIAL_SENSITIVE, Fact, PanelContact, PanelText


@dataclass(frozen=True, kw_only=True)
class MinutesSection:
    """What a section says beside its table.

    Attributes:
        number: 1, 2, 3 ... without a gap; 0 where there is nothing on record.
        lines: paragraphs.
    """

    number: int
    lines: tuple[PanelText, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesSections:
    """The sections in the order in which they stand, named as `Section` names them."""

    attendance: MinutesSection
    bodies: MinutesSection
    opening: MinutesSection
    timeline: MinutesSection
    accounts: MinutesSection
    risk: MinutesSection
    adequacy: MinutesSection
    powers: MinutesSection
    decisions: MinutesSection
    actions: MinutesSection
    recommendations: MinutesSection
    communication: MinutesSection
    interim: MinutesSection
    lessons: MinutesSection
    next: MinutesSection
    disagreement: MinutesSection


@dataclass(frozen=True, kw_only=True)
class MinutesAttendance:
    """How somebody who was expected attended a sitting.

    Attributes:
        sitting: day, hours and place, "Tuesday 19 January 2027, 10:03am to 11:24am, Town Hall",
            with the first who was expected at it; empty with the others.
        name: of the person.
        agency: the agency, or the role of who has none.
        how: "Present", "By video or phone", "Apologies" and the like.
        hours: from when to when; empty for who was there from start to end.
        conflict: what they had declared of a conflict of interest when the sitting ended.
        confidentiality: the day on which they agreed to keep what they hear, or "Not agreed".
    """

    sitting: Fact
    name: Fact
    agency: Fact
    how: Fact
    hours: Fact
    conflict: Fact
    confidentiality: Fact


@dataclass(frozen=True, kw_only=True)
class MinutesAccount:
    """What one agency told the meeting.

    Attributes:
        agency: whose account it is.
        words: the account; line breaks are kept.
    """

    agency: Fact
    words: PanelText


@dataclass(frozen=True, kw_only=True)
class MinutesAction:
    """One action as the meeting agreed it.

    Attributes:
        number: the number that it got in the meeting.
        what: what will be done.
        owner: person and agency.
        by_when: the day written out.
        how_we_know: what shows that it is done.
        what_applicant_is_told: the words, or why not.
    """

    number: int
    what: PanelText
    owner: Fact
    by_when: Fact
    how_we_know: PanelText
    what_applicant_is_told: PanelText


@dataclass(frozen=True, kw_only=True)
class MinutesAdequacy:
    """What the meeting found of the response of one agency.

    Attributes:
        agency: whose response.
        finding: "Yes", "Partly", "No", "Can’t tell": was it enough?
        fact: on which the finding rests; line breaks are kept.
    """

    agency: Fact
    finding: Fact
    fact: PanelText


@dataclass(frozen=True, kw_only=True)
class MinutesPower:
    """What the meeting said of a power for one agency.

    Attributes:
        name: of the power, "Civil injunction".
        agency: for which it was looked at.
        result: "Used", "Possible now", "Later", "Not right".
        words: what came of it, what is missing, or why it is not right.
    """

    name: Fact
    agency: Fact
    result: Fact
    words: PanelText


@dataclass(frozen=True, kw_only=True)
class MinutesRecommendation:
    """A recommendation to a public body.

    Attributes:
        number: 1 prints as "R1".
        body: who is asked to have regard to it.
        what: what is recommended, by when and why; line breaks are kept.
        reply_by: the day written out.
    """

    number: int
    body: Fact
    what: PanelText
    reply_by: Fact


@dataclass(frozen=True, kw_only=True)
class MinutesContent:
    """The minutes: nothing in them narrower than the handling `panel`.

    Attributes:
        office_name: the office of the local policing body.
        reference: the case's public reference.
        applicant_name: whose case it is.
        lga_name: the local government area that the case belongs to.
        issue_number: 1 for the first issue.
        issued_on: the day written out.
        what_changed: since the issue before; no line when empty.
        chair: who chaired, "Margaret Lyle, independent".
        sections: each by its name.
        attendance_rows: who was expected, sitting after sitting.
        account_rows: agency after agency.
        adequacy_rows: agency after agency.
        power_rows: in the order in which the meeting came to them.
        action_rows: in the order in which they were agreed.
        recommendation_rows: in their order.
        agreed_by: "Agreed by Margaret Lyle, chair, on Thursday 21 January 2027."
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
    chair: Fact
    sections: MinutesSections
    attendance_rows: tuple[MinutesAttendance, ...]
    account_rows: tuple[MinutesAccount, ...]
    adequacy_rows: tuple[MinutesAdequacy, ...]
    power_rows: tuple[MinutesPower, ...]
    action_rows: tuple[MinutesAction, ...]
    recommendation_rows: tuple[MinutesRecommendation, ...]
    agreed_by: Fact
    contact: PanelContact
    marking: Fact = OFFICIAL_SENSITIVE
