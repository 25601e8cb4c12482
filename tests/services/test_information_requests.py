"""Information requests: one agency, its gateway, its day; nobody in the case is named."""

import datetime as dt
from dataclasses import replace

import pytest

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.domain.gateway import duty_of
from portal.domain.handling import AgencyKind
from portal.jobs import demo_people
from portal.services import information_requests, leaving, panel, papers
from portal.services.faults import IntakeError
from portal.services.information_requests import TypedRequest
from tests import cases
from tests.canary import INSIDE, OUTSIDE, SCHOOL, found_in
from tests.canary_case import make_canary_case
from tests.cases import actor_of, agency_id, make_case, token
from tests.documents.word_reading import parts, whole_text

# Thursday 7 January 2027: five working days later is Thursday the 14th.
ASKED_AT = cases.at(7)
MUST = {"police", "council", "health", "fire", "probation", "school"}
# Of the case: to whom it was reported and under which reference, and the way that is safe.
ALLOWED = {"report-to", "report-reference", "imported-reference", "safe-contact"}


def _typed(agency, **changes):
    whole = TypedRequest(
        agency_id=agency_id(agency),
        period_from=dt.date(2026, 7, 1),
        period_to=dt.date(2027, 1, 7),
        extra="",
        what_changed="",
    )
    return replace(whole, **changes)


def _ask(reference, agency, sent="", **changes):
    office = actor_of(cases.COORDINATOR, ASKED_AT)
    typed = _typed(agency, **changes)
    return information_requests.issue_request(office, reference, sent or token(), typed)


def _requests(email, reference):
    actor = actor_of(email, ASKED_AT)
    return actor, information_requests.open_requests(actor, reference).requests


@pytest.mark.parametrize("kind", AgencyKind)
def test_who_exercises_public_functions_must_and_the_others_may(kind):
    said = " ".join(duty_of(kind))

    assert ("you must give it" in said) == (kind.value in MUST)
    assert ("You may give it" in said) == (kind.value not in MUST)
    assert ("must co-operate" in said) == (kind.value == "housing_provider")


def test_a_request_is_one_agencys_and_names_nobody_in_the_case(app, people):
    reference = make_canary_case(app, "invited")

    with app.app_context():
        _ask(reference, demo_people.SCHOOL)
        _, (line,) = _requests(SCHOOL, reference)
        for name, email in (INSIDE | OUTSIDE).items():
            actor = actor_of(email, ASKED_AT)
            if email in {SCHOOL, cases.COORDINATOR}:
                content = papers.download_paper(actor, reference, line.key).content
                everything = "\n".join(
                    part.decode(errors="replace") for part in parts(content).values()
                )
                assert found_in(everything) <= ALLOWED
                assert {"report-to", "report-reference"} <= found_in(everything)
                assert "OFFICIAL-SENSITIVE" in whole_text(content)
                continue
            if name in INSIDE:
                assert _requests(email, reference)[1] == ()
            with pytest.raises(CaseNotFoundError):
                papers.download_paper(actor, reference, line.key)


def test_it_says_the_law_the_period_and_the_day_and_is_issued_once(app, people):
    reference = make_case(app, stage="invited")
    sent = token()

    with app.app_context():
        assert _ask(reference, demo_people.TOLLGATE, sent) == 1
        assert _ask(reference, demo_people.TOLLGATE, sent) == 1
        actor, (line,) = _requests(cases.HOUSING, reference)
        text = whole_text(papers.download_paper(actor, reference, line.key).content)

        assert "Your return is due on Thursday 14 January 2027." in text
        assert "Schedule 4, paragraph 7" in text
        assert "As a local provider of social housing you must co-operate" in text
        assert "from Wednesday 1 July 2026 to Thursday 7 January 2027" in text
        assert "We know of no report yet." in text
        assert "Noor" not in text
        assert "Garrow" not in text
        with pytest.raises(IntakeError, match="Write what has changed"):
            _ask(reference, demo_people.TOLLGATE)
        assert _ask(reference, demo_people.TOLLGATE, what_changed="A longer time.") == 2
        assert _ask(reference, demo_people.POLICE) == 1


def test_an_agency_that_has_left_loses_it_and_cannot_be_asked(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        _ask(reference, demo_people.TOLLGATE)
        actor, (line,) = _requests(cases.HOUSING, reference)
        office = actor_of(cases.COORDINATOR, ASKED_AT)
        seats = panel.open_people(office, reference).seats
        seat = next(each.seat_id for each in seats if each.agency_name == demo_people.TOLLGATE)
        leaving.end_seat(office, reference, token(), seat_id=seat, reason="Not its tenant")

        with pytest.raises(CaseNotFoundError):
            papers.download_paper(actor, reference, line.key)
        with pytest.raises(IntakeError, match="Select an agency"):
            _ask(reference, demo_people.TOLLGATE, what_changed="Again")


def test_what_cannot_be_asked_stands_at_its_field(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        for field, changes in {
            "period_to": {"period_to": dt.date(2026, 6, 30)},
            "extra": {"extra": cases.NARROW_SENTENCE},
        }.items():
            with pytest.raises(IntakeError) as refused:
                _ask(reference, demo_people.POLICE, **changes)
            assert refused.value.field == field
        for email in (cases.CHAIR, cases.POLICE):
            actor, typed = actor_of(email, ASKED_AT), _typed(demo_people.POLICE)
            with pytest.raises(ActRefusedError):
                information_requests.issue_request(actor, reference, token(), typed)
