"""Which address gives which answer to whom: typed in by hand, not taken from access.rules."""

from tests.views.asking import (
    AGENCIES,
    CALENDAR,
    CASEWORK,
    CHAIR,
    COORDINATOR,
    EVERYBODY,
    INSIDE,
    LEADERS,
    LEADERS_OF_PEOPLE,
    OF_POLICE,
    POLICE,
    Row,
    button,
    form,
    read,
)

# The early answer is 403 where no chair has the act at all, declared or not.
NEVER = {"early": 403}
CASE_ROWS = {
    "cases.show_case": [read("")],
    "cases.show_chronology": [
        read("/chronology"),
        read("/chronology?print=yes", stage="monitoring"),
        read("/chronology?kind=nothing", get=422, stage="planning"),
    ],
    "cases.show_reports": [read("/reports")],
    "cases.show_people": [read("/people")],
    "closing.close_case": [form("/close", frozenset(), "assessing", early=403)],
    "closing.withdraw_request": [form("/withdraw", COORDINATOR, "assessing", **NEVER)],
    "clocks.show_clocks": [read("/clocks")],
    "clocks.pause": [
        form("/clocks/meeting/pause", COORDINATOR, "arranging", **NEVER),
        Row("/clocks/feedback/pause", "arranging", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "clocks.resume": [form("/clocks/meeting/resume", COORDINATOR, "arranging", **NEVER)],
    "clocks.say_why_late": [form("/clocks/acknowledge/late", COORDINATOR, "assessing", **NEVER)],
    "clocks.record_event": [form("/clocks/event", COORDINATOR, "received", **NEVER)],
    "cases.show_meeting": [read("/meeting")],
    "panel.show_shared": [read("/shared")],
    "items.show_item": [
        read("/shared/{panel_item}"),
        read("/shared/{narrow_item}", INSIDE - {"council"}, others=404),
        read("/shared/0000000000", frozenset(), others=404),
    ],
    "items.show_history": [
        read("/shared/{panel_item}/history"),
        read("/shared/{narrow_item}/history", INSIDE - {"council"}, others=404),
        read("/shared/0000000000/history", frozenset(), others=404),
    ],
    "items.correct_item": [form("/shared/{panel_item}/correct", OF_POLICE, "invited", **NEVER)],
    "items.withdraw_item": [form("/shared/{panel_item}/withdraw", OF_POLICE, "invited", **NEVER)],
    "documents.show_documents": [read("/documents", stage="monitoring")],
    "documents.download": [
        read("/documents/action-plan-panel-1.docx", stage="monitoring"),
        read("/documents/action-plan-applicant-1.docx", LEADERS, "monitoring", others=404),
        read("/documents/action-plan-panel-2.docx", frozenset(), "monitoring", others=404),
        # No such name exists on any case, so that it says nothing about this one.
        read("/documents/invoice-1.docx", frozenset(), "monitoring", others=404, early=404),
    ],
    "incidents.add_incident": [form("/reports/add-incident", COORDINATOR, "assessing", **NEVER)],
    "incidents.add_report": [
        form("/reports/{incident}/add-report", COORDINATOR, "assessing", **NEVER)
    ],
    "details.add_party": [form("/people/add-party", COORDINATOR, "assessing", **NEVER)],
    "coordinator.acknowledge": [form("/acknowledge", COORDINATOR, "received", **NEVER)],
    "coordinator.decide_threshold": [form("/threshold", COORDINATOR, "assessing", **NEVER)],
    "coordinator.ask_for_more": [form("/threshold/more", COORDINATOR, "assessing", **NEVER)],
    "coordinator.tick_off": [
        Row("/threshold/more/999999/come", "assessing", COORDINATOR, 405, 404, **NEVER)
    ],
    # Of the two reports one was made to the police and one to nobody knows whom.
    "report_states.set_state": [
        form("/reports/report/{police_report}/found", POLICE, "assessing", **NEVER),
        form("/reports/report/{report}/found", COORDINATOR, "reviewing", **NEVER),
        Row(
            "/reports/report/999999/found",
            "assessing",
            COORDINATOR | AGENCIES,
            get=404,
            post=404,
            **NEVER,
        ),
    ],
    "panel.seat_agency": [form("/people/add-agency", COORDINATOR, "arranging", **NEVER)],
    "panel.name_agency_representative": [
        form("/people/name", COORDINATOR | {"lead", "council"}, "assessing", **NEVER)
    ],
    "panel.appoint_chair": [form("/people/chair", COORDINATOR, "arranging", **NEVER)],
    "panel.share": [form("/share", COORDINATOR | AGENCIES, "assessing", **NEVER)],
    "chair.declare": [form("/declare", CHAIR | AGENCIES, "arranging", early=200)],
    "membership.seat_suggested": [form("/people/suggested", COORDINATOR, "arranging", **NEVER)],
    "membership.take_off": [
        Row("/people/members/999999/take-off", "arranging", LEADERS_OF_PEOPLE, 404, 404, **NEVER)
    ],
    "membership.end_seat": [
        Row("/people/seats/999999/leave", "arranging", COORDINATOR, 404, 404, **NEVER)
    ],
    "membership.show_conflicts": [read("/people/conflicts", LEADERS)],
    "membership.record_conflict": [form("/people/conflicts/add", COORDINATOR, "invited", **NEVER)],
    "membership.waive_conflict": [
        Row("/people/conflicts/999999/waive", "invited", COORDINATOR, 404, 404, **NEVER)
    ],
    # Whoever opens the case does not observe it; who does is tried in test_observer.
    "membership.observe": [read("/observe", frozenset(), **NEVER)],
    "chair.run_meeting": [
        read("/meeting/run", CHAIR, post=303),
        read("/meeting/run", CHAIR, "reviewing", post=303),
    ],
    "chair.open_meeting": [button("/meeting/open", CHAIR, "invited")],
    "chair.record_attendance": [form("/meeting/attendance", CHAIR, "reviewing")],
    "chair.add_action": [button("/meeting/actions", CHAIR, "reviewing", post=422)],
    "chair.add_decision": [button("/meeting/decisions", CHAIR, "reviewing", post=422)],
    "chair.change_action": [
        form("/actions/1", LEADERS, "planning"),
        Row("/actions/99", "planning", LEADERS, get=404, post=404),
        Row("/actions/99", "reviewing", CHAIR | AGENCIES, get=404, post=404),
    ],
    "plan.show_plan": [read("/plan", LEADERS, "planning"), read("/plan", LEADERS, "monitoring")],
    "plan.write_draft": [form("/plan/write", LEADERS, "planning", post=409)],
    "plan.check_draft": [button("/plan/check", CHAIR, "planning", post=409)],
    "risk.show_risk": [read("/risk")],
    "risk.score_risk": [form("/risk/score", LEADERS, "invited")],
    # There is nothing to decide on, or to agree to, before the first scoring.
    "risk.decide_band": [Row("/risk/band", "invited", LEADERS, get=404, post=404)],
    "risk.answer_band": [Row("/risk/band/answer", "invited", LEADERS, get=404, post=404)],
    "details.show_request": [read("/request")],
    "details.change_details": [
        form("/request/words", COORDINATOR, "assessing", post=409, **NEVER),
        form("/request/home", COORDINATOR, "monitoring", post=409, **NEVER),
    ],
    "details.change_safe_contact": [
        form("/request/safe-contact", COORDINATOR, "planning", **NEVER)
    ],
    "details.change_party": [
        form("/people/{party}", COORDINATOR, "monitoring", **NEVER),
        Row("/people/999999", "monitoring", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "details.remove_party": [
        form("/people/{party}/take-out", COORDINATOR, "monitoring", **NEVER),
        Row("/people/999999/take-out", "monitoring", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "incidents.change_incident": [
        form("/reports/{incident}", COORDINATOR, "monitoring", **NEVER),
        Row("/reports/999999", "monitoring", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "incidents.change_report": [
        Row("/reports/report/999999", "monitoring", COORDINATOR, get=404, post=404, **NEVER),
        form("/reports/report/{report}", COORDINATOR, "assessing", **NEVER),
    ],
    "consent.record_consent": [form("/consent/add", COORDINATOR, "received", **NEVER)],
    "consent.withdraw_consent": [
        Row("/consent/999999/take-back", "assessing", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "consent.choose_contact_agencies": [form("/consent/contact", COORDINATOR, "received", **NEVER)],
    "plan.issue_plan": [button("/plan/issue", COORDINATOR, "planning", post=409, **NEVER)],
    "letters.list_letters": [read("/letters", COORDINATOR, **NEVER)],
    # The threshold is met in every case here, so the letter that it is not does not fit any.
    "letters.show_letter": [
        read("/letters/acknowledgement", COORDINATOR, "received", **NEVER),
        read("/letters/threshold-met", COORDINATOR, "received", get=404, **NEVER),
        read("/letters/threshold-met", COORDINATOR, **NEVER),
        read("/letters/consent-request", COORDINATOR, get=404, **NEVER),
        read("/letters/not-invited", COORDINATOR, get=404, **NEVER),
        read("/letters/closure", COORDINATOR, get=404, **NEVER),
        read("/letters/threshold-not-met", COORDINATOR, get=404, **NEVER),
    ],
    "letters.write_letter": [
        form("/letters/threshold-met/write", COORDINATOR, "arranging", post=409, **NEVER),
        form("/letters/threshold-not-met/write", COORDINATOR, "arranging", 404, get=404, **NEVER),
    ],
    "letters.issue_letter": [
        button("/letters/threshold-met/issue", COORDINATOR, "arranging", post=409, **NEVER)
    ],
    "looking.show_case_log": [read("/log", COORDINATOR, **NEVER)],
    "imports.start_import": [form("/reports/import", COORDINATOR | AGENCIES, "assessing", **NEVER)],
    # The runs are the police's: for the council and the chair they do not exist.
    "imports.show_run": [
        read("/imports/{run_to_match}", POLICE, others=404),
        read("/imports/000000000000", frozenset(), others=404),
    ],
    "imports.show_progress": [
        read("/imports/{run_to_match}/progress", POLICE, others=404),
        read("/imports/000000000000/progress", frozenset(), others=404),
    ],
    "imports.download_bad_rows": [read("/imports/{run_to_match}/bad-rows.csv", POLICE, others=404)],
    "imports.match_columns": [
        form(
            "/imports/{run_to_match}/columns",
            POLICE,
            "assessing",
            others={"chair": 403, "council": 404},
            **NEVER,
        )
    ],
    "imports.add_rows": [
        button(
            "/imports/{run_to_add}/add",
            POLICE,
            "assessing",
            others={"chair": 403, "council": 404},
            **NEVER,
        )
    ],
    "imports.stop_import": [
        button(
            "/imports/{run_to_stop}/stop",
            POLICE,
            "assessing",
            others={"chair": 403, "council": 404},
            **NEVER,
        )
    ],
    # No minutes are drafted in these cases: there is no text, no account, nothing to take a step
    # with, and the button that drafts them does so once.
    "minutes.show_minutes": [read("/minutes", LEADERS, "planning")],
    "minutes.write_text": [Row("/minutes/texts/1", "planning", LEADERS, get=404, post=404)],
    "minutes.say_what_changed": [Row("/minutes/changed", "planning", LEADERS, get=404, post=404)],
    "minutes.send_round": [button("/minutes/send-round", LEADERS, "planning", post=404)],
    "minutes.agree": [button("/minutes/agree", CHAIR, "planning", post=404)],
    "minutes.issue_minutes": [button("/minutes/issue", COORDINATOR, "planning", post=404, **NEVER)],
    "minutes.correct_account": [
        Row("/minutes/account", "planning", AGENCIES, get=404, post=404, **NEVER)
    ],
    "minutes.draft_minutes": [button("/minutes/draft", LEADERS, "monitoring")],
    "agenda.show_agenda": [read("/meeting/agenda"), read("/meeting/agenda", stage="reviewing")],
    "agenda.add_item": [form("/meeting/agenda/new", CHAIR, "invited")],
    "agenda.change_item": [
        form("/meeting/agenda/{agenda_item}", CHAIR, "invited"),
        Row("/meeting/agenda/0000000000", "invited", CHAIR, get=404, post=404),
    ],
    "agenda.take_out_item": [button("/meeting/agenda/{agenda_item}/take-out", CHAIR, "invited")],
    "agenda.move_on": [button("/meeting/now", CHAIR, "reviewing", post=404)],
    "agenda.show_restricted": [read("/meeting/restricted", LEADERS, "reviewing")],
    "agenda.write_notes": [
        form("/meeting/items/{agenda_item}", LEADERS, "reviewing", post=409),
        form("/meeting/items/{restricted_item}", LEADERS, "reviewing", post=409),
    ],
    "chair.cover": [read("/meeting/cover", CHAIR, "reviewing")],
    "chair.note_arrival": [button("/meeting/arrivals", CHAIR, "reviewing", post=404)],
    "live.show_live": [read("/meeting/live"), read("/meeting/live", stage="reviewing")],
    "live.show_latest": [read("/meeting/live/latest?on=run", CHAIR, "reviewing")],
    "live.keep_writing": [button("/meeting/live/writing", INSIDE, "reviewing", post=204)],
}

STAGES = sorted({row.stage for rows in CASE_ROWS.values() for row in rows})

OFFICES = COORDINATOR | {"administrator", "coordinator of the other area"}
ADMINISTRATOR = frozenset({"administrator"})
NO_POST = (405, EVERYBODY, 405, 405)


def _draft(path):
    """A form of the draft: none is being written, and for its administrator it is not there."""
    asked = (303, ADMINISTRATOR, 404, 403)
    return f"/admin/scheme/draft{path}", asked, asked


# Address, and for get and post the answers: to visitors, to these roles, to all others.
PLAIN_ROWS = {
    "static": ("/static/app.css", (200, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "front_door.show_front_door": ("/", (200, EVERYBODY, 303, 303), (405, EVERYBODY, 405, 405)),
    "front_door.show_health": ("/health", (200, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "front_door.show_who_sees_what": (
        "/help/who-sees-what",
        (200, EVERYBODY, 200, 200),
        (405, EVERYBODY, 405, 405),
    ),
    "front_door.show_rules": ("/rules/wharrowdale", (200, EVERYBODY, 200, 200), NO_POST),
    "schemes.list_versions": ("/admin/scheme", (303, OFFICES, 200, 403), NO_POST),
    "schemes.show_version": ("/admin/scheme/versions/1", (303, OFFICES, 200, 403), NO_POST),
    "schemes.start_draft": (
        "/admin/scheme/start",
        (405, EVERYBODY, 405, 405),
        (303, ADMINISTRATOR, 422, 403),
    ),
    "schemes.take_back": (
        "/admin/scheme/versions/9/take-back",
        (405, EVERYBODY, 405, 405),
        (303, ADMINISTRATOR, 404, 403),
    ),
    "schemes.put_in_force": _draft("/put-in-force"),
    "schemes.throw_away": _draft("/throw-away"),
    "schemes.try_draft": ("/admin/scheme/draft/past-cases", (303, OFFICES, 404, 403), NO_POST),
    "scheme_draft.show_draft": ("/admin/scheme/draft", (303, OFFICES, 404, 403), NO_POST),
    "scheme_draft.change_name": _draft("/name"),
    "scheme_draft.change_counting": _draft("/counting"),
    "scheme_draft.change_conditions": _draft("/conditions"),
    "scheme_draft.change_fallback": _draft("/fallback"),
    "scheme_draft.change_floor": _draft("/floor"),
    "scheme_draft.add_route": _draft("/routes/add"),
    "scheme_draft.change_route": _draft("/routes/1"),
    "scheme_draft.remove_route": (
        "/admin/scheme/draft/routes/1/remove",
        (405, EVERYBODY, 405, 405),
        (303, ADMINISTRATOR, 404, 403),
    ),
    "scheme_draft.change_clocks": _draft("/clocks"),
    "account.sign_in": ("/sign-in", (200, EVERYBODY, 303, 303), (422, EVERYBODY, 303, 303)),
    "account.stay": ("/stay", (405, EVERYBODY, 405, 405), (303, EVERYBODY, 303, 303)),
    "account.show_account": ("/account", (303, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "account.change_passphrase": (
        "/account/passphrase",
        (303, EVERYBODY, 200, 200),
        (303, EVERYBODY, 422, 422),
    ),
    "account.change_role": (
        "/account/role",
        (303, EVERYBODY, 200, 200),
        (303, EVERYBODY, 422, 422),
    ),
    "home.show_home": ("/home", (303, EVERYBODY, 200, 200), (405, EVERYBODY, 405, 405)),
    "messages.list_messages": (
        "/sent-messages",
        (303, EVERYBODY, 200, 200),
        (405, EVERYBODY, 405, 405),
    ),
    "messages.download_invite": (
        "/sent-messages/{invite}/invite.ics",
        (303, COORDINATOR | {"agency representative"}, 200, 404),
        (405, EVERYBODY, 405, 405),
    ),
    "cases.list_cases": ("/cases", (303, CASEWORK, 200, 403), (405, EVERYBODY, 405, 405)),
    "looking.show_area_log": (
        "/audit",
        (303, frozenset({"auditor"}), 200, 403),
        (405, EVERYBODY, 405, 405),
    ),
    "calendar.show_calendar": ("/calendar", (303, CALENDAR, 200, 403), (405, EVERYBODY, 405, 405)),
    "calendar.close_on": (
        "/calendar/closure",
        (303, CALENDAR, 200, 403),
        (303, CALENDAR, 422, 403),
    ),
    "calendar.add_meeting": (
        "/calendar/meeting",
        (303, CALENDAR, 200, 403),
        (303, CALENDAR, 422, 403),
    ),
    "calendar.take_away": (
        "/calendar/take-away",
        (303, CALENDAR, 200, 403),
        (303, CALENDAR, 422, 403),
    ),
    "calendar.show_clocks_kept": (
        "/calendar/clocks",
        (303, COORDINATOR | {"coordinator of the other area"}, 200, 403),
        (405, EVERYBODY, 405, 405),
    ),
    "search.find_cases": ("/search", (303, CASEWORK, 200, 403), (405, EVERYBODY, 405, 405)),
    "coordinator.type_in_case": (
        "/cases/new",
        (303, COORDINATOR | {"coordinator of the other area"}, 200, 403),
        (303, COORDINATOR | {"coordinator of the other area"}, 422, 403),
    ),
    # Signs out whoever posts, and so comes last.
    "account.sign_out": ("/sign-out", (405, EVERYBODY, 405, 405), (303, EVERYBODY, 303, 303)),
}
