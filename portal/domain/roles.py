"""Who acts, as what, and what can be done: the words that access rules are written in."""

import datetime as dt
import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """What a person is in an area; one person may hold several and acts in one at a time.

    No person is an applicant, or a job: a party of a case comes by a key of their own.
    """

    COORDINATOR = "coordinator"
    CHAIR = "chair"
    AGENCY_LEAD = "agency_lead"
    AGENCY_REPRESENTATIVE = "agency_representative"
    SUPPORT_WORKER = "support_worker"
    APPEAL_CHAIR = "appeal_chair"
    APPEAL_MEMBER = "appeal_member"
    SCRUTINEER = "scrutineer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    APPLICANT = "applicant"
    JOB = "job"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _ROLE_LABELS.get(self, self.value.replace("_", " "))


_ROLE_LABELS = {
    Role.AGENCY_LEAD: "agency lead",
    Role.APPEAL_MEMBER: "appeal panel member",
}

AGENCY_ROLES = frozenset({Role.AGENCY_LEAD, Role.AGENCY_REPRESENTATIVE})


class Act(enum.StrEnum):
    """Something that a signed-in person does."""

    OPEN_HOME = "open_home"
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    READ_SENT_MESSAGES = "read_sent_messages"
    LIST_CASES = "list_cases"
    TYPE_IN_CASE = "type_in_case"
    VIEW_CASE = "view_case"
    ADD_INCIDENT = "add_incident"
    ACKNOWLEDGE = "acknowledge"
    DECIDE_THRESHOLD = "decide_threshold"
    ASK_FOR_MORE = "ask_for_more"
    SET_REPORT_STATE = "set_report_state"
    ARRANGE_PANEL = "arrange_panel"
    NAME_AGENCY_REPRESENTATIVE = "name_agency_representative"
    APPOINT_CHAIR = "appoint_chair"
    DECLARE_CONFLICT = "declare_conflict"
    OBSERVE_CASE = "observe_case"
    LEAVE_PANEL = "leave_panel"
    END_SEAT = "end_seat"
    READ_CONFLICTS = "read_conflicts"
    RECORD_CONFLICT = "record_conflict"
    WAIVE_CONFLICT = "waive_conflict"
    SHARE_ITEM = "share_item"
    BOOK_MEETING = "book_meeting"
    RUN_MEETING = "run_meeting"
    OPEN_MEETING = "open_meeting"
    CLOSE_MEETING = "close_meeting"
    READ_PLAN_DRAFT = "read_plan_draft"
    WRITE_PLAN = "write_plan"
    CHECK_PLAN = "check_plan"
    ISSUE_PLAN = "issue_plan"
    READ_LETTERS = "read_letters"
    WRITE_LETTER = "write_letter"
    ISSUE_LETTER = "issue_letter"
    READ_DOCUMENT = "read_document"
    CORRECT_ITEM = "correct_item"
    WITHDRAW_ITEM = "withdraw_item"
    READ_CASE_LOG = "read_case_log"
    READ_AREA_LOG = "read_area_log"
    IMPORT_REPORTS = "import_reports"
    CHANGE_REQUEST = "change_request"
    READ_CONSENT = "read_consent"
    RECORD_CONSENT = "record_consent"
    SEARCH_CASES = "search_cases"
    CLOSE_CASE = "close_case"
    WITHDRAW_REQUEST = "withdraw_request"
    CHANGE_CLOCK = "change_clock"
    KEEP_CALENDAR = "keep_calendar"
    COUNT_CLOCKS = "count_clocks"
    READ_RISK = "read_risk"
    SCORE_RISK = "score_risk"
    DECIDE_BAND = "decide_band"
    AGREE_TO_BAND = "agree_to_band"
    READ_SCHEME = "read_scheme"
    EDIT_SCHEME = "edit_scheme"
    READ_MINUTES = "read_minutes"
    WRITE_MINUTES = "write_minutes"
    CORRECT_ACCOUNT = "correct_account"
    AGREE_MINUTES = "agree_minutes"
    ISSUE_MINUTES = "issue_minutes"
    READ_POWERS = "read_powers"
    SWITCH_POWERS = "switch_powers"
    CONSIDER_POWER = "consider_power"
    RECOMMEND = "recommend"
    CHANGE_OWN_ACTION = "change_own_action"
    EDIT_AGENDA = "edit_agenda"
    WRITE_NOTES = "write_notes"
    CALL_OFF_MEETING = "call_off_meeting"
    ADJOURN_MEETING = "adjourn_meeting"
    ANSWER_INVITE = "answer_invite"
    RECORD_ANSWER = "record_answer"
    KEEP_ROOMS = "keep_rooms"
    AGREE_TO_CONFIDENTIALITY = "agree_to_confidentiality"
    NAME_TELLER = "name_teller"
    TELL_APPLICANT = "tell_applicant"
    WRITE_STATEMENT = "write_statement"
    READ_STATEMENT = "read_statement"
    RECORD_SUPPORT = "record_support"
    OPEN_SUPPORTED_CASE = "open_supported_case"
    WRITE_SUPPORTED_STATEMENT = "write_supported_statement"
    FIND_ADEQUACY = "find_adequacy"
    ISSUE_PAPERS = "issue_papers"
    REQUEST_INFORMATION = "request_information"
    KEEP_TEMPLATES = "keep_templates"
    CHANGE_PLAN = "change_plan"
    CONSULT_APPLICANT = "consult_applicant"
    HAND_OVER = "hand_over"
    READ_POST = "read_post"
    DELIVER_PAPER = "deliver_paper"
    KEEP_PUBLIC_PAGES = "keep_public_pages"
    READ_FILES = "read_files"
    KEEP_FILES = "keep_files"
    OPEN_ORIGINAL = "open_original"
    READ_RECEIPT = "read_receipt"
    WORK_ON_RECEIPT = "work_on_receipt"
    RELATE_CASES = "relate_cases"
    KEEP_INBOXES = "keep_inboxes"
    KEEP_APPLICANT_KEYS = "keep_applicant_keys"
    OPEN_OWN_PAGE = "open_own_page"
    WRITE_TO_OFFICE = "write_to_office"
    WRITE_OWN_STATEMENT = "write_own_statement"
    ADD_OWN_INCIDENT = "add_own_incident"
    ASK_TO_WITHDRAW = "ask_to_withdraw"
    READ_OWN_PAPER = "read_own_paper"
    CHANGE_OWN_REACH = "change_own_reach"
    SAY_ABOUT_DRAFT = "say_about_draft"
    ANSWER_APPLICANT = "answer_applicant"
    OPEN_DRAFT = "open_draft"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks, in which role, from where and when.

    Attributes:
        at: the instant of the request, aware, in UTC. Services take the time from here, so that
            everything one request does happens at one moment.
        address: network address that the request came from; empty for a job.
        party_id: the party of the applicant's side that asks; none for everybody else.
    """

    person_id: int | None
    name: str
    role: Role
    area_id: int | None
    agency_id: int | None
    at: dt.datetime
    address: str = ""
    party_id: int | None = None

    @classmethod
    def job(cls, name: str, at: dt.datetime) -> "Actor":
        """Return the actor of a background job; it may open no case."""
        return cls(person_id=None, name=name, role=Role.JOB, area_id=None, agency_id=None, at=at)
