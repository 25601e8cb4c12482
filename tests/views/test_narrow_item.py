"""What is for the chair and the coordinator only: traced through all pages, leaving no hole."""

import re

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.domain.handling import Handling
from portal.jobs import demo_people, demo_stories
from portal.models.log import LogEntry
from portal.services import corrections
from tests import cases
from tests.canary_changes import share
from tests.cases import make_case, token
from tests.pages import Client
from tests.services.test_corrections import _actor, _typed
from tests.walking import Walker, signed_in

# The police's item in the story of Noor Haddad.
TITLE, SENTENCE = "Intelligence item", "keeps a knife by the door"
READERS = {
    "coordinator@wharrow-lpb.example",
    "chair@chairs.example",
    "police@wharrow-police.example",
    "police-lead@wharrow-police.example",
    # A deputy reads as their agency; the observer of the same police does not.
    "police-deputy@wharrow-police.example",
}
_CHANGES = re.compile(
    r'(name="(?:csrf_token|form_token)"[^>]*value=")[^"]*|(data-(?:idle-ends-at|now)=")[^"]*'
    r"|^Set-Cookie: .*$",
    re.MULTILINE,
)


def test_the_item_of_the_first_sample_is_on_no_page_of_anybody_but_its_readers(app, people, clock):
    with app.app_context():
        demo_stories.noor_haddad()
        db.session.remove()
    accounts = [account.email for account in demo_people.ACCOUNTS]
    walkers = {email: signed_in(app, email) for email in accounts}
    walkers["a visitor"] = Walker(Client(app))

    for walker in walkers.values():
        walker.walk()
    known = sorted({path for walker in walkers.values() for path in walker.statuses})
    for walker in walkers.values():
        walker.try_all(known)

    assert {who for who, walker in walkers.items() if SENTENCE in walker.text} == READERS
    assert {who for who, walker in walkers.items() if TITLE in walker.text} == READERS
    # Messages and files are among what was walked.
    assert any("invite.ics" in path for path in known)
    with app.app_context():
        said = "\n".join(str(row) for row in db.session.execute(sa.select(LogEntry.__table__)))
    assert TITLE not in said
    assert SENTENCE not in said


@pytest.mark.parametrize("who", [cases.COUNCIL, cases.HOUSING])
def test_shared_corrected_and_withdrawn_it_changes_no_page_of_those_it_is_not_for(
    app, people, clock, who
):
    reference = make_case(app, stage="invited")
    clock.at = cases.at(14)
    pages = [_pages(app, who)]
    narrow = _typed(title="A source", handling=Handling.CHAIR_AND_COORDINATOR)
    police = cases.POLICE
    with app.app_context():
        key = share(reference, narrow)
    pages.append(_pages(app, who))
    with app.app_context():
        better = _typed(title="A better source", handling=Handling.CHAIR_AND_COORDINATOR)
        corrections.correct_item(_actor(police), reference, key, token(), better, "x", 1)
    pages.append(_pages(app, who))
    with app.app_context():
        corrections.withdraw_item(_actor(police), reference, key, token(), "x", 2)
    pages.append(_pages(app, who))

    assert f"/cases/{reference}/chronology" in pages[0]
    assert all(each == pages[0] for each in pages)


def _pages(app, who):
    walker = signed_in(app, who)
    walker.walk()
    return {path: _CHANGES.sub(r"\1\2", text) for path, text in walker.texts.items()}
