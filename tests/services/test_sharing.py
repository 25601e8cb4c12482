"""Sharing asked of the services themselves: who reads, who is forecast, who is refused."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError, DeclarationNeededError
from portal.db import db
from portal.domain.handling import Handling, Told
from portal.domain.roles import Actor, Role
from portal.models.log import LogEntry
from portal.models.sharing import SharedItem
from portal.services import (
    booking,
    casepage,
    documents,
    documents_page,
    messages,
    panel,
    planning,
    reports,
    sharing,
)
from tests import cases
from tests.canary import CORRECTED, INSIDE, ITEMS, OUTSIDE, TOKENS, found_in
from tests.canary_case import DOOR, make_canary_case
from tests.cases import actor_of, agency_id, token

AT = cases.ARRANGED_AT
AGENCIES = sorted(set(INSIDE) - {"coordinator", "chair"})


@pytest.fixture
def reference(app, people):
    return make_canary_case(app, "invited")


def _keys():
    rows = db.session.execute(sa.select(SharedItem.title, SharedItem.key).execution_options(**DOOR))
    return {row.title: row.key for row in rows}


def _typed(**changes):
    whole = sharing.TypedItem(
        title="Call of 12 November",
        happened_on=AT.date(),
        content="What we know",
        handling=Handling.PANEL,
        named=(),
        told=Told.NO,
        words="",
    )
    return replace(whole, **changes)


def _actor(email):
    """The account in the role that it opens the case in, or else in its first."""
    return actor_of(email, AT)


def test_each_item_is_opened_by_its_readers_and_does_not_exist_for_anybody_else(app, reference):
    with app.app_context():
        keys = _keys()
        for name, email in (INSIDE | OUTSIDE).items():
            for item in ITEMS:
                key = keys[TOKENS[f"item-{item.name}-title"]]
                if name in item.readers:
                    shown = sharing.open_item(_actor(email), reference, key).item
                    assert shown.content == TOKENS[f"item-{item.name}-content"]
                else:
                    with pytest.raises(CaseNotFoundError):
                        sharing.open_item(_actor(email), reference, key)


def test_the_list_holds_what_its_reader_may_open(app, reference):
    with app.app_context():
        for name, email in INSIDE.items():
            page = sharing.open_shared(_actor(email), reference)

            wanted = {TOKENS[f"item-{item.name}-title"] for item in ITEMS if name in item.readers}
            wanted |= {TOKENS[f"item-{k}-title"] for k, v in CORRECTED.items() if name in v[1]}
            assert {item.title for item in page.items} == wanted, name


def test_an_item_names_its_readers_as_they_are(app, reference):
    people_of = {
        "coordinator": "Ruth Adeyemi",
        "chair": "Margaret Lyle",
        "police": "Sgt Daniel Okafor",
        "police lead": "Insp Lena Marsh",
        "council": "Marie Castell",
        "housing": "Tom Beddoes",
        "fire": "Callum Reid",
        "school": "Helen Carr",
    }

    with app.app_context():
        shown = {i.title: i for i in sharing.open_shared(_actor(cases.CHAIR), reference).items}

    for item in ITEMS:
        labels = shown[TOKENS[f"item-{item.name}-title"]].readers
        named = {label.partition(" (")[0] for label in labels}
        assert named == {people_of[name] for name in item.readers}


@pytest.mark.parametrize("handling", Handling)
def test_what_is_forecast_before_sharing_is_who_reads_it_after(app, reference, handling):
    with app.app_context():
        police = _actor(cases.POLICE)
        named = (agency_id("Moorside School"),) if handling is Handling.NAMED else ()
        typed = _typed(handling=handling, named=named, title=f"New {handling}")

        _, shown = sharing.preview(police, reference, typed)
        count = sharing.share_item(police, reference, token(), typed)
        readers = [
            name
            for name, email in INSIDE.items()
            if typed.title in {i.title for i in sharing.open_shared(_actor(email), reference).items}
        ]

    wanted = {
        Handling.PANEL: set(INSIDE),
        Handling.STATUTORY: {"coordinator", "chair", "police", "police lead", "council", "housing"},
        Handling.NAMED: {"coordinator", "chair", "police", "police lead", "school"},
        Handling.CHAIR_AND_COORDINATOR: {"coordinator", "chair", "police", "police lead"},
    }[handling]
    assert set(readers) == wanted
    assert count == len(shown.readers) == len(wanted)


SERVICES = {
    "case": casepage.open_case,
    "reports": reports.open_reports,
    "people": panel.open_people,
    "meeting": booking.open_meeting_page,
    "shared": sharing.open_shared,
    "form": sharing.open_form,
    "preview": lambda actor, reference: sharing.preview(actor, reference, _typed()),
    "share": lambda actor, reference: sharing.share_item(actor, reference, token(), _typed()),
    "documents": documents_page.open_documents,
    "download": lambda actor, ref: documents.download(actor, ref, "action-plan-panel", 1),
}


@pytest.mark.parametrize("service", SERVICES)
def test_for_those_outside_the_case_does_not_exist_whatever_is_asked(app, reference, service):
    with app.app_context():
        for email in OUTSIDE.values():
            for asked in (reference, "ACR-2222-2222"):
                with pytest.raises(CaseNotFoundError):
                    SERVICES[service](_actor(email), asked)
        if service != "share":  # a form is always a person's
            with pytest.raises(CaseNotFoundError):
                SERVICES[service](Actor.job("a test", AT), reference)


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"form", "preview", "share"}))
def test_a_chair_who_has_not_declared_is_sent_to_declare_whatever_is_asked(app, people, service):
    reference = make_canary_case(app, "undeclared")

    with app.app_context(), pytest.raises(DeclarationNeededError):
        SERVICES[service](_actor(cases.CHAIR), reference)


@pytest.mark.parametrize("service", ["form", "preview", "share"])
def test_a_chair_shares_nothing(app, reference, service):
    with app.app_context(), pytest.raises(ActRefusedError):
        SERVICES[service](_actor(cases.CHAIR), reference)


@pytest.mark.parametrize("who", AGENCIES)
def test_an_agency_neither_arranges_nor_leads_nor_writes(app, reference, who):
    with app.app_context():
        actor = _actor(INSIDE[who])
        for refused in (
            lambda: panel.appoint_chair(actor, reference, token(), person_id=1),
            lambda: panel.seat_agency(actor, reference, token(), agency_id=1, is_required=True),
            lambda: panel.declare(actor, reference, token(), has_conflict=False, reason=""),
            lambda: booking.send_invites(actor, reference, token()),
            lambda: planning.open_plan(actor, reference),
        ):
            with pytest.raises(ActRefusedError):
                refused()


def test_a_lead_names_people_of_no_other_agency(app, reference):
    with app.app_context(), pytest.raises(ActRefusedError, match="your own agency only"):
        panel.name_agency_representative(
            _actor(cases.POLICE_LEAD),
            reference,
            token(),
            agency_id=agency_id("Hexley Council"),
            person_id=cases.person_id(cases.COUNCIL),
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"handling": Handling.NAMED}, "named"),
        ({"handling": Handling.NAMED, "named": (999,)}, "named"),
        ({"told": Told.IN_THESE_WORDS, "words": "  "}, "words"),
        ({"happened_on": cases.ISSUED_AT.date()}, "happened_on"),
    ],
)
def test_what_is_not_whole_is_neither_forecast_nor_shared(app, reference, changes, field):
    with app.app_context():
        before = len(_keys())
        police = _actor(cases.POLICE)
        for service in ("preview", "share_item"):
            words = (police, reference, *((token(),) if service == "share_item" else ()))
            with pytest.raises(sharing.SharingError) as refused:
                getattr(sharing, service)(*words, _typed(**changes))
            assert refused.value.field == field
        assert len(_keys()) == before


def test_agencies_that_are_not_on_the_panel_cannot_be_named(app, reference):
    with app.app_context():
        elsewhere = agency_id("Lantern Trust")
        typed = _typed(handling=Handling.NAMED, named=(elsewhere,))

        with pytest.raises(sharing.SharingError, match="agencies of this panel"):
            sharing.share_item(_actor(cases.POLICE), reference, token(), typed)


def test_opening_an_item_is_an_entry_that_names_it_by_its_key_alone(app, reference):
    with app.app_context():
        key = _keys()[TOKENS["item-narrow-title"]]
        sharing.open_item(_actor(cases.POLICE), reference, key)
        rows = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.id)).all()

    assert (rows[-1].act, rows[-1].thing) == ("view_case", f"item {key}")
    assert found_in("\n".join(str(vars(row)) for row in rows)) == set()


def test_messages_of_others_do_not_exist(app, reference):
    with app.app_context():
        office = messages.list_messages(_actor(cases.COORDINATOR))
        of_police = next(m for m in office if m.receiver == cases.POLICE)

        assert messages.download_invite(_actor(cases.POLICE), of_police.id)
        for email in (cases.COUNCIL, cases.CHAIR, *OUTSIDE.values()):
            with pytest.raises(CaseNotFoundError):
                messages.download_invite(_actor(email), of_police.id)


def test_whoever_acts_as_agency_representative_without_being_named_finds_nothing(app, reference):
    lead = "council@wharrowdale.example"

    with app.app_context():
        number = agency_id("Wharrowdale Council")
        office = _actor(cases.COORDINATOR)
        panel.seat_agency(office, reference, token(), agency_id=number, is_required=False)

        assert sharing.open_shared(actor_of(lead, AT, Role.AGENCY_LEAD), reference).items
        with pytest.raises(CaseNotFoundError):
            sharing.open_shared(actor_of(lead, AT, Role.AGENCY_REPRESENTATIVE), reference)


def test_a_form_that_somebody_else_has_sent_says_nothing_to_those_outside(app, reference):
    with app.app_context():
        used = token()
        sharing.share_item(_actor(cases.POLICE), reference, used, _typed())

        for email in OUTSIDE.values():
            with pytest.raises(CaseNotFoundError):
                sharing.share_item(_actor(email), reference, used, _typed())
