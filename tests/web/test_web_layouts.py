from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from flask import render_template, render_template_string

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "portal" / "static"
RUTH = SimpleNamespace(name="Ruth Adeyemi", acting_as="Ruth Adeyemi, coordinator", other_roles=True)
CASE = {
    "reference": "ACR-7K3Q-9MXD", "name": "Noor Haddad", "lga": "Hexley",
    "stage_label": "Arranging the meeting", "caption": "Received Thursday 17 December 2026.",
    "safe_contact": "no letters to the home", "tabs": [
        {"label": "Overview", "href": "/cases/ACR-7K3Q-9MXD", "active": True},
        {"label": "Plan", "href": "/cases/ACR-7K3Q-9MXD/plan", "active": False},
    ],
}  # fmt: skip


def page(app, template, **context):
    with app.test_request_context("/"):
        return render_template(template, **context)


def component(app, source, **context):
    with app.test_request_context("/"):
        return render_template_string(source, **context)


def test_a_page_for_nobody_has_no_menu_and_no_sign_out(app):
    html = page(app, "layouts/base.html")
    assert "/sign-out" not in html
    assert "navigation__toggle" not in html
    assert 'id="idle"' not in html
    assert "Demonstration" not in html


def test_the_menu_names_the_person_and_marks_the_place(app):
    menu = [
        {"label": "Home", "href": "/home"},
        {"label": "Cases", "href": "/cases", "active": True},
    ]
    html = page(app, "layouts/base.html", menu=menu, signed_in=RUTH, office_name="The office")
    assert 'href="/account">Ruth Adeyemi, coordinator</a>' in html
    assert 'href="/account/role">Change role</a>' in html
    assert '<form method="post" action="/sign-out">' in html
    assert html.count('aria-current="true"') == 1
    assert "The office</p>" in html


def test_the_warning_is_hidden_and_carries_the_times(app):
    html = page(
        app, "layouts/base.html", signed_in=RUTH, demo_now="Tuesday 19 January 2027, 10am",
        idle_ends_at="2027-01-19T10:30:00Z", idle_now="2027-01-19T10:00:00Z", stay_at="/stay",
    )  # fmt: skip
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    idle = tree.find(".//div[@id='idle']")
    assert idle.get("hidden") is not None
    assert idle.get("role") == "alert"
    assert idle.get("data-idle-ends-at") == "2027-01-19T10:30:00Z"
    assert idle.get("data-now") == "2027-01-19T10:00:00Z"
    assert idle.find(".//form").get("action") == "/stay"
    assert "You are signed out after 30 minutes without opening or saving anything." in html
    assert "The clock of this demonstration says Tuesday 19 January 2027, 10am." in html
    assert 'href="/sent-messages"' in html


def test_what_was_saved_is_said_once(client):
    html = client.get("/saved").get_data(as_text=True)
    assert "govuk-notification-banner--success" in html
    assert "Shared with 6 people" in html
    assert "<title>Page not found – Case Review Portal</title>" in html


def test_the_case_frame_shows_safe_contact_above_the_tabs(app):
    html = page(app, "layouts/case.html", case=CASE)
    assert html.index("no letters to the home") < html.index("Case sections")
    assert "ACR-7K3Q-9MXD, Hexley. Received Thursday 17 December 2026." in html
    assert html.count('aria-current="page"') == 1


def test_a_reader_who_may_not_see_safe_contact_sees_no_hole(app):
    assert "moj-alert" not in page(app, "layouts/case.html", case=CASE | {"safe_contact": None})


def test_the_public_frame_does_not_name_the_portal(app):
    html = page(app, "layouts/public.html", office_name="Commissioner for Wharrow Valley")
    assert "Case Review Portal" not in html
    assert "Exit this page" in html


def test_the_error_page_has_a_number_only_when_there_is_one(app):
    html = page(app, "error.html", heading="There is a fault", sentences=["<b>"], number="7Q")
    assert "&lt;b&gt;" in html
    assert "7Q" in html
    assert "Give this number" not in page(app, "error.html", heading="Page not found")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("panel", "Panel"), ("statutory", "Statutory agencies"),
        ("named", "Named: A &amp; B, Tollgate Homes"),
        ("chair_and_coordinator", "Chair and coordinator"), ("nonsense", "Chair and coordinator"),
    ],
)  # fmt: skip
def test_handling_tags(app, value, text):
    source = (
        '{% from "components/handling.html" import handling_tag %}'
        '{{ handling_tag(value, ["A & B", "Tollgate Homes"]) }}'
    )
    assert f"{text}</strong>" in component(app, source, value=value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("no", "Applicant: do not tell"), ("yes", "Applicant may be told"),
        ("in_these_words", "Applicant: in other words"), ("own_words", "Applicant’s own words"),
        ("nonsense", "Applicant: do not tell"),
    ],
)  # fmt: skip
def test_told_badges(app, value, text):
    source = '{% from "components/handling.html" import told_badge %}{{ told_badge(value) }}'
    assert f">{text}</span>" in component(app, source, value=value)


@pytest.mark.parametrize("state", ["late", "today", "soon", "later", "done", "paused"])
def test_a_clock_has_a_shape_and_words(app, state):
    source = '{% from "components/clock.html" import clock %}{{ clock(state, "2 < 3") }}'
    html = component(app, source, state=state)
    assert "<path" in html or "<circle" in html
    assert "2 &lt; 3</span>" in html


def test_nothing_is_inline_and_nothing_is_loaded_from_elsewhere():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert " onclick" not in text, path
    css = (STATIC / "govuk" / "frontend.css").read_text()
    for unwanted in ("@font-face", "GDS Transport", "url(/assets/", "crest.svg", "url(http"):
        assert unwanted not in css, unwanted


def test_every_picture_of_the_style_sheet_is_here_and_no_other():
    css = (STATIC / "govuk" / "frontend.css").read_text()
    asked = {part.split(")")[0] for part in css.split("url(")[1:]}
    assert asked == {f"/static/govuk/images/{p.name}" for p in (STATIC / "govuk/images").iterdir()}
