"""What an action plan says, for the panel and for the applicant.

The two plans have nothing in common on purpose: no base class, and no free text of one fits a
field of the other, so that neither a template nor a slip in the code can print panel text in what
the applicant gets. `Fact` is for what both may know: names of those who act, days, the reference.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from portal.domain.dates import in_words

Fact = NewType("Fact", str)
PanelText = NewType("PanelText", str)
ApplicantText = NewType("ApplicantText", str)

OFFICIAL_SENSITIVE = Fact("OFFICIAL-SENSITIVE")
FIRST_ISSUE = Fact("Issue 1")
NO_DRAFT = ApplicantText("")

# strftime follows the computer's locale; the documents are in English.


class Kind(StrEnum):
    """The documents that there are templates for; the value is the file's name."""

    PANEL_PLAN = "action-plan-panel"
    APPLICANT_PLAN = "action-plan-applicant"
    ACKNOWLEDGEMENT = "letter-acknowledgement"
    CONSENT_REQUEST = "letter-consent-request"
    THRESHOLD_MET = "letter-threshold-met"
    THRESHOLD_NOT_MET = "letter-threshold-not-met"
    NOT_INVITED = "letter-not-invited"
    CLOSURE = "letter-closure"
    MINUTES = "minutes"
    AGENDA = "agenda"
    PACK = "pack"
    INFORMATION_REQUEST = "information-request"


def long_date(day: dt.date) -> Fact:
    """Write a day out, as in "Friday 22 January 2027"."""
    return Fact(in_words(day))


def stacked_date(day: dt.date) -> Fact:
    """Write a day out with the weekday on its own line, for a narrow column."""
    return Fact(long_date(day).replace(" ", "\n", 1))


@dataclass(frozen=True, kw_only=True)
class PanelMeeting:
    """The sitting that agreed the plan.

    Attributes:
        when: day and hours, "Tuesday 19 January 2027, 10:03am to 11:24am".
        place: room, link or both.
        chair: who chaired, "Margaret Lyle, independent".
    """

    when: Fact
    place: Fact
    chair: Fact


@dataclass(frozen=True, kw_only=True)
class PanelAbsence:
    """Somebody asked for who was not there.

    Attributes:
        name: the person; empty where the agency had named nobody.
        agency: the agency.
        why: "required; no apology received".
    """

    name: Fact
    agency: Fact
    why: PanelText


@dataclass(frozen=True, kw_only=True)
class PanelAction:
    """One action as the panel agreed it.

    Attributes:
        number: the number in this issue.
        what: what will be done.
        owner_person: who does it.
        owner_agency: for which agency.
        by_when: the day written out, see `stacked_date`.
        how_we_know: what shows that it is done.
        what_applicant_is_told: "Their action 4", "Not told. ..." and the like.
    """

    number: int
    what: PanelText
    owner_person: Fact
    owner_agency: Fact
    by_when: Fact
    how_we_know: PanelText
    what_applicant_is_told: PanelText


@dataclass(frozen=True, kw_only=True)
class PanelFinding:
    """One thing that the panel found or decided.

    Attributes:
        heading: two or three words in bold before it; may be empty.
        text: the finding.
    """

    heading: PanelText
    text: PanelText


@dataclass(frozen=True, kw_only=True)
class PanelPower:
    """A legal power that the panel looked at.

    Attributes:
        name: the power, "Civil injunction".
        who_may_use_it: "Police, council, landlord".
        result: "Used", "Not now", "Rejected".
        reason: why.
    """

    name: Fact
    who_may_use_it: Fact
    result: Fact
    reason: PanelText


@dataclass(frozen=True, kw_only=True)
class PanelRecommendation:
    """A recommendation to a public body.

    Attributes:
        number: 1 prints as "R1".
        what: what is recommended.
        to: the bodies.
        answer_by: the day written out.
    """

    number: int
    what: PanelText
    to: Fact
    answer_by: Fact


@dataclass(frozen=True, kw_only=True)
class PanelContact:
    """Whom the panel turns to about the plan.

    Attributes:
        name: the coordinator.
        phone: may be empty.
        email: may be empty.
    """

    name: Fact
    phone: Fact
    email: Fact


@dataclass(frozen=True, kw_only=True)
class PanelPlan:
    """The panel version of an action plan: nothing in it narrower than the handling `panel`.

    Attributes:
        office_name: the office of the local policing body.
        reference: the case's public reference.
        applicant_name: whose case it is.
        lga_name: the local government area that the case belongs to.
        issue_number: 1 for the first issue.
        issued_on: the day written out, see `long_date`.
        safe_contact: how the applicant may be reached, with its full stop; may be empty.
        meeting: when, where and under whom.
        present: one line for each who was there, "Marie Castell, Hexley Council".
        not_present: those who were not; no row when empty.
        applicant_attendance: whether and how the applicant took part.
        threshold: the threshold decision and its day.
        consulted: how and when the applicant was consulted, and what changed.
        next_look: when the plan is looked at again; no row when empty.
        actions: the actions; a sentence says so when there are none.
        findings: what the panel found; no section when empty.
        contact: the coordinator.
        checked_by: "Checked by Margaret Lyle, chair, on Thursday 21 January 2027."
        what_changed: since the issue before, a paragraph each; no section when empty.
        powers: powers considered; no section when empty.
        recommendations: recommendations to public bodies; no section when empty.
        marking: the protective marking on each page.
    """

    office_name: Fact
    reference: Fact
    applicant_name: Fact
    lga_name: Fact
    issue_number: int
    issued_on: Fact
    safe_contact: PanelText
    meeting: PanelMeeting
    present: tuple[PanelText, ...]
    not_present: tuple[PanelAbsence, ...]
    applicant_attendance: PanelText
    threshold: PanelText
    consulted: PanelText
    next_look: PanelText
    actions: tuple[PanelAction, ...]
    findings: tuple[PanelFinding, ...]
    contact: PanelContact
    checked_by: PanelText
    what_changed: tuple[PanelText, ...] = ()
    powers: tuple[PanelPower, ...] = ()
    recommendations: tuple[PanelRecommendation, ...] = ()
    marking: Fact = OFFICIAL_SENSITIVE


@dataclass(frozen=True, kw_only=True)
class ApplicantAction:
    """One action in the words meant for the applicant.

    Attributes:
        number: 1, 2, 3 ... within the applicant's plan, never the panel's number.
        words: what will be done.
        who_person: who does it.
        who_agency: for which agency, in plain words ("Police", "NHS").
        by_when: the day written out, see `stacked_date`.
    """

    number: int
    words: ApplicantText
    who_person: Fact
    who_agency: Fact
    by_when: Fact


@dataclass(frozen=True, kw_only=True)
class ApplicantDate:
    """One thing that happens next.

    Attributes:
        when: a day written out, or "Any day", "When all is done".
        what: what happens then.
    """

    when: Fact
    what: ApplicantText


@dataclass(frozen=True, kw_only=True)
class ApplicantRoute:
    """One way to turn to if the applicant is not happy.

    Attributes:
        about: what with, in bold, "With an action:"; may be empty.
        words: what they can do.
    """

    about: ApplicantText
    words: ApplicantText


@dataclass(frozen=True, kw_only=True)
class ApplicantContact:
    """One row of the contacts on the last page.

    Attributes:
        label: "Your support", "In Arabic".
        name: a person, in bold; may be empty.
        agency: after the name; may be empty.
        how: phone, hours or a sentence; line breaks are kept.
    """

    label: ApplicantText
    name: Fact
    agency: Fact
    how: ApplicantText


@dataclass(frozen=True, kw_only=True)
class ApplicantSpoc:
    """The applicant's single point of contact.

    Attributes:
        name: who it is.
        phone: the number to call.
        hours: when, "Monday to Friday, 9am to 5pm".
        email: may be empty.
    """

    name: Fact
    phone: Fact
    hours: Fact
    email: Fact


@dataclass(frozen=True, kw_only=True)
class ApplicantPlan:
    """The applicant version: no marking, no address, nobody complained about, own numbering.

    Attributes:
        office_name: the office of the local policing body.
        reference: the case's public reference.
        applicant_name: whom the plan is for.
        issued_on: the day written out, see `long_date`.
        spoc: the person to call.
        emergency: "If you are in danger, call 999."
        introduction: paragraphs before the first heading.
        what_was_agreed: paragraphs; no section when empty.
        actions: numbered 1 to n; a plain sentence when there are none to be told of.
        next_dates: what happens when; no section when empty.
        not_happy: ways to appeal or complain; no section when empty.
        contacts: rows after the person to call.
        how_we_reach_you: the safe way; no row when empty.
        issue: "Issue 1", or "Draft" of what the applicant is consulted on.
        draft: on each page of a draft, "DRAFT. It is not final"; empty in what is issued.
        what_changed: since the issue before, a paragraph each; no section when empty.

    Raises:
        ValueError: the actions are not numbered 1 to n: a gap would tell of an action kept back.
    """

    office_name: Fact
    reference: Fact
    applicant_name: Fact
    issued_on: Fact
    spoc: ApplicantSpoc
    emergency: ApplicantText
    introduction: tuple[ApplicantText, ...]
    what_was_agreed: tuple[ApplicantText, ...]
    actions: tuple[ApplicantAction, ...]
    next_dates: tuple[ApplicantDate, ...]
    not_happy: tuple[ApplicantRoute, ...]
    contacts: tuple[ApplicantContact, ...]
    how_we_reach_you: ApplicantText
    issue: Fact = FIRST_ISSUE
    draft: ApplicantText = NO_DRAFT
    what_changed: tuple[ApplicantText, ...] = ()

    def __post_init__(self) -> None:
        numbers = [action.number for action in self.actions]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("The applicant's actions must be numbered 1, 2, 3 without a gap.")
