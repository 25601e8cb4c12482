"""What each field of a document is, in words for an office, with an example.

Looked up by the whole dotted name first, then by its last part: what is called the same in two
documents is the same.
"""

from typing import NamedTuple


class FieldWords(NamedTuple):
    """What a field is, and what may stand there."""

    words: str
    example: str


_PLACE = "Thursday 21 January 2027"
_WORDS: dict[str, tuple[str, str]] = {
    # Of whom and of when
    "office_name": ("Name of your office", "Office of the Wharrow Valley Commissioner"),
    "office.name": ("Name of your office", "Office of the Wharrow Valley Commissioner"),
    "office.post": ("Postal address of your office", "Valley House\nWharrow WV1 2AB"),
    "office.phone": ("Phone number of your office", "01632 960142"),
    "office.email": ("Email address of your office", "reviews@wharrow-lpb.example"),
    "reference": ("Reference of the case", "ACR-7K3Q-9MXD"),
    "applicant_name": ("Name of the applicant", "Noor Haddad"),
    "lga_name": ("Local government area of the case", "Hexley"),
    "issue_number": ("Number of this issue: 1 for the first", "1"),
    "issued_on": ("Day of this issue", _PLACE),
    "what_changed": ("What is new since the issue before; empty in the first", "Action 2 is new."),
    "issuer": ("Who issues the letter", "Ruth Adeyemi, coordinator"),
    "marking": (
        "Protective marking, needed at the top and foot of each page",
        "OFFICIAL-SENSITIVE",
    ),
    "contact.name": ("Name of the coordinator", "Ruth Adeyemi"),
    "contact.phone": ("Phone number of the coordinator; may be empty", "01632 960142"),
    "contact.email": ("Email address of the coordinator; may be empty", "ruth@wharrow-lpb.example"),
    "spoc.name": ("The person whom the applicant can call", "Ruth Adeyemi"),
    "spoc.phone": ("Their phone number", "01632 960142"),
    "spoc.hours": ("When they answer", "Monday to Friday, 9am to 5pm"),
    "spoc.email": ("Their email address; may be empty", "ruth@wharrow-lpb.example"),
    "spoc.cover": ("Who answers when they are away", "Tom Birch"),
    # Of the plan
    "safe_contact": ("How the applicant may be reached safely; may be empty", "Text first."),
    "meeting.when": ("Day and hours of the meeting", "Tuesday 19 January 2027, 10am to 11:30am"),
    "meeting.place": ("Room or link", "Town Hall, room 2"),
    "meeting.chair": ("Who chaired", "Margaret Lyle, independent"),
    "present": ("Who was there", "Marie Castell, Hexley Council"),
    "not_present": ("Who was asked for and was not there; may be empty", ""),
    "not_present.name": ("The person; empty where the agency had named nobody", "Amir Shah"),
    "agency": ("The agency", "Hexley Council"),
    "not_present.why": ("Why", "Required; no apology received"),
    "applicant_attendance": ("Whether the applicant took part", "Noor Haddad came to the opening."),
    "threshold": ("The threshold decision and its day", "Met on Tuesday 5 January 2027"),
    "consulted": ("How the applicant was consulted", "By phone on Wednesday 20 January 2027"),
    "next_look": ("When the plan is looked at again; may be empty", "Friday 5 March 2027"),
    "actions": ("The actions", ""),
    "number": ("Its number", "1"),
    "what": ("What will be done", "Visit each evening for two weeks"),
    "owner_person": ("Who does it", "Marie Castell"),
    "owner_agency": ("For which agency", "Hexley Council"),
    "owner": ("Who does it, and for which agency", "Marie Castell, Hexley Council"),
    "by_when": ("By which day", "Friday\n5 February 2027"),
    "how_we_know": ("What shows that it is done", "A note of each visit"),
    "what_applicant_is_told": ("What the applicant is told of it", "Their action 1"),
    "actions.words": ("What will be done, in words for the applicant", "Somebody visits each day."),
    "who_person": ("Who does it", "Marie Castell"),
    "who_agency": ("For which agency, in plain words", "The council"),
    "findings": ("What the panel found; may be empty", ""),
    "findings.heading": ("Two or three words before it; may be empty", "Reports"),
    "findings.text": ("The finding", "Three reports were not joined up."),
    "checked_by": ("Who checked the plan", f"Checked by Margaret Lyle, chair, on {_PLACE}."),
    "powers": ("Powers that the panel considered; may be empty", ""),
    "powers.name": ("The power", "Civil injunction"),
    "who_may_use_it": ("Who may use it", "Police, council, landlord"),
    "result": ("What the panel said of it", "Not now"),
    "reason": ("Why", "Visits come first."),
    "recommendations": ("Recommendations to public bodies; may be empty", ""),
    "to": ("To which body", "Wharrow Rail"),
    "answer_by": ("By which day it answers", "Tuesday 16 February 2027"),
    # Of the applicant's plan
    "issue": ("“Issue 1”; “Draft” in what the applicant is consulted on", "Issue 1"),
    "draft": ("What a draft says on each page; empty once it is issued", "DRAFT. It is not final"),
    "emergency": ("What to do in danger", "If you are in danger, call 999."),
    "introduction": ("Paragraphs before the first heading", "This is what the agencies agreed."),
    "what_was_agreed": ("Paragraphs on what was agreed; may be empty", "We agreed on two actions."),
    "next_dates": ("What happens next; may be empty", ""),
    "next_dates.when": ("When", "Friday 5 February 2027"),
    "next_dates.what": ("What happens then", "Ruth calls you."),
    "not_happy": ("Where to turn if something is not right; may be empty", ""),
    "not_happy.about": ("With what; may be empty", "With an action:"),
    "not_happy.words": ("What the person can do", "Call Ruth Adeyemi."),
    "contacts": ("Contacts after the person to call", ""),
    "contacts.label": ("Whom it is about", "Your support"),
    "contacts.name": ("A person; may be empty", "Jo Marsh"),
    "contacts.agency": ("Their agency; may be empty", "Wharrow Victim Care"),
    "contacts.how": ("How to reach them", "01632 960177"),
    "how_we_reach_you": ("The safe way to reach the applicant; may be empty", "By text, after 4pm"),
    # Of the letters
    "salutation": ("How the letter begins", "Dear Noor Haddad"),
    "asked_for": ("For whom somebody asked; empty where for themselves", "You asked for your son."),
    "received_on": ("Day on which the request arrived", "Thursday 17 December 2026"),
    "sent_to": ("Who has the request now", "the police, the council and the local NHS"),
    "decision_by": ("Last day for the decision", "Tuesday 5 January 2027"),
    "decision_how": ("How that day was worked out", "10 working days after we got your request"),
    "support": (
        "Who supports the person, and how to reach them",
        "Wharrow Victim Care, 01632 960177",
    ),
    "consent_needed": (
        "What is said while consent is waited for; else empty",
        "We need your consent.",
    ),
    "who_asks": ("Who asked for somebody else", "Ada Penhale"),
    "as_what": ("As what they act", "a councillor, Hexley Town Council"),
    "scope": (
        "What they can do once the person agrees; each goes on after “can”",
        "come to the meeting in your place",
    ),
    "bodies": ("Who agreed on the decision", "Wharrow Valley Police and Hexley Council"),
    "decided_on": ("Day of the decision", "Tuesday 5 January 2027"),
    "reasons": ("Reasons, a paragraph each", "You reported three incidents in six months."),
    "chair": ("Who leads the meeting; may be empty in a letter", "Margaret Lyle, independent"),
    "meeting_by": ("Last day for the meeting", "Tuesday 19 January 2027"),
    "meeting_how": ("How that day was worked out", "10 working days after the decision"),
    "reports": ("The reports of the person", ""),
    "reports.label": ("Which report", "Your report of Monday 8 June 2026 to Hexley Council"),
    "reports.words": ("Whether it counts", "counted."),
    "factors": ("How long, how much harm, was the answer good enough", "It went on for a year."),
    "steps": ("What will be done although there is no review", ""),
    "steps.who": ("Who does it", "Hexley Council"),
    "steps.what": ("What; goes on after “will”", "fit a new light"),
    "steps.by": ("By which day", "Friday 5 February 2027"),
    "next_contact": ("Day on which somebody is in touch again", "Friday 5 February 2027"),
    "what_would_change": ("What would change the decision, a paragraph each", "A new report."),
    "appeal_last_day": ("Last day for an appeal", "Tuesday 19 January 2027"),
    "appeal_how": ("How that day was worked out", "14 days after this letter"),
    "appeal_words": ("Who decides an appeal, and by when", "The appeal panel, within 14 days."),
    # Of the minutes
    "lines": ("Paragraphs of the section", "The panel agreed on it."),
    "attendance_rows": ("Who was expected, sitting after sitting", ""),
    "sitting": ("Day, hours and place, with the first of a sitting", "Tuesday 19 January 2027"),
    "attendance_rows.name": ("Name of the person", "Marie Castell"),
    "attendance_rows.how": ("How they attended", "Present"),
    "hours": ("From when to when; empty for the whole time", "10:03am to 11am"),
    "account_rows": ("What each agency told the meeting", ""),
    "words": ("What was said", "We visited four times."),
    "power_rows": ("Powers that the meeting came to", ""),
    "power_rows.name": ("The power", "Civil injunction"),
    "power_rows.words": ("What came of it", "Visits come first."),
    "action_rows": ("The actions, as they were agreed", ""),
    "recommendation_rows": ("Recommendations to public bodies", ""),
    "body": ("Who is asked", "Wharrow Rail"),
    "reply_by": ("By which day it replies", "Tuesday 16 February 2027"),
    "agreed_by": ("Who agreed the minutes", f"Agreed by Margaret Lyle, chair, on {_PLACE}."),
    "conflict": ("What they declared of a conflict of interest", "None declared"),
    "confidentiality": ("Whether they agreed to keep what they hear", f"Agreed on {_PLACE}"),
    "adequacy_rows": ("Whether what each agency did was enough", ""),
    "finding": ("What was found: yes, partly, no or can’t tell", "Partly"),
    "fact": ("The fact on which it rests", "The reports of 3 and 9 May were not linked."),
    # Of the agenda and the packs
    "items": ("The items of the agenda; in a pack, what was shared", ""),
    "agenda": ("The items of the agenda, as this reader reads them", ""),
    "title": ("What it is about", "What each agency did"),
    "part": ("Who is at the table", "Closed: the panel alone"),
    "minutes": ("How many minutes it takes", "15"),
    "lead": ("Who leads it; may be empty", "The chair"),
    "reader": ("Whose pack it is", "Marie Castell, Hexley Council"),
    "events": ("The chronology, the oldest first", ""),
    "when": ("The day", "Monday 8 June 2026"),
    "text": ("All of it; may be empty", "Two complaints were closed without a visit."),
    "source": ("Whom it comes from", "Hexley Council"),
    "handling": ("Who reads it", "Panel"),
    "shared_by": ("Who shared it", "Hexley Council"),
    "told": ("Whether the applicant may be told", "Yes, in these words"),
    "items.words": ("The words for the applicant; may be empty", "You told us twice."),
    "withdrawn": ("What was withdrawn since it was shared; in a row, by whom and when", "Hexley"),
    "returns": ("How each report was answered", ""),
    "answer": ("The answer", "Confirmed"),
    "said": ("Who said so and when; empty without an answer", f"Marie Castell, {_PLACE}"),
    "papers": ("What was issued before and this reader may open", ""),
    "label": ("Which paper", "Agenda, issue 1"),
    # Of the request for information
    "due_on": ("Last day for the return", _PLACE),
    "due_how": ("How that day was worked out", "5 working days after the request"),
    "duty": ("What this kind of agency must and may do, a paragraph each", "You must answer."),
    "period_from": ("First day that is asked about", "Thursday 18 June 2026"),
    "period_to": ("Last day that is asked about", "Thursday 17 December 2026"),
    "happened_on": ("Day of the incident", "Saturday 6 June 2026"),
    "reported_on": ("Day of the report", "Monday 8 June 2026"),
    "reports.to": ("Whom it was made to", "Hexley Council"),
    "their_reference": ("The reference that was given; may be empty", "HX-4471"),
    "extra": ("What is asked besides; may be empty", "The log of the wardens."),
}


def words_of(path: str) -> FieldWords:
    """Return what a field is; one that nobody has described says its own name.

    Args:
        path: its dotted name, "actions.what"; a list adds nothing to it.
    """
    last = path.rpartition(".")[2]
    found = _WORDS.get(path) or _WORDS.get(last)
    return FieldWords(*found) if found else FieldWords(last.replace("_", " ").capitalize(), last)
