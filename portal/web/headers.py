"""Headers that every answer carries."""

from typing import Final

from flask import Flask, Response, current_app, g, request

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DOWNLOAD_POLICY: Final = "sandbox; default-src 'none'"
_ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: the check against forged requests compares the referrer on https.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ONE_YEAR: Final = "max-age=31536000"


def no_referrer() -> None:
    """Let the answer tell nobody its address, which is a key; its forms check their own tokens."""
    g.no_referrer = True


def add_headers(response: Response) -> Response:
    """Add the headers to an answer; what a page says about itself does not win over them."""
    response.headers.update(_ALWAYS)
    if "no_referrer" in g:
        response.headers["Referrer-Policy"] = "no-referrer"
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    if current_app.config["PREFERRED_URL_SCHEME"] == "https":
        response.headers["Strict-Transport-Security"] = _ONE_YEAR
    if request.endpoint != "static":
        # What a page holds depends on who asks, and stays on no disk: computers are shared.
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def init_app(app: Flask) -> None:
    """Add the headers to every answer of the app, errors included."""
    app.after_request(add_headers)
