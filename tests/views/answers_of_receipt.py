"""As `answers`: what is done on receipt of a request, and cases that are alike."""

from tests.views.answers import ADMINISTRATOR, NEVER
from tests.views.asking import COORDINATOR, EVERYBODY, LEADERS, Row, form, read

CASE_ROWS = {
    "receipt.show_receipt": [
        read("/receipt", LEADERS, stage="received"),
        read("/receipt", LEADERS, stage="monitoring"),
    ],
    "receipt.say_rung": [
        Row("/receipt/told/999999", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "receipt.record_call": [form("/receipt/call", COORDINATOR, "received", **NEVER)],
    "receipt.record_offer": [
        form("/receipt/offer/{party}", COORDINATOR, "received", **NEVER),
        Row("/receipt/offer/999999", "received", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "receipt.refer": [
        Row("/receipt/refer/999999", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "receipt.take_back": [
        Row("/receipt/take-back/999999", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "receipt.say_outcome": [
        Row("/receipt/referrals/999999", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "related.show_related": [read("/related", COORDINATOR, stage="received", **NEVER)],
    "related.say_what_it_is": [form("/related/say", COORDINATOR, "received", **NEVER)],
    "related.take_back": [
        Row("/related/999999/undo", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
}
# As `answers.PLAIN_ROWS`.
PLAIN_ROWS = {
    "inboxes.list_inboxes": (
        "/admin/inboxes",
        (303, ADMINISTRATOR, 200, 403),
        (405, EVERYBODY, 405, 405),
    ),
    "inboxes.change_of_agency": (
        "/admin/inboxes/agency/999999",
        (303, ADMINISTRATOR, 404, 403),
        (303, ADMINISTRATOR, 404, 403),
    ),
    "inboxes.change_of_partnership": (
        "/admin/inboxes/partnership/999999",
        (303, ADMINISTRATOR, 404, 403),
        (303, ADMINISTRATOR, 404, 403),
    ),
}
