"""What the request of the canary case says besides its incidents, and who agreed to what."""

import datetime as dt
import io
from dataclasses import replace

from portal.domain.answers import Answer
from portal.domain.roles import Actor
from portal.domain.statements import PanelReads, ReadsOut
from portal.jobs import demo_people
from portal.services import (
    case_files,
    consents,
    contact_agencies,
    details,
    needs,
    parties,
    report_states,
    safe_reach,
    statements,
    support,
)
from portal.services.details import Landlord, TakingPart
from portal.services.parties import PartyKind, PartyRole
from tests import cases
from tests.canary import SUPPORT_WORKER, TOKENS
from tests.cases import agency_id, person_id, token

bird = TOKENS
TODAY = cases.ACKNOWLEDGED_AT.date()


def say_the_rest(office: Actor, reference: str) -> None:
    """Fill in every text of the request that has one."""
    details.change_safe_contact(office, reference, token(), bird["safe-contact"], 0)
    for version, typed in enumerate(
        (
            details.WordsAnswers(impact=bird["impact"], wishes=bird["wishes"]),
            details.HomeAnswers(landlord=Landlord.OTHER, landlord_name=bird["landlord-name"]),
            details.OthersAnswers(others_affected=Answer.YES, others_words=bird["others-words"]),
            details.MeetingAnswers(
                taking_part=TakingPart.SOMEBODY_ELSE, somebody_else=bird["somebody-else"]
            ),
            details.NeedsAnswers(
                interpreter=Answer.YES,
                language=bird["language"],
                has_access_needs=Answer.YES,
                access_needs=bird["access-needs"],
            ),
        )
    ):
        details.change_details(office, reference, token(), typed, version)
    _parties(office, reference)
    _say_what_is_safe(office, reference)
    _hand_in_statements(office, reference)
    _add_files(office, reference)
    contact_agencies.choose_contact_agencies(
        office,
        reference,
        token(),
        agency_ids=[agency_id(demo_people.HEXLEY_COUNCIL)],
        agreed_on=TODAY,
        version=0,
    )


def _add_files(office: Actor, reference: str) -> None:
    """One file that stands, and one that was taken off."""
    for name in ("file-text", "need-what"):
        case_files.add_file(
            office,
            reference,
            token(),
            name=bird["file-name"],
            label=bird["file-label"],
            came_by=case_files.Channel.POST,
            stream=io.BytesIO(bird[name].encode()),
        )
    case_files.take_off(office, reference, 2, token(), bird["file-why-taken-off"])


def _say_what_is_safe(office: Actor, reference: str) -> None:
    """The applicant says twice how it is safe to reach them: at last by phone."""
    (applicant, *_), *_ = statements.open_statements(office, reference).without
    for version, times in enumerate(("safe-times-before", "safe-times")):
        typed = safe_reach.TypedReach(
            way=safe_reach.SafeWay.PHONE, times=bird[times], who_may_answer=bird["safe-who"]
        )
        safe_reach.change_reach(office, reference, applicant, token(), typed, version)


def _hand_in_statements(office: Actor, reference: str) -> None:
    """The two victims hand in their statements; the panel may read the second one's.

    The first one has accepted a support worker.
    """
    (first, _), (second, _) = statements.open_statements(office, reference).without
    hidden = statements.TypedStatement(
        words=bird["statement-words"],
        handed_in_on=TODAY,
        channel=statements.Channel.PHONE,
        written_down_by=bird["statement-written-by"],
        panel_reads=PanelReads.ONCE_READ_OUT,
        reads_out=ReadsOut.SUPPORT_WORKER,
        reads_out_name=bird["statement-reads-out"],
    )
    shown = replace(
        hidden,
        words=bird["second-statement-words"],
        written_down_by="The victim",
        panel_reads=PanelReads.BEFORE,
        reads_out_name="",
    )
    earlier = replace(shown, words=bird["second-statement-before"])
    for number, typed, version in ((first, hidden, 0), (second, earlier, 0), (second, shown, 1)):
        statements.write_statement(office, reference, number, token(), typed, version)
    accepted = support.TypedSupport(
        person_id=person_id(SUPPORT_WORKER), accepted_on=TODAY, method=support.ConsentMethod.SPOKEN
    )
    support.record_support(office, reference, first, token(), accepted)


def say_of_the_reports(office: Actor, reference: str) -> None:
    """Say twice whether the first report was found; what is needed stands until the decision."""
    for state, reason in (
        (report_states.ReportState.NOT_TRACED, "state-reason-before"),
        (report_states.ReportState.CLAIMED, "state-reason"),
    ):
        report_states.set_report_state(
            office,
            reference,
            1,
            token(),
            report_states.TypedState(
                state=state, reason=bird[reason], said_by=bird["state-said-by"], said_on=TODAY
            ),
            report_states.open_report_state(office, reference, 1).version,
        )
    need = needs.TypedNeed(
        what=bird["need-what"],
        agency_id=agency_id(demo_people.ICB),
        due_on=TODAY + dt.timedelta(days=7),
    )
    needs.ask_for_more(office, reference, token(), need)


def _parties(office: Actor, reference: str) -> None:
    def add(role: PartyRole, **more: str) -> int:
        return parties.add_party(
            office, reference, token(), role=role, kind=PartyKind.INDIVIDUAL, **more
        )

    add(PartyRole.RESPONDENT, name="", phone=bird["respondent-phone"])
    who_acts = add(
        PartyRole.APPLICANT_REPRESENTATIVE,
        name=bird["stands-in-name"],
        organisation=bird["stands-in-organisation"],
    )
    victim = add(
        PartyRole.VICTIM, name=bird["second-victim-name"], phone=bird["second-victim-phone"]
    )
    for _ in range(2):
        consents.record_consent(
            office,
            reference,
            token(),
            consents.TypedConsent(
                party_id=victim,
                applicant_representative_id=who_acts,
                covers=("covers_being_told",),
                wording=bird["consent-wording"],
                method=consents.ConsentMethod.SPOKEN,
                given_on=TODAY,
                evidence=bird["consent-evidence"],
            ),
        )
    consents.withdraw_consent(
        office, reference, 1, token(), on=TODAY, reason=bird["consent-taken-back"]
    )
