"""A change of an issued plan is opened: what comes of it is a new issue, and the old one stays."""

from portal.access.gate import load_case
from portal.domain.roles import Act, Actor
from portal.services.changes import mark_changed
from portal.services.once import once
from portal.services.planning import draft_of


def open_change(actor: Actor, reference: str, token: str) -> None:
    """Open a change of the plan; the issue in force stands until the next one is out.

    No clock starts: the law gives none, and the plan's own has done its work.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_PLAN)
        draft = draft_of(actor, opened)
        draft.changing_since = actor.at
        draft.what_changed = draft.what_changed_for_applicant = ""
        draft.checked_at, draft.checked_by_id = None, None
        mark_changed(actor, draft)
