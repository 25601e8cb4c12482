"""What has to be true before a plan is issued, and whether it is."""

from collections.abc import Iterator, Sequence

from portal.access.gate import Opened
from portal.access.scope.items import shared_items_for
from portal.db import db
from portal.domain.handling import Handling, Told
from portal.domain.roles import Actor
from portal.models.case import Party
from portal.models.plan import PlanDraft
from portal.services.actions import ShownAction
from portal.services.agreed import agreed
from portal.services.cases import applicant_names
from portal.services.letter_drafts import addressee_of, hidden_parties
from portal.services.paper_checks import Check, named, never_told, quoted


def checks(
    actor: Actor, opened: Opened, draft: PlanDraft, actions: Sequence[ShownAction]
) -> tuple[Check, ...]:
    """Return what has to be true before the plan is issued, what is open first."""
    found = [
        Check("The plan has at least one action", bool(actions)),
        *_complete(actions),
        Check(
            "What the panel agreed is written in words for the applicant",
            bool(draft.what_was_agreed.strip()),
        ),
        Check(
            "The applicant was consulted on the draft, or asked and did not want to be",
            draft.consulted_on is not None,
        ),
        *(Check(sentence, is_done=False) for sentence in _leaks(actor, opened, draft, actions)),
        Check("The chair has checked the draft as it stands", draft.checked_at is not None),
    ]
    return tuple(sorted(found, key=lambda check: check.is_done))


def _complete(actions: Sequence[ShownAction]) -> list[Check]:
    missing = [
        Check(f"Action {action.number} still needs {' and '.join(action.to_do)}", is_done=False)
        for action in actions
        if action.to_do
    ]
    return missing or [
        Check(
            "Every action has an owner, a day, a way to know, and words or a reason", bool(actions)
        )
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
    said = agreed(actor, opened)
    for_panel.extend((f"Power {each.number}", f"{each.who}\n{each.words}") for each in said.powers)
    for advice in said.recommendations:
        name = f"Recommendation {advice.number}"
        for_panel.append((name, f"{advice.what}\n{advice.why}"))
        for_applicant.append((f"The words of {name.lower()}", advice.words_for_applicant))
    for action in actions:
        for_panel.append((f"Action {action.number}", f"{action.what}\n{action.how_we_know}"))
        for_applicant.append((f"The words of action {action.number}", action.words_for_applicant))
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    narrow = [item for item in items if item.handling is not Handling.PANEL]
    untold = [item for item in items if item.told is not Told.YES]
    yield from quoted(for_panel, narrow, "the panel")
    yield from quoted(for_applicant, untold, "the applicant")
    yield from named(for_applicant, _hidden_parties(actor, opened))
    yield from never_told(for_applicant, opened.case.reference)


def _hidden_parties(actor: Actor, opened: Opened) -> list[Party]:
    """Return whom the applicant's version may not name: everybody but whose plan it is."""
    whose = applicant_names(actor, [opened.case.id]).get(opened.case.id)
    others = hidden_parties(actor, opened, addressee_of(actor, opened))
    return [party for party in others if party.name != whose]
