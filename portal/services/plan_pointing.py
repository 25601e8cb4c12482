"""Words for the applicant that may point to somebody or tell of what somebody else reported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.people import contacts_for, parties_for
from portal.access.scope.plan import own_words_for
from portal.access.scope.reports import reports_for
from portal.db import db
from portal.domain.pointing import house_numbers, references_in, words_of_others
from portal.domain.roles import Actor
from portal.models.case import PartyContact
from portal.services.letter_drafts import addressee_of
from portal.services.reporters import makers_of


@dataclass(frozen=True)
class Pointing:
    """A house number in words for the applicant; it may point to the person complained about.

    Attributes:
        at: the anchor on the plan's page.
        where: as a sentence names the place.
    """

    at: str
    where: str
    words: str


@dataclass(frozen=True)
class OthersTold:
    """What the applicant may not be told of others who reported.

    Attributes:
        references: of agencies, under which others' reports stand.
    """

    references: frozenset[str]

    def found_in(self, where: str, text: str) -> Iterator[str]:
        """Yield a sentence for each word in a text that tells of others."""
        for words in (*references_in(text, self.references), *words_of_others(text)):
            yield f"{where}: take out “{words}”, which tells of somebody else’s report"


def told_of_others(actor: Actor, opened: Opened) -> OthersTold:
    """Gather the references of reports that are not the applicant's.

    Belongs inside a transaction.
    """
    addressee = addressee_of(actor, opened)
    own = {addressee.name, *addressee.asked_for}
    reports = db.session.scalars(reports_for(actor, opened.case.id)).all()
    makers = makers_of(actor, opened.case.id, reports)
    theirs = {report.their_reference for report in reports if makers.of(report).name in own}
    every = {report.their_reference for report in reports if report.their_reference}
    return OthersTold(frozenset(every - theirs))


def pointed_at(
    actor: Actor, opened: Opened, texts: Iterable[tuple[str, str, str]]
) -> tuple[Pointing, ...]:
    """Return what points to a house in these texts, and nobody has said to be their own words.

    Belongs inside a transaction.
    """
    address = _own_address(actor, opened)
    kept = {row.words for row in db.session.scalars(own_words_for(actor, opened.case.id))}
    return tuple(
        Pointing(at, where, words)
        for at, where, text in texts
        for words in house_numbers(text, address)
        if words.casefold() not in kept
    )


def _own_address(actor: Actor, opened: Opened) -> str:
    addressee = addressee_of(actor, opened)
    own = {addressee.name, *addressee.asked_for}
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    ids = {party.id for party in parties if party.name in own}
    query = contacts_for(actor, opened.case.id).where(PartyContact.party_id.in_(ids))
    return "\n".join(contact.address for contact in db.session.scalars(query))
