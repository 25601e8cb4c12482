"""Which text stands in which issued file, who is handed the file, and who can make one."""

import io

import docx
import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError, DeclarationNeededError
from portal.db import db
from portal.domain.stages import IllegalMoveError
from portal.models.plan import PLANS, Document, DocumentKind
from portal.services import documents, documents_page, issuing, planning
from tests import cases
from tests.canary import (
    APPLICANT_DOCX,
    INSIDE,
    LEADERS,
    OUTSIDE,
    PANEL_DOCX,
    TOKENS,
    found_in,
    in_paper,
)
from tests.canary_case import DOOR, make_canary_case, record_conflict
from tests.cases import actor_of, token
from tests.documents.word_reading import parts, whole_text

PANEL, APPLICANT = "action-plan-panel", "action-plan-applicant"
AT = cases.ISSUED_AT


@pytest.fixture
def issued(app, people):
    return make_canary_case(app, "monitoring")


@pytest.fixture
def ready(app, people):
    return make_canary_case(app, "planning")


def _stored(kind):
    query = sa.select(Document).where(Document.kind == kind).execution_options(**DOOR)
    return db.session.scalars(query).one().content


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        (DocumentKind.ACTION_PLAN_PANEL, PANEL_DOCX),
        (DocumentKind.ACTION_PLAN_APPLICANT, APPLICANT_DOCX),
    ],
)
def test_a_file_holds_its_texts_and_no_other_in_any_of_its_parts(app, issued, kind, paper):
    with app.app_context():
        content = _stored(kind)

    everything = "\n".join(part.decode(errors="replace") for part in parts(content).values())
    assert found_in(everything) == in_paper(paper)
    # What the file says of itself is seen before it is opened.
    names = vars(type(docx.Document(io.BytesIO(content)).core_properties))
    properties = docx.Document(io.BytesIO(content)).core_properties
    said = "\n".join(str(getattr(properties, name, "")) for name in names if name[0] != "_")
    assert found_in(said) <= {"applicant-name"} & in_paper(paper)


def test_the_panels_file_is_marked_and_the_applicants_is_not(app, issued):
    with app.app_context():
        panel, applicant = (whole_text(_stored(kind)) for kind in PLANS)

    assert "OFFICIAL-SENSITIVE" in panel
    assert "OFFICIAL" not in applicant


def test_what_the_applicant_is_not_told_leaves_no_gap_in_their_numbers(app, issued):
    with app.app_context():
        applicant = whole_text(_stored(DocumentKind.ACTION_PLAN_APPLICANT))

    assert TOKENS["action-words"] in applicant
    assert TOKENS["action-not-told"] not in applicant


def test_each_file_is_handed_to_its_readers_and_exists_for_nobody_else(app, issued):
    with app.app_context():
        for name, email in (INSIDE | OUTSIDE).items():
            kinds = ({PANEL} if name in INSIDE else set()) | (
                {APPLICANT} if name in LEADERS else set()
            )
            for kind in (PANEL, APPLICANT):
                actor = actor_of(email, AT)
                if kind in kinds:
                    assert documents.download(actor, issued, kind, 1) == _stored(DocumentKind(kind))
                else:
                    with pytest.raises(CaseNotFoundError):
                        documents.download(actor, issued, kind, 1)
            if name in INSIDE:
                page = documents_page.open_documents(actor_of(email, AT), issued)
                assert {each.kind for each in page.documents} == kinds


def test_whoever_comes_into_conflict_loses_the_files(app, issued):
    with app.app_context():
        for email in INSIDE.values():
            actor = actor_of(email, AT)
            assert documents.download(actor, issued, PANEL, 1)
            record_conflict(issued, email)

            with pytest.raises(CaseNotFoundError):
                documents.download(actor, issued, PANEL, 1)


def test_only_the_coordinator_issues_and_for_those_outside_there_is_nothing_to_issue(app, ready):
    refusals = dict.fromkeys(INSIDE.values(), ActRefusedError) | dict.fromkeys(
        OUTSIDE.values(), CaseNotFoundError
    )
    del refusals[cases.COORDINATOR]

    with app.app_context():
        for email, refusal in refusals.items():
            with pytest.raises(refusal):
                issuing.issue_plan(actor_of(email, AT), ready, token())

        assert not documents_page.open_documents(actor_of(cases.COORDINATOR, AT), ready).documents


def test_a_chair_who_has_not_declared_is_handed_no_file(app, people):
    reference = make_canary_case(app, "undeclared")

    with app.app_context(), pytest.raises(DeclarationNeededError):
        documents.download(actor_of(cases.CHAIR, AT), reference, PANEL, 1)


def _quote(reference, field, text):
    """Write a text into the draft, have it checked, and try to issue it."""
    office = actor_of(cases.COORDINATOR, cases.PLANNED_AT)
    draft = planning.open_plan(office, reference).draft
    texts = {each: getattr(draft, each) for each in planning.TypedDraft.__dataclass_fields__}
    changed = planning.TypedDraft(**(texts | {field: f"{texts[field]}\nAnd {text}."}))
    planning.write_draft(office, reference, token(), changed, draft.version)
    cases.check_draft(reference)
    try:
        issuing.issue_plan(actor_of(cases.COORDINATOR, AT), reference, token())
    except IllegalMoveError as error:
        faults = str(error)
    else:
        faults = ""
    now = planning.open_plan(office, reference).draft
    planning.write_draft(office, reference, token(), planning.TypedDraft(**texts), now.version)
    return faults


def test_a_plan_that_quotes_what_its_readers_may_not_read_is_not_issued(app, ready):
    narrow = ("narrow", "named", "statutory", "fire-narrow", "office-narrow")
    quotes = [(field, f"item-{name}-content") for field in _PANELS + _THEIRS for name in narrow]
    quotes += [(field, f"item-{name}") for field in _THEIRS for name in _NOT_FOR_APPLICANT]

    with app.app_context():
        for field, name in quotes:
            assert "take out the words of" in _quote(ready, field, TOKENS[name]), (field, name)
        for field in _THEIRS:
            for name in ("respondent-name", "witness-name"):
                assert "take out the name" in _quote(ready, field, TOKENS[name]), name


_PANELS = ("findings", "what_changed")
_THEIRS = ("what_was_agreed",)
_NOT_FOR_APPLICANT = ("panel-not-told-content",)
