"""Which role may do which act, and when: one table, read by the gate, the pages and the tests."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import CaseFacts, Stage, is_open

Predicate = Callable[[CaseFacts], str]
"""Return the sentence that refuses, or an empty string."""


@dataclass(frozen=True)
class Allowed:
    """The actor may."""


@dataclass(frozen=True)
class Refused:
    """The actor may not; the sentence says why."""

    sentence: str


DECLARE_FIRST = "Say first whether you have a conflict of interest in this case"
NOT_YOUR_ROLE = "Your role does not do this"
CHAIR_AGREES = "The chair of this case answers that"
OBSERVES_ONLY = (
    "You observe this case: you see its reference and when the meeting is, and nothing else"
)
STATEMENT_IS_LOCKED = "The statement was locked when the meeting opened: it is heard as it was then"
PLAN_STANDS = "The plan is issued and stands. The coordinator opens a change of it first"
IS_CHANGING = "A change of the plan is being written already"
NO_OBSERVER = "You do not observe this case. You read it as your agency"
ADJOURNED = "The meeting is adjourned. Its next sitting has to be opened first"
# What an observer may do: see the little that is theirs, say that they have a conflict,
# and agree to keep what they hear.
_FOR_OBSERVERS = frozenset({Act.OBSERVE_CASE, Act.DECLARE_CONFLICT, Act.AGREE_TO_CONFIDENTIALITY})
# The only acts that lead a support worker to a case: by any other door it does not exist for them.
FOR_SUPPORT_WORKERS = frozenset({Act.OPEN_SUPPORTED_CASE, Act.WRITE_SUPPORTED_STATEMENT})
# What the applicant's side does on their own pages: who comes to one signed out types their code.
FOR_APPLICANTS = frozenset(
    {
        Act.OPEN_OWN_PAGE,
        Act.WRITE_TO_OFFICE,
        Act.WRITE_OWN_STATEMENT,
        Act.ADD_OWN_INCIDENT,
        Act.ASK_TO_WITHDRAW,
        Act.READ_OWN_PAPER,
        Act.CHANGE_OWN_REACH,
        Act.SAY_ABOUT_DRAFT,
    }
)


def _always(_facts: CaseFacts) -> str:
    return ""


def _declared(facts: CaseFacts) -> str:
    return "" if facts.has_declared else DECLARE_FIRST


def _observing(facts: CaseFacts) -> str:
    return "" if facts.is_observer else NO_OBSERVER


def _no_chair(facts: CaseFacts) -> str:
    return CHAIR_AGREES if facts.chair_is_ready else ""


def _not_locked(facts: CaseFacts) -> str:
    return STATEMENT_IS_LOCKED if facts.stage in _MEETING_HAS_OPENED else ""


def _at(*stages: Stage) -> Predicate:
    def rule(facts: CaseFacts) -> str:
        if facts.stage in stages:
            return ""
        return f"This is not open at the stage “{facts.stage.label}”"

    return rule


def _move(act: Act) -> Predicate:
    def rule(facts: CaseFacts) -> str:
        if is_open(facts, act):
            return ""
        return f"This is not open at the stage “{facts.stage.label}”"

    return rule


def _sitting(facts: CaseFacts) -> str:
    return ADJOURNED if facts.is_adjourned else ""


def _to_be_opened(facts: CaseFacts) -> str:
    """Refuse but for the first sitting and, once adjourned, the next one."""
    if facts.is_adjourned and facts.stage is Stage.REVIEWING:
        return ""
    return _move(Act.OPEN_MEETING)(facts)


def _plan_is_written(facts: CaseFacts) -> str:
    """Refuse but for the first plan and, once it is issued, while a change of it is open."""
    if facts.stage is Stage.MONITORING:
        return "" if facts.is_plan_changing else PLAN_STANDS
    return _at(Stage.PLANNING)(facts)


def _plan_stands(facts: CaseFacts) -> str:
    return IS_CHANGING if facts.is_plan_changing else ""


def _both(*rules: Predicate) -> Predicate:
    def rule(facts: CaseFacts) -> str:
        return next((sentence for each in rules if (sentence := each(facts))), "")

    return rule


_EVERYBODY: dict[Role, Predicate] = {
    role: _always for role in Role if role not in {Role.JOB, Role.APPLICANT}
}
_SHARED_AT = (
    Stage.ASSESSING, Stage.ARRANGING, Stage.REVIEWING, Stage.PLANNING, Stage.MONITORING,
)  # fmt: skip
_WHILE_SHARING = _at(*_SHARED_AT)
_WHILE_WORKING = _at(Stage.RECEIVED, *_SHARED_AT)
_BEFORE_PLAN = _at(Stage.RECEIVED, Stage.ASSESSING, Stage.ARRANGING, Stage.REVIEWING)
_BEFORE_MEETING = _at(Stage.RECEIVED, Stage.ASSESSING, Stage.ARRANGING)
_MEETING_HAS_OPENED = frozenset(
    {Stage.REVIEWING, Stage.PLANNING, Stage.MONITORING, Stage.COMPLETED}
)
_UNTIL_LOCKED = _both(_not_locked, _BEFORE_MEETING)
_SHARERS: dict[Role, Predicate] = {
    Role.COORDINATOR: _WHILE_SHARING,
    Role.AGENCY_LEAD: _WHILE_SHARING,
    Role.AGENCY_REPRESENTATIVE: _WHILE_SHARING,
}
_PLANNING = _at(Stage.PLANNING)
_ISSUED = _at(Stage.MONITORING, Stage.COMPLETED, Stage.CLOSED)
_MEETING_OR_PLAN = _at(Stage.REVIEWING, Stage.PLANNING)
_PLANNED = _at(Stage.PLANNING, Stage.MONITORING, Stage.COMPLETED, Stage.CLOSED)
_AFTER_MEETING = _at(Stage.PLANNING, Stage.MONITORING, Stage.COMPLETED)
_UNTIL_CLOSED = _at(*(stage for stage in Stage if stage is not Stage.CLOSED))
_ARRANGED = _at(Stage.ARRANGING, Stage.REVIEWING, Stage.PLANNING, Stage.MONITORING, Stage.COMPLETED)
_UNTIL_CLOSED_MEETING = _at(Stage.ARRANGING, Stage.REVIEWING)
_SINCE_MEETING = _at(Stage.REVIEWING, Stage.PLANNING, Stage.MONITORING, Stage.COMPLETED)
_SCORERS: dict[Role, Predicate] = {
    Role.COORDINATOR: _UNTIL_CLOSED,
    Role.CHAIR: _both(_declared, _ARRANGED),
}

TABLE: dict[Act, dict[Role, Predicate]] = {
    Act.OPEN_HOME: _EVERYBODY,
    Act.MANAGE_OWN_ACCOUNT: _EVERYBODY,
    Act.READ_SENT_MESSAGES: _EVERYBODY,
    Act.LIST_CASES: {
        Role.COORDINATOR: _always,
        Role.CHAIR: _always,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.TYPE_IN_CASE: {Role.COORDINATOR: _always},
    Act.VIEW_CASE: {
        Role.COORDINATOR: _always,
        Role.CHAIR: _declared,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.ADD_INCIDENT: {Role.COORDINATOR: _BEFORE_PLAN},
    Act.ACKNOWLEDGE: {Role.COORDINATOR: _move(Act.ACKNOWLEDGE)},
    Act.DECIDE_THRESHOLD: {Role.COORDINATOR: _move(Act.DECIDE_THRESHOLD)},
    Act.ASK_FOR_MORE: {Role.COORDINATOR: _move(Act.DECIDE_THRESHOLD)},
    # An agency for the reports that were made to it; the scope knows which these are.
    Act.SET_REPORT_STATE: {
        Role.COORDINATOR: _BEFORE_PLAN,
        Role.AGENCY_LEAD: _BEFORE_PLAN,
        Role.AGENCY_REPRESENTATIVE: _BEFORE_PLAN,
    },
    Act.ARRANGE_PANEL: {Role.COORDINATOR: _WHILE_WORKING},
    Act.NAME_AGENCY_REPRESENTATIVE: {
        Role.COORDINATOR: _WHILE_WORKING,
        Role.AGENCY_LEAD: _WHILE_SHARING,
    },
    Act.APPOINT_CHAIR: {Role.COORDINATOR: _BEFORE_MEETING},
    Act.DECLARE_CONFLICT: {
        Role.CHAIR: _always,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.OBSERVE_CASE: {Role.AGENCY_REPRESENTATIVE: _observing},
    Act.LEAVE_PANEL: {
        Role.COORDINATOR: _always,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.END_SEAT: {Role.COORDINATOR: _always},
    Act.READ_CONFLICTS: {Role.COORDINATOR: _always, Role.CHAIR: _declared},
    Act.RECORD_CONFLICT: {Role.COORDINATOR: _always},
    Act.WAIVE_CONFLICT: {Role.COORDINATOR: _always},
    Act.SHARE_ITEM: _SHARERS,
    # Each for what one's own agency has shared; the scope knows which that is.
    Act.CORRECT_ITEM: _SHARERS,
    Act.WITHDRAW_ITEM: _SHARERS,
    Act.BOOK_MEETING: {Role.COORDINATOR: _UNTIL_CLOSED_MEETING},
    Act.OPEN_MEETING: {Role.CHAIR: _both(_declared, _to_be_opened)},
    Act.RUN_MEETING: {Role.CHAIR: _both(_declared, _at(Stage.REVIEWING), _sitting)},
    Act.CLOSE_MEETING: {Role.CHAIR: _both(_declared, _move(Act.CLOSE_MEETING))},
    Act.READ_PLAN_DRAFT: {
        Role.COORDINATOR: _PLANNED,
        Role.CHAIR: _both(_declared, _PLANNED),
    },
    Act.WRITE_PLAN: {
        Role.COORDINATOR: _plan_is_written,
        Role.CHAIR: _both(_declared, _plan_is_written),
    },
    Act.CHECK_PLAN: {Role.CHAIR: _both(_declared, _plan_is_written)},
    # The first issue moves the case on; a later one leaves it where it is.
    Act.ISSUE_PLAN: {Role.COORDINATOR: _plan_is_written},
    # Which letter fits a case says its decision, not its stage; a change of one is a new issue.
    Act.READ_LETTERS: {Role.COORDINATOR: _always},
    Act.WRITE_LETTER: {Role.COORDINATOR: _always},
    Act.ISSUE_LETTER: {Role.COORDINATOR: _always},
    Act.READ_DOCUMENT: {
        Role.COORDINATOR: _always,
        Role.CHAIR: _declared,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.READ_CASE_LOG: {Role.COORDINATOR: _always},
    Act.READ_AREA_LOG: {Role.AUDITOR: _always},
    Act.IMPORT_REPORTS: {
        Role.COORDINATOR: _BEFORE_PLAN,
        Role.AGENCY_LEAD: _BEFORE_PLAN,
        Role.AGENCY_REPRESENTATIVE: _BEFORE_PLAN,
    },
    Act.CHANGE_REQUEST: {Role.COORDINATOR: _always},
    Act.READ_CONSENT: {Role.COORDINATOR: _always, Role.CHAIR: _declared},
    Act.RECORD_CONSENT: {Role.COORDINATOR: _always},
    Act.CLOSE_CASE: {Role.COORDINATOR: _move(Act.CLOSE_CASE)},
    Act.WITHDRAW_REQUEST: {Role.COORDINATOR: _move(Act.WITHDRAW_REQUEST)},
    Act.CHANGE_CLOCK: {Role.COORDINATOR: _always},
    Act.KEEP_CALENDAR: {Role.COORDINATOR: _always, Role.ADMINISTRATOR: _always},
    Act.COUNT_CLOCKS: {Role.COORDINATOR: _always},
    # An agency reads the band alone; the scope knows what else there is for whom.
    Act.READ_RISK: {
        Role.COORDINATOR: _always,
        Role.CHAIR: _declared,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.SCORE_RISK: _SCORERS,
    Act.DECIDE_BAND: _SCORERS,
    Act.AGREE_TO_BAND: {
        **_SCORERS,
        Role.AGENCY_LEAD: _both(_no_chair, _UNTIL_CLOSED),
    },
    Act.SEARCH_CASES: {
        Role.COORDINATOR: _always,
        Role.CHAIR: _always,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.READ_SCHEME: {Role.ADMINISTRATOR: _always, Role.COORDINATOR: _always},
    Act.EDIT_SCHEME: {Role.ADMINISTRATOR: _always},
    Act.READ_MINUTES: {Role.COORDINATOR: _PLANNED, Role.CHAIR: _both(_declared, _PLANNED)},
    Act.WRITE_MINUTES: {
        Role.COORDINATOR: _AFTER_MEETING,
        Role.CHAIR: _both(_declared, _AFTER_MEETING),
    },
    # Each its own agency's; the scope knows which that is.
    Act.CORRECT_ACCOUNT: {
        Role.AGENCY_LEAD: _AFTER_MEETING,
        Role.AGENCY_REPRESENTATIVE: _AFTER_MEETING,
    },
    Act.AGREE_MINUTES: {Role.CHAIR: _both(_declared, _AFTER_MEETING)},
    Act.ISSUE_MINUTES: {Role.COORDINATOR: _AFTER_MEETING},
    Act.READ_POWERS: _EVERYBODY,
    Act.SWITCH_POWERS: {Role.ADMINISTRATOR: _always},
    Act.CONSIDER_POWER: {
        Role.COORDINATOR: _MEETING_OR_PLAN,
        Role.CHAIR: _both(_declared, _MEETING_OR_PLAN),
    },
    Act.RECOMMEND: {
        Role.COORDINATOR: _PLANNING,
        Role.CHAIR: _both(_declared, _MEETING_OR_PLAN),
    },
    # Each for what their own agency owns; the scope knows which that is.
    Act.CHANGE_OWN_ACTION: {
        Role.AGENCY_LEAD: _at(Stage.REVIEWING),
        Role.AGENCY_REPRESENTATIVE: _at(Stage.REVIEWING),
    },
    Act.EDIT_AGENDA: {Role.CHAIR: _both(_declared, _UNTIL_CLOSED_MEETING)},
    Act.WRITE_NOTES: {
        Role.COORDINATOR: _at(Stage.REVIEWING),
        Role.CHAIR: _both(_declared, _at(Stage.REVIEWING)),
    },
    Act.CALL_OFF_MEETING: {Role.COORDINATOR: _at(Stage.ARRANGING)},
    Act.ADJOURN_MEETING: {
        Role.COORDINATOR: _both(_at(Stage.REVIEWING), _sitting),
        Role.CHAIR: _both(_declared, _at(Stage.REVIEWING), _sitting),
    },
    # Each for themselves; the scope knows whose answers they read.
    Act.ANSWER_INVITE: {
        Role.COORDINATOR: _UNTIL_CLOSED_MEETING,
        Role.CHAIR: _both(_declared, _UNTIL_CLOSED_MEETING),
        Role.AGENCY_LEAD: _UNTIL_CLOSED_MEETING,
        Role.AGENCY_REPRESENTATIVE: _UNTIL_CLOSED_MEETING,
    },
    Act.RECORD_ANSWER: {Role.COORDINATOR: _UNTIL_CLOSED_MEETING},
    Act.KEEP_ROOMS: {Role.COORDINATOR: _always, Role.ADMINISTRATOR: _always},
    # An observer hears what is said, and so agrees too.
    Act.AGREE_TO_CONFIDENTIALITY: {
        Role.COORDINATOR: _ARRANGED,
        Role.CHAIR: _both(_declared, _ARRANGED),
        Role.AGENCY_LEAD: _ARRANGED,
        Role.AGENCY_REPRESENTATIVE: _ARRANGED,
    },
    Act.NAME_TELLER: {
        Role.COORDINATOR: _SINCE_MEETING,
        Role.CHAIR: _both(_declared, _SINCE_MEETING),
    },
    # Each for what is theirs to tell; the scope knows what that is.
    Act.TELL_APPLICANT: {
        Role.COORDINATOR: _SINCE_MEETING,
        Role.CHAIR: _both(_declared, _SINCE_MEETING),
        Role.AGENCY_LEAD: _SINCE_MEETING,
        Role.AGENCY_REPRESENTATIVE: _SINCE_MEETING,
    },
    Act.WRITE_STATEMENT: {Role.COORDINATOR: _UNTIL_LOCKED},
    # An agency reads what the applicant lets the panel read; the scope knows what that is.
    Act.READ_STATEMENT: {
        Role.COORDINATOR: _always,
        Role.CHAIR: _declared,
        Role.AGENCY_LEAD: _always,
        Role.AGENCY_REPRESENTATIVE: _always,
    },
    Act.RECORD_SUPPORT: {Role.COORDINATOR: _always},
    # For the victims who have accepted their support; the scope knows who that is.
    Act.OPEN_SUPPORTED_CASE: {Role.SUPPORT_WORKER: _always},
    Act.WRITE_SUPPORTED_STATEMENT: {Role.SUPPORT_WORKER: _UNTIL_LOCKED},
    Act.FIND_ADEQUACY: {
        Role.COORDINATOR: _MEETING_OR_PLAN,
        Role.CHAIR: _both(_declared, _MEETING_OR_PLAN),
    },
    Act.ISSUE_PAPERS: {Role.COORDINATOR: _UNTIL_CLOSED_MEETING},
    Act.REQUEST_INFORMATION: {Role.COORDINATOR: _WHILE_SHARING},
    Act.KEEP_TEMPLATES: {Role.ADMINISTRATOR: _always},
    Act.CHANGE_PLAN: {Role.COORDINATOR: _both(_at(Stage.MONITORING), _plan_stands)},
    Act.CONSULT_APPLICANT: {Role.COORDINATOR: _plan_is_written},
    Act.HAND_OVER: {Role.COORDINATOR: _ISSUED},
    Act.READ_POST: {Role.COORDINATOR: _always},
    Act.DELIVER_PAPER: {Role.COORDINATOR: _always},
    Act.KEEP_PUBLIC_PAGES: {Role.ADMINISTRATOR: _always},
    # What came with the request is for coordinator and chair, until the coordinator shares what
    # it says as an item.
    Act.READ_FILES: {Role.COORDINATOR: _always, Role.CHAIR: _declared},
    Act.KEEP_FILES: {Role.COORDINATOR: _always},
    Act.OPEN_ORIGINAL: {Role.COORDINATOR: _always},
    Act.READ_RECEIPT: {Role.COORDINATOR: _always, Role.CHAIR: _declared},
    Act.WORK_ON_RECEIPT: {Role.COORDINATOR: _UNTIL_CLOSED},
    Act.RELATE_CASES: {Role.COORDINATOR: _always},
    Act.KEEP_INBOXES: {Role.ADMINISTRATOR: _always},
    Act.KEEP_APPLICANT_KEYS: {Role.COORDINATOR: _always},
    # Each for themselves, by the door of their own key; the scope knows whose that is.
    Act.OPEN_OWN_PAGE: {Role.APPLICANT: _always},
    Act.WRITE_TO_OFFICE: {Role.APPLICANT: _always},
    Act.WRITE_OWN_STATEMENT: {Role.APPLICANT: _UNTIL_LOCKED},
    Act.ADD_OWN_INCIDENT: {Role.APPLICANT: _UNTIL_CLOSED},
    Act.ASK_TO_WITHDRAW: {Role.APPLICANT: _WHILE_WORKING},
    Act.READ_OWN_PAPER: {Role.APPLICANT: _always},
    Act.CHANGE_OWN_REACH: {Role.APPLICANT: _always},
    Act.SAY_ABOUT_DRAFT: {Role.APPLICANT: _at(Stage.PLANNING, Stage.MONITORING)},
    Act.ANSWER_APPLICANT: {Role.COORDINATOR: _always},
    # With its code, while the person is on the phone; without it there is no draft for them.
    Act.OPEN_DRAFT: {Role.COORDINATOR: _always},
}


def has_act(role: Role, act: Act) -> bool:
    """Say whether the role has the act at all, on whatever case."""
    return role in TABLE[act]


def may(actor: Actor, act: Act, facts: CaseFacts) -> Allowed | Refused:
    """Say whether the actor may do the act on a case that they may know of."""
    rule = TABLE[act].get(actor.role)
    if rule is None:
        return Refused(NOT_YOUR_ROLE)
    if facts.is_observer and act not in _FOR_OBSERVERS:
        return Refused(OBSERVES_ONLY)
    sentence = rule(facts)
    return Refused(sentence) if sentence else Allowed()
