"""Somebody of the applicant's side at their own page."""

from flask import Flask

from portal.services import applicant_keys
from tests.cases import COORDINATOR, actor_of, at, token
from tests.pages import Client, Page
from tests.post import applicant_id


def give_code(app: Flask, reference: str, party_id: int | None = None) -> str:
    """A code for the applicant, or another party, of a case; what opened their page before ends."""
    with app.app_context():
        office = actor_of(COORDINATOR, at(14, 8))
        party = party_id or applicant_id(reference)
        return applicant_keys.make_code(office, reference, party, token())


def come_in(app: Flask, reference: str, code: str, address: str = "127.0.0.1") -> Client:
    """Sign in by reference and code at a browser of their own."""
    client = Client(app, address)
    page = try_code(client, reference, code)
    assert (page.status, page.location) == (303, "/my"), page.main
    return client


def try_code(client: Client, reference: str, code: str) -> Page:
    """Type a reference and a code."""
    return client.post("/my/sign-in", reference=reference, code=code)


def own(app: Flask, reference: str, party_id: int | None = None) -> Client:
    """Somebody of the applicant's side who has come in."""
    return come_in(app, reference, give_code(app, reference, party_id))
