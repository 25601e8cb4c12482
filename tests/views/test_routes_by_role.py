"""Every address for every role, against the table of answers; an address without a row fails."""

import functools
import re
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.db import db, transaction
from portal.domain.references import new_reference
from portal.jobs import demo_people
from portal.models.agenda import AgendaItem
from portal.models.case import Case, Incident, Party, Report
from portal.models.delivery import Delivery
from portal.models.meeting import Meeting
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.sharing import SharedItem
from tests import cases
from tests.canary_case import DOOR, record_conflict
from tests.cases import agency_id, make_case, person_id
from tests.exports import add_runs, run_keys
from tests.pages import Client
from tests.views import (
    answers,
    answers_of_adequacy,
    answers_of_files,
    answers_of_mine,
    answers_of_opening,
    answers_of_papers,
    answers_of_plan,
    answers_of_post,
    answers_of_powers,
    answers_of_public,
    answers_of_receipt,
    answers_of_request,
    answers_of_support,
    answers_of_telling,
    answers_of_templates,
)
from tests.views.answers import STAGES
from tests.views.answers_of_meetings import MEETING_ROWS, ROOM_ROWS
from tests.views.asking import ACCOUNTS, INSIDE, LEADERS, VISITOR
from tests.walking import Walker, signed_in

# Those of the PDFs come before what leaves a message for the next page.
CASE_ROWS = (
    answers_of_templates.CASE_ROWS
    | answers.CASE_ROWS
    | answers_of_adequacy.CASE_ROWS
    | answers_of_opening.CASE_ROWS
    | answers_of_papers.CASE_ROWS
    | answers_of_post.CASE_ROWS
    | answers_of_powers.CASE_ROWS
    | answers_of_support.CASE_ROWS
    | answers_of_telling.CASE_ROWS
    | answers_of_plan.CASE_ROWS
    | answers_of_receipt.CASE_ROWS
    | MEETING_ROWS
    | answers_of_files.CASE_ROWS
    | answers_of_mine.CASE_ROWS
)
# Signing out comes last.
PLAIN_ROWS = (
    answers_of_mine.PLAIN_ROWS
    | answers_of_post.PLAIN_ROWS
    | answers_of_receipt.PLAIN_ROWS
    | answers_of_powers.PLAIN_ROWS
    | answers_of_templates.PLAIN_ROWS
    | answers_of_public.PLAIN_ROWS
    | answers_of_request.PLAIN_ROWS
    | ROOM_ROWS
    | answers.PLAIN_ROWS
    | answers_of_public.LAST_ROWS
)


def _number(reference):
    query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
    return db.session.scalars(query).one()


def _put_people_on(reference, chair, *, declared):
    """Give a case that is not arranged yet its panel; at later stages take the chair's place."""
    number = _number(reference)
    with transaction():
        if not _any(PanelSeat, number):
            for name, email in (
                (demo_people.POLICE, cases.POLICE),
                (demo_people.HEXLEY_COUNCIL, cases.COUNCIL),
            ):
                seat = PanelSeat(
                    case_id=number,
                    agency_id=agency_id(name),
                    is_required=True,
                    joined_at=cases.ARRANGED_AT,
                )
                db.session.add(seat)
                db.session.flush()
                _name(seat.id, email)
        db.session.execute(
            sa.delete(ChairAppointment)
            .where(ChairAppointment.case_id == number)
            .execution_options(**DOOR)
        )
        db.session.add(
            ChairAppointment(
                case_id=number,
                person_id=person_id(chair),
                appointed_at=cases.ARRANGED_AT,
                declared_none_at=cases.ARRANGED_AT if declared else None,
            )
        )


def _add_incident(reference):
    with transaction():
        incident = Incident(
            case_id=_number(reference),
            happened_on=cases.RECEIVED_AT.date(),
            title="Shouting",
            account="He shouted.",
        )
        db.session.add(incident)
        db.session.flush()
        for agency in (None, agency_id(demo_people.POLICE)):
            db.session.add(
                Report(
                    case_id=incident.case_id,
                    incident_id=incident.id,
                    agency_id=agency,
                    reported_to="",
                    how="",
                    their_reference="",
                    what_was_done="",
                )
            )
            db.session.flush()


def _any(model, number):
    query = sa.select(model).where(model.case_id == number).order_by(model.id)
    return db.session.scalars(query.execution_options(**DOOR)).first()


def _agenda_keys(number):
    """An item that the panel knows of and one that it does not; no meeting, no items."""
    rows = db.session.execute(
        sa.select(AgendaItem.part, AgendaItem.key)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.case_id == number)
        .execution_options(**DOOR)
    )
    keys = {part.value: key for part, key in rows}
    return {
        "agenda_item": keys.get("closed", ""),
        "restricted_item": keys.get("restricted", ""),
    }


def _report_to_the_police(number):
    query = sa.select(Report.id).where(
        Report.case_id == number, Report.agency_id == agency_id(demo_people.POLICE)
    )
    return db.session.scalars(query.execution_options(**DOOR)).first()


def _name(seat_id, email):
    db.session.add(
        PanelMember(seat_id=seat_id, person_id=person_id(email), named_at=cases.ARRANGED_AT)
    )


def _seat_in_conflict(reference):
    with transaction():
        seat = PanelSeat(
            case_id=_number(reference),
            agency_id=agency_id(demo_people.ICB),
            is_required=False,
            joined_at=cases.ARRANGED_AT,
        )
        db.session.add(seat)
        db.session.flush()
        _name(seat.id, cases.HEALTH)


@dataclass(eq=False)
class Site:
    """Three cases at one stage: open to those inside, hidden from all, and with the undeclared."""

    app: Flask
    own: str
    hidden: str
    undeclared: str
    absent: str = new_reference(lambda _: 0)

    def path(self, row, reference):
        """The row's address in a case; what does not exist is asked for as the hidden one's."""
        of = self.hidden if reference == self.absent else reference
        return f"/cases/{reference}{row.path.format(**self._keys(of))}"

    @functools.lru_cache  # noqa: B019  # a site lives as long as its test
    def _keys(self, of):
        """The keys and numbers that stand in addresses of a case; no answer here changes them."""
        with self.app.app_context():
            number = _number(of)
            items = db.session.execute(
                sa.select(SharedItem.handling, SharedItem.key)
                .where(SharedItem.case_id == number)
                .execution_options(**DOOR)
            )
            keys = {handling.value: key for handling, key in items}
            incident, report, party = (_any(each, number) for each in (Incident, Report, Party))
            delivery = _any(Delivery, number)
            of_police = _report_to_the_police(number)
            runs = run_keys(of)
            agenda = _agenda_keys(number)
        return (
            runs
            | agenda
            | {
                "panel_item": keys.get("panel", ""),
                "narrow_item": keys.get("chair_and_coordinator", ""),
                "incident": incident.id if incident else "",
                "report": report.id if report else "",
                "police_report": of_police,
                "party": party.id if party else "",
                "delivery": delivery.id if delivery else "",
            }
        )


def _site(app, stage):
    own, hidden, undeclared = (make_case(app, stage=stage) for _ in range(3))
    with app.app_context():
        _put_people_on(own, cases.CHAIR, declared=True)
        _put_people_on(hidden, cases.CHAIR, declared=True)
        _put_people_on(undeclared, cases.OTHER_CHAIR, declared=False)
        for reference in (own, hidden, undeclared):
            _add_incident(reference)
            add_runs(reference)
        _seat_in_conflict(own)
        record_conflict(own, cases.OTHER_CHAIR)
        record_conflict(own, cases.HEALTH)
        for email in {ACCOUNTS[who] for who in INSIDE}:
            record_conflict(hidden, email)
    return Site(app, own, hidden, undeclared)


def _walker(app, who):
    """Somebody signed in, or a visitor, with the token that their forms carry."""
    walker = Walker(Client(app)) if who == VISITOR else signed_in(app, ACCOUNTS[who])
    page = walker.client.get("/sign-in" if who == VISITOR else "/help/who-sees-what")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.html)
    assert found
    return walker, found[1]


# With what a page has besides its questions, so that the answer is the service's, not the form's.
_HIDDEN = {"version": "999999", "read": "yes"}


def _ask(walker, method, path, csrf):
    data = {"csrf_token": csrf} | _HIDDEN if method == "POST" else None
    with walker.client.browser.open(path, method=method, data=data) as answer:
        answer.get_data()
        return answer


def test_every_address_has_a_row(app):
    rules = list(app.url_map.iter_rules())

    assert {rule.endpoint for rule in rules} == set(CASE_ROWS) | set(PLAIN_ROWS)
    of_cases = {rule.endpoint for rule in rules if "reference" in rule.arguments}
    assert of_cases == set(CASE_ROWS)


@pytest.mark.parametrize("stage", STAGES)
def test_each_role_gets_its_answers_and_cannot_tell_a_hidden_case_from_none(app, people, stage):
    site = _site(app, stage)
    rows = [
        (endpoint, row)
        for endpoint, listed in CASE_ROWS.items()
        for row in listed
        if row.stage == stage
    ]
    # What moves the case on comes last: the posts of the chair that answer with a redirect.
    rows.sort(key=lambda pair: pair[1].post == 303)
    for who in (VISITOR, *sorted(ACCOUNTS, key=lambda each: each in LEADERS)):
        walker, csrf = _walker(app, who)
        for endpoint, row in rows:
            _check_row(site, walker, csrf, who, f"{who}: {endpoint} {row.path} at {stage}: ", row)


def _check_row(site, walker, csrf, who, where, row):
    own = site.undeclared if who == "undeclared chair" else site.own
    for method in ("GET", "POST"):
        if _is_not_for(row, method):
            # Refused before anybody asks who or which case.
            assert _ask(walker, method, site.path(row, own), csrf).status_code == 405, where
            continue
        answers = {
            reference: _ask(walker, method, site.path(row, reference), csrf)
            for reference in (site.hidden, site.absent, own)
        }
        assert answers[own].status_code == _wanted(row, method, who), where + method
        hidden, absent = (
            _bare(answers[reference], reference) for reference in (site.hidden, site.absent)
        )
        assert hidden == absent, where + method
        if who == VISITOR:
            assert (answers[own].location or "").startswith("/sign-in"), where + method
        else:
            assert hidden[0] == 404, where + method


def _is_not_for(row, method):
    return (row.get if method == "GET" else row.post) == 405


def _wanted(row, method, who):
    if who == VISITOR:
        return 303
    if who == "undeclared chair":
        return 422 if (row.early, method) == (200, "POST") else row.early
    if who not in INSIDE:
        return 404
    if who not in row.may:
        return row.others[who] if isinstance(row.others, dict) else row.others
    return row.get if method == "GET" else row.post


_CHANGES = re.compile(
    r'(name="(?:csrf_token|form_token)"[^>]*value=")[^"]*|(data-(?:idle-ends-at|now)=")[^"]*'
)


def _bare(answer, reference):
    """Status, headers and body without the tokens and the reference that was asked for."""
    body = _CHANGES.sub(r"\1\2", answer.get_data(as_text=True)).replace(reference, "REFERENCE")
    headers = {
        name: value.replace(reference, "REFERENCE")
        for name, value in answer.headers.items()
        if name != "Set-Cookie"
    }
    return answer.status_code, headers, body


def _send_all():
    """Leave nothing waiting: an old unsent message would be a fault of the installation."""
    with transaction():
        sent = sa.update(OutboxMessage).values(state=DeliveryState.SENT)
        db.session.execute(sent.execution_options(**DOOR))


def test_each_role_gets_its_answers_at_the_addresses_outside_of_cases(app, people):
    make_case(app, stage="invited")
    with app.app_context():
        query = sa.select(OutboxMessage.id).where(OutboxMessage.receiver == cases.POLICE)
        invite = db.session.scalars(query.execution_options(**DOOR)).one()
        _send_all()
    for who in (VISITOR, *ACCOUNTS):
        walker, csrf = _walker(app, who)
        for endpoint, (path, get, post) in PLAIN_ROWS.items():
            for method, (visitor, roles, answer, other) in (("GET", get), ("POST", post)):
                wanted = visitor if who == VISITOR else answer if who in roles else other
                found = _ask(walker, method, path.format(invite=invite), csrf).status_code
                assert found == wanted, f"{who}: {method} {endpoint}"


@pytest.mark.parametrize("who", [VISITOR, "coordinator", "agency not on the case"])
def test_other_methods_never_break_and_never_show_anything(app, people, who):
    site = _site(app, "invited")
    with app.app_context():
        _send_all()
    walker, csrf = _walker(app, who)
    rows = [row for listed in CASE_ROWS.values() for row in listed]
    paths = [site.path(row, site.own) for row in rows] + [row[0] for row in PLAIN_ROWS.values()]

    for path in (path.format(invite=1) for path in paths):
        for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
            headers = {"X-CSRFToken": csrf}
            with walker.client.browser.open(path, method=method, headers=headers) as answer:
                answer.get_data()
            assert answer.status_code < 500, (method, path)
            assert answer.status_code != 200 or not answer.data or path.startswith("/static")
            for text in (cases.APPLICANT, cases.RESPONDENT, cases.NARROW_SENTENCE):
                assert text.encode() not in answer.data, (method, path)


@pytest.mark.parametrize("who", [VISITOR, *ACCOUNTS])
def test_a_form_without_its_token_is_refused_before_anything_is_looked_up(app, people, who):
    reference = make_case(app, stage="invited")
    walker, _ = _walker(app, who)

    for path in (f"/cases/{reference}/share", "/cases/ACR-2222-2222/share"):
        assert walker.client.browser.post(path, data={}).status_code == 400
