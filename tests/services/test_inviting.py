"""Invites after they went out: changed, taken back, answered; each read as its receiver would."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.gate import load_case
from portal.access.scope.clocks import clocks_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.jobs import demo_people
from portal.models.meeting import Meeting
from portal.services import (
    agenda,
    booking,
    calling_off,
    closing,
    conflicts,
    leaving,
    live,
    meeting,
    opening,
    panel,
    people,
)
from portal.services.booking import BookingError
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, agency_id, make_case, person_id, token
from tests.received import AT, NOOR, PANEL, change, office, sent, what


@pytest.fixture
def invited(app, people):
    reference = make_case(app, stage="invited")
    with app.app_context():
        yield reference


def meeting_of(reference):
    return booking.open_meeting_page(office(), reference)


def test_a_meeting_that_is_moved_keeps_its_uids_and_everybody_is_asked_again(invited, clock):
    first = {each.to: each for each in sent(clock)}

    change(invited, held_on=dt.date(2027, 1, 18))

    after = {each.to: each for each in sent(clock)}
    assert set(first) == set(after) == PANEL | {NOOR}
    assert {each.uid for each in after.values()} == {each.uid for each in first.values()}
    assert {(each.method, each.sequence, each.starts) for each in after.values()} == {
        ("REQUEST", 1, "18 Jan 10:00")
    }
    assert set(after[cases.POLICE].said.values()) == {"NEEDS-ACTION"}
    assert after[NOOR].listed == {NOOR}


def test_what_is_only_the_panels_is_not_told_to_the_applicant_and_the_other_way_round(
    invited, clock
):
    sent(clock)

    change(invited, join_link="https://meet.example/other-panel")
    panels = sent(clock)
    change(invited, applicant_join_link="https://meet.example/other-noor")
    applicants = sent(clock)
    change(invited, reason_if_late="Nothing that anybody is told")

    assert {each.to for each in panels} == PANEL
    assert {each.to for each in applicants} == {NOOR}
    assert what(applicants) == {NOOR: ("REQUEST", 1)}
    assert "other-panel" in panels[0].text
    assert "noor" not in panels[0].text
    assert "other-noor" in applicants[0].text
    for word in ("other-panel", "Okafor", "Castell", "/cases/", panels[0].uid):
        assert word not in applicants[0].text
    assert applicants[0].uid not in panels[0].text
    assert sent(clock) == []


def test_an_update_takes_the_place_of_an_invite_that_has_not_left(invited, clock):
    change(invited, place="Hexley Library")

    assert what(sent(clock)) == dict.fromkeys(PANEL | {NOOR}, ("REQUEST", 1))


def test_who_leaves_after_their_invite_was_sent_gets_a_cancellation_and_the_rest_an_update(
    invited, clock
):
    first = {each.to: each for each in sent(clock)}
    _take_off(invited, cases.POLICE)

    after = {each.to: each for each in sent(clock)}

    assert what(after.values()) == dict.fromkeys(PANEL, ("REQUEST", 1)) | {
        cases.POLICE: ("CANCEL", 1)
    }
    gone = after[cases.POLICE]
    assert gone.uid == first[cases.POLICE].uid
    assert gone.listed == {cases.POLICE}
    # RFC 5546, 3.2.5: no STATUS where somebody is taken off and the meeting stands.
    assert gone.status == ""
    for word in ("Town Hall", "meet.example", "/cases/", "Castell"):
        assert word not in gone.text
    assert after[cases.COUNCIL].listed == PANEL - {cases.POLICE}
    assert NOOR not in after


def test_who_leaves_before_their_invite_was_sent_gets_nothing(invited, clock):
    _take_off(invited, cases.POLICE)

    after = sent(clock)

    assert what(after) == dict.fromkeys(PANEL - {cases.POLICE}, ("REQUEST", 1)) | {
        NOOR: ("REQUEST", 0)
    }


def _take_off(reference, email, by=cases.COORDINATOR):
    seats = panel.open_people(office(), reference).seats
    member = next(
        each.member_id
        for seat in seats
        for each in seat.members
        if each.person_id == person_id(email)
    )
    leaving.take_off(actor_of(by, AT), reference, token(), member_id=member)


def _conflict_of_police(reference):
    whom = f"agency-{agency_id(demo_people.POLICE)}"
    kind = conflicts.ConflictKind.PARTY
    conflicts.record_conflict(office(), reference, token(), whom=whom, kind=kind, reason="Knows")


def _seat_of_police(reference):
    seats = panel.open_people(office(), reference).seats
    seat = next(each.seat_id for each in seats if each.agency_name == demo_people.POLICE)
    leaving.end_seat(office(), reference, token(), seat_id=seat, reason="Not involved")


def _other_chair(reference):
    panel.appoint_chair(office(), reference, token(), person_id=person_id(cases.OTHER_CHAIR))


def _account_of_chair(_reference):
    people.set_active(Actor.job("a test", AT), email=cases.CHAIR, is_active=False)


@pytest.mark.parametrize(
    ("leave", "leavers"),
    [
        (_conflict_of_police, {cases.POLICE, cases.POLICE_LEAD}),
        (_seat_of_police, {cases.POLICE, cases.POLICE_LEAD}),
        (_other_chair, {cases.CHAIR}),
        (_account_of_chair, {cases.CHAIR}),
    ],
)
def test_in_whatever_way_somebody_leaves_it_is_out_of_their_calendar(
    invited, clock, leave, leavers
):
    sent(clock)

    leave(invited)

    assert what(sent(clock)) == dict.fromkeys(PANEL, ("REQUEST", 1)) | dict.fromkeys(
        leavers, ("CANCEL", 1)
    )


def test_who_joins_later_is_invited_alone_and_who_comes_back_raises_the_sequence(invited, clock):
    sent(clock)
    number = agency_id(demo_people.FIRE)
    fire = "fire@wharrow-fire.example"
    panel.seat_agency(office(), invited, token(), agency_id=number, is_required=False)
    panel.name_agency_representative(
        office(), invited, token(), agency_id=number, person_id=person_id(fire)
    )
    waiting = meeting_of(invited).not_invited

    booking.send_invites(office(), invited, token())

    joined = sent(clock)
    assert [name for name in waiting if "Wharrow Fire" in name]
    assert what(joined) == {fire: ("REQUEST", 0)}
    assert joined[0].listed == PANEL | {fire}
    with pytest.raises(BookingError, match="gone out already"):
        booking.send_invites(office(), invited, token())

    _take_off(invited, cases.POLICE)
    sent(clock)
    panel.name_agency_representative(
        office(),
        invited,
        token(),
        agency_id=agency_id(demo_people.POLICE),
        person_id=person_id(cases.POLICE),
    )
    booking.send_invites(office(), invited, token())

    # Taken off with 1: what brings it back into the calendar has to be higher.
    assert what(sent(clock)) == dict.fromkeys(PANEL | {fire}, ("REQUEST", 2))


def test_a_meeting_that_is_called_off_is_cancelled_for_all_and_another_has_uids_of_its_own(
    invited, clock
):
    first = {each.to: each for each in sent(clock)}

    calling_off.call_off_meeting(office(), invited, token(), "The chair is ill")

    after = sent(clock)
    assert what(after) == dict.fromkeys(PANEL | {NOOR}, ("CANCEL", 1))
    assert {each.status for each in after} == {"CANCELLED"}
    assert all("ill" not in each.text.split() for each in after)
    page = meeting_of(invited)
    assert (page.meeting, page.frame.stage) == (None, "arranging")
    assert [(each.reason, each.called_off_by) for each in page.past.called_off] == [
        ("The chair is ill", "Ruth Adeyemi")
    ]

    booking.book_meeting(office(), invited, token(), cases._MEETING, 0)
    booking.send_invites(office(), invited, token())

    again = sent(clock)
    assert what(again) == dict.fromkeys(PANEL | {NOOR}, ("REQUEST", 0))
    assert {each.uid for each in again}.isdisjoint(each.uid for each in first.values())


def test_a_meeting_in_the_place_of_one_called_off_has_one_agenda_and_can_be_held(invited):
    calling_off.call_off_meeting(office(), invited, token(), "The chair is ill")
    booking.book_meeting(office(), invited, token(), cases._MEETING, 0)
    booking.send_invites(office(), invited, token())
    chair = actor_of(cases.CHAIR, cases.OPENED_AT)

    meeting.open_meeting(chair, invited, token())

    # The standard agenda has items 0 to 14; the restricted one is not on the screen in the room.
    assert len(agenda.open_agenda(office(), invited).agenda.items) == 15
    assert len(meeting.open_run_page(chair, invited).agenda.items) == 14
    assert live.open_live(actor_of(cases.POLICE, cases.OPENED_AT), invited).is_open
    who = next(iter(opening.open_letting_in(chair, invited).who_can_come))
    visit = opening.TypedVisit(who=who, is_remote=False, with_them="", rings_today="Ruth, by 1pm")
    opening.let_in(chair, invited, token(), visit)
    assert opening.open_screen(chair, invited).until == cases._MEETING.opening_ends_at


def test_a_clock_that_runs_to_the_meeting_stops_running_when_it_is_called_off(invited):
    def running():
        with transaction():
            opened = load_case(office(), invited, Act.VIEW_CASE)
            rows = db.session.scalars(clocks_for(office(), [opened.case.id])).all()
            return {row.clock.value for row in rows if row.stopped_on is None}

    before = running()
    calling_off.call_off_meeting(office(), invited, token(), "The chair is ill")

    # Packs go out 2 working days before the meeting; the meeting's own limit goes on.
    assert before - running() == {"pack_out"}
    assert "meeting" in running()


def test_a_withdrawn_request_calls_the_meeting_off(invited, clock):
    sent(clock)

    closing.withdraw_request(office(), invited, token(), "Does not want it any more")

    after = sent(clock)
    assert what(after) == dict.fromkeys(PANEL | {NOOR}, ("CANCEL", 1))
    assert {each.status for each in after} == {"CANCELLED"}


def test_an_applicant_who_is_not_invited_any_more_gets_a_cancellation_and_written_reasons(
    invited, clock
):
    first = {each.to: each for each in sent(clock)}
    with pytest.raises(BookingError, match="Write your reasons"):
        change(invited, is_applicant_invited=False)
    with pytest.raises(BookingError, match="Take out “very high risk”"):
        change(invited, is_applicant_invited=False, reasons_not_invited="You are at very high risk")

    change(invited, is_applicant_invited=False, reasons_not_invited="You asked not to come.")

    (cancelled,) = sent(clock)
    assert (cancelled.to, cancelled.method, cancelled.sequence) == (NOOR, "CANCEL", 1)
    assert (cancelled.uid, cancelled.status) == (first[NOOR].uid, "CANCELLED")
    page = booking.open_meeting_page(actor_of(cases.POLICE, AT), invited)
    assert page.meeting.reasons_not_invited == "You asked not to come."
    assert page.meeting.not_invited_at == AT.astimezone(dt.UTC)


def test_another_address_of_the_applicant_gets_the_invite_and_the_old_one_a_cancellation(
    invited, clock
):
    sent(clock)

    change(invited, applicant_email="safe@example.org")

    after = sent(clock)
    assert what(after) == {NOOR: ("CANCEL", 1), "safe@example.org": ("REQUEST", 1)}
    assert [each.listed for each in after] == [{NOOR}, {"safe@example.org"}]


def test_two_meetings_of_a_case_cannot_be_in_force(invited):
    rows = db.session.scalars(sa.select(Meeting).execution_options(**DOOR)).all()
    copy = {
        column.key: getattr(rows[0], column.key)
        for column in sa.inspect(Meeting).columns
        if column.key not in {"id", "version"}
    }
    db.session.add(Meeting(**copy | {"panel_uid": "a@b", "applicant_uid": "c@d"}))

    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
    db.session.rollback()
