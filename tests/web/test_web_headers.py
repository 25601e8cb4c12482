import pytest

from portal.web.headers import CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/form", "/nowhere", "/static/app.css"])
def test_every_answer_carries_the_headers(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_the_policy_allows_nothing_inline():
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_pages_stay_on_no_disk_and_static_files_may(client):
    page = client.get("/form")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.vary
    with client.get("/static/app.css") as file:
        assert "no-store" not in file.headers["Cache-Control"]


def test_https_is_remembered_only_where_it_is_used(app):
    app.config["PREFERRED_URL_SCHEME"] = "https"
    headers = app.test_client().get("/form").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
