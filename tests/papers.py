"""The papers for the sitting of a case of tests.cases, issued as the coordinator does."""

import sqlalchemy as sa

from portal.db import db
from portal.models.paper import ReceiverPaper
from portal.services import papers, papers_issuing
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, token

# On Thursday 14 January 2027, three working days before the meeting.
PAPERS_AT = cases.at(14)


def issue_agenda(reference, changed="", at=PAPERS_AT):
    """The coordinator issues the agenda; return the number."""
    office = actor_of(cases.COORDINATOR, at)
    version = papers.open_papers(office, reference).next_agenda
    return papers_issuing.issue_agenda(office, reference, token(), changed, version)


def issue_packs(reference, changed="", at=PAPERS_AT, sent=""):
    """The coordinator issues the packs; return the number."""
    office = actor_of(cases.COORDINATOR, at)
    version = papers.open_papers(office, reference).next_pack
    return papers_issuing.issue_packs(office, reference, sent or token(), changed, version)


def stored(number=1):
    """The packs of an issue as they are stored, by the number of the person."""
    query = sa.select(ReceiverPaper).where(ReceiverPaper.number == number)
    rows = db.session.scalars(query.execution_options(**DOOR)).all()
    return {(row.person_id, row.agency_id): row for row in rows}


def pack_of(email, reference, at=PAPERS_AT):
    """The bytes of the newest pack of somebody who may open it."""
    actor = actor_of(email, at)
    key = papers.open_papers(actor, reference).packs[0].key
    return papers.download_paper(actor, reference, key).content
