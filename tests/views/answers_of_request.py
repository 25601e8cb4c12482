"""As `answers`: the request page by page, for whoever is signed in or not; they hold no draft."""

from tests.views.asking import COORDINATOR, EVERYBODY

_TO_THE_CODE = (303, EVERYBODY, 303, 303)
# What can only be read is no page to be answered.
_NO_ANSWER = (404, EVERYBODY, 404, 404)
_OPEN = (200, EVERYBODY, 200, 200)
_INCIDENT = "/request/incidents/1"
# Only drafts of their own area open to a coordinator: the empty form tells nothing.
_COORDINATORS = COORDINATOR | {"coordinator of the other area"}
# Nobody here has begun a request: each page leads to where number and code are asked for.
PLAIN_ROWS = {
    "request.continue_draft": ("/request/continue", _OPEN, (422, EVERYBODY, 422, 422)),
    "request.continue_by_link": (
        "/request/continue/nobody-has-this-link",
        _OPEN,
        (422, EVERYBODY, 422, 422),
    ),
    "request.show_page": ("/request/who", _TO_THE_CODE, _TO_THE_CODE),
    "request.later": ("/request/later", _TO_THE_CODE, _TO_THE_CODE),
    "request.check": ("/request/check", _TO_THE_CODE, _TO_THE_CODE),
    "request_equality.ask": ("/request/equality", _TO_THE_CODE, _TO_THE_CODE),
    "request_talk.offer": ("/request/saved", _TO_THE_CODE, _TO_THE_CODE),
    "request.sent": ("/request/sent", _TO_THE_CODE, _NO_ANSWER),
    "request_incidents.list_incidents": ("/request/incidents", _TO_THE_CODE, _TO_THE_CODE),
    "request_incidents.show_incident": (_INCIDENT, _TO_THE_CODE, _TO_THE_CODE),
    "request_incidents.show_report": (f"{_INCIDENT}/reports/1", _TO_THE_CODE, _TO_THE_CODE),
    "request_incidents.remove_incident": (f"{_INCIDENT}/remove", _TO_THE_CODE, _TO_THE_CODE),
    "request_incidents.remove_report": (
        f"{_INCIDENT}/reports/1/remove",
        _TO_THE_CODE,
        _TO_THE_CODE,
    ),
    "files_of_request.show_files": ("/request/files", _TO_THE_CODE, _TO_THE_CODE),
    "drafts.open_draft": (
        "/drafts/open",
        (303, _COORDINATORS, 200, 403),
        (303, _COORDINATORS, 422, 403),
    ),
    "drafts.hand_back": (
        "/drafts/hand-back",
        (405, EVERYBODY, 405, 405),
        (303, _COORDINATORS, 303, 403),
    ),
    "request.begin": (
        "/request/start/nowhere",
        (404, EVERYBODY, 404, 404),
        (404, EVERYBODY, 404, 404),
    ),
}
