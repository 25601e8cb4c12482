"""The case of tests.canary, brought to a stage by the services that the pages use."""

import datetime as dt
from dataclasses import replace
from typing import Literal, get_args

import sqlalchemy as sa
from flask import Flask

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.agenda import Part
from portal.domain.invites import AnswerToInvite
from portal.domain.membership import ConflictKind, Standing
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.models.case import Case, Channel, PartyKind, PartyRole
from portal.models.meeting import Presence
from portal.models.panel import Conflict
from portal.models.person import LocalGovernmentArea
from portal.services import (
    actions,
    agenda,
    agenda_editing,
    assessment,
    booking,
    conflicts,
    delivery_steps,
    intake,
    issuing,
    item_notes,
    leaving,
    meeting,
    panel,
    people,
    planning,
    sharing,
    telling,
)
from portal.services.invite_answers import APPLICANT, TypedAnswer, answer_invite, record_answer
from tests import canary_changes, cases, risks
from tests.canary import FIRE, ITEMS, OBSERVER, POLICE_NOT_NAMED, SCHOOL, TOKENS, Shared
from tests.canary_agreed import agree
from tests.canary_receipt import do_on_receipt
from tests.canary_request import say_of_the_reports, say_the_rest
from tests.cases import actor_of, agency_id, person_id, token
from tests.exports import import_for_the_police
from tests.kept_cases import made_once
from tests.letters import ACKNOWLEDGEMENT, MET, write

DOOR = unscoped("a test looks at what is stored")

Stage = Literal["undeclared", "invited", "reviewing", "planning", "monitoring"]


def make_canary_case(app: Flask, stage: Stage) -> str:
    """A case with a token in every text; return its reference.

    “undeclared” has its meeting booked and a chair who has not declared; “planning” has its draft
    written and checked.
    """
    with app.app_context():
        return made_once(("canary", stage), lambda: _make(stage))


def _make(stage: Stage) -> str:
    _add_people()
    reference = _received()
    _arranged(reference)
    steps = {
        "invited": _invited,
        "reviewing": _met,
        "planning": _planned,
        "monitoring": _issued,
    }
    names = get_args(Stage)
    for name in names[1 : names.index(stage) + 1]:
        steps[name](reference)
    return reference


def _add_people() -> None:
    job = Actor.job("a test", cases.RECEIVED_AT)
    for email, name, agency in (
        (SCHOOL, "Helen Carr", demo_people.SCHOOL),
        (POLICE_NOT_NAMED, "PC Aled Wynn", demo_people.POLICE),
        (OBSERVER, "PC Mair Tudor", demo_people.POLICE),
    ):
        people.add_person(job, email=email, name=name, passphrase=demo_people.PASSPHRASE)
        people.give_role(
            job,
            email=email,
            role=Role.AGENCY_REPRESENTATIVE,
            area_slug=demo_people.WHARROWDALE.slug,
            agency_name=agency,
        )


def _received() -> str:
    bird = TOKENS
    office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
    lga = db.session.scalars(
        sa.select(LocalGovernmentArea.id).where(LocalGovernmentArea.name == "Hexley")
    ).one()
    reference = intake.type_in_case(
        office,
        token(),
        intake.TypedCase(
            received_at=cases.RECEIVED_AT.astimezone(dt.UTC),
            channel=Channel.PHONE,
            lga_id=lga,
            applicant_name=bird["applicant-name"],
            applicant_kind=PartyKind.INDIVIDUAL,
            address=bird["applicant-address"],
            phone=bird["applicant-phone"],
            email=f"{bird['applicant-email']}@example.org",
            safe_contact=bird["safe-contact-before"],
            place=bird["place"],
            summary=bird["summary"],
        ),
    )
    for role, name in (
        (PartyRole.RESPONDENT, "respondent-name"),
        (PartyRole.WITNESS, "witness-name"),
    ):
        intake.add_party(
            office, reference, token(), role=role, kind=PartyKind.INDIVIDUAL, name=bird[name]
        )
    report = intake.TypedReport(
        reported_on=dt.date(2026, 11, 3),
        reported_to=bird["report-to"],
        how=bird["report-how"],
        their_reference=bird["report-reference"],
        spoke_to=bird["report-spoke-to"],
        what_was_promised=bird["report-promised"],
        what_was_done=bird["report-done"],
    )
    incident = intake.TypedIncident(
        happened_on=dt.date(2026, 11, 2),
        title=bird["incident-title"],
        account=bird["incident-account"],
        place=bird["incident-place"],
        report=report,
    )
    intake.add_incident(office, reference, token(), incident)
    again = replace(report, what_was_done=bird["second-report-done"])
    intake.add_report(office, reference, 1, token(), again)
    say_the_rest(office, reference)
    do_on_receipt(office, reference)
    assessment.acknowledge(office, reference, token(), cases.ACKNOWLEDGED_AT.date())
    say_of_the_reports(office, reference)
    decided = actor_of(cases.COORDINATOR, cases.DECIDED_AT)
    decision = assessment.TypedDecision(
        is_met=True,
        decided_on=cases.DECIDED_AT.date(),
        reasons=bird["threshold-reasons"],
        agreed_by=cases.two_agree(decided, bird["agreement-said-by"]),
    )
    assessment.record_threshold_decision(decided, reference, token(), decision)
    write(decided, reference, ACKNOWLEDGEMENT, how_we_reach_you=bird["letter-reach"])
    write(decided, reference, MET, reasons=bird["letter-reasons"], spoc_cover=bird["letter-cover"])
    return reference


def _arranged(reference: str) -> None:
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    for agency, email in (
        (demo_people.POLICE, cases.POLICE),
        (demo_people.HEXLEY_COUNCIL, cases.COUNCIL),
        (demo_people.TOLLGATE, cases.HOUSING),
        (demo_people.ICB, cases.HEALTH),
        (demo_people.FIRE, FIRE),
        (demo_people.SCHOOL, SCHOOL),
    ):
        number = agency_id(agency)
        panel.seat_agency(office, reference, token(), agency_id=number, is_required=True)
        panel.name_agency_representative(
            office, reference, token(), agency_id=number, person_id=person_id(email)
        )
    panel.name_agency_representative(
        office,
        reference,
        token(),
        agency_id=agency_id(demo_people.POLICE),
        person_id=person_id(OBSERVER),
        standing=Standing.OBSERVER,
    )
    _score(reference)
    record_conflict(reference, cases.HEALTH, TOKENS["conflict-of-health"])
    _leave(office, reference)
    _waive(office, reference)
    panel.appoint_chair(office, reference, token(), person_id=person_id(cases.OTHER_CHAIR))
    panel.declare(
        actor_of(cases.OTHER_CHAIR, cases.ARRANGED_AT),
        reference,
        token(),
        has_conflict=True,
        reason=TOKENS["conflict-of-chair"],
    )
    panel.appoint_chair(office, reference, token(), person_id=person_id(cases.CHAIR))
    for each in ITEMS:
        _share(reference, each)
    import_for_the_police(reference)
    canary_changes.change_items(reference)
    typed = booking.TypedMeeting(
        held_on=cases.OPENED_AT.date(),
        starts=dt.time(10),
        ends=dt.time(11, 30),
        opening_minutes=20,
        place=TOKENS["meeting-place"],
        join_link=f"https://meet.example/{TOKENS['join-panel']}",
        applicant_join_link=f"https://meet.example/{TOKENS['join-applicant']}",
        applicant_email=f"{TOKENS['invite-email']}@example.org",
        reason_if_late=TOKENS["reason-if-late"],
    )
    booking.book_meeting(office, reference, token(), typed)


def _score(reference: str) -> None:
    """The risk is scored twice, and a lower band waits for the chair."""
    risks.score(reference, risks.NOOR, line=TOKENS["risk-line-before"])
    risks.score(
        reference,
        risks.NOOR,
        version=1,
        words=TOKENS["risk-words"],
        agency_words=TOKENS["risk-agency-words"],
        why=TOKENS["risk-why"],
        line=TOKENS["risk-line"],
    )
    risks.ask_lower(
        reference,
        version=2,
        words=TOKENS["band-words"],
        fact=TOKENS["band-fact"],
        line=TOKENS["band-line-asked"],
    )


def _leave(office: Actor, reference: str) -> None:
    """An agency leaves, and another one has a conflict of interest."""
    number = agency_id("Lantern Trust")
    panel.seat_agency(office, reference, token(), agency_id=number, is_required=False)
    seats = panel.open_people(office, reference).seats
    seat = next(each.seat_id for each in seats if each.agency_id == number)
    leaving.end_seat(office, reference, token(), seat_id=seat, reason=TOKENS["left-reason"])
    conflicts.record_conflict(
        office,
        reference,
        token(),
        whom=f"agency-{agency_id('Wharrow Probation')}",
        kind=ConflictKind.PARTY,
        reason=TOKENS["conflict-of-agency"],
    )


def _waive(office: Actor, reference: str) -> None:
    """Who is to chair has worked for an agency, and may all the same."""
    conflicts.record_conflict(
        office,
        reference,
        token(),
        whom=f"person-{person_id(cases.CHAIR)}",
        kind=ConflictKind.FORMER_EMPLOYER,
        reason=TOKENS["conflict-of-employer"],
    )
    found = conflicts.open_conflicts(office, reference).conflicts
    conflicts.waive_conflict(
        office,
        reference,
        token(),
        conflict_id=next(each.conflict_id for each in found if each.may_be_waived),
        reason=TOKENS["waiver-reason"],
    )


def _share(reference: str, item: Shared) -> None:
    sharing.share_item(
        actor_of(item.sharer, cases.ARRANGED_AT),
        reference,
        token(),
        sharing.TypedItem(
            title=TOKENS[f"item-{item.name}-title"],
            happened_on=dt.date(2026, 11, 9),
            content=TOKENS[f"item-{item.name}-content"],
            handling=item.handling,
            named=tuple(agency_id(name) for name in item.named),
            told=item.told,
            words=TOKENS.get(f"item-{item.name}-words", ""),
        ),
    )


def record_conflict(reference: str, email: str, reason: str = "Knows the applicant") -> None:
    """Put a conflict of interest there and nothing else: no name or appointment ends with it."""
    with transaction():
        number = db.session.scalars(
            sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
        ).one()
        db.session.add(
            Conflict(
                case_id=number,
                person_id=person_id(email),
                kind=ConflictKind.PARTY,
                recorded_at=cases.ARRANGED_AT,
                reason=reason,
            )
        )


def _invited(reference: str) -> None:
    chair = actor_of(cases.CHAIR, cases.ARRANGED_AT)
    panel.declare(chair, reference, token(), has_conflict=False, reason="")
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    booking.send_invites(office, reference, token())
    comes = AnswerToInvite.ACCEPTED
    own = TypedAnswer(comes, None, TOKENS["answer-comment"])
    answer_invite(actor_of(cases.POLICE, cases.ARRANGED_AT), reference, token(), own)
    told = TypedAnswer(comes, None, TOKENS["answer-of-applicant"])
    record_answer(office, reference, token(), APPLICANT, told)


def _met(reference: str) -> None:
    meeting.open_meeting(actor_of(cases.CHAIR, cases.OPENED_AT), reference, token())
    chair = actor_of(cases.CHAIR, cases.CLOSED_AT)
    presences = {person_id(email): Presence.PRESENT for email in (cases.CHAIR, cases.POLICE, FIRE)}
    meeting.record_attendance(chair, reference, token(), presences, TOKENS["applicant-attendance"])
    meeting.add_decision(chair, reference, token(), TOKENS["meeting-decision"])
    _note(chair, reference)
    told = cases.typed_action(
        cases.POLICE,
        what=TOKENS["action-what"],
        how_we_know=TOKENS["action-how"],
        words_for_applicant=TOKENS["action-words"],
    )
    not_told = replace(told, words_for_applicant="", reason_not_told=TOKENS["action-not-told"])
    for typed in (told, not_told):
        actions.add_action(chair, reference, token(), typed)
    agree(chair, reference)
    telling.add_telling(
        chair,
        reference,
        token(),
        telling.TypedTelling(
            kind=telling.TellingKind.OUTCOME,
            what=TOKENS["telling-what"],
            who=f"{person_id(cases.COORDINATOR)}-0",
            way=telling.TellingWay.CALL,
            due_on=cases.CLOSED_AT.date(),
            due_time=dt.time(16),
        ),
    )


def _note(chair: Actor, reference: str) -> None:
    """An item of the panel and a restricted one, both with notes."""
    for name, part in (("agenda-item", Part.CLOSED), ("agenda-restricted", Part.RESTRICTED)):
        typed = agenda_editing.TypedItem(
            title=TOKENS[name], part=part, minutes=5, lead="Chair", before=agenda_editing.AT_THE_END
        )
        agenda_editing.add_item(chair, reference, token(), typed)
    items = agenda.open_agenda(chair, reference).agenda.items[-2:]
    for item, name in zip(items, ("agenda-notes", "restricted-notes"), strict=True):
        item_notes.save_notes(chair, reference, item.key, token(), TOKENS[name], item_notes.NEW)


def _planned(reference: str) -> None:
    meeting.close_meeting(actor_of(cases.CHAIR, cases.CLOSED_AT), reference, token())
    office = actor_of(cases.COORDINATOR, cases.PLANNED_AT)
    draft = planning.open_plan(office, reference).draft
    typed = planning.TypedDraft(
        findings=f"{draft.findings}\n{TOKENS['plan-findings']}",
        what_was_agreed=TOKENS["plan-agreed"],
        next_look_on=dt.date(2027, 3, 8),
    )
    planning.write_draft(office, reference, token(), typed, draft.version)
    cases.consult(reference, TOKENS["plan-said"])
    cases.check_draft(reference)


def _issued(reference: str) -> None:
    office = actor_of(cases.COORDINATOR, cases.ISSUED_AT)
    issuing.issue_plan(office, reference, token())
    words = TOKENS["call-words"]
    delivery_steps.record_call(office, reference, 1, token(), came_of_it="reached", words=words)
