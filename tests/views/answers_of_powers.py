"""Which answers the guide to powers, and what a meeting agreed, give to whom."""

from tests.views.answers import ADMINISTRATOR
from tests.views.asking import CHAIR, EVERYBODY, LEADERS, Row, form, read

CASE_ROWS = {
    "powers.show_agreed": [read("/meeting/agreed"), read("/meeting/agreed", stage="reviewing")],
    "powers.consider_power": [form("/meeting/powers/add", LEADERS, "reviewing")],
    "powers.change_considered": [
        Row("/meeting/powers/99", "planning", LEADERS, get=404, post=404),
    ],
    "powers.recommend": [
        form("/meeting/recommendations/add", CHAIR, "reviewing"),
        form("/meeting/recommendations/add", LEADERS, "planning"),
    ],
    "powers.change_recommendation": [
        Row("/meeting/recommendations/99", "planning", LEADERS, get=404, post=404),
    ],
    "chair.change_decision": [
        Row("/meeting/decisions/99", "reviewing", CHAIR, get=404, post=404),
    ],
}
# As `answers.PLAIN_ROWS`.
PLAIN_ROWS = {
    "guide.show_guide": ("/powers", (303, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "guide.list_switches": (
        "/admin/powers",
        (303, ADMINISTRATOR, 200, 403),
        (405, EVERYBODY, 405, 405),
    ),
    "guide.switch": (
        "/admin/powers/respect_order",
        (303, ADMINISTRATOR, 200, 403),
        (303, ADMINISTRATOR, 422, 403),
    ),
}
