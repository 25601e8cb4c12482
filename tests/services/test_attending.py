"""Who attended, sitting by sitting, and what the plan and the pages make of it."""

import pytest
import sqlalchemy as sa

from portal.access.gate import load_case
from portal.access.scope.meeting import plan_drafts_for
from portal.db import db, transaction
from portal.domain.membership import Standing
from portal.domain.roles import Act
from portal.models.meeting import Attendance, Meeting, Presence
from portal.services import attending, meeting, panel, plan_content
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, agency_id, make_case, person_id, token

P, R, L, X, N = (
    Presence.PRESENT,
    Presence.REMOTE,
    Presence.LEFT_EARLY,
    Presence.APOLOGIES,
    Presence.ABSENT,
)


def row(sitting, presence, person=1, *, left_at=None):
    return Attendance(
        meeting_id=1, sitting=sitting, person_id=person, presence=presence, left_at=left_at
    )


@pytest.mark.parametrize(
    ("presences", "best", "sittings"),
    [
        ((P,), P, (1,)),
        ((X, R), R, (2,)),
        ((L, P, N), P, (1, 2)),
        ((R, L), R, (1, 2)),
        ((N, X), X, ()),
    ],
)
def test_everybody_counts_once_with_the_best_of_their_sittings(presences, best, sittings):
    (found,) = attending.attended(
        [row(number, presence) for number, presence in enumerate(presences, start=1)]
    )

    assert (found.row.presence, found.sittings) == (best, sittings)
    assert found.was_there == bool(sittings)


def test_a_sitting_stayed_through_is_better_than_one_left():
    (found,) = attending.attended([row(1, P, left_at=cases.OPENED_AT), row(2, P)])

    assert not found.left_early


@pytest.fixture
def two_sittings(in_app, people):
    """Police were at both sittings, the council at the second, the housing provider at none.

    An observer of the housing provider was at the second one; the meeting is closed.
    """
    reference = make_case(in_app, stage="ready")
    with transaction():
        held = db.session.scalars(sa.select(Meeting).execution_options(**DOOR)).one()
        held.sitting = 2
        first = {
            each.person_id: each
            for each in db.session.scalars(sa.select(Attendance).execution_options(**DOOR))
        }
        first[person_id(cases.COUNCIL)].presence = Presence.ABSENT
        for email, presence in ((cases.POLICE, R), (cases.COUNCIL, P), (cases.HOUSING, N)):
            earlier = first[person_id(email)]
            db.session.add(
                Attendance(
                    meeting_id=held.id,
                    sitting=2,
                    person_id=earlier.person_id,
                    agency_id=earlier.agency_id,
                    is_required=earlier.is_required,
                    presence=presence,
                )
            )
        db.session.add(
            Attendance(
                meeting_id=held.id,
                sitting=2,
                person_id=person_id(cases.HEALTH),
                agency_id=first[person_id(cases.HOUSING)].agency_id,
                is_required=False,
                is_observer=True,
                presence=P,
            )
        )
    return reference


def test_the_plan_names_everybody_once_and_the_sittings_where_it_was_not_all(two_sittings):
    actor = actor_of(cases.COORDINATOR, cases.ISSUED_AT)
    with transaction():
        opened = load_case(actor, two_sittings, Act.VIEW_CASE)
        draft = db.session.scalars(plan_drafts_for(actor, opened.case.id)).one()
        plan = plan_content.panel_plan(actor, opened, draft, (), 1)

    assert sorted(str(line) for line in plan.present) == [
        "Margaret Lyle, chair (sitting 1)",
        "Marie Castell, Hexley Council (sitting 2)",
        "Sgt Daniel Okafor, Wharrow Valley Police",
        "Sunita Rao, Tollgate Homes (observer, sitting 2)",
    ]
    # The observer does not stand for the agency, which was required.
    assert [(str(each.name), str(each.why)) for each in plan.not_present] == [
        ("Tom Beddoes", "required; apologies")
    ]


def test_an_observer_is_expected_and_recorded_but_is_nobodys_required_person(in_app, people):
    reference = make_case(in_app, stage="reviewing")
    office = actor_of(cases.COORDINATOR, cases.OPENED_AT)
    panel.name_agency_representative(
        office,
        reference,
        token(),
        agency_id=agency_id("Wharrow Valley Police"),
        person_id=person_id("police-observer@wharrow-police.example"),
        standing=Standing.OBSERVER,
    )
    chair = actor_of(cases.CHAIR, cases.OPENED_AT)
    observer = person_id("police-observer@wharrow-police.example")

    meeting.record_attendance(
        chair, reference, token(), {observer: P, person_id(cases.POLICE): X}, ""
    )

    page = meeting.open_run_page(chair, reference)
    (shown,) = [each for each in page.attenders if each.person_id == observer]
    assert (shown.is_observer, shown.is_here, shown.is_required) == (True, True, False)
    assert "observer" in shown.label
    assert "Wharrow Valley Police" in page.here.missing_required
    assert str(observer) not in {key.partition("-")[0] for key, _ in page.owners}
