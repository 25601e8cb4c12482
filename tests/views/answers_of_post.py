"""As `answers`: papers on their way to the applicant's side, and the page of a link."""

from tests.views.answers import NEVER, NO_POST
from tests.views.asking import COORDINATOR, EVERYBODY, Row, form, read

OFFICE = COORDINATOR | {"coordinator of the other area"}
# Of the plan that these cases issued nobody has said yet how it may go, so that it is held: there
# is nothing to mark, to ring about or to make a code for.
CASE_ROWS = {
    "post.show_delivery": [
        read("/deliveries/{delivery}", COORDINATOR, "monitoring", **NEVER),
        Row("/deliveries/999999", "monitoring", COORDINATOR, get=404, **NEVER),
    ],
    "post.mark": [Row("/deliveries/{delivery}/mark", "monitoring", COORDINATOR, 405, 409, **NEVER)],
    "post.tell_code": [
        Row("/deliveries/{delivery}/code", "monitoring", COORDINATOR, 405, 409, **NEVER)
    ],
    "post.call": [
        Row("/deliveries/{delivery}/call", "monitoring", COORDINATOR, 404, 404, **NEVER),
        Row("/deliveries/999999/call", "monitoring", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "post.change_reach": [
        form("/people/{party}/safe-ways", COORDINATOR, "received", **NEVER),
        Row("/people/999999/safe-ways", "received", COORDINATOR, get=404, post=404, **NEVER),
    ],
}
_NO_MESSAGE = (303, OFFICE, 404, 403)
# Whoever has no right link finds the same page as somebody who has.
PLAIN_ROWS = {
    "post.list_post": ("/post", (303, OFFICE, 200, 403), NO_POST),
    "post.list_undelivered": ("/post/undelivered", (303, OFFICE, 200, 403), NO_POST),
    "post.try_again": (
        "/post/undelivered/999999/again",
        (405, EVERYBODY, 405, 405),
        _NO_MESSAGE,
    ),
    "post.send_by_post": (
        "/post/undelivered/999999/by-post",
        (405, EVERYBODY, 405, 405),
        _NO_MESSAGE,
    ),
    "linked_papers.open_paper": (
        "/papers/nobody-has-this-link",
        (200, EVERYBODY, 200, 200),
        (422, EVERYBODY, 422, 422),
    ),
    "linked_papers.ask_for_code": (
        "/papers/nobody-has-this-link/code",
        (405, EVERYBODY, 405, 405),
        (303, EVERYBODY, 303, 303),
    ),
}
