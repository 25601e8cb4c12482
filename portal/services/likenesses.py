"""By what cases are alike, made from their parties and places."""

from collections.abc import Collection, Iterator

from portal.access.scope import related
from portal.db import db
from portal.domain.likeness import Likeness, of_email, of_name, of_phone, of_place


def remake(case_ids: Collection[int]) -> None:
    """Make the likenesses of cases anew, as ``search_terms.index_cases`` does their words.

    Belongs inside a transaction, after what was written has been flushed; does not commit.
    """
    db.session.execute(related.without_likenesses(case_ids))
    rows = [
        {"case_id": case_id, "kind": kind, "key": key}
        for case_id, kind, key in sorted({*_of_places(case_ids), *_of_parties(case_ids)})
    ]
    if rows:
        db.session.execute(related.new_likenesses(), rows)


_Found = Iterator[tuple[int, Likeness, str]]


def _of_places(case_ids: Collection[int]) -> _Found:
    for case_id, lga_id, place in db.session.execute(related.places_to_compare(case_ids)):
        for kind, key in of_place(place, lga_id):
            yield case_id, kind, key


def _of_parties(case_ids: Collection[int]) -> _Found:
    rows = db.session.execute(related.parties_to_compare(case_ids))
    for case_id, lga_id, name, address, phone, email in rows:
        found = (
            *of_name(name),
            *of_place(address or "", lga_id),
            *of_phone(phone or ""),
            *of_email(email or ""),
        )
        for kind, key in found:
            yield case_id, kind, key
