"""The words by which cases are found, made from what stands in the case."""

from collections.abc import Collection

from portal.access.scope import search
from portal.db import db, transaction
from portal.domain.searching import reference_terms, terms
from portal.models.search import TermKind
from portal.services import likenesses

AT_A_TIME = 500


def index_cases(case_ids: Collection[int]) -> None:
    """Make the words of cases anew; does not commit.

    Whoever writes a party, how to reach one, or the place of a case calls it afterwards.
    """
    db.session.flush()
    db.session.execute(search.without_terms(case_ids))
    found = {
        (case_id, TermKind(kind), word)
        for case_id, kind, text in db.session.execute(search.texts_to_index(case_ids))
        for word in (reference_terms(text) if kind == TermKind.REFERENCE else terms(text))
    }
    rows = [
        {"case_id": case_id, "kind": kind, "term": word} for case_id, kind, word in sorted(found)
    ]
    if rows:
        db.session.execute(search.new_terms(), rows)
    likenesses.remake(case_ids)


def rebuild() -> int:
    """Make the words of all cases anew, some at a time; return how many cases there are."""
    last, done = 0, 0
    while True:
        with transaction():
            ids = db.session.scalars(search.ids_to_index(last, AT_A_TIME)).all()
            if not ids:
                return done
            index_cases(ids)
        last, done = ids[-1], done + len(ids)
