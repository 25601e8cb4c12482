"""Two people on the same action, in fifty orders: no text is lost, and none stands there twice."""

import random
from dataclasses import replace

from portal.services import actions
from portal.services.actions import TypedAction
from portal.services.changes import ChangedMeanwhileError
from tests import cases
from tests.cases import actor_of, make_case, token

ORDERS = 50
EDITS = 2  # of each of the two


class Writer:
    """Somebody who opens the action, adds a word to it and saves; told of a change, adds again."""

    def __init__(self, actor, reference, number, words):
        self.actor, self.reference, self.number = actor, reference, number
        self.words = list(words)
        self.opened = None

    @property
    def is_done(self):
        return not self.words

    def step(self, is_sent_twice):
        """Open the page, or save what was opened before."""
        if self.opened is None:
            page = actions.open_action(self.actor, self.reference, self.number)
            self.opened = page.action
            return
        shown, self.opened = self.opened, None
        typed = _typed(shown, f"{shown.what} {self.words[0]}")
        form = token()
        try:
            for _ in range(1 + is_sent_twice):
                actions.change_action(
                    self.actor, self.reference, self.number, form, typed, shown.version
                )
        except ChangedMeanwhileError:
            # The conflict page shows both: what stands there now, and their own word.
            return
        self.words.pop(0)


def _typed(shown, what):
    return TypedAction(
        what=what,
        owner=shown.owner_key,
        due_on=shown.due_on,
        how_we_know=shown.how_we_know,
        words_for_applicant=shown.words_for_applicant,
        reason_not_told=shown.reason_not_told,
    )


def test_fifty_orders_of_two_people_lose_no_text_and_double_none(app, people):
    reference = make_case(app, stage="reviewing")
    chance = random.Random(50)  # noqa: S311  # the same orders in every run
    conflicts = 0
    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.OPENED_AT)
        police = actor_of(cases.POLICE, cases.OPENED_AT)
        first = cases.typed_action(cases.POLICE)
        for order in range(1, ORDERS + 1):
            form = token()
            added = {
                actions.add_action(chair, reference, form, replace(first, what=f"start-{order}"))
                for _ in range(2)
            }
            assert added == {order}
            writers = [
                Writer(who, reference, order, [f"{name}-{edit}" for edit in range(EDITS)])
                for name, who in (("chair", chair), ("police", police))
            ]
            steps = 0
            while waiting := [writer for writer in writers if not writer.is_done]:
                chance.choice(waiting).step(is_sent_twice=chance.random() < 0.3)
                steps += 1
            conflicts += steps > 2 * 2 * EDITS
            stored = actions.open_action(chair, reference, order).action.what.split()
            assert sorted(stored) == sorted(
                [f"start-{order}", "chair-0", "chair-1", "police-0", "police-1"]
            )
    # The orders are such that they meet: otherwise nothing was tried.
    assert conflicts > ORDERS / 4
