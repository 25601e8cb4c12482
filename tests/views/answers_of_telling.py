"""Which answers confidentiality, what the applicant is told and the close of a meeting give."""

from tests.views.asking import CHAIR, INSIDE, LEADERS, Row, form, read

CASE_ROWS = {
    "telling.agree": [form("/meeting/confidentiality", INSIDE, "planning", post=303)],
    "telling.list_tellings": [read("/telling", stage="reviewing")],
    "telling.add_telling": [form("/telling/add", LEADERS, "reviewing")],
    "telling.change_telling": [Row("/telling/999999", "reviewing", LEADERS, get=404, post=404)],
    "telling.record_told": [Row("/telling/999999/told", "planning", INSIDE, get=404, post=404)],
    "meeting_closing.close_meeting": [form("/meeting/close", CHAIR, "reviewing", post=409)],
    "meeting_closing.show_closed": [read("/meeting/closed", LEADERS, "planning")],
}
