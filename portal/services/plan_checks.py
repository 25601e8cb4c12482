"""What has to be true before a plan is issued, and whether it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.items import shared_items_for
from portal.access.scope.people import parties_for
from portal.db import db
from portal.domain.handling import Handling, Told
from portal.domain.roles import Actor
from portal.models.case import PartyRole
from portal.models.plan import PlanDraft
from portal.models.sharing import SharedItem
from portal.services.actions import ShownAction

# Shorter pieces are ordinary words that two texts may share by chance.
SHORTEST_QUOTE = 25
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_NEVER_NAMED = frozenset({PartyRole.RESPONDENT, PartyRole.WITNESS})


@dataclass(frozen=True)
class PlanCheck:
    """One thing that has to be true, as a sentence, and whether it is."""

    sentence: str
    is_done: bool


def checks(
    actor: Actor, opened: Opened, draft: PlanDraft, actions: Sequence[ShownAction]
) -> tuple[PlanCheck, ...]:
    """Return what has to be true before the plan is issued, what is open first."""
    found = [
        PlanCheck("The plan has at least one action", bool(actions)),
        *_complete(actions),
        PlanCheck(
            "What the panel agreed is written in words for the applicant",
            bool(draft.what_was_agreed.strip()),
        ),
        PlanCheck(
            "The applicant was consulted on the draft, or asked and did not want to be",
            draft.consulted_on is not None,
        ),
        *(PlanCheck(sentence, is_done=False) for sentence in _leaks(actor, opened, draft, actions)),
        PlanCheck("The chair has checked the draft as it stands", draft.checked_at is not None),
    ]
    return tuple(sorted(found, key=lambda check: check.is_done))


def _complete(actions: Sequence[ShownAction]) -> list[PlanCheck]:
    missing = [
        PlanCheck(f"Action {action.number} still needs {' and '.join(action.to_do)}", is_done=False)
        for action in actions
        if action.to_do
    ]
    return missing or [
        PlanCheck("Every action has a way to know, and words or a reason", bool(actions))
    ]


def _leaks(
    actor: Actor, opened: Opened, draft: PlanDraft, actions: Sequence[ShownAction]
) -> Iterator[str]:
    """Find text that the readers of a version may not have."""
    for_panel = [
        ("What the panel found", draft.findings),
        ("What the applicant said", draft.what_applicant_said),
    ]
    for_applicant = [("What the panel agreed", draft.what_was_agreed)]
    for action in actions:
        for_panel.append((f"Action {action.number}", f"{action.what}\n{action.how_we_know}"))
        for_applicant.append((f"The words of action {action.number}", action.words_for_applicant))
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    narrow = [item for item in items if item.handling is not Handling.PANEL]
    untold = [item for item in items if item.told is not Told.YES]
    yield from _quoted(for_panel, narrow, "the panel")
    yield from _quoted(for_applicant, untold, "the applicant")
    hidden = _hidden_names(actor, opened)
    for where, text in for_applicant:
        for name in hidden:
            if names(text, name):
                yield f"{where}: take out the name {name}, which is not for the applicant"


def _quoted(
    texts: Sequence[tuple[str, str]], items: Sequence[SharedItem], reader: str
) -> Iterator[str]:
    for where, text in texts:
        for item in items:
            if quotes(text, item):
                yield f"{where}: take out the words of “{item.title}”, which is not for {reader}"


def quotes(text: str, item: SharedItem) -> bool:
    """Say whether a text takes over a sentence of an item."""
    plain = _plain(text)
    return any(
        len(sentence) >= SHORTEST_QUOTE and sentence in plain
        for sentence in map(_plain, _SENTENCE_END.split(item.content))
    )


def names(text: str, name: str) -> bool:
    """Say whether a text holds a name, whole or its last part."""
    words = name.split()
    wanted = {name, words[-1]} if words else set()
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in wanted)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")


def _hidden_names(actor: Actor, opened: Opened) -> list[str]:
    parties = db.session.scalars(parties_for(actor, [opened.case.id]))
    return [party.name for party in parties if party.role in _NEVER_NAMED]
