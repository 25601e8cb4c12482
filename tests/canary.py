"""A case in which every text carries a token of its own, and the table of who may read which.

The table is typed in from the product's words, never from the code under test. The case itself is
made by tests.canary_case.
"""

import hashlib
import re
from dataclasses import dataclass

from portal.domain.handling import Handling, Told
from portal.jobs import demo_people
from tests import cases

SCHOOL = "school@moorside.example"
POLICE_NOT_NAMED = "police-two@wharrow-police.example"
FIRE = "fire@wharrow-fire.example"
# Opens the one page of an observer, on which there is nothing of the case but its reference.
OBSERVER = "observer@wharrow-police.example"
# Stands by the first of two victims, which opens the page of that victim and no other.
SUPPORT_WORKER = "support@victimcare.example"

# Who opens the case.
INSIDE = {
    "coordinator": cases.COORDINATOR,
    "chair": cases.CHAIR,
    "police": cases.POLICE,
    "police lead": cases.POLICE_LEAD,
    "council": cases.COUNCIL,
    "housing": cases.HOUSING,
    "fire": FIRE,
    "school": SCHOOL,
}
# For whom the case does not exist.
OUTSIDE = {
    "person of the police who is not named": POLICE_NOT_NAMED,
    "health, on the panel and in conflict": cases.HEALTH,
    "chair in conflict": cases.OTHER_CHAIR,
    "agency that is not on the panel": "council@wharrowdale.example",
    "support worker": SUPPORT_WORKER,
    "scrutineer": "scrutineer@wharrow-lpb.example",
    "auditor": "auditor@wharrow-lpb.example",
    "administrator": "admin@wharrow-lpb.example",
    "appeal chair": "appeal-chair@panel.example",
    "appeal panel member": "appeal-member@panel.example",
    "coordinator of the other area": "coordinator@severnreach-lpb.example",
    "police of the other area": "police@severnreach-police.example",
}

EVERYBODY = frozenset(INSIDE)
LEADERS = frozenset({"coordinator", "chair"})
SHARERS = LEADERS | {"police", "police lead"}
STATUTORY = SHARERS | {"council", "housing"}
NAMED = SHARERS | {"school"}
NOBODY: frozenset[str] = frozenset()
IMPORTERS = frozenset({"coordinator", "police", "police lead"})

PANEL_DOCX, APPLICANT_DOCX = "panel docx", "applicant docx"
PANEL_ICS, APPLICANT_ICS = "panel ics", "applicant ics"


def canary(name: str) -> str:
    """The token of a field; the tail keeps one from being the beginning of another."""
    return f"canary-{name}-{hashlib.sha256(name.encode()).hexdigest()[:4]}"


@dataclass(frozen=True)
class Bird:
    """Where a token may and must be: on whose pages, and in which papers."""

    pages: frozenset[str]
    papers: frozenset[str] = frozenset()
    before_declaration: bool = False


def _on(pages: frozenset[str], *papers: str, early: bool = False) -> Bird:
    return Bird(pages, frozenset(papers), early)


TABLE: dict[str, Bird] = {
    "applicant-name": _on(EVERYBODY, PANEL_DOCX, APPLICANT_DOCX, early=True),
    "respondent-name": _on(EVERYBODY, early=True),
    "witness-name": _on(EVERYBODY, early=True),
    "place": _on(EVERYBODY, early=True),
    "applicant-address": _on(LEADERS | {"council"}),
    "applicant-phone": _on(LEADERS | {"council"}),
    "applicant-email": _on(LEADERS | {"council"}),
    "safe-contact": _on(EVERYBODY, PANEL_DOCX),
    "summary": _on(EVERYBODY),
    "incident-title": _on(EVERYBODY),
    "incident-account": _on(EVERYBODY),
    "report-to": _on(EVERYBODY),
    "report-how": _on(EVERYBODY),
    "report-reference": _on(EVERYBODY),
    "report-done": _on(EVERYBODY),
    "second-report-done": _on(EVERYBODY),
    "incident-place": _on(EVERYBODY),
    "report-spoke-to": _on(EVERYBODY),
    "report-promised": _on(EVERYBODY),
    "impact": _on(EVERYBODY),
    "wishes": _on(EVERYBODY),
    "landlord-name": _on(EVERYBODY),
    "others-words": _on(EVERYBODY),
    "somebody-else": _on(EVERYBODY),
    "language": _on(EVERYBODY),
    "access-needs": _on(EVERYBODY),
    "respondent-phone": _on(LEADERS),
    # Files of the request are for the office and the chair: what they show, are called and hold.
    "file-label": _on(LEADERS),
    "file-name": _on(LEADERS),
    "file-text": _on(LEADERS),
    "file-why-taken-off": _on(LEADERS),
    # How it is safe to reach the applicant is read by whoever may have their address and phone.
    "safe-times": _on(LEADERS | {"council"}),
    "safe-who": _on(LEADERS | {"council"}),
    "safe-times-before": _on(frozenset({"coordinator"})),
    "call-words": _on(frozenset({"coordinator"})),
    "second-victim-name": _on(EVERYBODY, early=True),
    # The council is the agency that the applicant agreed to.
    "second-victim-phone": _on(LEADERS | {"council"}),
    "stands-in-name": _on(EVERYBODY, early=True),
    "stands-in-organisation": _on(EVERYBODY),
    "safe-contact-before": _on(LEADERS),
    "consent-wording": _on(LEADERS),
    "consent-evidence": _on(LEADERS),
    "consent-taken-back": _on(LEADERS),
    "threshold-reasons": _on(EVERYBODY),
    "agreement-said-by": _on(EVERYBODY),
    "state-said-by": _on(EVERYBODY),
    "state-reason": _on(EVERYBODY),
    "state-reason-before": _on(EVERYBODY),
    # The office's own note, on a page that is open only before the decision.
    "need-what": _on(NOBODY),
    "risk-words": _on(LEADERS),
    "risk-agency-words": _on(LEADERS),
    "risk-why": _on(LEADERS),
    "risk-line-before": _on(LEADERS),
    "risk-line": _on(EVERYBODY),
    "band-words": _on(LEADERS),
    "band-fact": _on(LEADERS),
    "band-line-asked": _on(LEADERS),
    "conflict-of-chair": _on(LEADERS),
    "conflict-of-health": _on(LEADERS),
    "conflict-of-agency": _on(LEADERS),
    "conflict-of-employer": _on(LEADERS),
    "waiver-reason": _on(EVERYBODY, early=True),
    "left-reason": _on(LEADERS),
    "meeting-place": _on(EVERYBODY, PANEL_DOCX, PANEL_ICS, APPLICANT_ICS),
    "join-panel": _on(EVERYBODY, PANEL_ICS),
    "join-applicant": _on(frozenset({"coordinator"}), APPLICANT_ICS),
    "invite-email": _on(frozenset({"coordinator"}), APPLICANT_ICS),
    "reason-if-late": _on(EVERYBODY),
    # What the police answer to their invite.
    "answer-comment": _on(LEADERS | {"police"}),
    "answer-of-applicant": _on(LEADERS),
    "applicant-attendance": _on(frozenset({"chair"}), PANEL_DOCX),
    # The page says where it is typed: the whole panel reads it.
    "meeting-decision": _on(EVERYBODY, PANEL_DOCX),
    "agenda-item": _on(EVERYBODY),
    "agenda-restricted": _on(LEADERS),
    "agenda-notes": _on(LEADERS),
    "restricted-notes": _on(LEADERS),
    "action-what": _on(EVERYBODY, PANEL_DOCX),
    "action-how": _on(LEADERS, PANEL_DOCX),
    "action-words": _on(EVERYBODY, APPLICANT_DOCX),
    "action-not-told": _on(LEADERS, PANEL_DOCX),
    "telling-what": _on(EVERYBODY),
    "plan-findings": _on(LEADERS, PANEL_DOCX),
    "plan-agreed": _on(LEADERS, APPLICANT_DOCX),
    "plan-said": _on(LEADERS, PANEL_DOCX),
    "adequacy-fact": _on(EVERYBODY),
    "power-words": _on(EVERYBODY, PANEL_DOCX),
    "power-who": _on(EVERYBODY, PANEL_DOCX),
    "power-missing": _on(EVERYBODY, PANEL_DOCX),
    "power-why-not": _on(EVERYBODY, PANEL_DOCX),
    "recommendation-body": _on(EVERYBODY, PANEL_DOCX),
    "recommendation-what": _on(EVERYBODY, PANEL_DOCX),
    "recommendation-why": _on(EVERYBODY, PANEL_DOCX),
    "recommendation-words": _on(LEADERS, APPLICANT_DOCX),
    # One that the panel may read only once it was read out, and one that it may read before.
    "statement-words": _on(LEADERS),
    "statement-written-by": _on(LEADERS),
    "statement-reads-out": _on(LEADERS),
    "second-statement-words": _on(EVERYBODY),
    # As it stood before it was changed.
    "second-statement-before": _on(LEADERS),
    # Drafts of letters are the office's.
    "letter-reach": _on(frozenset({"coordinator"})),
    "letter-reasons": _on(frozenset({"coordinator"})),
    "letter-cover": _on(frozenset({"coordinator"})),
    "imported-title": _on(EVERYBODY),
    "imported-account": _on(EVERYBODY),
    "imported-how": _on(EVERYBODY),
    "imported-reference": _on(EVERYBODY),
    "imported-done": _on(EVERYBODY),
    # What has not been added yet, and how a file is called: for whose export it is, and the office.
    "import-file-name": _on(IMPORTERS),
    "import-heading": _on(IMPORTERS),
    "import-bad-cell": _on(IMPORTERS),
    "import-preview": _on(IMPORTERS),
    # What was done on receipt of the request is the coordinator's and the chair's.
    "told-whom": _on(LEADERS),
    "call-used": _on(LEADERS),
    "call-answered": _on(LEADERS),
    "call-said": _on(LEADERS),
    "call-added": _on(LEADERS),
    "offer-what": _on(LEADERS),
    "offer-wording": _on(LEADERS),
    "referral-service": _on(LEADERS),
    "referral-words": _on(LEADERS),
}


@dataclass(frozen=True)
class Shared:
    """An item of the case: who shares it, how, and who reads it."""

    name: str
    sharer: str
    handling: Handling
    told: Told
    readers: frozenset[str]
    named: tuple[str, ...] = ()


_IN_WORDS = Told.IN_THESE_WORDS
ITEMS = (
    Shared("panel", cases.POLICE, Handling.PANEL, _IN_WORDS, EVERYBODY),
    Shared("panel-told", cases.POLICE, Handling.PANEL, Told.YES, EVERYBODY),
    Shared("panel-not-told", cases.POLICE, Handling.PANEL, Told.NO, EVERYBODY),
    Shared("statutory", cases.POLICE, Handling.STATUTORY, _IN_WORDS, STATUTORY),
    Shared("named", cases.POLICE, Handling.NAMED, _IN_WORDS, NAMED, (demo_people.SCHOOL,)),
    Shared("narrow", cases.POLICE, Handling.CHAIR_AND_COORDINATOR, _IN_WORDS, SHARERS),
    Shared("fire-narrow", FIRE, Handling.CHAIR_AND_COORDINATOR, Told.NO, LEADERS | {"fire"}),
    Shared(
        "fire-named",
        FIRE,
        Handling.NAMED,
        Told.YES,
        LEADERS | {"fire", "council"},
        (demo_people.HEXLEY_COUNCIL,),
    ),
    Shared("office-narrow", cases.COORDINATOR, Handling.CHAIR_AND_COORDINATOR, Told.NO, LEADERS),
)
for _item in ITEMS:
    for _part in ("title", "content", *(("words",) if _item.told is _IN_WORDS else ())):
        TABLE[f"item-{_item.name}-{_part}"] = _on(_item.readers)

# What the police corrected and withdrew: the past is read by who could read it then and can read
# the item now; of what was withdrawn only the police and the coordinator read on.
_SHARER_AND_OFFICE = frozenset({"police", "police lead", "coordinator"})
CORRECTED = {
    "panel-widened": (SHARERS, EVERYBODY),
    "narrowed": (SHARERS, SHARERS),
    "renamed": (SHARERS, SHARERS | {"council"}),
}
WITHDRAWN = {"withdrawn": EVERYBODY, "withdrawn-narrow": SHARERS}
for _name, (_past, _now) in CORRECTED.items():
    for _part in ("title", "content"):
        TABLE[f"past-{_name}-{_part}"] = _on(_past)
        TABLE[f"item-{_name}-{_part}"] = _on(_now)
    TABLE[f"reason-{_name}"] = _on(_past & _now)
for _name, _readers in WITHDRAWN.items():
    for _part in ("title", "content", "words"):
        TABLE[f"past-{_name}-{_part}"] = _on(_SHARER_AND_OFFICE)
    TABLE[f"reason-{_name}"] = _on(_readers)

# All that a support worker finds: the name of the victim who accepted them, and the statement.
SUPPORTED = {
    "applicant-name",
    "statement-words",
    "statement-written-by",
    "statement-reads-out",
}

TOKENS = {name: canary(name) for name in TABLE}
# What may stand on a screen that the whole panel looks at.
PROJECTED = frozenset(
    {
        "agenda-item",
        "agenda-notes",
        "applicant-name",
        "meeting-decision",
        "applicant-attendance",
        "meeting-place",
        "place",
    }
    | {"telling-what"}
    | {
        name
        for name in TABLE
        if name.startswith(("action-", "adequacy-", "item-panel", "power-", "recommendation-"))
    }
)

_FOLD = re.compile(r"\r?\n[ \t]")


def found_in(text: str) -> set[str]:
    """The names of the tokens in a text, also where a calendar file folds its lines."""
    unfolded = _FOLD.sub("", text)
    return {name for name, bird in TOKENS.items() if bird in text or bird in unfolded}


def on_pages(reader: str) -> set[str]:
    """The names of the tokens that somebody inside may and must find."""
    return {name for name, bird in TABLE.items() if reader in bird.pages}


def in_paper(paper: str) -> set[str]:
    """The names of the tokens that stand in a paper."""
    return {name for name, bird in TABLE.items() if paper in bird.papers}
