"""The words that people read for what is stored; pages and papers take them from here."""

from collections.abc import Mapping

from portal.domain.answers import Answer, Strand
from portal.domain.handling import Handling, Told
from portal.domain.invites import AnswerToInvite
from portal.domain.membership import ConflictKind, Standing
from portal.domain.threshold.facts import ReportState, Response
from portal.models.case import (
    Capacity,
    Channel,
    PartyKind,
    PartyRole,
    ReportChannel,
    Reporter,
)
from portal.models.consent import ConsentMethod
from portal.models.meeting import Presence
from portal.models.request import Landlord, TakingPart, Tenure

CHANNELS: dict[str, str] = {
    Channel.PHONE: "Phone",
    Channel.POST: "Post",
    Channel.EMAIL: "Email",
    Channel.VISIT: "Visit",
}
PARTY_KINDS: dict[str, str] = {
    PartyKind.INDIVIDUAL: "A person",
    PartyKind.BUSINESS: "A business",
    PartyKind.GROUP: "A group",
}
PARTY_ROLES: dict[str, str] = {
    PartyRole.VICTIM: "Victim, where somebody else applies for them",
    PartyRole.APPLICANT_REPRESENTATIVE: "Applicant representative",
    PartyRole.RESPONDENT: "Person complained about",
    PartyRole.WITNESS: "Witness",
}
# What a party can become: nobody is added as an applicant, whose request is typed in.
PARTY_ROLES_TO_CHANGE: dict[str, str] = {
    PartyRole.APPLICANT_AND_VICTIM: "Applicant and victim",
    **PARTY_ROLES,
}
PARTY_NAMES: dict[str, str] = {
    PartyRole.APPLICANT_AND_VICTIM: "Applicant and victim",
    PartyRole.VICTIM: "Victim",
    PartyRole.APPLICANT_REPRESENTATIVE: "Applicant representative",
    PartyRole.RESPONDENT: "Person complained about",
    PartyRole.WITNESS: "Witness",
}
PRESENCES: dict[str, str] = {
    Presence.PRESENT: "Present",
    Presence.REMOTE: "By video or phone",
    Presence.APOLOGIES: "Apologies",
    Presence.ABSENT: "Not there, no apology received",
    Presence.LEFT_EARLY: "Left early",
}
HANDLINGS: dict[str, str] = {
    Handling.PANEL: "Panel",
    Handling.STATUTORY: "Statutory agencies",
    Handling.NAMED: "Only the agencies I name",
    Handling.CHAIR_AND_COORDINATOR: "Only the chair and the coordinator",
}
TOLD: dict[str, str] = {
    Told.NO: "No",
    Told.YES: "Yes, as I wrote it above",
    Told.IN_THESE_WORDS: "Yes, in these words",
}
OWN_ANSWERS: dict[str, str] = {
    AnswerToInvite.ACCEPTED: "Yes",
    AnswerToInvite.TENTATIVE: "Perhaps",
    AnswerToInvite.DECLINED: "No",
    AnswerToInvite.DELEGATED: "No, a colleague comes instead",
}
ANSWERS_TO_INVITE: dict[str, str] = {
    AnswerToInvite.ACCEPTED: "Comes",
    AnswerToInvite.TENTATIVE: "Comes perhaps",
    AnswerToInvite.DECLINED: "Does not come",
    AnswerToInvite.DELEGATED: "A colleague comes instead",
}
STANDINGS: dict[str, str] = {
    Standing.AGENCY_REPRESENTATIVE: "Agency representative",
    Standing.DEPUTY: "Deputy",
    Standing.INVITED_COLLEAGUE: "Invited colleague",
    Standing.OBSERVER: "Observer",
}
CONFLICTS: dict[str, str] = {
    ConflictKind.PARTY: "Knows, or is close to, somebody in the case",
    ConflictKind.NEIGHBOUR: "Lives nearby",
    ConflictKind.COMPLAINED_ABOUT: "Is complained about, or is close to somebody who is",
    ConflictKind.FORMER_EMPLOYER: "Has worked for an agency that is involved",
    ConflictKind.OTHER: "Something else",
}
LINE_KINDS: dict[str, str] = {
    "incident": "What happened",
    "report": "Reports",
    "item": "Shared information",
    "event": "Steps of the case",
}
CAPACITIES: dict[str, str] = {
    Capacity.FAMILY: "Family",
    Capacity.FRIEND: "Friend",
    Capacity.COUNCILLOR: "Councillor",
    Capacity.MP: "MP, or their office",
    Capacity.PROFESSIONAL: "Professional",
    Capacity.OTHER: "Somebody else",
}
ANSWERS: dict[str, str] = {Answer.YES: "Yes", Answer.NO: "No", Answer.NOT_KNOWN: "Not known"}
# The nine of the scheme of Durham (seed: Darlington's page on the community trigger).
STRANDS: dict[str, str] = {
    Strand.RACE: "Race",
    Strand.RELIGION: "Religion",
    Strand.DISABILITY: "Disability",
    Strand.SEXUAL_ORIENTATION: "Sexual orientation",
    Strand.TRANSGENDER_IDENTITY: "Transgender identity",
    Strand.AGE: "Age",
    Strand.SEX: "Sex",
    Strand.MARRIAGE: "Marriage or civil partnership",
    Strand.PREGNANCY: "Pregnancy or maternity",
}
REPORT_CHANNELS: dict[str, str] = {
    ReportChannel.PHONE: "Phone",
    ReportChannel.ONLINE: "Online or email",
    ReportChannel.LETTER: "Letter",
    ReportChannel.IN_PERSON: "In person",
    ReportChannel.NOT_KNOWN: "Not known",
}
REPORT_STATES: dict[str, str] = {
    ReportState.CLAIMED: "Claimed",
    ReportState.CONFIRMED: "Confirmed",
    ReportState.NOT_TRACED: "Not traced",
}
RESPONSES: dict[str, str] = {
    Response.NONE: "Nothing was done",
    Response.INADEQUATE: "Something, but not enough",
    Response.NOT_PER_AGENCY_POLICY: "Something, but not what the agency’s own policy says",
    Response.ADEQUATE: "What was needed was done",
}
# What a route can ask for besides the reports, by its name in ``Answers``.
FACTS: dict[str, str] = {
    "response": "What was done about the reports?",
    "is_dissatisfied": "Is the applicant dissatisfied with what was done?",
    "is_ongoing": "Is it still going on?",
    "is_closed": "Have the agencies closed their own investigation?",
    "has_further_action": "Can an agency still take further action?",
    "has_engaged": "Has the victim taken up what was offered?",
    "is_vulnerable": "Is the victim at high risk?",
    "households_affected": "How many households are affected?",
}
REPORTERS: dict[str, str] = {
    Reporter.SOMEBODY_ELSE: "Somebody else, such as a neighbour without a name",
    Reporter.NOT_KNOWN: "Not known",
}
LANDLORDS: dict[str, str] = {
    Landlord.OTHER: "Somebody else",
    Landlord.NONE: "They have no landlord",
    Landlord.NOT_KNOWN: "Not known",
}
TENURES: dict[str, str] = {
    Tenure.OWNER: "Owns it",
    Tenure.COUNCIL: "Rents from the council",
    Tenure.HOUSING_ASSOCIATION: "Rents from a housing association",
    Tenure.PRIVATE: "Rents from a private landlord",
    Tenure.OTHER: "In another way",
    Tenure.NOT_KNOWN: "Not known",
}
TAKING_PART: dict[str, str] = {
    TakingPart.ATTENDS: "Comes to the opening section, in the room or by video or phone",
    TakingPart.STATEMENT: "Hands in a statement",
    TakingPart.SOMEBODY_ELSE: "Somebody else comes in their place",
    TakingPart.NO: "Does not want to take part",
    TakingPart.NOT_KNOWN: "Not known yet",
}
CONSENT_METHODS: dict[str, str] = {
    ConsentMethod.WRITTEN: "In writing, without a signature",
    ConsentMethod.SIGNED: "In writing, signed",
    ConsentMethod.SPOKEN: "Spoken, on the phone or face to face",
    ConsentMethod.ONLINE: "Online",
}


def party_name(name: str) -> str:
    """Return the name of a party, or that it is not known."""
    return name or "Name not known"


def facts_in_words(
    response: Response | None, answers: Mapping[str, bool | int]
) -> list[tuple[str, str]]:
    """Return the facts that a decision was made on besides the reports: question and answer."""
    said = {"response": RESPONSES[response]} if response else {}
    said |= {name: _fact_in_words(value) for name, value in answers.items()}
    return [(question, said[name]) for name, question in FACTS.items() if name in said]


def _fact_in_words(value: bool | int) -> str:
    if isinstance(value, bool):
        return ANSWERS[Answer.YES if value else Answer.NO]
    return str(value)
