"""Every address for every role: the table of answers by hand; an address without a row fails."""

import re
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.jobs import demo_people
from portal.models.case import Case, Incident
from portal.models.meeting import Meeting
from portal.models.outbox import OutboxMessage
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.sharing import SharedItem
from tests import cases
from tests.canary_case import DOOR, record_conflict
from tests.cases import agency_id, make_case, person_id
from tests.walking import signed_in

# Who asks. The first five open the case; for “undeclared” it is a case of their own.
ACCOUNTS = {
    "coordinator": cases.COORDINATOR,
    "chair": cases.CHAIR,
    "lead": cases.POLICE_LEAD,
    "agency representative": cases.POLICE,
    "council": cases.COUNCIL,
    "undeclared chair": cases.OTHER_CHAIR,
    "chair in conflict": cases.OTHER_CHAIR,
    "agency in conflict": cases.HEALTH,
    "agency not on the case": "fire@wharrow-fire.example",
    "coordinator of the other area": "coordinator@severnreach-lpb.example",
    "support worker": "support@victimcare.example",
    "appeal chair": "appeal-chair@panel.example",
    "appeal panel member": "appeal-member@panel.example",
    "scrutineer": "scrutineer@wharrow-lpb.example",
    "auditor": "auditor@wharrow-lpb.example",
    "administrator": "admin@wharrow-lpb.example",
}
INSIDE = frozenset({"coordinator", "chair", "lead", "agency representative", "council"})
COORDINATOR, CHAIR = frozenset({"coordinator"}), frozenset({"chair"})
LEADERS = COORDINATOR | CHAIR
AGENCIES = INSIDE - LEADERS
CASEWORK = INSIDE | {
    "undeclared chair", "chair in conflict", "agency in conflict", "agency not on the case",
    "coordinator of the other area",
}  # fmt: skip
EVERYBODY = frozenset(ACCOUNTS)


@dataclass(frozen=True)
class Row:
    """An address of a case at the stage where it is open, and the answers it gives.

    Attributes:
        may: who of those inside; the others inside are refused with 403.
        get, post: the answer to them; a post carries nothing but its tokens.
        early: the answer to a chair who has not declared.
        others: the answer to the others inside, where it is not 403.
    """

    path: str
    stage: str
    may: frozenset[str]
    get: int = 200
    post: int = 405
    early: int = 303
    others: int = 403


def read(path, may=INSIDE, stage="invited", **more):
    return Row(path, stage, may, **more)


def form(path, may, stage, post=422, **more):
    return Row(path, stage, may, post=post, **more)


def button(path, may, stage, post=303, **more):
    return Row(path, stage, may, get=405, post=post, **more)


# The early answer is 403 where no chair has the act at all, declared or not.
NEVER = {"early": 403}
CASE_ROWS = {
    "cases.show_case": [read("")],
    "cases.show_reports": [read("/reports")],
    "cases.show_people": [read("/people")],
    "cases.show_meeting": [read("/meeting")],
    "panel.show_shared": [read("/shared")],
    "panel.show_item": [
        read("/shared/{panel_item}"),
        read("/shared/{narrow_item}", INSIDE - {"council"}, others=404),
        read("/shared/0000000000", frozenset(), others=404),
    ],
    "documents.show_documents": [read("/documents", stage="monitoring")],
    "documents.download": [
        read("/documents/action-plan-panel-1.docx", stage="monitoring"),
        read("/documents/action-plan-applicant-1.docx", LEADERS, "monitoring", others=404),
        read("/documents/action-plan-panel-2.docx", frozenset(), "monitoring", others=404),
        # No such name exists on any case, so that it says nothing about this one.
        read("/documents/minutes-1.docx", frozenset(), "monitoring", others=404, early=404),
    ],
    "coordinator.add_incident": [form("/reports/add-incident", COORDINATOR, "assessing", **NEVER)],
    "coordinator.add_report": [
        form("/reports/{incident}/add-report", COORDINATOR, "assessing", **NEVER)
    ],
    "coordinator.add_party": [form("/people/add-party", COORDINATOR, "assessing", **NEVER)],
    "coordinator.acknowledge": [form("/acknowledge", COORDINATOR, "received", **NEVER)],
    "coordinator.decide_threshold": [form("/threshold", COORDINATOR, "assessing", **NEVER)],
    "coordinator.book_meeting": [form("/meeting/book", COORDINATOR, "arranging", **NEVER)],
    "coordinator.send_invites": [form("/meeting/invites", COORDINATOR, "invited", **NEVER)],
    "panel.seat_agency": [form("/people/add-agency", COORDINATOR, "arranging", **NEVER)],
    "panel.name_agency_representative": [
        form("/people/name", COORDINATOR | {"lead", "council"}, "assessing", **NEVER)
    ],
    "panel.appoint_chair": [form("/people/chair", COORDINATOR, "arranging", **NEVER)],
    "panel.share": [form("/share", COORDINATOR | AGENCIES, "assessing", **NEVER)],
    "chair.declare": [form("/declare", CHAIR, "arranging", early=200)],
    "chair.run_meeting": [read("/meeting/run", CHAIR), read("/meeting/run", CHAIR, "reviewing")],
    "chair.open_meeting": [button("/meeting/open", CHAIR, "invited")],
    "chair.record_attendance": [form("/meeting/attendance", CHAIR, "reviewing")],
    "chair.add_action": [button("/meeting/actions", CHAIR, "reviewing", post=422)],
    "chair.add_decision": [button("/meeting/decisions", CHAIR, "reviewing", post=422)],
    "chair.close_meeting": [button("/meeting/close", CHAIR, "reviewing", post=409)],
    "chair.change_action": [
        form("/actions/1", LEADERS, "planning"),
        read("/actions/99", frozenset(), "planning", others=403, post=403),
    ],
    "plan.show_plan": [read("/plan", LEADERS, "planning"), read("/plan", LEADERS, "monitoring")],
    "plan.write_draft": [form("/plan/write", LEADERS, "planning", post=409)],
    "plan.check_draft": [button("/plan/check", CHAIR, "planning", post=409)],
    "plan.issue_plan": [button("/plan/issue", COORDINATOR, "planning", post=422, **NEVER)],
}

# Address, and for get and post the answers: to visitors, to these roles, to all others.
PLAIN_ROWS = {
    "static": ("/static/app.css", (200, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "front_door.show_front_door": ("/", (200, EVERYBODY, 303, 303), (405, EVERYBODY, 405, 405)),
    "front_door.show_health": ("/health", (200, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "front_door.show_who_sees_what": (
        "/help/who-sees-what",
        (200, EVERYBODY, 200, 200),
        (405, EVERYBODY, 405, 405),
    ),
    "account.sign_in": ("/sign-in", (200, EVERYBODY, 303, 303), (422, EVERYBODY, 303, 303)),
    "account.stay": ("/stay", (405, EVERYBODY, 405, 405), (303, EVERYBODY, 303, 303)),
    "account.show_account": ("/account", (303, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "account.change_passphrase": (
        "/account/passphrase",
        (303, EVERYBODY, 200, 200),
        (303, EVERYBODY, 422, 422),
    ),
    "account.change_role": (
        "/account/role",
        (303, EVERYBODY, 200, 200),
        (303, EVERYBODY, 422, 422),
    ),
    "home.show_home": ("/home", (303, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "messages.list_messages": (
        "/sent-messages",
        (303, EVERYBODY, 200, 200),
        (405, EVERYBODY, 405, 405),
    ),
    "messages.download_invite": (
        "/sent-messages/{invite}/invite.ics",
        (303, COORDINATOR | {"agency representative"}, 200, 404),
        (405, EVERYBODY, 405, 405),
    ),
    "cases.list_cases": ("/cases", (303, CASEWORK, 200, 403), (405, EVERYBODY, 405, 405)),
    "coordinator.type_in_case": (
        "/cases/new",
        (303, COORDINATOR | {"coordinator of the other area"}, 200, 403),
        (303, COORDINATOR | {"coordinator of the other area"}, 422, 403),
    ),
    # Signs out whoever posts, and so comes last.
    "account.sign_out": ("/sign-out", (405, EVERYBODY, 405, 405), (303, EVERYBODY, 303, 303)),
}


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


def _any(model, number):
    query = sa.select(model).where(model.case_id == number).execution_options(**DOOR)
    return db.session.scalars(query).first()


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


@dataclass
class Site:
    """Three cases at one stage: open to those inside, hidden from all, and with the undeclared."""

    app: object
    own: str
    hidden: str
    undeclared: str
    absent: str = "ACR-2222-2222"

    def path(self, row, reference):
        with self.app.app_context():
            number = _number(self.own if reference == self.absent else reference)
            items = db.session.execute(
                sa.select(SharedItem.handling, SharedItem.key)
                .where(SharedItem.case_id == number)
                .execution_options(**DOOR)
            )
            keys = {handling.value: key for handling, key in items}
            incident = _any(Incident, number)
        filled = row.path.format(
            panel_item=keys.get("panel", ""),
            narrow_item=keys.get("chair_and_coordinator", ""),
            incident=incident.id if incident else 1,
        )
        return f"/cases/{reference}{filled}"


def _site(app, stage):
    own, hidden, undeclared = (make_case(app, stage=stage) for _ in range(3))
    with app.app_context():
        _put_people_on(own, cases.CHAIR, declared=True)
        _put_people_on(hidden, cases.CHAIR, declared=True)
        _put_people_on(undeclared, cases.OTHER_CHAIR, declared=False)
        _seat_in_conflict(own)
        record_conflict(own, cases.OTHER_CHAIR)
        record_conflict(own, cases.HEALTH)
        for email in {ACCOUNTS[who] for who in INSIDE}:
            record_conflict(hidden, email)
        if stage == "reviewing":
            # Who was there is missing, so that the meeting cannot be closed by an empty form.
            assert _any(Meeting, _number(own))
    return Site(app, own, hidden, undeclared)


def _csrf(walker):
    found = re.search(
        r'name="csrf_token"[^>]*value="([^"]+)"', walker.client.get("/help/who-sees-what").html
    )
    return found[1] if found else ""


def _ask(walker, method, path, csrf):
    data = {"csrf_token": csrf, "version": "999999"} if method == "POST" else None
    return walker.client.browser.open(path, method=method, data=data)


def test_every_address_has_a_row(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints == set(CASE_ROWS) | set(PLAIN_ROWS)
    with_case = {
        rule.endpoint for rule in app.url_map.iter_rules() if "reference" in rule.arguments
    }
    assert with_case == set(CASE_ROWS)


STAGES = sorted({row.stage for rows in CASE_ROWS.values() for row in rows})


@pytest.mark.parametrize("stage", STAGES)
def test_each_role_gets_the_answers_of_the_table_and_cannot_tell_hidden_from_absent(
    app, people, stage
):
    site = _site(app, stage)
    rows = [
        (endpoint, row)
        for endpoint, listed in CASE_ROWS.items()
        for row in listed
        if row.stage == stage
    ]
    # Those inside come last: their posts may move the case on.
    askers = [*(who for who in ACCOUNTS if who not in INSIDE), *sorted(INSIDE - LEADERS)]
    for who in [*askers, "coordinator", "chair"]:
        walker = signed_in(app, ACCOUNTS[who])
        csrf = _csrf(walker)
        for endpoint, row in sorted(rows, key=lambda pair: pair[1].post == 303):
            _check_row(site, walker, csrf, who, endpoint, row)


def _check_row(site, walker, csrf, who, endpoint, row):
    for method in ("GET", "POST"):
        own = site.undeclared if who == "undeclared chair" else site.own
        paths = {ref: site.path(row, ref) for ref in (own, site.hidden, site.absent)}
        if row.path.endswith(("_item}", "add-report")):
            paths[site.absent] = paths[site.hidden].replace(site.hidden, site.absent)
        answers = {ref: _ask(walker, method, path, csrf) for ref, path in paths.items()}
        where = f"{who}: {method} {endpoint} {row.path} at {row.stage}"
        assert answers[own].status_code == _wanted(row, method, who), where
        hidden, absent = (
            _bare(answers[site.hidden], site.hidden),
            _bare(answers[site.absent], site.absent),
        )
        assert hidden[0] == (405 if _is_not_for(row, method) else 404), where
        assert hidden == absent, where


def _is_not_for(row, method):
    return (row.get if method == "GET" else row.post) == 405


def _wanted(row, method, who):
    if _is_not_for(row, method):
        return 405
    if who == "undeclared chair":
        return 422 if (row.early, method) == (200, "POST") else row.early
    if who not in INSIDE:
        return 404
    if who not in row.may:
        return row.others
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
        if name not in {"Set-Cookie"}
    }
    return answer.status_code, headers, body
