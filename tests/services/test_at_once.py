"""Several at the same moment: codes of a link, a message that did not arrive, what is put aside."""

import datetime as dt
import threading

import pytest

from portal.access.gate import CaseNotFoundError
from portal.db import db, transaction
from portal.domain.roles import Actor
from portal.models.outbox import DeliveryState
from portal.services import kept, link_papers, undelivered
from tests import cases, post
from tests.cases import actor_of, make_case, token
from tests.letters import AT

AT_ONCE = 8
SAFE = post.TypedReach(**vars(post.BY_EMAIL) | {"post_is_safe": post.Answer.YES})


@pytest.fixture
def at_once(app):
    """Do something in eight threads at the same moment; return what became of it."""

    def go(do):
        start, came_of_it = threading.Barrier(AT_ONCE), []

        def one():
            with app.app_context():
                start.wait()
                try:
                    came_of_it.append(do())
                except CaseNotFoundError:
                    came_of_it.append("gone")
                db.session.remove()

        threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return came_of_it

    return go


@pytest.fixture
def office(app, people):
    """The coordinator, who has issued a letter that goes by email."""
    reference = make_case(app, stage="assessing")
    with app.app_context():
        actor = actor_of(cases.COORDINATOR, AT)
        post.say_safe(actor, reference, SAFE)
        post.acknowledge(actor, reference)
    return actor


def test_eight_who_ask_for_a_code_at_once_get_no_more_than_five(app, at_once, office):
    with app.app_context():
        link = post.last_secret("link")
    holder = Actor.job("holder of a link", AT.astimezone(dt.UTC))

    assert at_once(lambda: link_papers.ask_for_code(holder, link)) == [None] * AT_ONCE

    with app.app_context():
        assert sum(mail.key.startswith("code") for mail in post.mails()) == 5


def test_of_eight_who_send_a_paper_by_post_instead_one_does(app, at_once, office):
    with app.app_context(), transaction():
        (mail,) = post.mails()
        mail.state, number = DeliveryState.UNDELIVERED, mail.id
        db.session.add(mail)

    came_of_it = at_once(lambda: undelivered.send_by_post(office, number, token()))

    assert came_of_it.count("gone") == AT_ONCE - 1
    with app.app_context():
        assert [each.way for each in post.on_their_way()] == ["email", "post"]


def test_a_double_click_puts_aside_what_is_typed_once(app, at_once, office):
    typed = (("what", "Visit the yard"),)

    assert len(at_once(lambda: kept.put_aside(office, "/meeting", typed))) == AT_ONCE

    with app.app_context():
        assert kept.aside(office, "/meeting") == typed
