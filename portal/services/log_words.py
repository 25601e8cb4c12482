"""The log's acts and things as people read them."""

from portal.domain.roles import Act

# What is not an act of somebody on a page, but happens to them or to the portal.
_EVENTS = {
    "signed_in": "Signed in",
    "signed_out": "Signed out",
    "sign_in_failed": "Sign-in with a wrong passphrase",
    "sign_in_slowed": "Sign-in refused for a while after too many tries",
    "passphrase_changed": "Changed their passphrase",
    "role_changed": "Changed the role they act in",
    "role_given": "Role given",
    "role_ended": "Role ended",
    "person_added": "Person added",
    "agency_added": "Agency added",
    "area_added": "Area added",
    "area_words_changed": "Words of the area’s letters changed",
    "excluded_by_conflict": "Excluded from the case by a conflict of interest",
    "invites_sent": "Invites sent",
    "invites_changed": "Changed invites sent",
    "invites_taken_back": "Invites taken back",
    "form_kept": "Form kept for a person who was signed out",
    "reports_imported": "Imported incidents and reports",
    "agency_left": "Agency left the panel",
    "action_passed_on": "Action passed on to the agency’s lead",
    "message_withheld": "Message taken back before it was sent",
    "party_role_changed": "Changed what somebody is in the case",
    "party_removed": "Took somebody out of the case",
    "paper_taken_back": "Paper on its way taken back",
    "paper_opened_by_link": "Paper opened by the link that was sent",
    "code_asked_by_link": "Code asked for on the page of a link",
    "wrong_code_by_link": "Wrong link or code on the page of a link",
    "passed_on": "Told agencies and the community safety partnership",
    "key_given": "Code for the applicant’s own page given",
    "own_code_wrong": "Wrong reference or code for an applicant’s own page",
    "own_code_slowed": "Reference and code refused for a while after too many tries",
    "refused": "Asked for a page and did not get it",
    "file_added_to_request": "File added to a request that is being written",
    "file_removed_from_request": "File removed from a request that is being written",
    "request_begun": "Request begun",
    "request_page_opened": "Page of a request opened, while it is written",
    "request_page_saved": "Page of a request saved, while it is written",
    "request_sent": "Request sent",
    "request_continued": "Request that is written opened by its code",
    "wrong_code_of_request": "Wrong number or code of a request that is written",
}
_ACTS = {
    Act.OPEN_HOME: "Opened their home page",
    Act.MANAGE_OWN_ACCOUNT: "Opened their account",
    Act.READ_SENT_MESSAGES: "Read sent messages",
    Act.LIST_CASES: "Opened a list of cases",
    Act.TYPE_IN_CASE: "Typed in a case",
    Act.VIEW_CASE: "Opened the case",
    Act.ADD_INCIDENT: "Added to the incidents and reports",
    Act.ACKNOWLEDGE: "Acknowledged the request",
    Act.DECIDE_THRESHOLD: "Recorded the threshold decision",
    Act.ASK_FOR_MORE: "Wrote down what is needed before the decision",
    Act.SET_REPORT_STATE: "Recorded whether a report was found",
    Act.ARRANGE_PANEL: "Arranged the panel",
    Act.NAME_AGENCY_REPRESENTATIVE: "Named an agency representative",
    Act.APPOINT_CHAIR: "Appointed the chair",
    Act.DECLARE_CONFLICT: "Answered about a conflict of interest",
    Act.SHARE_ITEM: "Shared information",
    Act.CORRECT_ITEM: "Corrected shared information",
    Act.WITHDRAW_ITEM: "Withdrew shared information",
    Act.BOOK_MEETING: "Booked the meeting",
    Act.RUN_MEETING: "Led the meeting",
    Act.OPEN_MEETING: "Opened the meeting",
    Act.CLOSE_MEETING: "Closed the meeting",
    Act.READ_PLAN_DRAFT: "Read the draft of the plan",
    Act.WRITE_PLAN: "Wrote the plan",
    Act.CHECK_PLAN: "Checked the plan",
    Act.ISSUE_PLAN: "Issued the plan",
    Act.READ_LETTERS: "Read the letters to the applicant",
    Act.WRITE_LETTER: "Wrote a letter to the applicant",
    Act.ISSUE_LETTER: "Issued a letter to the applicant",
    Act.READ_DOCUMENT: "Opened documents",
    Act.OBSERVE_CASE: "Opened the case as an observer",
    Act.LEAVE_PANEL: "Took somebody off the panel",
    Act.END_SEAT: "Ended an agency’s seat on the panel",
    Act.READ_CONFLICTS: "Read the conflicts of interest",
    Act.RECORD_CONFLICT: "Recorded a conflict of interest",
    Act.WAIVE_CONFLICT: "Waived a conflict of interest",
    Act.IMPORT_REPORTS: "Imported from a file",
    Act.CHANGE_REQUEST: "Changed what the request says",
    Act.READ_CONSENT: "Read who has agreed",
    Act.RECORD_CONSENT: "Recorded an agreement, or that it was taken back",
    Act.READ_RISK: "Read the risk",
    Act.SCORE_RISK: "Scored the risk",
    Act.DECIDE_BAND: "Decided on the band of the risk",
    Act.AGREE_TO_BAND: "Answered whether a lower band is right",
    Act.SEARCH_CASES: "Searched for cases",
    Act.CLOSE_CASE: "Closed the case",
    Act.WITHDRAW_REQUEST: "Closed the case: the request was withdrawn",
    Act.CHANGE_CLOCK: "Changed a clock, or what it is counted from",
    Act.KEEP_CALENDAR: "Kept the closure days and regular meetings",
    Act.COUNT_CLOCKS: "Looked up how the clocks were kept",
    Act.READ_SCHEME: "Read the area’s scheme",
    Act.EDIT_SCHEME: "Changed the area’s scheme",
    Act.READ_MINUTES: "Read the draft of the minutes",
    Act.WRITE_MINUTES: "Wrote the minutes",
    Act.CORRECT_ACCOUNT: "Corrected the own agency’s account in the minutes",
    Act.AGREE_MINUTES: "Agreed the minutes",
    Act.ISSUE_MINUTES: "Issued the minutes",
    Act.READ_POWERS: "Opened the guide to powers",
    Act.SWITCH_POWERS: "Switched a power of the guide on or off",
    Act.CONSIDER_POWER: "Recorded what the panel said of a power",
    Act.RECOMMEND: "Recorded a recommendation to a public body",
    Act.CHANGE_OWN_ACTION: "Changed an action of their own agency",
    Act.EDIT_AGENDA: "Changed the agenda",
    Act.WRITE_NOTES: "Wrote notes of the meeting",
    Act.WRITE_STATEMENT: "Wrote down the applicant’s statement",
    Act.READ_STATEMENT: "Opened the applicant’s statement",
    Act.READ_CASE_LOG: "Looked up who has looked",
    Act.READ_AREA_LOG: "Read the log",
    Act.CALL_OFF_MEETING: "Called the meeting off",
    Act.ADJOURN_MEETING: "Adjourned the meeting",
    Act.ANSWER_INVITE: "Answered the invite",
    Act.RECORD_ANSWER: "Typed in an answer to an invite",
    Act.KEEP_ROOMS: "Kept the rooms for meetings",
    Act.AGREE_TO_CONFIDENTIALITY: "Agreed to the confidentiality statement",
    Act.NAME_TELLER: "Said who tells the applicant what, and when",
    Act.TELL_APPLICANT: "Recorded that the applicant was told",
    Act.RECORD_SUPPORT: "Recorded who stands by a victim",
    Act.OPEN_SUPPORTED_CASE: "Opened the page of a victim they stand by",
    Act.WRITE_SUPPORTED_STATEMENT: "Wrote down the statement of a victim they stand by",
    Act.FIND_ADEQUACY: "Recorded whether what an agency did was enough",
    Act.ISSUE_PAPERS: "Issued papers for the meeting",
    Act.REQUEST_INFORMATION: "Asked an agency for information",
    Act.KEEP_TEMPLATES: "Kept the area’s templates of documents",
    Act.CHANGE_PLAN: "Opened a change of the plan",
    Act.CONSULT_APPLICANT: "Consulted the applicant on the plan",
    Act.HAND_OVER: "Recorded to whom a document was handed on paper",
    Act.READ_POST: "Looked at the papers on their way to applicants",
    Act.DELIVER_PAPER: "Worked on how a paper gets to the applicant",
    Act.KEEP_PUBLIC_PAGES: "Kept what the area’s public pages say",
    Act.READ_FILES: "Opened files of the request",
    Act.KEEP_FILES: "Added a file of the request, or took one off",
    Act.OPEN_ORIGINAL: "Opened the original of a photo",
    Act.READ_RECEIPT: "Read what was done on receipt of the request",
    Act.WORK_ON_RECEIPT: "Recorded what was done on receipt of the request",
    Act.RELATE_CASES: "Looked for cases that are alike, or said how two belong together",
    Act.KEEP_INBOXES: "Kept where agencies and partnerships are told of requests",
    Act.KEEP_APPLICANT_KEYS: "Looked after who has a code for their own page",
    Act.OPEN_OWN_PAGE: "Opened their own page",
    Act.WRITE_TO_OFFICE: "Wrote to the office on their own page",
    Act.WRITE_OWN_STATEMENT: "Wrote their own statement",
    Act.ADD_OWN_INCIDENT: "Told the office of something new",
    Act.ASK_TO_WITHDRAW: "Asked to take the request back",
    Act.READ_OWN_PAPER: "Opened a paper of theirs on their own page",
    Act.CHANGE_OWN_REACH: "Changed how it is safe to reach them",
    Act.SAY_ABOUT_DRAFT: "Said what they think of the draft of the plan",
    Act.ANSWER_APPLICANT: "Read or answered a message of the applicant’s side",
}
WORDS: dict[str, str] = _EVENTS | {act.value: words for act, words in _ACTS.items()}
OUTCOMES = {"done": "", "refused": "refused", "not_found": "not found for them"}
# Before it was done: the form was opened, or its check page.
_BEFOREHAND = frozenset({"form", "check"})


def refused_thing(endpoint: str, act: str) -> str:
    """Return what the log keeps of a page that somebody did not get: which, and what it is for."""
    return f"{endpoint}, {act}"


def _refused_in_words(thing: str) -> str:
    what_for = WORDS.get(thing.rpartition(", ")[2])
    if what_for is None:
        return WORDS["refused"]
    return f"Did not get the page for this: {what_for[0].lower()}{what_for[1:]}"


def in_words(act: str, thing: str) -> str:
    """Return what was done, and with which part of the case, by kind and key only."""
    words = WORDS.get(act, act.replace("_", " ").capitalize())
    if act == "refused":
        return _refused_in_words(thing)
    which, _, last = thing.rpartition(", ")
    if last in _BEFOREHAND:
        words, thing = f"Opened the form for this: {words[0].lower()}{words[1:]}", which
    return f"{words}: {thing}" if thing else words
