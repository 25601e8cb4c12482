import pytest

TOKEN = "abcdefghijklmnopqrstuv"


def form_from(app, method="POST", **data):
    with app.test_request_context("/form", method=method, data=data):
        form = app.extensions["sample form"]()
        if method == "POST":
            form.validate()
        return form


def test_each_opened_page_has_its_own_token(app):
    first, second = form_from(app, "GET"), form_from(app, "GET")
    assert len(first.form_token.data) == 22
    assert first.form_token.data != second.form_token.data


def test_the_token_is_kept_when_the_page_comes_back(app, client):
    assert form_from(app, form_token=TOKEN).form_token.data == TOKEN
    page = client.post("/form", data={"form_token": TOKEN}).get_data(as_text=True)
    assert f'<input type="hidden" name="form_token" value="{TOKEN}">' in page


@pytest.mark.parametrize("posted", ["", "short", "x" * 5000, TOKEN + "\n", "<script>"])
def test_a_token_of_another_shape_is_replaced(app, posted):
    token = form_from(app, form_token=posted).form_token.data
    assert len(token) == 22
    assert token != posted


@pytest.mark.parametrize(
    ("posted", "version"), [("3", 3), ("0", 0), ("", None), ("x", None), ("-1", None), ("٣", None)]
)
def test_version(app, posted, version):
    assert form_from(app, version=posted).version.data == version


def test_a_page_that_was_open_too_long_says_so_and_leads_somewhere(app):
    app.config["WTF_CSRF_ENABLED"] = True
    with app.test_request_context("/form", method="POST", data={"place": "Larch Court"}):
        form = app.extensions["sample form"]()
        assert not form.validate()
        sentence, link = form.errors_for()[0]
        assert sentence.startswith("This page was open for too long.")
        assert link == "#place"


def test_an_error_of_the_whole_form_leads_to_the_first_field(app):
    form = form_from(app, "GET")
    form.form_errors = ["Two answers do not fit together"]
    assert form.errors_for() == [("Two answers do not fit together", "#place")]
