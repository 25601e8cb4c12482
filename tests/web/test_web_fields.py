import datetime as dt
import io

import html5lib
import pytest
from werkzeug.datastructures import MultiDict

AWKWARD = 'A & B <x> "q" {{7*7}} {_{ ü 😀 مرحبا'
NAMES = [
    "place", "story", "email", "passphrase", "people", "when", "at", "told", "words", "agencies",
    "owner", "file", "sure",
]  # fmt: skip
GOOD = {
    "place": "Larch Court", "when-day": "9", "when-month": "11", "when-year": "2026",
    "told": "no", "owner": "rao", "sure": "yes",
}  # fmt: skip


def tree(response):
    text = response.get_data(as_text=True)
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def by_id(page):
    found = [element for element in page.iter() if element.get("id")]
    ids = [element.get("id") for element in found]
    assert len(ids) == len(set(ids)), "an id is used twice"
    return dict(zip(ids, found, strict=True))


def filled(app, data):
    with app.test_request_context("/form", method="POST", data=data):
        form = app.extensions["sample form"]()
        form.validate()
        return form


def summary_of(page):
    box = page.find(".//div[@class='govuk-error-summary']")
    return [] if box is None else [(a.text, a.get("href")[1:]) for a in box.iter("a")]


def test_every_field_has_label_hint_and_control(client):
    page = tree(client.get("/form"))
    ids = by_id(page)
    labelled = {label.get("for") for label in page.iter("label")}
    for name in NAMES:
        assert f"{name}-hint" in ids
        assert name in ids
    for control in page.iter():
        if control.tag in {"input", "select", "textarea"} and control.get("type") != "hidden":
            assert control.get("id") in labelled
            assert control.get("required") is None
            assert control.get("style") is None
    described = [e.get("aria-describedby") for e in page.iter() if e.get("aria-describedby")]
    assert all(part in ids for each in described for part in each.split())
    assert not any(ids.get(f"{name}-error") is not None for name in NAMES)


def test_an_empty_post_shows_each_missing_field_and_leads_to_it(client):
    page = tree(client.post("/form", data={}))
    ids = by_id(page)
    assert page.find(".//title").text.startswith("Error: Sample")
    summary = summary_of(page)
    assert summary == [
        ("Enter the place", "place"),
        ("Enter the day it happened", "when-day"),
        ("Select whether the applicant may be told", "told"),
        ("Select who owns it", "owner"),
        ("Tick the box when you have read it", "sure"),
    ]
    for sentence, link in summary:
        name = link.removesuffix("-day")
        assert ids[link].tag in {"input", "select", "textarea"}
        assert sentence in "".join(ids[f"{name}-error"].itertext())
        described = [e.get("aria-describedby", "").split() for e in page.iter()]
        assert [f"{name}-hint", f"{name}-error"] in described


def test_a_good_post_has_no_error(app):
    form = filled(app, GOOD)
    assert form.errors == {}
    assert form.place.data == "Larch Court"
    assert form.when.data == dt.date(2026, 11, 9)
    assert (form.told.data, form.owner.data, form.sure.data) == ("no", "rao", True)
    assert (form.words.data, form.people.data, form.at.data, form.agencies.data) == (
        "", None, None, [],
    )  # fmt: skip
    assert form.file.data is None


@pytest.mark.parametrize("name", ["place", "email", "people", "at"])
def test_one_line_comes_back_exactly(client, name):
    assert by_id(tree(client.post("/form", data={name: AWKWARD})))[name].get("value") == AWKWARD


@pytest.mark.parametrize("name", ["story", "words"])
def test_several_lines_come_back_exactly(client, name):
    text = f"\n{AWKWARD}\n\n</textarea>{AWKWARD}"
    assert by_id(tree(client.post("/form", data={name: text})))[name].text == text


def test_parts_of_a_date_come_back_exactly(client):
    data = {"when-day": "<b>&", "when-month": '"{{7*7}}"', "when-year": "ü😀مرحبا"}
    ids = by_id(tree(client.post("/form", data=data)))
    assert [ids[name].get("value") for name in data] == list(data.values())


def test_a_passphrase_never_comes_back(app, client):
    data = {"passphrase": "correct horse <3 "}
    assert "correct horse" not in client.post("/form", data=data).get_data(as_text=True)
    assert filled(app, data).passphrase.data == "correct horse <3 "


def test_text_that_cannot_be_stored_is_an_error_and_not_a_fault(app):
    with app.test_request_context("/form", method="POST"):
        form = app.extensions["sample form"](
            MultiDict(GOOD | {"place": "a\ud800b", "when-day": "\ud800"})
        )
        assert not form.validate()
        assert form.place.errors[0].startswith("This text holds characters that cannot be stored.")
        assert 'value="a\ufffdb"' in form.place()
        assert 'value="\ufffd"' in form.when()


def test_too_long_says_how_long(app):
    form = filled(app, GOOD | {"place": "x" * 214, "story": "y" * 301})
    assert form.place.errors == ["Place must be 200 characters or fewer. You have typed 214."]
    assert form.story.errors == [
        "What happened? must be 300 characters or fewer. You have typed 301."
    ]


@pytest.mark.parametrize(
    ("parts", "sentence", "link"),
    [
        (("3", "", ""), "must include a month and year", "when-month"),
        (("", "2", "2026"), "must include a day", "when-day"),
        (("31", "2", "2026"), "must be a real date, like 9 11 2026", "when-day"),
        (("3", "13", "2026"), "must be a real date, like 9 11 2026", "when-month"),
        (("٣", "2", "2026"), "must be a real date, like 9 11 2026", "when-day"),
        (("3", "²", "2026"), "must be a real date, like 9 11 2026", "when-month"),
        (("-3", "2", "2026"), "must be a real date, like 9 11 2026", "when-day"),
        (("3", "2", "26"), "must have a year between 1900 and 2200", "when-year"),
        (("3", "2", "1899"), "must have a year between 1900 and 2200", "when-year"),
        (("3", "2", "2201"), "must have a year between 1900 and 2200", "when-year"),
        (("9" * 5000, "2", "2026"), "must be a real date, like 9 11 2026", "when-day"),
    ],
)
def test_a_date_that_is_none(app, parts, sentence, link):
    data = dict(zip(("when-day", "when-month", "when-year"), parts, strict=True))
    form = filled(app, GOOD | data)
    assert form.errors_for() == [(f"The day it happened {sentence}", f"#{link}")]
    assert form.when.data is None


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("3", "2", "2026"), dt.date(2026, 2, 3)),
        ((" 03 ", "02", "2026"), dt.date(2026, 2, 3)),
        (("29", "2", "2028"), dt.date(2028, 2, 29)),
        (("1", "1", "1900"), dt.date(1900, 1, 1)),
        (("31", "12", "2200"), dt.date(2200, 12, 31)),
    ],
)
def test_a_date(app, parts, day):
    data = dict(zip(("when-day", "when-month", "when-year"), parts, strict=True))
    assert filled(app, GOOD | data).when.data == day


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("10am", dt.time(10)), ("10:30am", dt.time(10, 30)), ("14:05", dt.time(14, 5)),
        ("9.30", dt.time(9, 30)), ("2.30 PM", dt.time(14, 30)), ("12am", dt.time(0)),
        ("12pm", dt.time(12)), ("12:30 p.m.", dt.time(12, 30)), ("00:00", dt.time(0)),
        (" 9:05pm ", dt.time(21, 5)),
    ],
)  # fmt: skip
def test_a_time(app, typed, time):
    assert filled(app, GOOD | {"at": typed}).at.data == time


@pytest.mark.parametrize(
    "typed", ["10", "25:00", "13pm", "0am", "10:60", "10:5", "noonish", "١٠am", "9" * 5000]
)
def test_a_time_that_is_none(app, typed):
    form = filled(app, GOOD | {"at": typed})
    assert form.errors_for() == [("Enter a time, like 10am or 2:30pm", "#at")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x", "Number of people must be a whole number, like 12"),
        ("1.5", "Number of people must be a whole number, like 12"),
        ("٣", "Number of people must be a whole number, like 12"),
        ("9" * 5000, "Number of people must be a whole number, like 12"),
        ("0", "Number of people must be between 1 and 50"),
        ("51", "Number of people must be between 1 and 50"),
    ],
)
def test_a_number_that_is_none(app, typed, sentence):
    assert filled(app, GOOD | {"people": typed}).errors_for() == [(sentence, "#people")]


def test_a_number(app):
    assert filled(app, GOOD | {"people": " 50 "}).people.data == 50


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("told", "maybe"), ("told", AWKWARD), ("owner", "nobody"), ("owner", "x" * 9999),
        ("agencies", ["police", "spies"]),
    ],
)  # fmt: skip
def test_an_answer_that_was_not_on_offer(app, client, name, value):
    form = filled(app, GOOD | {name: value})
    assert form.errors_for() == [("Select one of the answers on this page", f"#{name}")]
    assert client.post("/form", data=GOOD | {name: value}).status_code == 200


def test_answers_stay_chosen(client):
    data = {"told": "in_these_words", "agencies": ["homes"], "owner": "okafor"}
    page = tree(client.post("/form", data=data))
    chosen = {e.get("value") for e in page.iter() if {"checked", "selected"} & set(e.keys())}
    assert chosen == {"in_these_words", "homes", "okafor"}
    groups = [group.get("label") for group in page.iter("optgroup")]
    assert groups == ["Here now", "Not here"]


def test_the_field_under_a_chosen_radio_is_asked_for(app, client):
    form = filled(app, GOOD | {"told": "in_these_words"})
    assert form.errors_for() == [("Write the words for Noor, or choose “No”", "#words")]
    page = tree(client.get("/form"))
    reveal = page.find(".//div[@class='govuk-radios__conditional app-reveal']")
    assert reveal.find(".//textarea").get("name") == "words"


@pytest.mark.parametrize("typed", ["noor", "noor@", "a b@example.com", "@example.com", "a@b"])
def test_an_address_that_is_none(app, typed):
    form = filled(app, GOOD | {"email": typed})
    assert form.errors == {
        "email": ["Enter an email address in the correct format, like name@example.com"]
    }


def test_a_file_and_files_under_other_names(app):
    upload = (io.BytesIO(b"%PDF"), "log.pdf")
    form = filled(app, GOOD | {"file": upload})
    assert form.file.data.filename == "log.pdf"
    for name in NAMES:
        filled(app, {name: (io.BytesIO(b"x"), "x.txt"), "when-day": (io.BytesIO(b"x"), "x")})


def test_space_alone_is_nothing(app):
    form = filled(app, GOOD | {"place": " \t ", "story": "\n  \n"})
    assert form.errors_for() == [("Enter the place", "#place")]
    assert form.story.data == ""


def test_stored_values_are_shown(app):
    stored = {
        "place": "Larch Court", "when": dt.date(2026, 11, 9), "at": dt.time(14, 5),
        "people": 3, "agencies": ["homes"], "told": "no", "sure": True, "story": None,
    }  # fmt: skip
    with app.test_request_context("/form"):
        form = app.extensions["sample form"](data=stored)
        assert [typed for _, typed in form.when.parts()] == ["9", "11", "2026"]
        assert 'value="14:05"' in form.at()
        assert 'value="3"' in form.people()
        assert form.agencies().count(" checked") == 1
        assert form.told().count(" checked") == 1
        assert " checked" in form.sure()
        assert form.story.data == ""
