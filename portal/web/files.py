"""Answers that are files: to be saved, and never shown by the browser as a page."""

from typing import Final

from flask import Response

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"


def file_answer(content: bytes, mimetype: str, filename: str) -> Response:
    """Return a file under a name."""
    answer = Response(content, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
