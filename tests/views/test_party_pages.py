"""The pages on which a party becomes something else, or is taken out of the case."""

import pytest

from tests import cases
from tests.cases import make_case


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="assessing")
    clock.at = cases.at(6)
    return found


@pytest.fixture
def office(as_, reference):
    client = as_(cases.COORDINATOR)
    form = client.get(f"/cases/{reference}/people/add-party")
    client.submit(form, role="witness", kind="individual", name="Wil Roe", phone="01632 960177")
    return client


def _links(office, reference):
    return office.get(f"/cases/{reference}/people").links


def test_somebody_becomes_something_else(office, reference):
    form = office.get(_links(office, reference)["Change witness, Wil Roe"])
    assert form.form_with({"role"}).fields["role"] == ["witness"]

    assert office.submit(form, role="respondent").status == 303

    assert "Person complained about: Wil Roe" in office.get(f"/cases/{reference}/people").main


def test_what_the_case_cannot_do_without_is_said_at_the_field(office, reference):
    links = _links(office, reference)
    path = links[f"Change applicant and victim, {cases.APPLICANT}"]

    page = office.submit(office.get(path), role="witness", phone="01632 960188")

    assert page.errors == [("The case would have no victim then. Add the victim first", "#role")]
    assert page.form_with({"phone"}).fields["phone"] == ["01632 960188"]


def test_the_second_who_says_what_somebody_is_sees_both(office, reference):
    path = _links(office, reference)["Change witness, Wil Roe"]
    mine = office.get(path)
    office.submit(office.get(path), role="respondent")

    page = office.submit(mine, role="victim")

    assert page.status == 409
    marked = ["".join(each.itertext()) for each in page.tree.iter() if each.tag == "mark"]
    assert marked == ["Person complained about", "Victim, where somebody else applies for them"]


def test_who_is_taken_out_leaves_a_line_without_a_name(office, reference):
    form = office.get(_links(office, reference)["Take out witness, Wil Roe"])
    assert office.submit(form).errors == [("Write why they are not part of this case", "#reason")]

    page = office.follow(office.submit(form, reason="Keyed twice"))

    assert page.saved == "Taken out of the case"
    assert "Wil Roe" not in page.html
    assert "Witness, taken out by Ruth Adeyemi on Wednesday 6 January 2027, 9am" in page.main
    assert "Wil Roe" not in office.get(f"/cases/{reference}/log").html
    assert reference not in office.get("/search?words=Wil+Roe").main


def test_who_cannot_be_taken_out_has_no_button_and_a_sentence(office, reference):
    path = _links(office, reference)[f"Take out applicant and victim, {cases.APPLICANT}"]

    page = office.get(path)

    assert "They cannot be taken out now. The case would have no victim then" in page.main
    assert "Take them out" not in page.main


def test_what_was_typed_of_somebody_who_was_taken_out_is_not_lost(office, reference):
    links = _links(office, reference)
    change = office.get(links["Change witness, Wil Roe"])
    first, second = (office.get(links["Take out witness, Wil Roe"]) for _ in range(2))
    office.submit(first, reason="Keyed twice")

    for late in (
        office.submit(change, address="9 Beck Row"),
        office.submit(second, reason="Keyed two times"),
    ):
        assert late.status == 409
        assert "took this person out of the case (witness)" in late.h1
        assert "Nothing is lost" in late.main
    assert "9 Beck Row" in office.submit(change, address="9 Beck Row").main
    assert office.get(links["Change witness, Wil Roe"]).status == 404
