"""Finding a case by a word, inside what the reader may know of."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.access.scope.marks import KNOWING, knowing
from portal.access.scope.once import built_once
from portal.access.scope.people import reads_contacts
from portal.domain.roles import Actor
from portal.domain.searching import Sought
from portal.models.case import Case, Party, PartyContact
from portal.models.search import SearchTerm, TermKind

# Above every character that stands in a word.
_HIGHEST = "\U0010ffff"
_INDEX = KNOWING | {"search"}
_FOR_INDEX = frozenset({"case", "party", "contact", "search"})


@built_once
def found_cases_for(actor: Actor, what: Sought) -> sa.Select[Case]:
    """Select the cases that have all the words, by reference: an order that tells nothing."""
    ways = [_having(actor, what.words, whole=what.whole)]
    if what.joined:
        ways.append(_having(actor, (what.joined,), whole=what.whole))
    return (
        sa.select(Case)
        .where(Case.id.in_(sa.union(*ways)), *knowing(actor, declared=False, by_key=True))
        .order_by(Case.reference)
        .execution_options(scope=_INDEX)
    )


def open_ids_for(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select which of these cases the actor may open; the others they only know of."""
    return (
        sa.select(Case.id)
        .where(Case.id.in_(case_ids), *knowing(actor, declared=True, by_key=True))
        .execution_options(scope=KNOWING)
    )


def _having(actor: Actor, words: tuple[str, ...], *, whole: bool) -> sa.Select[int]:
    """Select the numbers of cases that have all the words: a range of the index for the first."""
    first, *others = words
    found = sa.select(SearchTerm.case_id).where(*_one_of(actor, SearchTerm, first, whole=whole))
    for word in others:
        other = aliased(SearchTerm)
        also = sa.select(other.case_id).where(
            other.case_id == SearchTerm.case_id, *_one_of(actor, other, word, whole=whole)
        )
        found = found.where(also.correlate(SearchTerm).exists())
    return found


def _one_of(
    actor: Actor, term: type[SearchTerm], word: str, *, whole: bool
) -> list[sa.ColumnElement[bool]]:
    matches = [term.term == word] if whole else [term.term >= word, term.term < f"{word}{_HIGHEST}"]
    readable = sa.or_(
        term.kind != TermKind.CONTACT,
        sa.and_(term.kind == TermKind.CONTACT, reads_contacts(actor, term.case_id)),
    )
    return [*matches, readable]


# For the index alone, which holds every case: what is found by it is asked of the actor above.


def ids_to_index(after: int, limit: int) -> sa.Select[int]:
    """Select the numbers of cases, in their order."""
    query = sa.select(Case.id).where(Case.id > after).order_by(Case.id).limit(limit)
    return query.execution_options(scope=_FOR_INDEX)


def texts_to_index(case_ids: Collection[int]) -> sa.CompoundSelect[int, str, str]:
    """Select case, kind and text of everything that a case is found by."""

    def texts(kind: TermKind, case_id: object, text: object) -> sa.Select[int, str, str]:
        return sa.select(case_id, sa.literal(kind.value), text)  # type: ignore[call-overload, no-any-return]  # columns of three tables

    of_cases = [
        texts(kind, Case.id, text).where(Case.id.in_(case_ids))
        for kind, text in ((TermKind.REFERENCE, Case.reference), (TermKind.PLACE, Case.place))
    ]
    of_parties = texts(TermKind.PARTY, Party.case_id, Party.name).where(Party.case_id.in_(case_ids))
    of_contacts = (
        texts(TermKind.CONTACT, Party.case_id, PartyContact.address)
        .join(PartyContact, PartyContact.party_id == Party.id)
        .where(Party.case_id.in_(case_ids))
    )
    return sa.union_all(*of_cases, of_parties, of_contacts).execution_options(scope=_FOR_INDEX)


def without_terms(case_ids: Collection[int]) -> sa.Delete:
    """Delete the words of cases, before they are made anew."""
    query = sa.delete(SearchTerm).where(SearchTerm.case_id.in_(case_ids))
    return query.execution_options(scope=_FOR_INDEX, synchronize_session=False)


def new_terms() -> sa.Insert:
    """Insert words of cases."""
    return sa.insert(SearchTerm).execution_options(scope=_FOR_INDEX)
