"""A request is sent: the draft becomes a case, with all that a case that is typed in would have."""

from portal import log
from portal.db import db, transaction
from portal.domain.clocks.rules import ClockEvent
from portal.domain.deadlines import london_day
from portal.domain.request_draft import DraftAnswers, Filled, from_json
from portal.domain.request_pages import first_open
from portal.domain.roles import Actor
from portal.domain.stages import Stage
from portal.models.case import Case, CaseEvent, Channel
from portal.models.consent import ContactConsent
from portal.models.draft import RequestDraft, SentRequest, SupportWanted
from portal.models.request import RequestDetails
from portal.services import (
    applicant_keys,
    clocks,
    drafts,
    first_call,
    passing_on,
    request_files,
    throttle,
)
from portal.services.area_pages import AreaContact, area_with
from portal.services.incidents import put_incident
from portal.services.intake import lgas, scheme_in_force
from portal.services.request_reading import (
    OFFICE_ONLY,
    details_of,
    incident_of,
    place_of,
    reports_of,
    safe_contact_of,
    summary_of,
)
from portal.services.request_side import add_applicants_side
from portal.services.search_terms import index_cases
from portal.services.talking import is_call_wanted


class NotReadyError(Exception):
    """A page still needs something; holds its name."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def send(actor: Actor, key: str) -> str:
    """Make the draft that a browser holds a case; return its reference.

    Sent twice it is one request: the second time finds it sent, and says the same.

    Raises:
        NoDraftError, HoldEndedError: as ``drafts.open_draft``.
        NotReadyError: a page still needs something.
        TooManyError: too many were sent from this address within the hour.
    """
    with transaction():
        draft = drafts.held(actor, key)
        if draft.case_id is not None:
            return draft.reference
        answers = from_json(draft.answers)
        missing = first_open(answers)
        if missing:
            raise NotReadyError(missing)
        throttle.count(throttle.SENT, actor.address, actor.at)
        case = _make_case(drafts.in_area(actor, draft), draft, answers)
        draft.case_id = case.id
        # All of it stands in the case now.
        draft.answers = {}
        draft.link_hash = None
        return draft.reference


def open_sent(actor: Actor, key: str) -> tuple[str, AreaContact]:
    """Return the reference of the request that this browser has sent, and where.

    Raises:
        NoDraftError: it has sent none.
        HoldEndedError: it was left alone for too long.
    """
    with transaction():
        draft = drafts.held(actor, key)
        if draft.case_id is None:
            raise drafts.NoDraftError
        drafts.record(actor, draft, "request_page_opened", "sent")
        return draft.reference, area_with(draft.area_id)


def _make_case(actor: Actor, draft: RequestDraft, answers: DraftAnswers) -> Case:
    case = Case(
        area_id=draft.area_id,
        lga_id=_lga(actor, answers.page("happening")),
        scheme_version_id=scheme_in_force(draft.area_id, london_day(actor.at)),
        reference=draft.reference,
        stage=Stage.RECEIVED,
        channel=Channel.FORM if actor.person_id is None else Channel.PHONE,
        received_at=actor.at,
        keyed_at=actor.at,
        keyed_by_id=actor.person_id,
        place=place_of(answers),
        summary=summary_of(answers),
        safe_contact=safe_contact_of(answers.page("reach")),
    )
    db.session.add(case)
    db.session.flush()
    asks = add_applicants_side(actor, case, answers)
    for each in answers.incidents:
        put_incident(actor, case.id, incident_of(answers, each.filled), reports_of(each))
    db.session.add(RequestDetails(case_id=case.id, **details_of(actor, case.lga_id, answers)))
    for_the_office = _for_the_office(case, answers)
    db.session.add(for_the_office)
    _let_have_contacts(actor, case, answers.page("sharing"))
    _on_receipt(actor, case)
    request_files.hand_over(draft.id, case.id)
    # Number and code stay the same: from now on they open the page of who asked.
    applicant_keys.give_key(actor, asks.id, draft.code_hash)
    if for_the_office.wants_call:
        first_call.ask_to_ring(actor, case)
    return case


def _on_receipt(actor: Actor, case: Case) -> None:
    """Do what follows from every request that came in; belongs inside a transaction."""
    index_cases([case.id])
    clocks.happened(actor, case, ClockEvent.REQUEST_RECEIVED, case.received_at)
    db.session.add(
        CaseEvent(
            case_id=case.id,
            at=case.received_at,
            person_id=case.keyed_by_id,
            stage=Stage.RECEIVED,
            reason="",
        )
    )
    passing_on.pass_on(actor, case)
    log.record(actor, "request_sent", reference=case.reference)


def _lga(actor: Actor, happening: Filled) -> int:
    chosen = happening.said("lga")
    return int(chosen) if chosen else lgas(actor)[0][0]


def _for_the_office(case: Case, answers: DraftAnswers) -> SentRequest:
    support = answers.page("meeting").said("support")
    return SentRequest(
        case_id=case.id,
        keep_from=answers.page("sharing").said("keep_from"),
        other_names=answers.page("who").said("other_names"),
        earlier_address=answers.page("home").said("earlier_address"),
        wants_call=is_call_wanted(answers),
        support=SupportWanted(support) if support else None,
    )


def _let_have_contacts(actor: Actor, case: Case, sharing: Filled) -> None:
    chosen = [each for each in sharing.chosen("bodies") if each != OFFICE_ONLY]
    db.session.add_all(
        ContactConsent(
            case_id=case.id,
            agency_id=int(each),
            agreed_on=london_day(actor.at),
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
        )
        for each in chosen
    )
