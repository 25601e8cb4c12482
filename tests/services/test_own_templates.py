"""Which template a document is filled from, and on which day."""

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.documents.check import check_template
from portal.documents.content import Kind
from portal.documents.render import template_for
from portal.domain.stages import IllegalMoveError
from portal.models.plan import Document
from portal.models.template import TemplateVersion
from portal.services import template_pages, templates
from portal.services.changes import ChangedMeanwhileError
from portal.services.letter_issuing import issue_letter
from portal.services.letters import open_letter
from portal.services.template_filling import used_template
from tests import cases
from tests.cases import actor_of, make_case, token
from tests.documents.word_reading import changed
from tests.letters import ACKNOWLEDGEMENT, AT, text_of, write

KIND = Kind.ACKNOWLEDGEMENT
DEFAULT = template_for("default", KIND).read_bytes()
OWN = changed(DEFAULT, lambda document: document.add_paragraph("Our own line."))
TODAY = AT.date()
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def administrator(in_app, people, monkeypatch):
    # In this process: what the other one adds is tried with the hostile templates.
    monkeypatch.setattr(templates, "check_apart", check_template)
    return actor_of("admin@wharrow-lpb.example", AT)


def keep(actor, content=OWN):
    return templates.keep_template(
        actor, KIND, token(), file_name="C:\\own.docx", content=content, note="Our own line"
    )


def put(actor, number, on=TODAY):
    version = template_pages.open_kind(actor, KIND).version
    templates.put_in_force(actor, KIND, token(), number, version, on)


def later(actor, days):
    return replace(actor, at=actor.at + dt.timedelta(days=days))


def test_a_version_is_used_from_its_day_and_the_default_again_from_another(administrator):
    assert keep(administrator) == 1
    assert used_template(administrator, KIND).content == DEFAULT
    put(administrator, 1, TOMORROW)
    put(administrator, 0, TODAY + dt.timedelta(days=3))

    used = [used_template(later(administrator, days), KIND).content for days in range(5)]

    assert used == [DEFAULT, OWN, OWN, DEFAULT, DEFAULT]
    line = template_pages.open_kind(administrator, KIND).line
    assert (line.in_force.template, [each.template for each in line.upcoming]) == (0, [1, 0])


def test_of_two_choices_of_one_day_the_later_holds_and_one_taken_back_does_not(administrator):
    keep(administrator)
    put(administrator, 1, TOMORROW)
    put(administrator, 0, TOMORROW)
    assert used_template(later(administrator, 1), KIND).content == DEFAULT

    templates.take_back(administrator, KIND, token(), 2)

    assert used_template(later(administrator, 1), KIND).content == OWN
    with pytest.raises(templates.TemplateRefusedError):
        templates.take_back(administrator, KIND, token(), 2)
    with pytest.raises(templates.TemplateRefusedError, match="in force already"):
        templates.take_back(later(administrator, 1), KIND, token(), 1)


def test_a_version_of_one_area_is_nothing_to_another_nor_to_a_coordinator(administrator):
    keep(administrator)
    put(administrator, 1)

    other = actor_of("coordinator@severnreach-lpb.example", AT)
    assert used_template(other, KIND).content == DEFAULT
    coordinator = actor_of(cases.COORDINATOR, AT)
    with pytest.raises(CaseNotFoundError):
        templates.download(coordinator, KIND, 1)
    # But what the office issues is filled from it.
    assert used_template(coordinator, KIND).content == OWN


def test_what_is_past_or_was_chosen_meanwhile_or_does_not_fit_is_not_put_in_force(
    administrator, monkeypatch
):
    keep(administrator)
    with pytest.raises(templates.TemplateRefusedError, match="today or later"):
        put(administrator, 1, TODAY - dt.timedelta(days=1))
    with pytest.raises(CaseNotFoundError):
        put(administrator, 2)
    put(administrator, 0)
    with pytest.raises(ChangedMeanwhileError) as stale:
        templates.put_in_force(administrator, KIND, token(), 1, 0, TODAY)
    assert stale.value.by == "Gareth Pell"
    monkeypatch.setattr(
        templates, "check_apart", lambda *_: check_template("action-plan-panel", OWN)
    )
    with pytest.raises(templates.TemplateRefusedError, match="Version 1 does not fit any more: "):
        put(administrator, 1)
    assert used_template(administrator, KIND).content == DEFAULT


def test_the_same_form_sent_twice_keeps_one_version(administrator):
    sent = token()
    numbers = [
        templates.keep_template(
            administrator, KIND, sent, file_name="a.docx", content=OWN, note="x"
        )
        for _ in range(2)
    ]

    assert numbers == [1, 1]
    assert len(template_pages.open_kind(administrator, KIND).versions) == 1
    assert templates.download(administrator, KIND, 1) == OWN


def test_a_change_is_for_the_next_issue_and_what_was_issued_stays(app, administrator, people):
    reference = make_case(app, stage="assessing")
    office = actor_of(cases.COORDINATOR, AT)
    write(office, reference, ACKNOWLEDGEMENT)
    first = _issue(office, reference)
    keep(administrator)
    put(administrator, 1)

    write(office, reference, ACKNOWLEDGEMENT, what_changed="The paper.")
    second = _issue(office, reference)

    assert "Our own line." in text_of(office, reference, ACKNOWLEDGEMENT)
    versions = {
        row.number: row.template_version
        for row in db.session.scalars(
            sa.select(Document).execution_options(**unscoped("a test looks at what is stored"))
        )
    }
    # The first twelve digits of the hash of the template, as it was at the time.
    assert versions[first] == hashlib.sha256(DEFAULT).hexdigest()[:12]
    assert versions[second] == hashlib.sha256(OWN).hexdigest()[:12]


def _issue(office, reference):
    version = open_letter(office, reference, ACKNOWLEDGEMENT).ready.version
    return issue_letter(office, reference, ACKNOWLEDGEMENT, token(), version)


@pytest.mark.parametrize(
    ("content", "sha256", "says"),
    [
        (b"damaged", hashlib.sha256(OWN).hexdigest(), "is not as it was kept"),
        (b"damaged", hashlib.sha256(b"damaged").hexdigest(), "is not a Word document"),
    ],
    # A file is no name: each making of it is another one.
    ids=["bytes changed", "no template"],
)
def test_a_broken_template_in_force_names_itself_to_who_issues(
    app, administrator, people, content, sha256, says
):
    reference = make_case(app, stage="assessing")
    keep(administrator)
    put(administrator, 1)
    with transaction():
        db.session.execute(sa.update(TemplateVersion).values(content=content, sha256=sha256))

    with pytest.raises(IllegalMoveError) as refused:
        open_letter(actor_of(cases.COORDINATOR, AT), reference, ACKNOWLEDGEMENT)

    assert "“Letter: acknowledgement”, version 1 of your office" in str(refused.value)
    assert says in str(refused.value)
