"""The minutes of a case of tests.cases, step by step: drafted, sent round, agreed, issued."""

from portal.services import minutes, minutes_accounts, minutes_drafting, minutes_issuing
from tests import cases
from tests.cases import actor_of, token

# Sent round on Wednesday 20 January 2027: two working days later is Friday the 22nd.
SENT_AT = cases.at(20)
LAST_DAY_AT = cases.at(22, 23, 59)
TOO_LATE_AT = cases.at(23, 0, 1)
AGREED_AT = cases.at(25)
ISSUED_AT = cases.at(25, 12)


def version_of(actor, reference):
    """The version of the draft as it stands."""
    return minutes.open_minutes(actor, reference).draft.version


def text_of(actor, reference, heading):
    """A text of the minutes by its heading, or by the agency whose account it is."""
    texts = minutes.open_minutes(actor, reference).draft.texts
    return next(text for text in texts if text.heading == heading)


def draft(reference):
    """The coordinator drafts the minutes on the day after the meeting."""
    minutes_drafting.draft_minutes(actor_of(cases.COORDINATOR, SENT_AT), reference, token())


def write(actor, reference, heading, words):
    """Somebody changes a section, or an account, as it stands."""
    text = text_of(actor, reference, heading)
    minutes.write_text(actor, reference, token(), text.number, words, text.version)


def send_round(reference):
    """The coordinator sends the minutes round."""
    office = actor_of(cases.COORDINATOR, SENT_AT)
    minutes.send_round(office, reference, token(), version_of(office, reference))


def correct(email, reference, words, at=LAST_DAY_AT):
    """An agency corrects its own account."""
    actor = actor_of(email, at)
    version = minutes_accounts.open_account(actor, reference).account.version
    minutes_accounts.correct_account(actor, reference, token(), words, version)


def agree(reference):
    """The chair agrees the minutes as they stand."""
    chair = actor_of(cases.CHAIR, AGREED_AT)
    minutes.agree(chair, reference, token(), version_of(chair, reference))


def issue(reference, sent=""):
    """The coordinator issues the minutes; return the number of the issue."""
    office = actor_of(cases.COORDINATOR, ISSUED_AT)
    version = version_of(office, reference)
    return minutes_issuing.issue_minutes(office, reference, sent or token(), version)


def issue_all_the_way(reference):
    """From the record to the first issue."""
    draft(reference)
    send_round(reference)
    agree(reference)
    issue(reference)
