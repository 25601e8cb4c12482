"""Somebody says that a word in the applicant's version is the applicant's own."""

from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.meeting import plan_drafts_for
from portal.access.scope.plan import own_words_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.plan_issue import OwnWords
from portal.services.actions import shown_actions, uncheck
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.plan_checks import texts_of
from portal.services.plan_pointing import Pointing, pointed_at


@dataclass(frozen=True)
class OwnWordsPage:
    """What may point to somebody, each place of it."""

    frame: CaseFrame
    pointings: tuple[Pointing, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words, each once."""
        return tuple(dict.fromkeys(each.words for each in self.pointings))


def open_own_words(actor: Actor, reference: str) -> OwnWordsPage:
    """Return what may point to somebody and waits for a decision."""
    with transaction():
        opened = load_case(actor, reference, Act.WRITE_PLAN, thing="own words, form")
        return OwnWordsPage(frame(actor, opened), _pointings(actor, opened))


def _pointings(actor: Actor, opened: Opened) -> tuple[Pointing, ...]:
    draft = db.session.scalars(plan_drafts_for(actor, opened.case.id)).one()
    actions = shown_actions(actor, opened, readers_of(opened.case))
    return pointed_at(actor, opened, texts_of(actor, opened, draft, actions).applicant)


def keep_own_words(actor: Actor, reference: str, token: str, words: str, reason: str) -> None:
    """Record that these words are the applicant's own; the chair has to check the draft again.

    Raises:
        CaseNotFoundError: nothing of the kind stands in the draft.
        ChangedMeanwhileError: somebody else has said so already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_PLAN, thing="own words")
        kept = words.casefold()
        query = own_words_for(actor, opened.case.id).where(OwnWords.words == kept)
        before = db.session.scalars(query).one_or_none()
        if before is not None:
            raise ChangedMeanwhileError(by=name_of(before.kept_by_id), at=before.kept_at)
        if all(each.words.casefold() != kept for each in _pointings(actor, opened)):
            raise CaseNotFoundError(reference)
        db.session.add(
            OwnWords(
                case_id=opened.case.id,
                words=kept,
                reason=reason,
                kept_at=actor.at,
                kept_by_id=actor.person_id,
            )
        )
        uncheck(actor, opened)
