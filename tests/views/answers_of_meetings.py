"""The answers of tests.views.answers for the pages before and between the meeting's sittings."""

from tests.views.answers import NEVER, NO_POST
from tests.views.asking import CALENDAR, COORDINATOR, INSIDE, LEADERS, button, form

MEETING_ROWS = {
    "meetings.book_meeting": [form("/meeting/book", COORDINATOR, "arranging", **NEVER)],
    "meetings.send_invites": [form("/meeting/invites", COORDINATOR, "invited", **NEVER)],
    "meetings.call_off": [form("/meeting/call-off", COORDINATOR, "invited", **NEVER)],
    "meetings.adjourn": [form("/meeting/adjourn", LEADERS, "reviewing")],
    "invite_answers.answer_invite": [button("/meeting/answer", INSIDE, "invited", post=422)],
    "invite_answers.answer_by_file": [button("/meeting/answer-file", INSIDE, "invited", post=422)],
    "invite_answers.record_answer": [form("/meeting/answers/add", COORDINATOR, "invited", **NEVER)],
}
ROOM_ROWS = {
    "rooms.list_rooms": ("/meetings/rooms", (303, CALENDAR, 200, 403), NO_POST),
    "rooms.add_room": ("/meetings/rooms/add", (303, CALENDAR, 200, 403), (303, CALENDAR, 422, 403)),
    "rooms.change_room": (
        "/meetings/rooms/999999",
        (303, CALENDAR, 404, 403),
        (303, CALENDAR, 404, 403),
    ),
}
