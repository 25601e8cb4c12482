"""Corrections and withdrawals asked of the services: what is kept, who reads which past."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.items import panel_items_for, shared_items_for
from portal.db import db, transaction
from portal.domain.handling import Handling, Told
from portal.domain.roles import Role
from portal.models.log import LogEntry
from portal.models.panel import PanelMember
from portal.models.sharing import SharedItem, SharedItemVersion
from portal.services import corrections, sharing
from portal.services.changes import ChangedMeanwhileError
from tests import cases
from tests.canary import CORRECTED, INSIDE, OUTSIDE, TOKENS, WITHDRAWN, found_in
from tests.canary_case import make_canary_case
from tests.canary_changes import DOOR, key_of, share
from tests.cases import actor_of, agency_id, make_case, token

AT = cases.ARRANGED_AT
PANEL_ITEM = "Call of 9 November"


def _actor(email, role=None):
    return actor_of(email, AT, role)


@pytest.fixture
def canaries(app, people):
    return make_canary_case(app, "invited")


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="invited")


def _typed(**changes):
    whole = sharing.TypedItem(
        title="Visit on 8 December",
        happened_on=cases.at(8, month=12, year=2026).date(),
        content="We found the door open.",
        handling=Handling.PANEL,
        named=(),
        told=Told.NO,
        words="",
    )
    return replace(whole, **changes)


def _past_of(name, email, reference, key):
    try:
        return corrections.open_history(_actor(email), reference, key).versions
    except CaseNotFoundError:
        return ()


def test_a_past_is_read_by_who_could_read_it_then_and_can_read_the_item_now(app, canaries):
    with app.app_context():
        for item, (past, now) in CORRECTED.items():
            key = key_of(TOKENS[f"item-{item}-title"])
            for name, email in (INSIDE | OUTSIDE).items():
                versions = _past_of(name, email, canaries, key)
                read = {version.content for version in versions}
                wanted = {TOKENS[f"past-{item}-content"]} if name in past else set()
                wanted |= {TOKENS[f"item-{item}-content"]} if name in now else set()
                assert read == wanted, (item, name)
                # Nothing tells whoever reads one version that there was another.
                if len(versions) == 1:
                    assert (versions[0].is_correction, versions[0].reason) == (False, "")


def test_what_was_withdrawn_is_read_by_its_agency_and_the_coordinator_in_the_history(app, canaries):
    may = {"police", "police lead", "coordinator"}

    with app.app_context():
        for item, stub_readers in WITHDRAWN.items():
            key = key_of(TOKENS[f"past-{item}-title"])
            for name, email in (INSIDE | OUTSIDE).items():
                versions = _past_of(name, email, canaries, key)
                assert bool(versions) == (name in may), (item, name)
                if name in INSIDE:
                    stubs = sharing.open_shared(_actor(email), canaries).stubs
                    read = {stub.reason for stub in stubs}
                    assert (TOKENS[f"reason-{item}"] in read) == (name in stub_readers)


def test_a_withdrawn_item_stands_in_no_selection_of_items(app, canaries):
    with app.app_context():
        chair = _actor(cases.CHAIR)
        number = db.session.scalars(sa.select(SharedItem.case_id).execution_options(**DOOR)).first()

        for select in (shared_items_for, panel_items_for):
            titles = {row.title for row in db.session.scalars(select(chair, number))}
            assert titles
            assert not titles & {TOKENS[f"past-{item}-title"] for item in WITHDRAWN}


def test_the_stub_says_who_when_and_why_and_nothing_of_what_it_said(app, reference):
    with app.app_context():
        key = key_of(PANEL_ITEM)
        corrections.withdraw_item(
            _actor(cases.POLICE_LEAD), reference, key, token(), "Wrong case", 1
        )

        page = sharing.open_item(_actor(cases.COUNCIL), reference, key)

    assert page.item is None
    assert page.versions == ()
    stub = page.stub
    assert (stub.withdrawn_by, stub.withdrawn_at, stub.reason) == (
        "Insp Lena Marsh",
        AT.astimezone(stub.withdrawn_at.tzinfo),
        "Wrong case",
    )
    assert "Logged as a dispute" not in str(page)
    assert PANEL_ITEM not in str(page)


def test_a_correction_adds_a_version_and_overwrites_none(app, reference):
    with app.app_context():
        key = key_of(PANEL_ITEM)
        police = _actor(cases.POLICE)
        for number, content in ((1, "Second"), (2, "Third")):
            count = corrections.correct_item(
                police, reference, key, token(), _typed(content=content), f"R{number}", number
            )
            assert count == 6  # police, their lead, council, housing, chair, coordinator
        rows = db.session.execute(
            sa.select(SharedItemVersion.number, SharedItemVersion.content, SharedItemVersion.reason)
            .join(SharedItem, SharedItem.id == SharedItemVersion.item_id)
            .where(SharedItem.key == key)
            .order_by(SharedItemVersion.number)
            .execution_options(**DOOR)
        ).all()
        item = sharing.open_item(_actor(cases.COUNCIL), reference, key)

    assert [tuple(row) for row in rows] == [
        (1, "Logged as a dispute between neighbours.", ""),
        (2, "Second", "R1"),
        (3, "Third", "R2"),
    ]
    assert item.item.content == "Third"
    assert [version.reason for version in item.versions] == ["R2", "R1", ""]


def test_after_a_narrow_time_between_two_wide_ones_no_reason_gives_it_away(app, reference):
    with app.app_context():
        key = key_of(PANEL_ITEM)
        police = _actor(cases.POLICE)
        steps = [
            (_typed(content="Secret", handling=Handling.CHAIR_AND_COORDINATOR), "An informant"),
            (_typed(content="Open again"), "The informant agrees"),
        ]
        for version, (typed, reason) in enumerate(steps, start=1):
            corrections.correct_item(police, reference, key, token(), typed, reason, version)

        council = corrections.open_history(_actor(cases.COUNCIL), reference, key)
        own = corrections.open_history(police, reference, key)

    assert [version.reason for version in council.versions] == ["", ""]
    assert len(own.versions) == 3
    assert "informant" not in str(council).casefold()
    assert "Secret" not in str(council)


@pytest.mark.parametrize("email", [cases.COORDINATOR, cases.COUNCIL])
def test_only_the_agency_that_shared_it_corrects_or_withdraws(app, reference, email):
    with app.app_context():
        key = key_of(PANEL_ITEM)
        actor = _actor(email)
        for refused in (
            lambda: corrections.open_correction(actor, reference, key),
            lambda: corrections.correct_item(actor, reference, key, token(), _typed(), "x", 1),
            lambda: corrections.withdraw_item(actor, reference, key, token(), "x", 1),
        ):
            with pytest.raises(ActRefusedError, match=corrections.NOT_YOURS):
                refused()


def test_what_one_may_not_read_cannot_be_told_from_what_is_not_there(app, reference):
    with app.app_context():
        narrow = key_of("What an informant said")
        for key in (narrow, "0000000000"):
            for service in (
                corrections.open_correction,
                corrections.open_withdrawal,
                corrections.open_history,
            ):
                with pytest.raises(CaseNotFoundError):
                    service(_actor(cases.COUNCIL), reference, key)


def test_the_office_corrects_what_the_office_shared(app, reference):
    with app.app_context():
        office = _actor(cases.COORDINATOR)
        sharing.share_item(office, reference, token(), _typed(title="From the office"))
        key = key_of("From the office")

        corrections.correct_item(office, reference, key, token(), _typed(title="Better"), "x", 1)

        assert sharing.open_item(office, reference, key).item.title == "Better"


def test_what_somebody_shared_who_left_the_case_stays_with_their_agency(app, reference):
    with app.app_context():
        key = key_of(PANEL_ITEM)
        with transaction():
            gone = sa.delete(PanelMember).where(
                PanelMember.person_id == cases.person_id(cases.POLICE)
            )
            db.session.execute(gone.execution_options(**DOOR))
        with pytest.raises(CaseNotFoundError):
            corrections.open_correction(_actor(cases.POLICE), reference, key)

        lead = _actor(cases.POLICE_LEAD, Role.AGENCY_LEAD)
        corrections.correct_item(lead, reference, key, token(), _typed(), "He has left", 1)
        corrections.withdraw_item(lead, reference, key, token(), "It was wrong", 2)

        assert sharing.open_item(lead, reference, key).stub.withdrawn_by == "Insp Lena Marsh"


def test_the_second_of_two_is_told_who_was_first_and_nothing_is_saved(app, reference):
    with app.app_context():
        key = key_of(PANEL_ITEM)
        lead, police = _actor(cases.POLICE_LEAD), _actor(cases.POLICE)
        corrections.correct_item(lead, reference, key, token(), _typed(title="Hers"), "x", 1)

        for late in (
            lambda: corrections.preview_correction(police, reference, key, _typed(), 1),
            lambda: corrections.correct_item(police, reference, key, token(), _typed(), "y", 1),
            lambda: corrections.withdraw_item(police, reference, key, token(), "y", 1),
            lambda: corrections.withdraw_item(police, reference, key, token(), "y", None),
        ):
            with pytest.raises(ChangedMeanwhileError) as raised:
                late()
            assert raised.value.by == "Insp Lena Marsh"
        assert sharing.open_item(police, reference, key).item.title == "Hers"


def test_sending_a_correction_or_a_withdrawal_twice_does_it_once(app, reference):
    with app.app_context():
        key, police = key_of(PANEL_ITEM), _actor(cases.POLICE)
        for form in (token(),) * 2:
            assert corrections.correct_item(police, reference, key, form, _typed(), "x", 1) == 6
        for form in (token(),) * 2:
            corrections.withdraw_item(police, reference, key, form, "x", 2)

        assert len(corrections.open_history(police, reference, key).versions) == 2


def test_what_was_withdrawn_is_changed_no_more(app, reference):
    with app.app_context():
        key, police = key_of(PANEL_ITEM), _actor(cases.POLICE)
        corrections.withdraw_item(police, reference, key, token(), "x", 1)

        with pytest.raises(ActRefusedError, match="withdrawn"):
            corrections.correct_item(police, reference, key, token(), _typed(), "x", 1)
        with pytest.raises(ActRefusedError, match="withdrawn"):
            corrections.withdraw_item(police, reference, key, token(), "x", 1)


def test_the_check_says_who_gains_and_who_loses_and_so_it_is(app, reference):
    with app.app_context():
        police = _actor(cases.POLICE)
        named = (agency_id("Tollgate Homes"),)
        key = share(reference, _typed(title="For some", handling=Handling.NAMED, named=named))
        council = (agency_id("Hexley Council"),)
        typed = _typed(title="For others", handling=Handling.NAMED, named=council)

        check = corrections.preview_correction(police, reference, key, typed, 1)
        corrections.correct_item(police, reference, key, token(), typed, "Mixed up", 1)

        assert check.gains == ("Marie Castell (Hexley Council)",)
        assert check.loses == ("Tom Beddoes (Tollgate Homes)",)
        assert sharing.open_item(_actor(cases.COUNCIL), reference, key).item.named == (
            "Hexley Council",
        )
        with pytest.raises(CaseNotFoundError):
            sharing.open_item(_actor(cases.HOUSING), reference, key)


def test_a_correction_that_changes_nothing_is_none(app, reference):
    with app.app_context():
        police = _actor(cases.POLICE)
        key = share(reference, _typed())

        with pytest.raises(sharing.SharingError, match="Nothing is changed"):
            corrections.correct_item(police, reference, key, token(), _typed(), "x", 1)


def test_the_log_names_the_item_and_the_version_and_no_text(app, canaries):
    with app.app_context():
        rows = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.id)).all()
        widened, gone = (key_of(TOKENS[name]) for name in (
            "item-panel-widened-title", "past-withdrawn-title",
        ))  # fmt: skip

    said = {(row.act, row.thing) for row in rows}
    assert ("share_item", f"item {widened} version 1") in said
    assert ("correct_item", f"item {widened} version 2") in said
    assert ("withdraw_item", f"item {gone} version 1") in said
    assert found_in("\n".join(str(vars(row)) for row in rows)) == set()


def test_the_plan_is_not_checked_against_what_was_withdrawn(app, people):
    reference = make_case(app, stage="planning")

    with app.app_context():
        key = key_of("What an informant said")
        office = actor_of(cases.COORDINATOR, cases.PLANNED_AT)
        draft = cases.planning.open_plan(office, reference).draft
        typed = replace(cases.DRAFT, findings=cases.NARROW_SENTENCE)
        cases.planning.write_draft(office, reference, token(), typed, draft.version)

        def open_checks():
            page = cases.planning.open_plan(office, reference)
            return [check.sentence for check in page.open_checks if "take out" in check.sentence]

        assert len(open_checks()) == 1
        assert "“What an informant said”, which is not for the panel" in open_checks()[0]
        police = actor_of(cases.POLICE, cases.PLANNED_AT)
        corrections.withdraw_item(police, reference, key, token(), "x", 1)
        assert open_checks() == []
