"""It is not safe any more as it was: nothing goes to somebody until the office has asked anew."""

from portal.access.own import load_own_case
from portal.access.scope.mine import hold_own_papers, own_reach_for
from portal.db import db
from portal.domain.roles import Act, Actor
from portal.services.changes import mark_changed
from portal.services.once import once
from portal.services.own_messages import add_message

_CHANGED = "How it is safe to reach me has changed:"


def say_changed(actor: Actor, token: str, words: str) -> None:
    """Stop at once whatever is on its way to them, and tell the office how to reach them now.

    What they had said before stays, and is not relied on until the office has confirmed the new.

    Raises:
        CaseNotFoundError: their key has ended, or the victim whom they act for does not agree.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        own = load_own_case(actor, Act.CHANGE_OWN_REACH)
        reach = db.session.scalars(own_reach_for(actor)).one_or_none()
        if reach is not None:
            reach.is_confirmed = False
            mark_changed(actor, reach)
        for stop in hold_own_papers(actor, actor.at):
            db.session.execute(stop)
        add_message(actor, own, f"{_CHANGED}\n\n{words}")
