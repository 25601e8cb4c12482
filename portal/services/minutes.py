"""The minutes: corrected by the chair and the coordinator, sent round, agreed by the chair."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, glance, load_case
from portal.access.readers import readers_of
from portal.access.scope.minutes import minutes_drafts_for, minutes_texts_for
from portal.db import db, transaction
from portal.domain.dates import in_words
from portal.domain.deadlines import due_on, london_day
from portal.domain.minutes import CORRECTION, Progress, Section, progress_of
from portal.domain.roles import AGENCY_ROLES, Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.models.minutes import MinutesDraft, MinutesText
from portal.models.person import Agency
from portal.models.plan import DocumentKind
from portal.services import minutes_checks, panel_mail
from portal.services.calendars import days_off
from portal.services.changes import check_version, mark_changed
from portal.services.documents import ShownDocument, shown_documents
from portal.services.frames import CaseFrame, frame
from portal.services.minutes_gathering import names_of
from portal.services.minutes_tables import Tables, tables_of
from portal.services.once import once
from portal.services.paper_checks import Check

KIND = (DocumentKind.MINUTES,)


@dataclass(frozen=True)
class ShownText:
    """A text of the minutes.

    Attributes:
        number: in its address.
        heading: of its section; the agency, for an account.
        words: empty where there is nothing on record.
    """

    number: int
    section: Section
    heading: str
    words: str
    version: int


@dataclass(frozen=True)
class ShownMinutes:
    """The draft as coordinator and chair see it."""

    progress: Progress
    drafted_at: dt.datetime
    what_changed: str
    sent_round_at: dt.datetime | None
    correct_until: dt.date | None
    agreed_at: dt.datetime | None
    tables: Tables
    texts: tuple[ShownText, ...]
    version: int


@dataclass(frozen=True)
class MinutesPage:
    """The page of the minutes; no draft before they are drafted.

    Attributes:
        checks: what has to be true before they are issued, what is open first.
        to_agree: what keeps the chair from agreeing them; empty where nothing does.
    """

    frame: CaseFrame
    draft: ShownMinutes | None
    checks: tuple[Check, ...]
    to_agree: str
    documents: tuple[ShownDocument, ...]

    @property
    def open_checks(self) -> tuple[Check, ...]:
        """Return what still blocks issuing."""
        return tuple(check for check in self.checks if not check.is_done)


@dataclass(frozen=True)
class MinutesAtAGlance:
    """What the page of the meeting says of the minutes.

    Attributes:
        may_correct: there is an account of the reader's agency, and it was sent round.
    """

    documents: tuple[ShownDocument, ...]
    may_correct: bool


@dataclass(frozen=True)
class TextPage:
    """A text of the minutes to be changed, for who may change it."""

    frame: CaseFrame
    text: ShownText


def glance_at_minutes(actor: Actor, reference: str) -> MinutesAtAGlance:
    """Return what the page of the meeting says of the minutes; that page is what is logged."""
    with transaction():
        opened = glance(actor, reference, Act.VIEW_CASE)
        return MinutesAtAGlance(
            documents=shown_documents(actor, opened, KIND),
            may_correct=opened.allows(actor, Act.CORRECT_ACCOUNT)
            and bool(stored_texts(actor, opened))
            and stored_draft(actor, opened) is not None,
        )


def open_minutes(
    actor: Actor, reference: str, act: Act = Act.READ_MINUTES, thing: str = ""
) -> MinutesPage:
    """Return the minutes for the coordinator and the chair, or for an act on them."""
    with transaction():
        opened = load_case(actor, reference, act, thing=thing)
        draft = stored_draft(actor, opened)
        texts = shown_texts(stored_texts(actor, opened))
        return MinutesPage(
            frame=frame(actor, opened),
            draft=_shown(draft, texts) if draft else None,
            checks=checks_of(actor, opened, draft, texts) if draft else (),
            to_agree=_why_not_agreed(actor, draft) if draft else "",
            documents=shown_documents(actor, opened, KIND),
        )


def stored_draft(actor: Actor, opened: Opened) -> MinutesDraft | None:
    """Return the draft as far as the actor may have it; belongs inside a transaction."""
    return db.session.scalars(minutes_drafts_for(actor, opened.case.id)).one_or_none()


def draft_of(actor: Actor, opened: Opened) -> MinutesDraft:
    """Return the draft; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none yet, or none for this reader.
    """
    found = stored_draft(actor, opened)
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def stored_texts(actor: Actor, opened: Opened) -> Sequence[MinutesText]:
    """Return the texts that the actor may have, in their order; belongs inside a transaction."""
    return db.session.scalars(minutes_texts_for(actor, opened.case.id)).all()


def shown_texts(texts: Sequence[MinutesText]) -> tuple[ShownText, ...]:
    """Return texts as they are shown; belongs inside a transaction."""
    agencies = names_of(Agency, {text.agency_id for text in texts if text.agency_id})
    return tuple(
        ShownText(
            number=text.number,
            section=text.section,
            heading=agencies[text.agency_id] if text.agency_id else text.section.heading,
            words=text.words,
            version=text.version,
        )
        for text in texts
    )


def checks_of(
    actor: Actor, opened: Opened, draft: MinutesDraft, texts: Sequence[ShownText]
) -> tuple[Check, ...]:
    """Return what has to be true before the minutes are issued; belongs inside a transaction."""
    said = [(text.heading, text.words) for text in texts]
    return minutes_checks.checks(actor, opened, draft, said)


def progress(draft: MinutesDraft) -> Progress:
    """Return how far minutes have come."""
    return progress_of(
        is_sent_round=draft.sent_round_at is not None,
        is_agreed=draft.agreed_at is not None,
        is_issued=draft.issued_at is not None,
    )


def _shown(draft: MinutesDraft, texts: tuple[ShownText, ...]) -> ShownMinutes:
    return ShownMinutes(
        progress=progress(draft),
        drafted_at=draft.drafted_at,
        what_changed=draft.what_changed,
        sent_round_at=draft.sent_round_at,
        correct_until=draft.correct_until,
        agreed_at=draft.agreed_at,
        tables=tables_of(draft.tables),
        texts=texts,
        version=draft.version,
    )


def open_text(actor: Actor, reference: str, number: int) -> TextPage:
    """Return a text of the minutes to be changed by the coordinator or the chair.

    Raises:
        CaseNotFoundError: there is no such text.
    """
    with transaction():
        opened = load_case(actor, reference, Act.WRITE_MINUTES, thing=f"text {number}, form")
        (shown,) = shown_texts([_text(actor, opened, number)])
        return TextPage(frame(actor, opened), shown)


def _text(actor: Actor, opened: Opened, number: int) -> MinutesText:
    query = minutes_texts_for(actor, opened.case.id).where(MinutesText.number == number)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def write_text(
    actor: Actor, reference: str, token: str, number: int, words: str, version: int | None
) -> None:
    """Save a text; the chair has to agree the minutes again.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        CaseNotFoundError: there is no such text.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_MINUTES, thing=f"text {number}")
        change_text(actor, opened, _text(actor, opened, number), words, version)


def change_text(
    actor: Actor, opened: Opened, text: MinutesText, words: str, version: int | None
) -> None:
    """Change a text, and with it the draft; does not commit.

    Raises:
        ChangedMeanwhileError: the text has changed since the form was filled.
    """
    check_version(text, version)
    text.words = words
    mark_changed(actor, text)
    take_back(actor, draft_of(actor, opened))


def take_back(actor: Actor, draft: MinutesDraft) -> None:
    """Note that the draft says something else now: it is agreed and issued no more."""
    mark_changed(actor, draft)
    draft.agreed_at, draft.agreed_by_id, draft.issued_at = None, None, None


def say_what_changed(
    actor: Actor, reference: str, token: str, words: str, version: int | None
) -> None:
    """Save what has changed since the issue before.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_MINUTES, thing="what has changed")
        draft = draft_of(actor, opened)
        check_version(draft, version)
        draft.what_changed = words
        take_back(actor, draft)


def send_round(actor: Actor, reference: str, token: str, version: int | None) -> None:
    """Ask each agency to correct its own account, within 2 working days; told by a message.

    Raises:
        ChangedMeanwhileError: the draft has changed since it was read.
        IllegalMoveError: it was sent round before.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_MINUTES, thing="sent round")
        draft = draft_of(actor, opened)
        if draft.sent_round_at is not None:
            raise IllegalMoveError("The minutes have been sent round already")
        check_version(draft, version)
        today = london_day(actor.at)
        off = frozenset(days_off(opened.case.area_id, today))
        draft.sent_round_at, draft.correct_until = actor.at, due_on(today, CORRECTION, off)
        mark_changed(actor, draft)
        of_agencies = [each for each in readers_of(opened.case) if each.role in AGENCY_ROLES]
        panel_mail.tell(
            actor,
            opened.case,
            of_agencies,
            key=f"minutes-round-{opened.case.id}",
            page="minutes/account",
        )


def agree(actor: Actor, reference: str, token: str, version: int | None) -> None:
    """Record that the chair agrees the minutes as they stand.

    Raises:
        ChangedMeanwhileError: they have changed since the chair read them.
        IllegalMoveError: they were not sent round, or the agencies still have time.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.AGREE_MINUTES)
        draft = draft_of(actor, opened)
        check_version(draft, version)
        why_not = _why_not_agreed(actor, draft)
        if why_not:
            raise IllegalMoveError(why_not)
        draft.agreed_at, draft.agreed_by_id = actor.at, actor.person_id


def _why_not_agreed(actor: Actor, draft: MinutesDraft) -> str:
    """Return why the chair cannot agree yet; empty where nothing is in the way."""
    if draft.correct_until is None:
        return "Send the minutes round first, so that each agency can correct its own account"
    if london_day(actor.at) <= draft.correct_until:
        return (
            "You can agree the minutes when the agencies’ time to correct their accounts is over, "
            f"after {in_words(draft.correct_until)}"
        )
    return ""
