"""As `answers`: the applicant's own pages, and the coordinator who looks after their keys."""

from tests.views.answers import NEVER, NO_POST
from tests.views.asking import COORDINATOR, EVERYBODY, Row, form, read

NOBODY = frozenset()
CASE_ROWS = {
    "applicant_keys.show_keys": [read("/own-pages", COORDINATOR, **NEVER)],
    "applicant_keys.make_code": [
        Row("/own-pages/{party}/code", "received", COORDINATOR, 405, 200, **NEVER),
        Row("/own-pages/999999/code", "received", COORDINATOR, 405, 404, **NEVER),
    ],
    "applicant_keys.take_away": [
        Row("/own-pages/{party}/end", "received", COORDINATOR, 405, 303, **NEVER),
        Row("/own-pages/999999/end", "received", COORDINATOR, 405, 404, **NEVER),
    ],
    "answering.show_messages": [read("/messages", COORDINATOR, **NEVER)],
    "answering.answer": [
        form("/messages/{party}", COORDINATOR, "received", **NEVER),
        Row("/messages/999999", "received", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "answering.mark_read": [
        Row("/messages/{party}/read", "received", COORDINATOR, 405, 303, **NEVER)
    ],
}
# No role of somebody who signs in opens a page that is the applicant's own.
_OWN = (303, NOBODY, 200, 403)
PLAIN_ROWS = {
    "mine.sign_in": ("/my/sign-in", (200, EVERYBODY, 200, 200), (422, EVERYBODY, 422, 422)),
    "mine.show_own_page": ("/my", _OWN, NO_POST),
    "own.write_to_office": ("/my/messages", _OWN, _OWN),
    "own.tell_something_new": ("/my/new-incident", _OWN, _OWN),
    "own.ask_to_withdraw": ("/my/withdraw", _OWN, _OWN),
    "own.change_reach": ("/my/contact", _OWN, _OWN),
    "own.write_statement": ("/my/statement", _OWN, _OWN),
    "own.say_about_draft": ("/my/plan", _OWN, _OWN),
    "own.list_papers": ("/my/papers", _OWN, NO_POST),
    "own.download": ("/my/papers/1", _OWN, NO_POST),
    "mine.stay": ("/my/stay", (405, EVERYBODY, 405, 405), _OWN),
}
