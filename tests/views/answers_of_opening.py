"""As `answers`: the statement, and the opening section of the meeting."""

from tests.views.answers import NEVER
from tests.views.asking import CHAIR, COORDINATOR, Row, button, form, read

CASE_ROWS = {
    "statements.list_statements": [read("/statements"), read("/statements", stage="monitoring")],
    "statements.write_statement": [
        form("/statements/{party}", COORDINATOR, "arranging", **NEVER),
        Row("/statements/999999", "arranging", COORDINATOR, get=404, post=404, **NEVER),
        # Locked when the meeting opens.
        Row("/statements/{party}", "reviewing", frozenset(), post=200, **NEVER),
    ],
    # Nobody has handed one in here.
    "statements.note_reading": [
        Row("/statements/{party}/read", "reviewing", CHAIR, get=404, post=404)
    ],
    "opening.let_in": [form("/meeting/opening/start", CHAIR, "reviewing")],
    # Nobody is in the room here: all of these lead to where the chair says who comes in.
    "opening.show_opening": [read("/meeting/opening", CHAIR, "reviewing", get=303)],
    "opening.go_to_step": [button("/meeting/opening/step", CHAIR, "reviewing")],
    "opening.save_wishes": [button("/meeting/opening/wishes", CHAIR, "reviewing")],
    "opening.note_read_as_planned": [button("/meeting/opening/read", CHAIR, "reviewing")],
    "opening.end_opening": [button("/meeting/opening/end", CHAIR, "reviewing")],
    "opening.come_back": [button("/meeting/opening/back", CHAIR, "reviewing")],
}
