"""What the letters to an applicant say; nothing of a panel's text fits into them.

Each is a type of its own: what one of them must not say it has no field for.
"""

from dataclasses import dataclass
from typing import TypeAlias

from portal.documents.content import ApplicantRoute, ApplicantText, Fact


@dataclass(frozen=True, kw_only=True)
class LetterOffice:
    """Who writes.

    Attributes:
        name: of the office of the local policing body.
        post: its postal address; line breaks are kept.
        phone: the office's.
        email: the office's.
    """

    name: Fact
    post: ApplicantText
    phone: Fact
    email: Fact


@dataclass(frozen=True, kw_only=True)
class LetterSpoc:
    """The applicant's single point of contact.

    Attributes:
        name: who it is.
        phone: the number to call.
        hours: when, "Monday to Friday, 9am to 5pm".
        cover: who answers when they are away.
    """

    name: Fact
    phone: Fact
    hours: Fact
    cover: Fact


@dataclass(frozen=True, kw_only=True)
class LetterReport:
    """A report of the applicant, and whether it counts.

    Attributes:
        label: "Your report of Monday 8 June 2026 to Hexley Council".
        words: "counted.", "not counted, because ...".
    """

    label: ApplicantText
    words: ApplicantText


@dataclass(frozen=True, kw_only=True)
class LetterStep:
    """What will be done although there is no review.

    Attributes:
        who: an agency or the office.
        what: goes on after "will".
        by: the day written out.
    """

    who: Fact
    what: ApplicantText
    by: Fact


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """The request has arrived: who helps, and what comes when.

    Attributes:
        office: who writes.
        reference: the case's public reference.
        issued_on: the day written out.
        what_changed: since the letter before; no paragraph when empty.
        salutation: "Dear Noor Haddad".
        asked_for: for whom somebody asked, as a sentence; empty where they asked for themselves.
        received_on: the day written out.
        spoc: whom to call.
        how_we_reach_you: the safe way, in words to the applicant; empty while consent is waited
            for, and then nothing is said of a call either.
        sent_to: "the police, the council and the local NHS".
        decision_by: the last day for the decision.
        decision_how: how that day was worked out.
        support: who supports, and how to reach them.
        consent_needed: what is said while a victim's consent is waited for; else empty.
        issuer: who issues the letter.
    """

    office: LetterOffice
    reference: Fact
    issued_on: Fact
    what_changed: ApplicantText
    salutation: ApplicantText
    asked_for: ApplicantText
    received_on: Fact
    spoc: LetterSpoc
    how_we_reach_you: ApplicantText
    sent_to: ApplicantText
    decision_by: Fact
    decision_how: ApplicantText
    support: ApplicantText
    consent_needed: ApplicantText
    issuer: Fact


@dataclass(frozen=True, kw_only=True)
class ConsentRequest:
    """Somebody asked for a victim: may they be told? It says nothing of what happened.

    Attributes:
        office, reference, issued_on, what_changed, salutation, received_on, spoc, issuer: as in
            the acknowledgement.
        who_asks: who asked for the review.
        as_what: as what they act, "a councillor, Hexley Town Council".
        scope: what they can do after a yes, a piece each that can be left out; goes on after
            "can".
    """

    office: LetterOffice
    reference: Fact
    issued_on: Fact
    what_changed: ApplicantText
    salutation: ApplicantText
    received_on: Fact
    who_asks: Fact
    as_what: ApplicantText
    scope: tuple[ApplicantText, ...]
    spoc: LetterSpoc
    issuer: Fact


@dataclass(frozen=True, kw_only=True)
class ThresholdMet:
    """There will be a review.

    Attributes:
        office, reference, issued_on, what_changed, salutation, asked_for, spoc, support, issuer:
            as in the acknowledgement.
        bodies: who agreed, "Wharrow Valley Police and Hexley Council".
        decided_on: the day written out.
        reasons: paragraphs; never a condition that the law overrides.
        chair: who leads the meeting; empty where nobody is appointed yet.
        meeting_by: the last day for the meeting.
        meeting_how: how that day was worked out.
        not_happy: where to complain. There is nothing to appeal when the answer is yes.
    """

    office: LetterOffice
    reference: Fact
    issued_on: Fact
    what_changed: ApplicantText
    salutation: ApplicantText
    asked_for: ApplicantText
    bodies: Fact
    decided_on: Fact
    reasons: tuple[ApplicantText, ...]
    chair: Fact
    meeting_by: Fact
    meeting_how: ApplicantText
    spoc: LetterSpoc
    support: ApplicantText
    not_happy: tuple[ApplicantRoute, ...]
    issuer: Fact


@dataclass(frozen=True, kw_only=True)
class ThresholdNotMet:
    """There will be no review now: why, what is done all the same, how to challenge it.

    Attributes:
        office, reference, issued_on, what_changed, salutation, asked_for, spoc, support, issuer:
            as in the acknowledgement.
        bodies, decided_on, reasons, not_happy: as where it is met.
        reports: each with whether it counts.
        factors: how long it has gone on, how much harm, was the answer good enough; paragraphs.
        steps: what will be done all the same.
        next_contact: the day written out.
        what_would_change: paragraphs.
        appeal_last_day: the day written out.
        appeal_how: how that day was worked out.
        appeal_words: who decides an appeal, and by when they answer.
    """

    office: LetterOffice
    reference: Fact
    issued_on: Fact
    what_changed: ApplicantText
    salutation: ApplicantText
    asked_for: ApplicantText
    bodies: Fact
    decided_on: Fact
    reasons: tuple[ApplicantText, ...]
    reports: tuple[LetterReport, ...]
    factors: tuple[ApplicantText, ...]
    steps: tuple[LetterStep, ...]
    next_contact: Fact
    what_would_change: tuple[ApplicantText, ...]
    spoc: LetterSpoc
    support: ApplicantText
    appeal_last_day: Fact
    appeal_how: ApplicantText
    appeal_words: ApplicantText
    not_happy: tuple[ApplicantRoute, ...]
    issuer: Fact


@dataclass(frozen=True, kw_only=True)
class NotInvited:
    """The services meet without the applicant: why, and how they are heard all the same.

    Attributes:
        office, reference, issued_on, what_changed, salutation, asked_for, spoc,
            how_we_reach_you, support, issuer: as in the acknowledgement.
        meeting_on: the day written out.
        reasons: paragraphs, as they were written for the applicant when the meeting was booked.
        chair: who leads the meeting; empty where nobody is appointed yet.
        plan_by: by when the plan is written if the meeting ends on its day; empty where the
            scheme does not count it from there.
        plan_how: how that day was worked out.
        not_happy: where to complain.
    """

    office: LetterOffice
    reference: Fact
    issued_on: Fact
    what_changed: ApplicantText
    salutation: ApplicantText
    asked_for: ApplicantText
    meeting_on: Fact
    reasons: tuple[ApplicantText, ...]
    chair: Fact
    spoc: LetterSpoc
    how_we_reach_you: ApplicantText
    plan_by: Fact
    plan_how: ApplicantText
    support: ApplicantText
    not_happy: tuple[ApplicantRoute, ...]
    issuer: Fact


@dataclass(frozen=True, kw_only=True)
class LetterEnd:
    """What became of something that the applicant was told would be done.

    Attributes:
        what: as they were told it.
        end: what was done of it; if it was not done, why.
    """

    what: ApplicantText
    end: ApplicantText


@dataclass(frozen=True, kw_only=True)
class Closure:
    """The case is closed: why, what became of each step, and the way back.

    Attributes:
        office, reference, issued_on, what_changed, salutation, asked_for, spoc, support, issuer:
            as in the acknowledgement.
        closed_on: the day written out.
        talked_on: the day on which it was talked about; empty where nobody could.
        your_view: what the person thinks of it, paragraphs; may be empty.
        reasons: why now; paragraphs.
        ends: of the plan as it was issued last, or of what was promised instead of a review.
        papers_kept: how long papers are kept; goes on after "We keep them".
        appeal: until when they can appeal, or that they could; a paragraph.
        not_happy: where to complain.
    """

    office: LetterOffice
    reference: Fact
    issued_on: Fact
    what_changed: ApplicantText
    salutation: ApplicantText
    asked_for: ApplicantText
    closed_on: Fact
    talked_on: Fact
    your_view: tuple[ApplicantText, ...]
    reasons: tuple[ApplicantText, ...]
    ends: tuple[LetterEnd, ...]
    spoc: LetterSpoc
    support: ApplicantText
    papers_kept: ApplicantText
    appeal: ApplicantText
    not_happy: tuple[ApplicantRoute, ...]
    issuer: Fact


Letter: TypeAlias = (
    Acknowledgement | ConsentRequest | ThresholdMet | ThresholdNotMet | NotInvited | Closure
)
