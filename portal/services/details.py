"""The request beside its incidents: who asks, home, hate, others, own words, meeting, needs."""

import datetime as dt
from dataclasses import asdict, dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.request import details_for, safe_contact_changes_for
from portal.db import db, transaction
from portal.domain.answers import Answer, known_strands
from portal.domain.roles import Act, Actor
from portal.models.person import Person
from portal.models.request import (
    Landlord,
    RequestDetails,
    SafeContactChange,
    TakingPart,
    Tenure,
)
from portal.services.agencies import agencies_of_area
from portal.services.changes import (
    ChangedMeanwhileError,
    check_version,
    mark_changed,
    name_of,
)
from portal.services.consents import ConsentPart, consent_part
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.parties import ShownParty, shown_parties
from portal.services.request_words import ShownSection, shown_sections
from portal.services.safe_reach import ask_again
from portal.services.words import CHANNELS


@dataclass(frozen=True, kw_only=True)
class HomeAnswers:
    """Who the landlord is, and how the victim lives there; none where it was not asked."""

    landlord: Landlord | None = None
    landlord_agency_id: int | None = None
    landlord_name: str = ""
    tenure: Tenure | None = None


@dataclass(frozen=True, kw_only=True)
class HateAnswers:
    """Whether the whole of it is about hate, and which."""

    hate: Answer | None = None
    strands: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OthersAnswers:
    """Whether others are affected: how many households, and what is known of it."""

    others_affected: Answer | None = None
    households: int | None = None
    others_words: str = ""


@dataclass(frozen=True, kw_only=True)
class WordsAnswers:
    """What it does to the applicant and what they want, in their own words."""

    impact: str = ""
    wishes: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingAnswers:
    """How the applicant wants to be heard."""

    taking_part: TakingPart | None = None
    somebody_else: str = ""


@dataclass(frozen=True, kw_only=True)
class NeedsAnswers:
    """Interpreter and access needs."""

    interpreter: Answer | None = None
    language: str = ""
    has_access_needs: Answer | None = None
    access_needs: str = ""


Answers = HomeAnswers | HateAnswers | OthersAnswers | WordsAnswers | MeetingAnswers | NeedsAnswers


@dataclass(frozen=True)
class DetailsPage:
    """The answers as a form for changing some of them needs it; all are none before the first."""

    frame: CaseFrame
    stored: dict[str, object]
    agencies: dict[int, str]
    version: int


@dataclass(frozen=True)
class RequestPage:
    """The request as the whole panel reads it; what goes only to some is empty for the others.

    Attributes:
        received_at, keyed_at: when the request reached the office, and when it was typed in.
        keyed_by: empty where the applicant sent it themselves.
        consent: what was agreed to; none but for the coordinator and the chair.
        safe_contact_before: what stood there before, the latest first.
    """

    frame: CaseFrame
    received_at: dt.datetime
    channel: str
    keyed_at: dt.datetime
    keyed_by: str
    place: str
    summary: str
    parties: tuple[ShownParty, ...]
    sections: tuple[ShownSection, ...]
    consent: ConsentPart | None
    safe_contact_before: tuple["FormerSafeContact", ...]


@dataclass(frozen=True)
class FormerSafeContact:
    """What stood as safe contact until somebody changed it."""

    text: str
    until: dt.datetime
    changed_by: str


@dataclass(frozen=True)
class SafeContactPage:
    """How it is safe to reach the applicant, as the form for changing it needs it."""

    frame: CaseFrame
    text: str
    version: int


def open_request(actor: Actor, reference: str) -> RequestPage:
    """Return the request, cut to the reader."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="request")
        case = opened.case
        details = _stored(actor, opened) or _blank(opened)
        return RequestPage(
            frame=frame(actor, opened),
            received_at=case.received_at,
            channel=CHANNELS.get(case.channel, "Online form"),
            keyed_at=case.keyed_at,
            keyed_by=name_of(case.keyed_by_id),
            place=case.place,
            summary=case.summary,
            parties=shown_parties(actor, case.id),
            sections=shown_sections(details, agencies_of_area(actor)),
            consent=consent_part(actor, opened),
            safe_contact_before=_before(actor, opened),
        )


def _before(actor: Actor, opened: Opened) -> tuple[FormerSafeContact, ...]:
    query = safe_contact_changes_for(actor, opened.case.id)
    rows = db.session.execute(
        query.join(Person, Person.id == SafeContactChange.person_id).add_columns(Person.name)
    )
    return tuple(FormerSafeContact(row.before, row.at, name) for row, name in rows)


def open_details(actor: Actor, reference: str) -> DetailsPage:
    """Return the answers to be changed."""
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing="details")
        stored = _stored(actor, opened)
        details = stored or _blank(opened)
        names = [name for each in _ALL for name in each.__dataclass_fields__]
        return DetailsPage(
            frame=frame(actor, opened),
            stored={name: getattr(details, name) for name in names},
            agencies=agencies_of_area(actor),
            version=stored.version if stored else 0,
        )


_ALL = (HomeAnswers, HateAnswers, OthersAnswers, WordsAnswers, MeetingAnswers, NeedsAnswers)


def _stored(actor: Actor, opened: Opened) -> RequestDetails | None:
    return db.session.scalars(details_for(actor, opened.case.id)).one_or_none()


def _blank(opened: Opened) -> RequestDetails:
    """Return the answers before anything was asked: a row that is not stored yet."""
    blank = RequestDetails(case_id=opened.case.id)
    for name, value in (each for part in _ALL for each in asdict(part()).items()):
        setattr(blank, name, list(value) if isinstance(value, tuple) else value)
    return blank


def change_details(
    actor: Actor, reference: str, token: str, typed: Answers, version: int | None
) -> None:
    """Save the answers of one part of the request; the other parts stay as they are.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        typed: the answers of the part.
        version: that the form was filled from; 0 where nothing was stored.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: the landlord is not one of the area's agencies.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing="details")
        details = _stored(actor, opened)
        if details is not None:
            check_version(details, version)
        elif version != 0:
            raise ChangedMeanwhileError
        else:
            details = _blank(opened)
        for name, value in asdict(_settled(actor, typed)).items():
            setattr(details, name, list(value) if isinstance(value, tuple) else value)
        mark_changed(actor, details)
        db.session.add(details)


def _settled(actor: Actor, typed: Answers) -> Answers:
    """Return the answers without what another answer makes meaningless."""
    match typed:
        case HomeAnswers():
            return _settled_home(actor, typed)
        case HateAnswers():
            strands = tuple(known_strands(typed.hate, list(typed.strands)))
            return HateAnswers(hate=typed.hate, strands=strands)
        case OthersAnswers(others_affected=Answer.YES) | WordsAnswers():
            return typed
        case OthersAnswers():
            return OthersAnswers(others_affected=typed.others_affected)
        case MeetingAnswers():
            is_else = typed.taking_part is TakingPart.SOMEBODY_ELSE
            name = typed.somebody_else if is_else else ""
            return MeetingAnswers(taking_part=typed.taking_part, somebody_else=name)
        case NeedsAnswers():
            return NeedsAnswers(
                interpreter=typed.interpreter,
                language=typed.language if typed.interpreter is Answer.YES else "",
                has_access_needs=typed.has_access_needs,
                access_needs=typed.access_needs if typed.has_access_needs is Answer.YES else "",
            )


def _settled_home(actor: Actor, typed: HomeAnswers) -> HomeAnswers:
    agency_id = typed.landlord_agency_id if typed.landlord is Landlord.AGENCY else None
    if typed.landlord is Landlord.AGENCY and agency_id not in agencies_of_area(actor):
        raise IntakeError("landlord", "Select one of the agencies")
    return HomeAnswers(
        landlord=typed.landlord,
        landlord_agency_id=agency_id,
        landlord_name=typed.landlord_name if typed.landlord is Landlord.OTHER else "",
        tenure=typed.tenure,
    )


def open_safe_contact(actor: Actor, reference: str) -> SafeContactPage:
    """Return how it is safe to reach the applicant, to be changed."""
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing="safe contact")
        last = _last_change(actor, opened)
        number = last.number if last else 0
        return SafeContactPage(frame(actor, opened), opened.case.safe_contact, number)


def _last_change(actor: Actor, opened: Opened) -> SafeContactChange | None:
    return db.session.scalars(safe_contact_changes_for(actor, opened.case.id).limit(1)).first()


def change_safe_contact(
    actor: Actor, reference: str, token: str, text: str, version: int | None
) -> None:
    """Change how it is safe to reach the applicant; what stood there before is kept.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        text: as it stands above every page from now on.
        version: how often it had been changed when the form was filled.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing="safe contact")
        last = _last_change(actor, opened)
        number = last.number if last else 0
        if version != number:
            by = name_of(last.person_id if last else None)
            raise ChangedMeanwhileError(by=by, at=last.at if last else None)
        db.session.add(
            SafeContactChange(
                case_id=opened.case.id,
                number=number + 1,
                at=actor.at,
                person_id=actor.person_id,
                before=opened.case.safe_contact,
            )
        )
        opened.case.safe_contact = text
        ask_again(actor, opened)


__all__ = [
    "Answers",
    "DetailsPage",
    "FormerSafeContact",
    "HateAnswers",
    "HomeAnswers",
    "Landlord",
    "MeetingAnswers",
    "NeedsAnswers",
    "OthersAnswers",
    "RequestPage",
    "SafeContactPage",
    "TakingPart",
    "Tenure",
    "WordsAnswers",
    "change_details",
    "change_safe_contact",
    "open_details",
    "open_request",
    "open_safe_contact",
]
