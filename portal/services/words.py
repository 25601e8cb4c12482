"""The words that people read for what is stored; pages and papers take them from here."""

from portal.domain.handling import Handling, Told
from portal.domain.membership import ConflictKind, Standing
from portal.models.case import Channel, PartyKind, PartyRole
from portal.models.meeting import Presence

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
