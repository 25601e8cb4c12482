"""Answers to the invites: each for themselves, by button or as a file; or told to the office."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened, load_case
from portal.access.readers import CaseReader
from portal.access.scope.invites import answers_for
from portal.access.scope.marks import SEES_EVERYTHING
from portal.access.scope.meeting import meetings_for
from portal.db import db
from portal.domain.invites import AnswerToInvite
from portal.domain.roles import Act, Actor, Role
from portal.invites.reply import MOST_BYTES, Reply, ReplyError, read_reply
from portal.models.invite import AnswerWay, InviteAnswer
from portal.models.meeting import Meeting
from portal.models.person import Person
from portal.services.applicant_invite import asks_for_invite
from portal.services.changes import names_of
from portal.services.invite_messages import panel_people
from portal.services.invites_out import does_count, entry_of
from portal.services.once import once
from portal.services.words import ANSWERS_TO_INVITE

APPLICANT = "applicant"
NO_ANSWER = "No answer yet"


class AnswerError(Exception):
    """What was answered cannot be kept; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class TypedAnswer:
    """An answer as it is typed in; a delegate is the number of a person."""

    answer: AnswerToInvite
    delegate_id: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class ShownInviteAnswer:
    """What somebody has answered.

    Attributes:
        key: what a form posts for them.
        when: of the answer; none where there is none, or where it counts no more.
        earlier: what they answered before, as lines.
    """

    key: str
    name: str
    agency_name: str
    said: str
    when: dt.datetime | None
    comment: str
    earlier: tuple[str, ...]


@dataclass(frozen=True)
class AnswersPart:
    """The answers, cut to the reader.

    Attributes:
        own: the reader's, where they have an invite.
        everybody: for the coordinator and the chair alone.
        delegates: who can come in the reader's place.
        is_open: answers are taken, because the sitting is still to come.
    """

    own: ShownInviteAnswer | None
    everybody: tuple[ShownInviteAnswer, ...]
    delegates: tuple[tuple[int, str], ...]
    is_open: bool


def answers_part(actor: Actor, opened: Opened, meeting: Meeting) -> AnswersPart | None:
    """Return the answers for a reader; none before the invites went out.

    Belongs inside a transaction.
    """
    if meeting.invited_at is None:
        return None
    invited = {holder.person_id for holder in entry_of(meeting.panel_uid).holders.values()}
    people = [person for person in panel_people(opened.case) if person.person_id in invited]
    shown = _all_shown(actor, opened, meeting, people)
    own = next((each for each in shown if each.key == str(actor.person_id)), None)
    return AnswersPart(
        own=own,
        everybody=tuple(shown) if actor.role in SEES_EVERYTHING else (),
        delegates=_delegates(people, actor.person_id),
        is_open=_is_open(actor, meeting) and own is not None,
    )


def _is_open(actor: Actor, meeting: Meeting) -> bool:
    return meeting.opened_at is None and meeting.starts_at > actor.at


def _all_shown(
    actor: Actor, opened: Opened, meeting: Meeting, people: Sequence[CaseReader]
) -> list[ShownInviteAnswer]:
    rows = db.session.scalars(answers_for(actor, opened.case.id)).all()
    panel = {each.person_id for each in people}
    names = names_of(row.delegate_id for row in rows)
    known = [(each.person_id, each.name, each.agency_name or each.role.label) for each in people]
    if asks_for_invite(meeting):
        known.append((0, "The applicant", "Opening section"))
    return [
        _shown(
            [row for row in rows if (row.person_id or 0) == number],
            lambda row: does_count(meeting, row, panel),
            (str(number) if number else APPLICANT, name, agency),
            names,
        )
        for number, name, agency in known
    ]


def _shown(
    rows: Sequence[InviteAnswer],
    counts: Callable[[InviteAnswer], bool],
    whose: tuple[str, str, str],
    names: dict[int | None, str],
) -> ShownInviteAnswer:
    key, name, agency = whose
    last = rows[-1] if rows and counts(rows[-1]) else None
    earlier = rows[:-1] if last else rows
    return ShownInviteAnswer(
        key=key,
        name=name,
        agency_name=agency,
        said=_said(last, names) if last else NO_ANSWER,
        when=last.answered_at if last else None,
        comment=last.comment if last else "",
        earlier=tuple(_said(row, names) for row in earlier),
    )


def _said(row: InviteAnswer, names: dict[int | None, str]) -> str:
    words = ANSWERS_TO_INVITE[row.answer]
    told = ", told to the office" if row.way is AnswerWay.OFFICE else ""
    return f"{words}: {names[row.delegate_id]}{told}" if row.delegate_id else f"{words}{told}"


def _delegates(people: Sequence[CaseReader], person_id: int | None) -> tuple[tuple[int, str], ...]:
    """Return who of the same agency, or of the office, can open the case and come instead."""
    mine = {_body(person) for person in people if person.person_id == person_id}
    return tuple(
        (person.person_id, person.label)
        for person in people
        if person.person_id != person_id and _body(person) in mine
    )


def _body(person: CaseReader) -> tuple[Role | None, int | None]:
    return (None if person.agency_id else person.role, person.agency_id)


def answer_invite(actor: Actor, reference: str, token: str, typed: TypedAnswer) -> None:
    """Answer one's own invite.

    Raises:
        AnswerError: there is none, the meeting has begun, or the delegate does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, meeting = _open(actor, reference, Act.ANSWER_INVITE, "answer")
        _keep(actor, opened, meeting, actor.person_id, typed, AnswerWay.BUTTON)


def answer_by_file(actor: Actor, reference: str, token: str, content: bytes) -> None:
    """Answer one's own invite by the file that a calendar made of it.

    Raises:
        AnswerError: it cannot be read, or is the answer of somebody else or to something else.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, meeting = _open(actor, reference, Act.ANSWER_INVITE, "file")
        try:
            reply = read_reply(content)
        except ReplyError as error:
            raise AnswerError("file", str(error)) from error
        _check_reply(actor, meeting, reply)
        typed = _typed(opened, meeting, reply)
        _keep(
            actor,
            opened,
            meeting,
            actor.person_id,
            typed,
            AnswerWay.FILE,
            sequence=reply.sequence,
        )


def record_answer(actor: Actor, reference: str, token: str, whom: str, typed: TypedAnswer) -> None:
    """Type in the answer of somebody who told the office, or of the applicant.

    Args:
        actor: the coordinator.
        reference: of the case.
        token: of the form.
        whom: the key of a line of the answers.
        typed: what they answered.

    Raises:
        AnswerError: they have no invite, the meeting has begun, or the delegate does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, meeting = _open(actor, reference, Act.RECORD_ANSWER, "whom")
        part = answers_part(actor, opened, meeting)
        if part is None or whom not in {each.key for each in part.everybody}:
            raise AnswerError("whom", "Select who answered")
        person_id = None if whom == APPLICANT else int(whom)
        if person_id is None and typed.answer is AnswerToInvite.DELEGATED:
            raise AnswerError("answer", "Nobody can come in the applicant’s place by an answer")
        _keep(actor, opened, meeting, person_id, typed, AnswerWay.OFFICE)


def _open(actor: Actor, reference: str, act: Act, field: str) -> tuple[Opened, Meeting]:
    opened = load_case(actor, reference, act)
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    if meeting is None or meeting.invited_at is None:
        raise AnswerError(field, "No invite to this meeting has gone out")
    if not _is_open(actor, meeting):
        raise AnswerError(field, "The meeting has begun, so answers are closed")
    return opened, meeting


def _check_reply(actor: Actor, meeting: Meeting, reply: Reply) -> None:
    if reply.uid != meeting.panel_uid:
        raise AnswerError("file", "This file answers another invite")
    person = db.session.get_one(Person, actor.person_id)
    if reply.email != person.email.lower():
        raise AnswerError("file", "This file is the answer of somebody else")
    if not 0 <= reply.sequence <= meeting.sequence:
        raise AnswerError("file", "This file answers an invite that has not been sent")
    if reply.sequence < meeting.time_sequence:
        raise AnswerError(
            "file", "The day or the time has changed since this answer. Answer the new invite"
        )
    if reply.answer is None:
        raise AnswerError("file", "This file does not say whether you come")


def _typed(opened: Opened, meeting: Meeting, reply: Reply) -> TypedAnswer:
    answer = reply.answer or AnswerToInvite.TENTATIVE
    if answer is not AnswerToInvite.DELEGATED:
        return TypedAnswer(answer, None, reply.comment)
    found = db.session.scalars(
        sa.select(Person.id).where(sa.func.lower(Person.email) == reply.delegate)
    ).one_or_none()
    return TypedAnswer(answer, found, reply.comment)


def _keep(
    actor: Actor,
    opened: Opened,
    meeting: Meeting,
    person_id: int | None,
    typed: TypedAnswer,
    way: AnswerWay,
    *,
    sequence: int | None = None,
) -> None:
    field = "file" if way is AnswerWay.FILE else "answer"
    invited = {holder.person_id for holder in entry_of(meeting.panel_uid).holders.values()}
    if person_id is not None and person_id not in invited:
        raise AnswerError(field, "You have no invite to this meeting yet")
    is_delegated = typed.answer is AnswerToInvite.DELEGATED
    if is_delegated:
        people = [each for each in panel_people(opened.case) if each.person_id in invited]
        if typed.delegate_id not in dict(_delegates(people, person_id)):
            field = "file" if way is AnswerWay.FILE else "delegate"
            raise AnswerError(field, "Select a colleague of the same agency who is invited too")
    current = meeting.sequence if person_id else meeting.applicant_sequence
    db.session.add(
        InviteAnswer(
            meeting_id=meeting.id,
            person_id=person_id,
            answer=typed.answer,
            delegate_id=typed.delegate_id if is_delegated else None,
            comment=typed.comment,
            sequence=current if sequence is None else sequence,
            way=way,
            answered_at=actor.at,
            recorded_by_id=actor.person_id,
        )
    )


__all__ = [
    "APPLICANT",
    "MOST_BYTES",
    "AnswerError",
    "AnswersPart",
    "ShownInviteAnswer",
    "TypedAnswer",
    "answer_by_file",
    "answer_invite",
    "answers_part",
    "record_answer",
]
