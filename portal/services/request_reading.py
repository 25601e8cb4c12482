"""A request's answers read as what a case is made of: details, incidents, reports, words."""

from typing import Any

from portal.domain.answers import Answer, known_strands
from portal.domain.distress import TALK_TODAY
from portal.domain.request_draft import DraftAnswers, DraftIncident, Filled
from portal.domain.request_pages import GROUP, for_whom
from portal.domain.roles import Actor
from portal.models.case import ReportChannel
from portal.models.request import Landlord, TakingPart, Tenure
from portal.services.agencies import council_of, landlord_named
from portal.services.incidents import TypedIncident, TypedReport

OTHER = "other"
NOT_KNOWN = "not_known"
OFFICE_ONLY = "office"
LONGEST_PLACE = 200
LONGEST_NEEDS = 500
AGREEMENTS = {
    "signed": "Yes. There is a signed paper or an email that says so",
    "will_tell": "Yes. They will tell you themselves",
    "not_yet": "Not yet",
    "child": "They are under 18, and I am their parent or carer",
}
EFFECTS = {
    "afraid": "I am afraid to go out",
    "child": "A child is affected",
    "health": "My health is worse",
    "moving": "I have thought of moving",
    TALK_TODAY: "I need someone to talk to today",
}
NEEDS = {
    "interpreter": "An interpreter",
    "bsl": "British Sign Language",
    "large_print": "Large print",
    "easy_read": "Easy read",
    "reading": "Help to read or write",
    "breaks": "Breaks",
    "step_free": "A place without steps",
    "hearing_loop": "A hearing loop",
    "carer": "My carer comes with me",
    "other": "Something else",
}
OTHERS = {
    "household": "People in the same household",
    "children": "Children",
    "neighbours": "Neighbours",
    "customers": "Staff or customers",
    "others": "Others",
}
WAYS = {
    "phone": "Phone call",
    "text": "Text message",
    "email": "Email",
    "post": "Post",
    "in_person": "In person",
    "through": "Through",
}
_BSL = "British Sign Language"
_BY_VIDEO = "by_video"
# Whatever is not among the safe ways was not called safe.
_NOT_SAFE = {"post": "No post", "email": "No email"}


def place_of(answers: DraftAnswers) -> str:
    """Return where it happens, in one line."""
    happening, home = answers.page("happening"), answers.page("home")
    if happening.said("place"):
        return happening.said("place")
    address = ", ".join(home.said("address").split("\n"))
    return f"{address}, {home.said('postcode')}".strip(", ")[:LONGEST_PLACE] or "At home"


def summary_of(answers: DraftAnswers) -> str:
    """Return what is happening, in the applicant's words."""
    happening = answers.page("happening")
    hate = happening.said("hate_words") if happening.said("hate") == Answer.YES else ""
    return _paragraphs(happening.said("what"), _said("Why it may be hate", hate))


def safe_contact_of(reach: Filled) -> str:
    """Return how it is safe to reach whoever asks, as it stands above every page of the case."""
    chosen = reach.chosen("ways")
    safe = ", ".join(words for way, words in WAYS.items() if way in chosen and way != "through")
    through = _said("Through", reach.said("through")) if "through" in chosen else ""
    unsafe = [words for way, words in _NOT_SAFE.items() if way not in chosen]
    asked = {
        "message": ("A message may be left", "Leave no message"),
        "envelope": ("The envelope may show who we are", "The envelope must not show who we are"),
    }
    answered = [
        words[0] if reach.said(name) == Answer.YES else words[1]
        for name, words in asked.items()
        if reach.said(name)
    ]
    said = (_said("Times", reach.said("times")), _said("Do not say", reach.said("not_words")))
    return ". ".join(part for part in (safe, through, *unsafe, *answered, *said) if part) + "."


def incident_of(answers: DraftAnswers, filled: Filled) -> TypedIncident:
    """Return a time that something happened as it is stored."""
    happening = answers.page("happening")
    is_asked = happening.said("hate") == Answer.YES and filled.said("hate")
    hate = Answer(filled.said("hate")) if is_asked else None
    return TypedIncident(
        happened_on=filled.day("happened_on"),
        title=filled.said("title"),
        account=_paragraphs(
            filled.said("account") or filled.said("title"),
            _said("About when", filled.said("about_when")),
        ),
        place=filled.said("place"),
        hate=hate,
        strands=happening.chosen("strands") if hate is Answer.YES else (),
    )


def reports_of(incident: DraftIncident) -> list[TypedReport]:
    """Return the reports of an incident as they are stored."""
    return [_report(each) for each in incident.reports]


def _report(filled: Filled) -> TypedReport:
    told, channel = filled.said("told"), filled.said("channel")
    return TypedReport(
        reported_on=filled.day("told_on"),
        agency_id=int(told) if told.isdigit() else None,
        reported_to=filled.said("told_other") if told == OTHER else "",
        spoke_to=filled.said("spoke_to"),
        channel=ReportChannel(channel) if channel else ReportChannel.NOT_KNOWN,
        how=_said("About when", filled.said("about_when")),
        their_reference=filled.said("their_reference"),
        what_was_done=filled.said("what_was_done"),
        what_was_promised=filled.said("what_was_promised"),
    )


def details_of(actor: Actor, lga_id: int, answers: DraftAnswers) -> dict[str, Any]:
    """Return the answers beside the incidents, by the columns of the case's details.

    Args:
        actor: of the case's area.
        lga_id: of the case, for its council.
        answers: all of them.
    """
    return {
        **_home(actor, lga_id, answers.page("home")),
        **_hate(answers.page("happening")),
        **_effect(answers),
        **_meeting(answers.page("meeting")),
    }


def _home(actor: Actor, lga_id: int, home: Filled) -> dict[str, Any]:
    said, name = home.said("landlord"), home.said("landlord_name")
    agency = council_of(actor, lga_id) if said == "council" else None
    if said == "housing_association":
        agency = landlord_named(actor, name)
    if agency is not None:
        return {
            "landlord": Landlord.AGENCY,
            "landlord_agency_id": agency,
            "tenure": Tenure(said),
        }
    landlord, tenure, words = {
        "own": (Landlord.NONE, Tenure.OWNER, ""),
        "council": (Landlord.OTHER, Tenure.COUNCIL, "The council"),
        "housing_association": (
            Landlord.OTHER if name else Landlord.NOT_KNOWN,
            Tenure.HOUSING_ASSOCIATION,
            name,
        ),
        "private": (Landlord.OTHER, Tenure.PRIVATE, "A private landlord"),
        "other": (Landlord.OTHER, Tenure.OTHER, "Somebody else"),
        "not_known": (Landlord.NOT_KNOWN, Tenure.NOT_KNOWN, ""),
    }.get(said, (None, None, ""))
    return {"landlord": landlord, "tenure": tenure, "landlord_name": words}


def _hate(happening: Filled) -> dict[str, Any]:
    hate = Answer(happening.said("hate")) if happening.said("hate") else None
    strands = known_strands(hate, list(happening.chosen("strands")))
    return {"hate": hate, "strands": strands}


def _effect(answers: DraftAnswers) -> dict[str, Any]:
    effect = answers.page("effect")
    ticked = [
        words
        for value, words in EFFECTS.items()
        if value in effect.chosen("effects") and value != TALK_TODAY
    ]
    affected = [words for value, words in OTHERS.items() if value in effect.chosen("others")]
    return {
        "impact": _paragraphs(effect.said("impact"), *ticked),
        "wishes": effect.said("wishes"),
        "others_affected": Answer.YES if affected else None,
        "households": None,
        "others_words": _paragraphs(
            ", ".join(affected),
            _said("About how many people", effect.said("how_many")),
            _said("Members of the group, about", _members(answers)),
            effect.said("others_words"),
        ),
    }


def _members(answers: DraftAnswers) -> str:
    return answers.page("group").said("members") if for_whom(answers) == GROUP else ""


def _meeting(meeting: Filled) -> dict[str, Any]:
    said, needs = meeting.said("taking_part"), meeting.chosen("needs")
    is_else = said == TakingPart.SOMEBODY_ELSE
    spoken = [meeting.said("language")] if "interpreter" in needs else []
    languages = [*spoken, *([_BSL] if "bsl" in needs else [])]
    access = [
        words
        for value, words in NEEDS.items()
        if value in needs and value not in {"interpreter", "bsl", OTHER}
    ]
    own = [meeting.said("need") or NEEDS[OTHER]] if OTHER in needs else []
    by_video = ["Takes part by video or phone"] if said == _BY_VIDEO else []
    all_access = "; ".join([*access, *own, *by_video])[:LONGEST_NEEDS]
    taking_part = TakingPart.ATTENDS if said == _BY_VIDEO else said
    return {
        "taking_part": TakingPart(taking_part) if taking_part else None,
        "somebody_else": (meeting.said("speaker") or "Not said yet") if is_else else "",
        "interpreter": Answer.YES if languages else None,
        "language": ", ".join(languages)[:100],
        "has_access_needs": Answer.YES if all_access else None,
        "access_needs": all_access,
    }


def _said(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
