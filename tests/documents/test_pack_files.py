"""The agenda and the packs: each reader's file holds exactly what that reader may read."""

import hashlib
import io

import docx
import pytest
from openxml_audit import OpenXmlValidator

from portal.access.gate import CaseNotFoundError
from portal.db import ChangedMeanwhileError
from portal.documents.papers import AgendaPaper, InformationRequest, Pack
from portal.documents.render import render_paper, template_for
from portal.documents.shape import sample
from portal.domain.stages import IllegalMoveError
from portal.services import documents, papers, papers_issuing
from tests import papers as steps
from tests.canary import INSIDE, LEADERS, OUTSIDE, TABLE, found_in, on_pages
from tests.canary_case import make_canary_case, record_conflict
from tests.cases import actor_of, agency_id, person_id
from tests.documents.word_reading import W, field_codes, outside_links, parts, whole_text, xml_parts

AWKWARD = "A & B <x> “q” {{7*7}} {_{ ü 😀 مرحبا"
MEMBERS = {name: email for name, email in INSIDE.items() if name != "coordinator"}
KINDS = {"agenda": AgendaPaper, "pack": Pack, "information-request": InformationRequest}

# What a pack says besides what was shared: typed from the list of what it is made of.
EVERY_PACK = {
    *("applicant-name", "meeting-place"),
    # The chronology: what happened, to whom it was reported and how, what was done, the decision.
    *("incident-title", "incident-account", "report-to", "report-how", "report-reference"),
    *("report-done", "second-report-done", "threshold-reasons"),
    *("imported-title", "imported-account", "imported-how", "imported-reference", "imported-done"),
    # How the reports were answered: by whom, and why it was set back.
    *("state-said-by", "state-reason"),
}


def _shared_with(reader):
    """The tokens of what was shared, as far as the pages show them to the reader, but its past."""
    items = {name for name, bird in TABLE.items() if name.startswith("item-")}
    stubs = {f"reason-{name}" for name in ("withdrawn", "withdrawn-narrow")}
    return (items | stubs) & on_pages(reader)


def _made(kind, text="", *, items=2):
    said = []

    def say(path):
        said.append(f"[{path}|{text}|]")
        return said[-1]

    content = sample(KINDS[kind], say, items=items)
    return render_paper(content, template_for("default", kind)), said


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_comes_out_exactly_and_the_file_is_sound(kind, tmp_path):
    made, said = _made(kind, AWKWARD)

    read = whole_text(made)
    assert [wanted for wanted in said if wanted not in read] == []
    assert outside_links(made) == []
    for number, document in enumerate((made, _made(kind, items=0)[0], _made(kind, items=40)[0])):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(document)
        assert OpenXmlValidator().validate(file).errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_marked_and_counted_and_every_table_described(kind):
    made, _ = _made(kind, items=40)
    document = docx.Document(io.BytesIO(made))

    (section,) = document.sections
    assert not section.different_first_page_header_footer
    for end in (section.header, section.footer):
        assert "[marking||]" in end.paragraphs[0].text
    # Whom it is for is on each page, and cannot push the marking aside however long it is.
    whose = {"agenda": "", "pack": "[reader||]", "information-request": "[agency||]"}[kind]
    assert section.header.paragraphs[0].text.endswith(f"\tFor {whose}" if whose else "[marking||]")
    assert field_codes(made) == {"PAGE", "NUMPAGES"}
    tables = [table for table in document.tables if len(table.columns) > 1]
    described = [table._tbl.tblPr.find(f"{W}tblDescription") is not None for table in tables]
    assert described == [True] * {"agenda": 2, "pack": 4, "information-request": 1}[kind]
    rows = [row for table in tables for row in table.rows]
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in rows)
    for table in tables:
        if table.rows[0].cells[0].text == "When":
            continue
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    languages = {
        element.get(f"{W}val")
        for part in xml_parts(made).values()
        for element in part.iter(f"{W}lang")
    }
    assert languages == {"en-GB"}


@pytest.fixture
def issued(app, people):
    reference = make_canary_case(app, "invited")
    with app.app_context():
        steps.issue_packs(reference)
        steps.issue_agenda(reference)
    return reference


def _everything(content):
    return "\n".join(part.decode(errors="replace") for part in parts(content).values())


def test_each_members_pack_holds_what_that_member_may_read_and_nothing_else(app, issued):
    with app.app_context():
        for reader, email in MEMBERS.items():
            content = steps.pack_of(email, issued)

            found = found_in(_everything(content))
            assert found == EVERY_PACK | _shared_with(reader), reader
            assert found <= on_pages(reader), reader
            assert "OFFICIAL-SENSITIVE" in whole_text(content)


def test_nobody_who_is_excluded_has_left_or_only_observes_is_among_the_receivers(app, issued):
    with app.app_context():
        rows = steps.stored()
        members = {(person_id(email), _agency_of(email)) for email in MEMBERS.values()}
        left = {agency_id("Lantern Trust"), agency_id("Wharrow Probation")}
        outside = {person_id(email) for email in OUTSIDE.values()}

        assert members <= set(rows)
        assert not {person for person, _ in rows} & outside
        assert not {agency for _, agency in rows} & left
        for row in rows.values():
            assert row.sha256 == hashlib.sha256(row.content).hexdigest()


def _agency_of(email):
    return actor_of(email, steps.PAPERS_AT).agency_id


def test_a_pack_is_its_receivers_and_the_offices_and_exists_for_nobody_else(app, issued):
    with app.app_context():
        rows = steps.stored()
        keys = {row.key: row for row in rows.values()}
        for name, email in (INSIDE | OUTSIDE).items():
            actor = actor_of(email, steps.PAPERS_AT)
            mine = {
                key
                for key, row in keys.items()
                if name == "coordinator"
                or (
                    name in INSIDE
                    and (row.person_id, row.agency_id) == (actor.person_id, actor.agency_id)
                )
            }
            if name in INSIDE:
                page = papers.open_papers(actor, issued)
                assert {pack.key for pack in page.packs} == mine, name
            for key, row in keys.items():
                if key in mine:
                    assert papers.download_paper(actor, issued, key).content == row.content
                else:
                    with pytest.raises(CaseNotFoundError):
                        papers.download_paper(actor, issued, key)


def test_whoever_comes_into_conflict_loses_their_pack_and_gets_no_other(app, issued):
    fire = MEMBERS["fire"]
    with app.app_context():
        actor = actor_of(fire, steps.PAPERS_AT)
        key = papers.open_papers(actor, issued).packs[0].key
        record_conflict(issued, fire)

        with pytest.raises(CaseNotFoundError):
            papers.download_paper(actor, issued, key)
        steps.issue_packs(issued, "The Fire Service has named nobody.")
        before, now = steps.stored(1), steps.stored(2)
        assert {receiver for receiver in before if receiver not in now} == {
            (person_id(fire), _agency_of(fire))
        }
        record_conflict(issued, MEMBERS["chair"])
        with pytest.raises(IllegalMoveError, match="There is a chair"):
            steps.issue_packs(issued, "No chair is left.")


def test_a_conflict_that_comes_while_the_files_are_made_keeps_every_pack_back(
    app, people, monkeypatch
):
    reference = make_canary_case(app, "invited")
    made = []

    def render(content, template):
        if not made:
            record_conflict(reference, MEMBERS["school"])
        made.append(content)
        return b"a file"

    monkeypatch.setattr(papers_issuing, "render_paper", render)
    with app.app_context():
        with pytest.raises(ChangedMeanwhileError):
            steps.issue_packs(reference)
        assert steps.stored() == {}


def test_the_agenda_holds_no_restricted_item_and_the_chairs_pack_does(app, people):
    reference = make_canary_case(app, "reviewing")

    with app.app_context():
        steps.issue_agenda(reference)
        steps.issue_packs(reference)
        reader = actor_of(INSIDE["school"], steps.PAPERS_AT)
        agenda = _everything(documents.download(reader, reference, "agenda", 1))
        assert found_in(agenda) == {"applicant-name", "meeting-place", "agenda-item"}
        assert "OFFICIAL-SENSITIVE" in agenda
        for name, email in MEMBERS.items():
            restricted = "agenda-restricted" in found_in(
                _everything(steps.pack_of(email, reference))
            )
            assert restricted == (name in LEADERS), name


def test_the_labels_of_a_text_stand_on_the_page_on_which_it_begins():
    lines = docx.Document(io.BytesIO(_made("pack")[0])).paragraphs
    labels = [line for line in lines if "Who reads it:" in line.text]

    assert len(labels) == 2
    assert all(line.paragraph_format.keep_with_next for line in labels)
