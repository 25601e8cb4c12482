"""From the case and what was typed for a letter to what the letter says."""

import datetime as dt

from portal.documents.content import ApplicantRoute, ApplicantText, Fact, long_date
from portal.documents.letters import (
    Acknowledgement,
    Closure,
    ConsentRequest,
    Letter,
    LetterEnd,
    LetterReport,
    LetterSpoc,
    LetterStep,
    NotInvited,
    ThresholdMet,
    ThresholdNotMet,
)
from portal.domain.letters import LetterKind, Topic
from portal.models.case import Capacity, Party
from portal.models.letter import LetterDraft
from portal.services.letter_drafts import (
    OFFICE,
    ToldReport,
    TypedStep,
)
from portal.services.letter_facts import LetterFacts
from portal.services.told_steps import OUR_OFFICE


def letter(kind: LetterKind, facts: LetterFacts, draft: LetterDraft) -> Letter:
    """Build what a letter says."""
    match kind:
        case LetterKind.ACKNOWLEDGEMENT:
            return _acknowledgement(facts, draft)
        case LetterKind.CONSENT_REQUEST:
            return _consent_request(facts, draft)
        case LetterKind.THRESHOLD_MET:
            return _threshold_met(facts, draft)
        case LetterKind.THRESHOLD_NOT_MET:
            return _threshold_not_met(facts, draft)
        case LetterKind.NOT_INVITED:
            return _not_invited(facts, draft)
        case LetterKind.CLOSURE:
            return _closure(facts, draft)


def _acknowledgement(facts: LetterFacts, draft: LetterDraft) -> Acknowledgement:
    waits = facts.addressee.waits
    landlord = ", your landlord" if facts.has_landlord and not waits else ""
    return Acknowledgement(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        received_on=long_date(facts.received_on),
        spoc=_spoc(draft),
        how_we_reach_you=ApplicantText("" if waits else draft.how_we_reach_you),
        sent_to=ApplicantText(f"the police, the council{landlord} and the local NHS"),
        decision_by=_day(facts.due_on),
        decision_how=ApplicantText(facts.due_how),
        support=_support(facts),
        consent_needed=ApplicantText(_CONSENT_NEEDED if waits else ""),
        issuer=Fact(facts.issuer),
    )


_CONSENT_NEEDED = (
    "You asked for somebody else. We can’t share anything with you until they say yes. We ask them "
    "ourselves. There is no last day for it, and the request goes on meanwhile."
)


def _consent_request(facts: LetterFacts, draft: LetterDraft) -> ConsentRequest:
    who_asks = facts.asking.who_asks if facts.asking else None
    return ConsentRequest(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        received_on=long_date(facts.received_on),
        who_asks=Fact(who_asks.name if who_asks else ""),
        as_what=as_what(who_asks),
        scope=_SCOPE,
        spoc=_spoc(draft),
        issuer=Fact(facts.issuer),
    )


# What a victim can agree to, each by itself, as the form for a consent records it.
_SCOPE = (
    ApplicantText("hear from us how it goes, and get our letters and the plan"),
    ApplicantText("come to the meeting in your place"),
    ApplicantText("ask for an appeal for you"),
)
_CAPACITIES = {
    Capacity.FAMILY: "somebody of your family",
    Capacity.FRIEND: "a friend",
    Capacity.COUNCILLOR: "a councillor",
    Capacity.MP: "an MP, or their office",
    Capacity.PROFESSIONAL: "a professional",
}


def as_what(who_asks: Party | None) -> ApplicantText:
    """Return as what somebody acts for a victim, in words for the victim; empty if not known."""
    if who_asks is None:
        return ApplicantText("")
    capacity = _CAPACITIES.get(who_asks.capacity, "") if who_asks.capacity else ""
    return ApplicantText(", ".join(filter(None, [capacity, who_asks.organisation.strip()])))


def _threshold_met(facts: LetterFacts, draft: LetterDraft) -> ThresholdMet:
    return ThresholdMet(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        bodies=_bodies(facts),
        decided_on=_decided_on(facts),
        reasons=_paragraphs(draft.reasons),
        chair=Fact(facts.chair),
        meeting_by=_day(facts.due_on),
        meeting_how=ApplicantText(facts.due_how),
        spoc=_spoc(draft),
        support=_support(facts),
        not_happy=_not_happy(facts),
        issuer=Fact(facts.issuer),
    )


def _threshold_not_met(facts: LetterFacts, draft: LetterDraft) -> ThresholdNotMet:
    return ThresholdNotMet(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        bodies=_bodies(facts),
        decided_on=_decided_on(facts),
        reasons=_paragraphs(draft.reasons),
        reports=tuple(
            LetterReport(label=ApplicantText(each.label), words=words_of(each, draft))
            for each in facts.reports
        ),
        factors=_paragraphs(draft.factors),
        steps=tuple(_step(facts, TypedStep.of(each)) for each in draft.steps),
        next_contact=_day(draft.next_contact_on),
        what_would_change=_paragraphs(draft.what_would_change),
        spoc=_spoc(draft),
        support=_support(facts),
        appeal_last_day=_day(facts.due_on),
        appeal_how=ApplicantText(facts.due_how),
        appeal_words=ApplicantText(facts.topics.get(Topic.APPEAL, "")),
        not_happy=_not_happy(facts),
        issuer=Fact(facts.issuer),
    )


def _not_invited(facts: LetterFacts, draft: LetterDraft) -> NotInvited:
    reasons = facts.reasons
    return NotInvited(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        meeting_on=_day(reasons.meeting_on if reasons else None),
        reasons=_paragraphs(reasons.words if reasons else ""),
        chair=Fact(facts.chair),
        spoc=_spoc(draft),
        how_we_reach_you=ApplicantText(draft.how_we_reach_you),
        plan_by=_day(facts.due_on),
        plan_how=ApplicantText(facts.due_how),
        support=_support(facts),
        not_happy=_not_happy(facts),
        issuer=Fact(facts.issuer),
    )


def _closure(facts: LetterFacts, draft: LetterDraft) -> Closure:
    return Closure(
        office=facts.office,
        reference=Fact(facts.reference),
        issued_on=long_date(facts.today),
        what_changed=ApplicantText(draft.what_changed),
        salutation=ApplicantText(draft.salutation),
        asked_for=_asked_for(facts),
        closed_on=_day(facts.closed_on),
        talked_on=_day(draft.talked_on),
        your_view=_paragraphs(draft.your_view),
        reasons=_paragraphs(draft.reasons),
        ends=tuple(
            LetterEnd(
                what=ApplicantText(each.what), end=ApplicantText(draft.ends.get(each.key, ""))
            )
            for each in facts.told_steps
        ),
        spoc=_spoc(draft),
        support=_support(facts),
        papers_kept=ApplicantText(draft.papers_kept.strip().rstrip(".")),
        appeal=_appeal(facts),
        not_happy=_not_happy(facts),
        issuer=Fact(facts.issuer),
    )


def _appeal(facts: LetterFacts) -> ApplicantText:
    """Say until when the applicant can appeal; where no day is set, only somebody can tell it."""
    if facts.is_due_open:
        return ApplicantText(
            "You can ask for an appeal about how the review was done. "
            f"Ring us, and we tell you until when: {facts.office.phone}."
        )
    if facts.due_on is None:
        return ApplicantText("Nothing was decided that you could appeal against.")
    if facts.due_on < facts.today:
        return ApplicantText(f"The last day for an appeal was {long_date(facts.due_on)}.")
    return ApplicantText(
        "You can ask for an appeal. Write to us, or ring and we will write it down for you: "
        f"{facts.office.phone}. The last day is {long_date(facts.due_on)}. Until midnight at the "
        f"end of that day is in time. {facts.topics.get(Topic.APPEAL, '')}".strip()
    )


def words_of(report: ToldReport, draft: LetterDraft) -> ApplicantText:
    """Return what is said of a report: what was typed, or else what the advice says."""
    return ApplicantText(draft.report_words.get(report.key, report.words))


def who_of(step: TypedStep, facts: LetterFacts) -> str:
    """Return who does a step, by name; empty where nobody is chosen, or nobody who is there."""
    if step.who == OFFICE:
        return OUR_OFFICE
    return facts.agencies.get(int(step.who), "") if step.who.isdecimal() else ""


def _step(facts: LetterFacts, step: TypedStep) -> LetterStep:
    return LetterStep(
        who=Fact(who_of(step, facts)),
        what=ApplicantText(step.what.strip().rstrip(".")),
        by=_day(step.by),
    )


def _asked_for(facts: LetterFacts) -> ApplicantText:
    names = _listed(facts.addressee.asked_for)
    return ApplicantText(f"You asked for {names}." if names else "")


def _bodies(facts: LetterFacts) -> Fact:
    return Fact(_listed(facts.decision.agreed_by) if facts.decision else "")


def _decided_on(facts: LetterFacts) -> Fact:
    return _day(facts.decision.decided_on if facts.decision else None)


def _day(day: dt.date | None) -> Fact:
    return long_date(day) if day else Fact("")


def _spoc(draft: LetterDraft) -> LetterSpoc:
    return LetterSpoc(
        name=Fact(draft.spoc_name),
        phone=Fact(draft.spoc_phone),
        hours=Fact(draft.spoc_hours),
        cover=Fact(draft.spoc_cover),
    )


def _support(facts: LetterFacts) -> ApplicantText:
    return ApplicantText(facts.topics.get(Topic.SUPPORT, ""))


def _paragraphs(text: str) -> tuple[ApplicantText, ...]:
    return tuple(ApplicantText(line) for line in text.split("\n") if line.strip())


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _not_happy(facts: LetterFacts) -> tuple[ApplicantRoute, ...]:
    """Return where to complain, and who looks at it after that.

    A complaint about the police is reviewed within 28 days of the day after the outcome letter.
    """
    said = {topic: facts.topics.get(topic, "") for topic in Topic}
    return (
        _route("Complain about a service.", f"Tell the service first. {said[Topic.COMPLAINTS]}"),
        _route("If the council’s last answer does not put it right:", said[Topic.COUNCIL]),
        _route(
            "If your landlord is a housing association or the council, and its last answer does "
            "not put it right:",
            said[Topic.HOUSING],
        ),
        _route("If the police’s answer does not put it right:", said[Topic.POLICE]),
        _route("If the NHS’s last answer does not put it right:", said[Topic.HEALTH]),
    )


def _route(about: str, words: str) -> ApplicantRoute:
    return ApplicantRoute(about=ApplicantText(about), words=ApplicantText(words))
