"""Every reader opens every page at every stage: a text is found where it may be and not beyond."""

import logging
import re

import pytest
import sqlalchemy as sa

from portal.access import tripwire
from portal.db import db
from portal.models.case import Case
from portal.models.log import LogEntry
from portal.services import casepage
from tests import walking
from tests.canary import (
    APPLICANT_DOCX,
    INSIDE,
    LEADERS,
    OBSERVER,
    OUTSIDE,
    PANEL_DOCX,
    PROJECTED,
    SUPPORT_WORKER,
    SUPPORTED,
    TABLE,
    found_in,
    in_paper,
    on_pages,
)
from tests.canary_case import make_canary_case
from tests.documents.word_reading import parts

STAGES = ["invited", "reviewing", "planning", "monitoring"]
EARLY = {name for name, bird in TABLE.items() if bird.before_declaration}


def _of_meeting(names):
    of_it = ("action-", "adequacy-", "meeting-decision", "plan-", "power-", "recommendation-")
    return {name for name in names if name.startswith(of_it)}


# What everybody on the panel reads as soon as it is agreed.
AGREED = {name for name in TABLE if name.startswith(("adequacy-", "power-", "recommendation-"))}
AGREED = AGREED - {"recommendation-words"} | {"action-what", "meeting-decision"}
# What the agency that owns an action reads and changes until the meeting is closed.
OWN_ACTION = {"action-how", "action-words", "action-not-told"}


_NOTES = {"agenda-notes", "restricted-notes"}


def _until(first, stage, *names):
    """What there is not before a stage."""
    return set(names) if STAGES.index(stage) < STAGES.index(first) else set()


# From which stage on a text exists, and at which of them its page is open; all else is always.
def _to_be_found(reader, stage):
    # The plan is read out on the phone once it is issued.
    names = on_pages(reader) - {"applicant-attendance"} - _until("monitoring", stage, "call-words")
    # The chair adds these items in the meeting; their notes are written as long as it lasts.
    if stage == "invited":
        names -= {"agenda-item", "agenda-restricted", "telling-what"}
    if stage != "reviewing":
        names -= _NOTES
    # From the plan on no page leads to imports; what they have added stays.
    if stage not in {"invited", "reviewing"}:
        names -= {name for name in names if name.startswith("import-")}
    if stage == "invited":
        return names - _of_meeting(names)
    # The words for the applicant are in everybody's chronology once the plan is issued.
    if stage != "monitoring" and reader not in LEADERS:
        is_owner = stage == "reviewing" and reader in {"police", "police lead"}
        return (names - _of_meeting(names)) | AGREED | (OWN_ACTION if is_owner else set())
    if stage == "reviewing":
        names -= {name for name in names if name.startswith("plan-")}
        # The meeting is the chair's screen; the coordinator reads the rest in the plan.
        if reader == "coordinator":
            return (names - _of_meeting(names)) | AGREED
        return names | ({"applicant-attendance"} if reader == "chair" else set())
    return names


@pytest.fixture(params=STAGES)
def walked(request, app, people, caplog):
    """Everybody's walk at a stage, and then the same addresses tried by everybody."""
    caplog.set_level(logging.DEBUG)
    reference = make_canary_case(app, request.param)
    # Who is outside is so at every stage; the first and the last with the most pages are enough.
    accounts = (
        INSIDE
        | {"observer": OBSERVER, "support worker": SUPPORT_WORKER}
        | (OUTSIDE if request.param in {"invited", "monitoring"} else {})
    )
    walkers = {name: walking.signed_in(app, email) for name, email in accounts.items()}
    walkers["visitor"] = walking.Walker(walking.Client(app))
    for walker in walkers.values():
        walker.walk()
    known = sorted({path for walker in walkers.values() for path in walker.statuses})
    for walker in walkers.values():
        walker.try_all(known)
    return request.param, reference, walkers


def test_each_text_is_on_the_pages_of_those_who_may_read_it_and_of_nobody_else(app, walked, caplog):
    stage, reference, walkers = walked

    found = {name: found_in(walker.text) for name, walker in walkers.items()}

    assert found == {
        name: _to_be_found(name, stage) if name in INSIDE else set() for name in walkers
    } | {"support worker": SUPPORTED}
    _check_papers(stage, walkers)
    _check_the_screen_of_the_meeting(reference, walkers["chair"])
    assert not any(code >= 500 for each in walkers.values() for code in each.statuses.values())
    # Who saw what is logged by number: neither the log nor the server's output repeats a text.
    with app.app_context():
        rows = db.session.execute(sa.select(LogEntry.__table__)).all()
    assert len(rows) > len(walkers)
    assert found_in("\n".join(str(row) for row in rows)) == set()
    assert found_in(caplog.text) == set()


def _check_papers(stage, walkers):
    """The panel's file is for those inside, the applicant's for coordinator and chair."""
    for name, walker in walkers.items():
        kinds = {path.rpartition("/")[2] for path in walker.papers if path.startswith("/cases/")}
        wanted = set()
        if stage == "monitoring" and name in INSIDE:
            wanted = {"action-plan-panel-1.docx"}
        if stage == "monitoring" and name in LEADERS:
            wanted |= {"action-plan-applicant-1.docx"}
        assert kinds == wanted, name
        for path, data in walker.papers.items():
            text = "\n".join(part.decode(errors="replace") for part in parts(data).values())
            # Outside of cases there are templates, which hold nobody's text.
            is_of_case = path.startswith("/cases/")
            paper = PANEL_DOCX if "panel" in path else APPLICANT_DOCX
            assert found_in(text) == (in_paper(paper) if is_of_case else set()), (name, path)


def _check_the_screen_of_the_meeting(reference, chair):
    """It is projected: nothing narrower than the panel, nothing of how to reach anybody."""
    screens = [
        text
        for path, text in chair.texts.items()
        if re.match(rf"/cases/{reference}/meeting/(run|att|live|cover|close\b)", path)
    ]
    for text in screens:
        assert found_in(text) <= PROJECTED


def test_a_chair_who_has_not_declared_finds_names_and_place_and_nothing_else(app, people):
    make_canary_case(app, "undeclared")
    office, chair = (walking.signed_in(app, INSIDE[who]) for who in ("coordinator", "chair"))

    for walker in (office, chair):
        walker.walk()
    chair.try_all(office.statuses)

    assert found_in(chair.text) == EARLY
    assert not chair.papers
    # No invite goes out before the chair has declared, so that nobody has answered one.
    answers = {"answer-comment", "answer-of-applicant"}
    assert found_in(office.text) == _to_be_found("coordinator", "invited") - answers


def test_the_narrowest_texts_are_a_click_away_on_the_screens_of_those_who_lead(app, people):
    reference = make_canary_case(app, "invited")

    for who in LEADERS:
        walker = walking.signed_in(app, INSIDE[who])
        walker.open(f"/cases/{reference}")
        closed = {f"item-{name}-content" for name in ("narrow", "fire-narrow", "office-narrow")}
        assert found_in(walker.text) & closed == set()


def test_a_query_without_scope_that_slipped_into_a_service_stops_the_page(
    app, as_, monkeypatch, caplog
):
    reference = make_canary_case(app, "invited")

    def forgetful(_actor, _reference):
        return db.session.scalars(sa.select(Case)).first()

    monkeypatch.setattr(casepage, "open_case", forgetful)
    page = as_(INSIDE["coordinator"]).get(f"/cases/{reference}")

    assert page.status == 500
    assert found_in(page.html) == set()
    assert tripwire.UnscopedStatementError.__name__ in caplog.text
