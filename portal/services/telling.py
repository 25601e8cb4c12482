"""Who tells the applicant what, how and by when; and that they were told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.meeting import adjourned_sittings_for, meetings_for
from portal.access.scope.telling import own_tellings_for, tellings_for
from portal.db import db, transaction
from portal.domain.dates import LONDON, time_of
from portal.domain.roles import AGENCY_ROLES, Act, Actor
from portal.domain.stages import Stage
from portal.models.telling import Telling, TellingKind, TellingWay
from portal.services.actions import owner_key
from portal.services.changes import check_version, mark_changed, names_of
from portal.services.contact_agencies import agreed_agencies
from portal.services.frames import CaseFrame, frame
from portal.services.once import once

KINDS: Mapping[TellingKind, str] = {
    TellingKind.OUTCOME: "How the meeting went, and what happens now",
    TellingKind.ANSWER: "The answer to a question that they asked",
}
WAYS: Mapping[TellingWay, str] = {
    TellingWay.CALL: "By phone",
    TellingWay.VISIT: "In a visit",
    TellingWay.EMAIL: "By email",
    TellingWay.LETTER: "By letter",
    TellingWay.SOMEBODY: "By way of somebody they trust",
}
_GONE = "Nobody: who was to do it has left the case"


_TASKS: Mapping[TellingWay, str] = {
    TellingWay.CALL: "Call {name}",
    TellingWay.VISIT: "Visit {name}",
    TellingWay.EMAIL: "Email {name}",
    TellingWay.LETTER: "Write to {name}",
    TellingWay.SOMEBODY: "See that {name} is told",
}


class TellingError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedTelling:
    """Something that the applicant will be told, as it is typed in; times are of Europe/London.

    Attributes:
        who: the key of one of the page's people.
    """

    kind: TellingKind
    what: str
    who: str
    way: TellingWay
    due_on: dt.date
    due_time: dt.time

    @property
    def due_at(self) -> dt.datetime:
        """Return by when the applicant is told."""
        return dt.datetime.combine(self.due_on, self.due_time, tzinfo=LONDON)


@dataclass(frozen=True)
class ShownTelling:
    """Something that the applicant will be told, or was, as the panel reads it.

    Attributes:
        is_late: its time has come and nobody has said that it was done.
        may_tell: the reader can say that it was done.
    """

    number: int
    kind: str
    what: str
    who: str
    way: str
    due_at: dt.datetime
    told_at: dt.datetime | None
    told_by: str
    is_late: bool
    may_tell: bool


@dataclass(frozen=True)
class TellingsPage:
    """All that the applicant will be told after the meeting."""

    frame: CaseFrame
    tellings: tuple[ShownTelling, ...]
    is_meeting_open: bool


@dataclass(frozen=True)
class TellingForm:
    """What the form needs: who can tell the applicant; and what is stored, to be changed.

    Attributes:
        people: keys and names of those who may reach the applicant.
        out_of_reach: agencies on the case that the applicant has not agreed to.
        stored: by the form's fields; empty for a new one.
    """

    frame: CaseFrame
    people: tuple[tuple[str, str], ...]
    out_of_reach: tuple[str, ...]
    stored: Mapping[str, object]
    version: int
    is_meeting_open: bool


def open_tellings(actor: Actor, reference: str) -> TellingsPage:
    """Return who tells the applicant what, and what they were told."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="what the applicant is told")
        return TellingsPage(
            frame(actor, opened), shown_tellings(actor, opened), _is_meeting_open(opened)
        )


def _is_meeting_open(opened: Opened) -> bool:
    return opened.case.stage is Stage.REVIEWING


def shown_tellings(actor: Actor, opened: Opened) -> tuple[ShownTelling, ...]:
    """Return them in their order; belongs inside a transaction."""
    rows = db.session.scalars(tellings_for(actor, opened.case.id)).all()
    names = {owner_key(person): person.label for person in readers_of(opened.case)}
    told_by = names_of(row.told_by_id for row in rows)
    own: set[int] = set()
    if opened.allows(actor, Act.TELL_APPLICANT):
        own = {row.id for row in db.session.scalars(own_tellings_for(actor, opened.case.id))}
    return tuple(
        ShownTelling(
            number=row.number,
            kind=KINDS[row.kind],
            what=row.what,
            who=names.get(_key(row), _GONE),
            way=WAYS[row.way],
            due_at=row.due_at,
            told_at=row.told_at,
            told_by=told_by.get(row.told_by_id, ""),
            is_late=row.told_at is None and row.due_at < actor.at,
            may_tell=row.told_at is None and row.id in own,
        )
        for row in rows
    )


def _key(row: Telling) -> str:
    return f"{row.person_id}-{row.agency_id or 0}"


def open_form(actor: Actor, reference: str, number: int | None = None) -> TellingForm:
    """Return what the form needs, for a new one or to change the one with the number.

    Raises:
        CaseNotFoundError: there is none with the number, or it was told already.
    """
    with transaction():
        opened = load_case(actor, reference, Act.NAME_TELLER, thing=_thing(number, "form"))
        row = None if number is None else _untold(actor, opened, number)
        people = readers_of(opened.case)
        can_reach = _who_can_reach(actor, opened, people)
        within = {person.agency_name for person in can_reach}
        outside = dict.fromkeys(p.agency_name for p in people if p.agency_name not in within)
        return TellingForm(
            frame=frame(actor, opened),
            people=tuple((owner_key(person), person.label) for person in can_reach),
            out_of_reach=tuple(name for name in outside if name),
            stored=_stored(row) if row else {},
            version=row.version if row else 0,
            is_meeting_open=_is_meeting_open(opened),
        )


def _thing(number: int | None, *more: str) -> str:
    return ", ".join([*([] if number is None else [f"telling {number}"]), *more])


def _stored(row: Telling) -> dict[str, object]:
    due = row.due_at.astimezone(LONDON)
    return {
        "kind": row.kind.value,
        "what": row.what,
        "who": _key(row),
        "way": row.way.value,
        "due_on": due.date(),
        "due_time": due.time(),
    }


def _who_can_reach(actor: Actor, opened: Opened, people: list[CaseReader]) -> list[CaseReader]:
    """Return who may have the applicant's address, phone and email.

    The coordinators, the chair, and the agencies that the applicant agreed to (product.md,
    Sharing): nobody is given a task that they cannot do.
    """
    agreed = agreed_agencies(actor, opened.case.id)
    return [p for p in people if p.role not in AGENCY_ROLES or p.agency_id in agreed]


def _untold(actor: Actor, opened: Opened, number: int) -> Telling:
    found = db.session.scalars(
        tellings_for(actor, opened.case.id).where(
            Telling.number == number, Telling.told_at.is_(None)
        )
    ).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def add_telling(actor: Actor, reference: str, token: str, typed: TypedTelling) -> None:
    """Say who tells the applicant something.

    Raises:
        TellingError: the person cannot reach the applicant, or the time is past.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.NAME_TELLER)
        before = db.session.scalars(tellings_for(actor, opened.case.id)).all()
        telling = Telling(case_id=opened.case.id, number=len(before) + 1)
        _fill(actor, opened, telling, typed)
        db.session.add(telling)


def change_telling(
    actor: Actor,
    reference: str,
    number: int,
    token: str,
    typed: TypedTelling,
    version: int | None,
) -> None:
    """Change who tells the applicant what, or by when, as long as they were not told.

    Raises:
        CaseNotFoundError: there is none with the number, or it was told already.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        TellingError: the person cannot reach the applicant, or the time is past.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.NAME_TELLER, thing=_thing(number))
        telling = _untold(actor, opened, number)
        check_version(telling, version)
        _fill(actor, opened, telling, typed)


def _fill(actor: Actor, opened: Opened, telling: Telling, typed: TypedTelling) -> None:
    people = _who_can_reach(actor, opened, readers_of(opened.case))
    person = next((p for p in people if owner_key(p) == typed.who), None)
    if person is None:
        raise TellingError("who", "Select who tells them: somebody who may reach the applicant")
    if typed.due_at != telling.due_at and typed.due_at < actor.at:
        raise TellingError("due_time", "The time must be in the future")
    telling.kind, telling.what, telling.way = typed.kind, typed.what, typed.way
    telling.person_id, telling.agency_id = person.person_id, person.agency_id
    telling.due_at = typed.due_at
    mark_changed(actor, telling)


@dataclass(frozen=True)
class ToldPage:
    """Something that the reader has told the applicant, or is about to."""

    frame: CaseFrame
    telling: ShownTelling
    is_meeting_open: bool


def open_told(actor: Actor, reference: str, number: int) -> ToldPage:
    """Return what is to be told, for whose it is.

    Raises:
        CaseNotFoundError: it is not theirs, or was told already.
    """
    with transaction():
        opened = load_case(actor, reference, Act.TELL_APPLICANT, thing=_thing(number, "form"))
        _own(actor, opened, number)
        shown = next(t for t in shown_tellings(actor, opened) if t.number == number)
        return ToldPage(frame(actor, opened), shown, _is_meeting_open(opened))


def record_told(actor: Actor, reference: str, number: int, token: str, at: dt.datetime) -> None:
    """Record that the applicant was told, and when.

    Raises:
        CaseNotFoundError: it is not theirs, or was told already.
        TellingError: the time lies in the future, or before the meeting.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.TELL_APPLICANT, thing=_thing(number))
        telling = _own(actor, opened, number)
        if at > actor.at:
            raise TellingError("told_time", "The time must be now or in the past")
        if at < _began_at(actor, opened):
            raise TellingError("told_on", "The day must not be before the meeting")
        telling.told_at, telling.told_by_id = at, actor.person_id
        mark_changed(actor, telling)


def _began_at(actor: Actor, opened: Opened) -> dt.datetime:
    """Return when the first sitting of the meeting was opened."""
    case_id = opened.case.id
    past = [row.opened_at for row in db.session.scalars(adjourned_sittings_for(actor, case_id))]
    last = db.session.scalars(meetings_for(actor, case_id)).one().opened_at
    return min([*past, *([last] if last else [])])


def _own(actor: Actor, opened: Opened, number: int) -> Telling:
    query = own_tellings_for(actor, opened.case.id)
    found = db.session.scalars(
        query.where(Telling.number == number, Telling.told_at.is_(None))
    ).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def is_theirs(actor: Actor, telling: Telling) -> bool:
    """Say whether it is the actor who tells the applicant, and not somebody they answer for."""
    return telling.person_id == actor.person_id


def telling_in_words(
    telling: Telling, name: str, *, is_own: bool, people: Mapping[int | None, str]
) -> tuple[str, str]:
    """Return what stands on the home page: a verb first, then one line why.

    Args:
        telling: what the applicant is told.
        name: the applicant’s.
        is_own: the reader is who tells them.
        people: names of those who tell, by number.
    """
    by = time_of(telling.due_at)
    way = telling.way if is_own else TellingWay.SOMEBODY
    who = "" if is_own else f" {people[telling.person_id]} was to do it."
    title = _TASKS[way].format(name=name or "the applicant")
    return title, f"{KINDS[telling.kind]}. By {by}.{who}"


__all__ = [
    "KINDS",
    "WAYS",
    "ShownTelling",
    "TellingError",
    "TellingForm",
    "TellingKind",
    "TellingWay",
    "TellingsPage",
    "ToldPage",
    "TypedTelling",
    "add_telling",
    "change_telling",
    "is_theirs",
    "open_form",
    "open_tellings",
    "open_told",
    "record_told",
    "shown_tellings",
    "telling_in_words",
]
