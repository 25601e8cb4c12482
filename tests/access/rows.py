"""Rows of a case that no stage of it has by itself."""

import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.adequacy import Adequacy
from portal.domain.clocks.rules import Clock
from portal.domain.threshold.facts import ReportState
from portal.jobs import demo_people
from portal.models.adequacy import AdequacyFinding
from portal.models.case import Incident, Report
from portal.models.clock import ClockEntry, ClockEntryKind
from portal.models.plan import Document
from portal.models.plan_issue import HandedOver, OwnWords
from portal.models.telling import ConfidentialityAgreement, Telling, TellingKind, TellingWay
from portal.models.threshold import DecisionNeed, ReportStateChange
from tests import cases
from tests.cases import person_id

AT = cases.ISSUED_AT


def add_report(number: int) -> None:
    """An incident, its report to the police, what was said of it, and what is still needed."""
    with transaction():
        db.session.add(
            ClockEntry(
                case_id=number,
                clock=Clock.MEETING,
                kind=ClockEntryKind.LATE,
                on_day=AT.date(),
                reason="x",
                recorded_at=AT,
            )
        )
        incident = Incident(case_id=number, happened_on=AT.date(), title="x", account="x")
        db.session.add(incident)
        db.session.flush()
        report = Report(
            case_id=number,
            incident_id=incident.id,
            agency_id=cases.agency_id(demo_people.POLICE),
            reported_on=AT.date(),
            reported_to="x",
            how="",
            their_reference="",
            what_was_done="",
        )
        db.session.add(report)
        db.session.flush()
        office = {"recorded_at": AT, "recorded_by_id": person_id(cases.COORDINATOR)}
        db.session.add(
            ReportStateChange(
                case_id=number,
                report_id=report.id,
                state=ReportState.CONFIRMED,
                body="x",
                said_on=AT.date(),
                said_by="x",
                reason="",
                is_by_office=True,
                **office,
            )
        )
        db.session.add(
            DecisionNeed(
                case_id=number,
                agency_id=report.agency_id,
                what="x",
                due_on=AT.date(),
                asked_at=AT,
                asked_by_id=office["recorded_by_id"],
            )
        )


def add_finding(number: int) -> None:
    """What was found of the response of the police."""
    police = cases.agency_id(demo_people.POLICE)
    finding = AdequacyFinding(case_id=number, agency_id=police, finding=Adequacy.PARTLY, fact="x")
    with transaction():
        db.session.add(finding)


def add_telling(number: int) -> None:
    """Somebody who has agreed to confidentiality, and who tells the applicant something."""
    office = person_id(cases.COORDINATOR)
    with transaction():
        db.session.add(
            ConfidentialityAgreement(
                case_id=number, person_id=office, wording_version=1, wording="x", agreed_at=AT
            )
        )
        db.session.add(
            Telling(
                case_id=number,
                number=1,
                kind=TellingKind.OUTCOME,
                what="x",
                person_id=office,
                way=TellingWay.CALL,
                due_at=AT,
            )
        )


def add_receipt(number: int) -> None:
    """An issued version that was handed over on paper, and a word that is the applicant's own."""
    office = person_id(cases.COORDINATOR)
    with transaction():
        query = sa.select(Document.id).where(Document.case_id == number).limit(1)
        document = db.session.scalars(query.execution_options(**unscoped("a test"))).one()
        db.session.add(
            HandedOver(
                document_id=document,
                given_to="x",
                handed_on=AT.date(),
                recorded_at=AT,
                recorded_by_id=office,
            )
        )
        db.session.add(
            OwnWords(case_id=number, words="number 14", reason="x", kept_at=AT, kept_by_id=office)
        )
