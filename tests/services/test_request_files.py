"""Files of a request that is being written, until they are those of its case."""

import io
import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.references import new_reference
from portal.domain.roles import Actor
from portal.models.case import Case, Channel
from portal.models.draft import RequestDraft
from portal.models.log import LogEntry
from portal.models.person import Area
from portal.models.request_file import RequestFile, RequestFileBytes
from portal.services import case_files, request_files
from portal.services.request_files import FileRefusedError, RequestSentError
from tests import cases
from tests.cases import actor_of, make_case
from tests.file_bytes import WAV, telling_photo, word
from tests.hostile_files import FILES

DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def holder(clock):
    return replace(Actor.job("holder of a request", clock.now()), address="192.0.2.7")


@pytest.fixture
def draft_id(in_app, people, clock):
    return _draft(clock)


def _draft(clock):
    with transaction():
        area = db.session.scalars(sa.select(Area.id).order_by(Area.id)).first()
        draft = RequestDraft(
            area_id=area,
            reference=new_reference(lambda most: most - 1),
            code_hash="x",
            begun_at=clock.now(),
            touched_at=clock.now(),
        )
        db.session.add(draft)
        db.session.flush()
        return draft.id


def _stored(model):
    return list(db.session.scalars(sa.select(model).execution_options(**DOOR)))


def _keep(holder, draft_id, content, name="a.bin", label=""):
    request_files.keep(holder, draft_id, name, label, io.BytesIO(content))


def test_a_file_is_kept_byte_for_byte_listed_and_removed_without_a_trace(holder, draft_id):
    photo = telling_photo()

    _keep(holder, draft_id, photo, "C:\\Noor\\door.jpg", "My front door")
    _keep(holder, draft_id, WAV, "night.wav")
    _keep(holder, draft_id, photo, "again.jpg", "The same once more")

    listed = request_files.of_draft(draft_id)
    # 3,443 or so bytes are 3 KB; the sound has 52 and is called 1 KB.
    assert [(each.label, each.name, each.kind) for each in listed] == [
        ("My front door", "door.jpg", "Photo"),
        ("night.wav", "night.wav", "Sound recording"),
    ]
    assert {each.is_scanned for each in listed} == {False}
    assert [each.original for each in _stored(RequestFileBytes)] == [photo, WAV]
    assert [each.copy is None for each in _stored(RequestFileBytes)] == [False, True]
    assert {each.came_by for each in _stored(RequestFile)} == {Channel.FORM}

    request_files.take_off(holder, draft_id, listed[0].id)
    request_files.take_off(holder, draft_id, listed[0].id)

    assert [each.name for each in request_files.of_draft(draft_id)] == ["night.wav"]
    assert [each.original for each in _stored(RequestFileBytes)] == [WAV]
    entries = db.session.scalars(sa.select(LogEntry).where(LogEntry.address == "192.0.2.7")).all()
    assert [each.act for each in entries] == [
        "file_added_to_request",
        "file_added_to_request",
        "file_removed_from_request",
    ]
    assert all("door" not in each.thing for each in entries)


def test_every_hostile_file_gets_a_sentence_and_what_was_there_is_there(holder, draft_id):
    _keep(holder, draft_id, WAV, "night.wav")

    for hostile in FILES:
        if hostile.kept:
            continue
        with pytest.raises(FileRefusedError) as refused:
            _keep(holder, draft_id, hostile.make(), hostile.name, hostile.name[:20])
        assert str(refused.value).startswith(hostile.said), hostile.name

    assert [each.name for each in request_files.of_draft(draft_id)] == ["night.wav"]


def test_ten_files_are_the_most_also_when_two_come_at_once(holder, draft_id, in_app):
    for number in range(9):
        _keep(holder, draft_id, WAV + bytes([number]))
    came = []

    def send(content):
        with in_app.app_context():
            try:
                _keep(holder, draft_id, content)
                came.append("kept")
            except FileRefusedError as refused:
                came.append(str(refused))

    db.session.rollback()
    both = [threading.Thread(target=send, args=(WAV + bytes([9, n]),)) for n in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    sentence = "There are 10 files already. Remove one to add another"
    assert sorted(came) == [sentence, "kept"]
    assert len(request_files.of_draft(draft_id)) == 10


def test_nobody_reaches_the_files_of_another_request(holder, draft_id, clock):
    _keep(holder, draft_id, WAV)
    mine = request_files.of_draft(draft_id)[0]
    with transaction():
        first = _stored(RequestDraft)[0]
        other = RequestDraft(
            area_id=first.area_id,
            reference="ACR-OTHER",
            code_hash="y",
            begun_at=clock.now(),
            touched_at=clock.now(),
        )
        db.session.add(other)
        db.session.flush()
        other_id = other.id

    request_files.take_off(holder, other_id, mine.id)

    assert request_files.of_draft(other_id) == []
    assert request_files.of_draft(draft_id) == [mine]


def test_sent_the_files_are_those_of_the_case_and_are_changed_no_more(app, people, clock, holder):
    reference = make_case(app, stage="received")
    with app.app_context():
        draft_id = _draft(clock)
        _keep(holder, draft_id, word(), "letter.docx", "What the landlord wrote")
        with transaction():
            case = db.session.scalars(sa.select(Case).execution_options(**DOOR)).one()
            request_files.hand_over(draft_id, case.id)
            draft = _stored(RequestDraft)[0]
            draft.case_id = case.id

        with pytest.raises(RequestSentError):
            _keep(holder, draft_id, WAV)
        with pytest.raises(RequestSentError):
            request_files.take_off(holder, draft_id, 1)
        assert request_files.of_draft(draft_id) == []
        page = case_files.open_files(actor_of(cases.COORDINATOR, clock.now()), reference)
    (file,) = page.files
    assert (file.number, file.shown.label) == (1, "What the landlord wrote")
    assert (file.came_by, file.added_by) == ("With the request", "")


def test_an_erased_request_takes_its_files_with_it(holder, draft_id):
    _keep(holder, draft_id, WAV)

    with transaction():
        gone = sa.delete(RequestDraft).where(RequestDraft.id == draft_id)
        db.session.execute(gone.execution_options(**DOOR))

    assert _stored(RequestFile) == []
    assert _stored(RequestFileBytes) == []


def test_a_file_belongs_to_a_request_or_to_a_case_and_never_to_both_or_neither(holder, draft_id):
    _keep(holder, draft_id, WAV)

    nobodys = sa.update(RequestFile).values(draft_id=None)
    with transaction(), pytest.raises(sa.exc.IntegrityError):
        db.session.execute(nobodys.execution_options(synchronize_session=False, **DOOR))
