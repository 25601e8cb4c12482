"""As `answers`: the papers for a sitting. None are issued in these cases."""

from tests.views.answers import NEVER
from tests.views.asking import COORDINATOR, button, read

# The page has no version to send: whoever may issue is told to read it again.
CASE_ROWS = {
    "papers.show_papers": [read("/papers"), read("/papers", stage="monitoring")],
    "papers.issue_agenda": [button("/papers/agenda", COORDINATOR, "invited", post=409, **NEVER)],
    "papers.issue_packs": [button("/papers/packs", COORDINATOR, "invited", post=409, **NEVER)],
    "information_requests.show_requests": [read("/information-requests")],
    "information_requests.issue_request": [
        button("/information-requests/issue", COORDINATOR, "assessing", post=422, **NEVER)
    ],
    "papers.download": [read("/papers/0000000000.docx", frozenset(), others=404)],
}
