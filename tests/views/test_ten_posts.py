"""The same form, posted ten times, is one record and one message."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.case import Incident, Party
from portal.models.outbox import OutboxMessage
from portal.models.risk import RiskScoring
from portal.models.sharing import SharedItem
from portal.services import panel
from tests import cases
from tests.cases import ARRANGED_AT, actor_of, make_case, token

TIMES = 10
SCORING = {
    **{f"q{number}": "unknown" for number in range(1, 16)},
    **{f"source_q{number}": "applicant" for number in range(1, 16)},
    "occasion": "assessment",
    "line": "Nothing is known yet.",
    "version": "0",
}
DOOR = unscoped("a test counts")

PARTY = {"role": "witness", "kind": "individual", "name": "Peter Hale"}
INCIDENT = {
    "happened_on-day": "9",
    "happened_on-month": "11",
    "happened_on-year": "2026",
    "title": "Shouting",
    "account": "They shouted.",
    "was_reported": "no",
}
ITEM = {
    "title": "Calls in December",
    "happened_on-day": "9",
    "happened_on-month": "11",
    "happened_on-year": "2026",
    "content": "Two calls.",
    "handling": "panel",
    "told": "no",
    "words": "",
    "share": "yes",
}


@pytest.fixture
def count(scalars):
    def of(model) -> int:
        return scalars(sa.select(sa.func.count()).select_from(model).execution_options(**DOOR))[0]

    return of


def ten_times(client, path: str, typed: dict[str, str]):
    """Send the form of a page ten times, as it was got once."""
    form = client.get(path).form_with({"form_token"})
    hidden = {name: form.fields[name] for name in ("form_token", "csrf_token")}
    return [client.send(path, data=hidden | typed) for _ in range(TIMES)]


@pytest.mark.parametrize(
    ("email", "stage", "path", "typed", "model"),
    [
        (cases.COORDINATOR, "assessing", "people/add-party", PARTY, Party),
        (cases.COORDINATOR, "assessing", "reports/add-incident", INCIDENT, Incident),
        (cases.COORDINATOR, "assessing", "risk/score", SCORING, RiskScoring),
        (cases.POLICE, "invited", "share", ITEM, SharedItem),
    ],
)
def test_ten_identical_posts_are_one_record(app, as_, count, email, stage, path, typed, model):
    reference = make_case(app, stage=stage)
    client = as_(email)
    before = count(model)

    answers = ten_times(client, f"/cases/{reference}/{path}", typed)

    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert count(model) == before + 1


def test_invites_asked_for_ten_times_go_out_once(app, as_, count):
    reference = make_case(app, stage="invited", chair_declares=False)
    with app.app_context():
        chair = actor_of(cases.CHAIR, ARRANGED_AT)
        panel.declare(chair, reference, token(), has_conflict=False, reason="")
    before = count(OutboxMessage)

    answers = ten_times(as_(cases.COORDINATOR), f"/cases/{reference}/meeting/invites", {})

    assert {answer.status for answer in answers} == {303}
    # Of the police the lead and who was named, of council and housing provider one who is both;
    # coordinator, chair, and the applicant.
    assert count(OutboxMessage) == before + 7
