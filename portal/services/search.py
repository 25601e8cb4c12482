"""Finding a case by reference, name, place or postcode."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.scope.cases import cases_for
from portal.access.scope.search import found_cases_for, open_ids_for
from portal.db import db, transaction
from portal.domain.references import is_reference, normalise_reference
from portal.domain.roles import Act, Actor
from portal.domain.searching import sought
from portal.models.case import Case
from portal.services.cases import PAGE, CaseRow, applicant_names, closed_row, rows_of


class SearchError(Exception):
    """What was typed cannot be looked for; holds the sentence."""


@dataclass(frozen=True)
class SearchPage:
    """What was found, a page at a time.

    Attributes:
        following: reference of the last case, where more were found.
    """

    rows: tuple[CaseRow, ...]
    following: str = ""


def find_cases(actor: Actor, typed: str, *, whole: bool, after: str = "") -> SearchPage:
    """Return the cases with these words, of those that the actor may know of.

    The log says that somebody searched, never for what.

    Args:
        actor: who asks.
        typed: a reference, or words of which a case must have all.
        whole: the words are whole, not only how words begin.
        after: reference of the last case of the page before; an unknown one begins at the top.

    Raises:
        SearchError: there is too little to look for.
    """
    with transaction():
        query = _query(actor, typed, whole=whole)
        log.record(actor, Act.SEARCH_CASES.value)
        if is_reference(after):
            query = query.where(Case.reference > after)
        found = db.session.scalars(query.limit(PAGE + 1)).all()
        return SearchPage(
            rows=_rows(actor, found[:PAGE]),
            following=found[PAGE - 1].reference if len(found) > PAGE else "",
        )


def _query(actor: Actor, typed: str, *, whole: bool) -> sa.Select[Case]:
    reference = normalise_reference(typed)
    if reference is not None:
        return cases_for(actor).where(Case.reference == reference)
    what = sought(typed, whole=whole)
    if what is None:
        raise SearchError("Enter at least 2 letters or numbers of a name, place or reference")
    return found_cases_for(actor, what)


def _rows(actor: Actor, found: Sequence[Case]) -> tuple[CaseRow, ...]:
    """Return the rows in the order in which they were found, closed where they are not open."""
    ids = [case.id for case in found]
    opened = set(db.session.scalars(open_ids_for(actor, ids)))
    shown = {row.reference: row for row in rows_of(actor, [c for c in found if c.id in opened])}
    names = applicant_names(actor, ids)
    return tuple(shown.get(case.reference) or closed_row(case, names) for case in found)
