"""What a letter starts from, what is typed for it, and the case as the letter may know it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.letters import letter_drafts_for
from portal.access.scope.people import parties_for
from portal.access.scope.request import consents_for, withdrawals_for
from portal.db import db
from portal.domain.dates import in_words
from portal.domain.letters import ON_THRESHOLD, LetterKind, counted_words
from portal.domain.roles import Actor
from portal.domain.threshold.advice import Advice
from portal.models.case import Incident, Party, PartyRole, Report
from portal.models.consent import Consent, ConsentWithdrawal
from portal.models.letter import LetterDraft
from portal.models.person import Area, Person
from portal.services.addressees import addressed_party, asking_of
from portal.services.advice import Pairs, advised_reports
from portal.services.assessment import ShownDecision
from portal.services.plan_content import OFFICE_HOURS
from portal.services.reporters import Makers

OFFICE = "office"
"""Who does a step, where it is not an agency."""
COVER = "a colleague in our office"
AS_CHOSEN = "only in the way that you told us is safe."
_SAYS_HOW_WE_REACH = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.NOT_INVITED})


@dataclass(frozen=True, kw_only=True)
class TypedStep:
    """What will be done all the same, as far as it is typed.

    Attributes:
        what: goes on after "will".
        who: the number of an agency, ``OFFICE``, or empty.
    """

    what: str
    who: str
    by: dt.date | None

    def stored(self) -> dict[str, Any]:
        """Return it for a row."""
        return {
            "what": self.what,
            "who": self.who,
            "by": self.by.isoformat() if self.by else None,
        }

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "TypedStep":
        """Return it from a row."""
        by = stored["by"]
        return cls(
            what=stored["what"], who=stored["who"], by=dt.date.fromisoformat(by) if by else None
        )


@dataclass(frozen=True, kw_only=True)
class TypedLetter:
    """What the coordinator types for a letter; what it does not need stays empty."""

    salutation: str
    spoc_name: str
    spoc_phone: str
    spoc_hours: str
    spoc_cover: str
    how_we_reach_you: str = ""
    reasons: str = ""
    report_words: tuple[tuple[str, str], ...] = ()
    factors: str = ""
    steps: tuple[TypedStep, ...] = ()
    what_would_change: str = ""
    next_contact_on: dt.date | None = None
    what_changed: str = ""
    talked_on: dt.date | None = None
    your_view: str = ""
    ends: tuple[tuple[str, str], ...] = ()
    papers_kept: str = ""


@dataclass(frozen=True)
class ToldReport:
    """A report as the applicant is told of it.

    Attributes:
        key: names its field in the form.
        words: whether it counts, as the advice says it.
    """

    key: str
    label: str
    words: str


@dataclass(frozen=True)
class Addressee:
    """Whom a letter is for.

    Attributes:
        asked_for: the victims for whom somebody else asked, as far as they agreed.
        waits: somebody asks for a victim who has not agreed: nothing of the case may be told.
    """

    name: str
    asked_for: tuple[str, ...]
    waits: bool


def addressee_of(actor: Actor, opened: Opened) -> Addressee:
    """Return whom a letter is for: the victim who asked, or who asks for them."""
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    who = addressed_party(parties, opened.facts.holds)
    if who is None:
        return Addressee("", (), waits=False)
    if who.role.is_victim:
        return Addressee(who.name, (), waits=False)
    told = {hold.applicant_representative_id for hold in opened.facts.holds if hold.is_told}
    if who.id not in told:
        waits = any(hold.waits_for for hold in opened.facts.holds)
        return Addressee(who.name, (), waits=waits)
    agreed = _agreed(actor, opened, who)
    names = tuple(party.name for party in parties if party.id in agreed and party.name)
    return Addressee(who.name, names, waits=False)


def greeted_by(actor: Actor, opened: Opened, kind: LetterKind) -> Addressee:
    """Return whom a letter of a kind is for: a request for consent asks the victim."""
    if kind is not LetterKind.CONSENT_REQUEST:
        return addressee_of(actor, opened)
    asking = asking_of(actor, opened)
    return Addressee(asking.victim.name if asking else "", (), waits=True)


def _agreed(actor: Actor, opened: Opened, who_acts: Party) -> set[int]:
    """Return the victims who agreed that an applicant representative is told."""
    taken_back = withdrawals_for(actor, opened.case.id).with_only_columns(
        ConsentWithdrawal.consent_id
    )
    query = consents_for(actor, opened.case.id).where(
        Consent.covers_being_told.is_(True),
        Consent.applicant_representative_id == who_acts.id,
        Consent.id.not_in(taken_back),
    )
    return {consent.party_id for consent in db.session.scalars(query)}


def hidden_parties(actor: Actor, opened: Opened, addressee: Addressee) -> list[Party]:
    """Return whom a letter may not name: everybody but of whom it is for and about.

    Other applicants are among them, and to one who acts for a victim the others who do: they are
    invisible to one another.
    """
    known = {addressee.name, *addressee.asked_for}
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    acting = {p.name for p in parties if p.role is PartyRole.APPLICANT_REPRESENTATIVE}
    known |= set() if addressee.name in acting else acting
    return [party for party in parties if party.name not in known]


def told_reports(actor: Actor, opened: Opened) -> tuple[tuple[ToldReport, ...], Advice]:
    """Return the applicant's reports with whether each counts, and the advice.

    What came from an agency's export is left out, and what somebody else reported: that anybody
    else did is nothing that the applicant may be told.
    """
    pairs, makers, advice = advised_reports(actor, opened)
    addressee = addressee_of(actor, opened)
    of_whom = {addressee.name, *addressee.asked_for}
    told = [
        _told_report(pairs, advice, place)
        for place in _own(pairs)
        if _maker_name(pairs[place], makers) in of_whom
    ]
    return tuple(told), advice


def _maker_name(pair: tuple[Incident, Report | None], makers: Makers) -> str:
    """Return who made a report, or who tells of what nobody was told."""
    report = pair[1]
    return (makers.of(report) if report else makers.unsaid).name


def _own(pairs: Pairs) -> list[int]:
    return [
        place
        for place, (incident, report) in enumerate(pairs)
        if incident.from_agency_id is None and (report is None or report.from_agency_id is None)
    ]


def _told_report(pairs: Pairs, advice: Advice, place: int) -> ToldReport:
    incident, report = pairs[place]
    ground = advice.floor.lines[place].ground
    locally = any(route.lines[place].ground.counts for route in advice.routes)
    return ToldReport(
        key=f"report-{incident.id}-{report.id if report else 0}",
        label=_label(incident, report),
        words=counted_words(ground, is_counted=bool(ground.counts) or locally),
    )


def _label(incident: Incident, report: Report | None) -> str:
    if report is None:
        on = f" on {in_words(incident.happened_on)}" if incident.happened_on else ""
        return f"What happened{on}"
    on = f" of {in_words(report.reported_on)}" if report.reported_on else ""
    to = f" to {report.reported_to}" if report.reported_to else ""
    return f"The report{on}{to}"


def draft_of(
    actor: Actor, opened: Opened, kind: LetterKind, decision: ShownDecision | None
) -> LetterDraft:
    """Return the draft of a letter, or what it starts from where nothing is saved yet."""
    return stored_draft(actor, opened, kind) or _starting(actor, opened, kind, decision)


def stored_draft(actor: Actor, opened: Opened, kind: LetterKind) -> LetterDraft | None:
    """Return the draft as it was saved, if it was; belongs inside a transaction."""
    query = letter_drafts_for(actor, opened.case.id).where(LetterDraft.kind == kind)
    return db.session.scalars(query).one_or_none()


def _starting(
    actor: Actor, opened: Opened, kind: LetterKind, decision: ShownDecision | None
) -> LetterDraft:
    addressee = greeted_by(actor, opened, kind)
    area = db.session.get_one(Area, opened.case.area_id)
    own_phone = db.session.scalar(sa.select(Person.phone).where(Person.id == actor.person_id))
    is_decision = kind in ON_THRESHOLD
    return LetterDraft(
        case_id=opened.case.id,
        kind=kind,
        salutation=f"Dear {addressee.name}" if addressee.name else "",
        spoc_name=actor.name,
        spoc_phone=own_phone or area.office_phone,
        spoc_hours=OFFICE_HOURS,
        spoc_cover=COVER,
        how_we_reach_you=AS_CHOSEN if kind in _SAYS_HOW_WE_REACH else "",
        reasons=decision.reasons if decision and is_decision else "",
        report_words={},
        factors="",
        steps=[],
        what_would_change="",
        next_contact_on=None,
        what_changed="",
        talked_on=None,
        your_view="",
        ends={},
        papers_kept="",
    )
