"""The draft of a scheme: what it says, what is wrong with it, and its changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.schemes import draft_for
from portal.db import db, transaction
from portal.domain import presets
from portal.domain.presets import Scheme, SchemeError
from portal.domain.roles import Act, Actor, Role
from portal.domain.scheme_editing.problems import Problem, problems_of
from portal.domain.scheme_words.clocks import all_clock_words
from portal.domain.scheme_words.whole import RulesInWords, rules_in_words
from portal.domain.threshold.reading import read_rules
from portal.models.scheme import SchemeDraft
from portal.services.calendars import regular_meetings
from portal.services.changes import ChangedMeanwhileError, check_version, mark_changed
from portal.services.once import once
from portal.services.schemes import DRAFT, draft_to_edit

Rules = dict[str, Any]


@dataclass(frozen=True)
class DraftPage:
    """The draft as its pages need it.

    Attributes:
        stored: the scheme as it is stored, for the forms.
        clocks: none where the draft is no scheme.
    """

    name: str
    stored: Rules
    threshold: Rules
    rules: RulesInWords
    clocks: tuple[str, ...]
    problems: tuple[Problem, ...]
    version: int
    may_edit: bool

    @property
    def is_scheme(self) -> bool:
        """Whether nothing keeps it from being put in force."""
        return not any(problem.blocks for problem in self.problems)


def open_draft(actor: Actor) -> DraftPage:
    """Return the draft of the actor's area, to be read.

    Raises:
        CaseNotFoundError: there is none.
    """
    with transaction():
        draft = db.session.scalars(draft_for(actor)).one_or_none()
        if draft is None:
            raise CaseNotFoundError(DRAFT)
        log.record(actor, Act.READ_SCHEME.value, thing=DRAFT)
        return _page(actor, draft)


def open_form(actor: Actor, part: str) -> DraftPage:
    """Return the draft of the actor's area, for a form that changes it.

    Args:
        actor: who asks.
        part: what of it the form changes, for the log.

    Raises:
        CaseNotFoundError: there is none, or the actor may not change it.
    """
    with transaction():
        draft = draft_to_edit(actor)
        log.record(actor, Act.EDIT_SCHEME.value, thing=f"{DRAFT}, {part}, form")
        return _page(actor, draft)


def _page(actor: Actor, draft: SchemeDraft) -> DraftPage:
    threshold = dict(draft.rules.get("threshold") or {})
    scheme = _scheme(draft.rules)
    return DraftPage(
        name=str(draft.rules.get("name", "")),
        stored=draft.rules,
        threshold=threshold,
        rules=rules_in_words(read_rules(threshold)),
        clocks=all_clock_words(scheme) if scheme else (),
        problems=problems_of(draft.rules, regular_meetings(draft.area_id)),
        version=draft.version,
        may_edit=actor.role is Role.ADMINISTRATOR,
    )


def _scheme(rules: Rules) -> Scheme | None:
    try:
        return presets.from_json(rules)
    except SchemeError:
        return None


def change_name(actor: Actor, token: str, version: int | None, name: str) -> None:
    """Change what the scheme is called.

    Raises:
        CaseNotFoundError, ChangedMeanwhileError: as ``change_draft`` says.
    """
    _change(actor, token, version, "name", lambda rules: {**rules, "name": name})


def change_threshold(
    actor: Actor, token: str, version: int | None, part: str, change: Callable[[Rules], Rules]
) -> None:
    """Change the rule for the threshold.

    Args:
        actor: who changes it.
        token: of the form.
        version: of the draft that the form was filled from.
        part: what is changed, for the log.
        change: from the stored rule to the new one.

    Raises:
        CaseNotFoundError: there is no draft.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """

    def whole(rules: Rules) -> Rules:
        return {**rules, "threshold": change(dict(rules.get("threshold") or {}))}

    _change(actor, token, version, part, whole)


def change_clocks(
    actor: Actor, token: str, version: int | None, change: Callable[[Rules], Rules]
) -> None:
    """Change the clocks; the rest of the draft is as ``change`` returns it.

    Raises:
        CaseNotFoundError, ChangedMeanwhileError: as for the threshold.
    """
    _change(actor, token, version, "clocks", change)


def _change(
    actor: Actor, token: str, version: int | None, part: str, change: Callable[[Rules], Rules]
) -> None:
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        draft = draft_to_edit(actor)
        check_version(draft, version)
        draft.rules = change(draft.rules)
        mark_changed(actor, draft)
        log.record(actor, Act.EDIT_SCHEME.value, thing=f"{DRAFT}, {part}")


__all__ = [
    "ChangedMeanwhileError",
    "DraftPage",
    "change_clocks",
    "change_name",
    "change_threshold",
    "open_draft",
    "open_form",
]
