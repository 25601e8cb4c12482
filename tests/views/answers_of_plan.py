"""Which answers the order, the changes, the consultation and the receipts of a plan give."""

from tests.views.asking import COORDINATOR, LEADERS, Row, button, form, read

NEVER = {"early": 403}
CASE_ROWS = {
    "consulting.start": [
        form("/plan/consult", COORDINATOR, "planning", **NEVER),
    ],
    "consulting.show_consultation": [
        form("/plan/consultations/1", LEADERS, "monitoring", post=403),
        form("/plan/consultations/9", LEADERS, "planning", post=404, get=404),
    ],
    "consulting.do_not_ask_again": [
        Row("/plan/consultations/9/not-again", "planning", COORDINATOR, 404, 404, **NEVER)
    ],
    "consulting.download_draft": [
        read("/plan/consultations/1/draft.docx", LEADERS, "monitoring", get=404)
    ],
    "plan_changing.move_up": [button("/plan/actions/2/up", LEADERS, "planning", post=409)],
    "plan_changing.move_down": [button("/plan/actions/1/down", LEADERS, "planning", post=409)],
    "plan_changing.add_action": [form("/plan/actions/add", LEADERS, "planning")],
    "plan_changing.supersede_action": [
        form("/plan/actions/1/supersede", frozenset(), "planning"),
    ],
    "plan_changing.keep_own_words": [form("/plan/own-words", LEADERS, "planning")],
    "plan_changing.open_change": [button("/plan/change", COORDINATOR, "monitoring", **NEVER)],
    "plan_changing.record_hand_over": [
        form("/plan/handed-over", COORDINATOR, "monitoring", **NEVER)
    ],
}
