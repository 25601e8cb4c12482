"""Which answers the templates, and the PDFs of documents, give to whom."""

from tests.views.answers import ADMINISTRATOR, NO_POST
from tests.views.asking import EVERYBODY, INSIDE, LEADERS, Row, form, read

_PANEL, _APPLICANT = "/documents/action-plan-panel-1/pdf", "/documents/action-plan-applicant-1/pdf"
_OF_DOCUMENT = [
    form(_PANEL, INSIDE, "monitoring", post=303),
    form(_APPLICANT, LEADERS, "monitoring", post=303, others=404),
    Row("/documents/action-plan-panel-2/pdf", "monitoring", INSIDE, get=404, post=404),
    Row("/documents/agenda-1/pdf", "monitoring", INSIDE, get=404, post=404),
]
CASE_ROWS = {
    "pdfs.show_pdf": _OF_DOCUMENT,
    "pdfs.ask_for_pdf": _OF_DOCUMENT,
    "pdfs.show_progress": [
        read(f"{_PANEL}/progress", stage="monitoring"),
        read(f"{_APPLICANT}/progress", LEADERS, "monitoring", others=404),
    ],
    # No worker has made one.
    "pdfs.download_pdf": [
        read(f"{_PANEL}/download", stage="monitoring", get=404),
        read(f"{_APPLICANT}/download", LEADERS, "monitoring", get=404, others=404),
    ],
}
_NO_GET = (405, EVERYBODY, 405, 405)
_KIND = "/admin/templates/action-plan-panel"


def _for_administrator(answer):
    return (303, ADMINISTRATOR, answer, 403)


# As `answers.PLAIN_ROWS`; the office has no version of its own yet.
PLAIN_ROWS = {
    "templates.list_kinds": ("/admin/templates", _for_administrator(200), NO_POST),
    "templates.show_kind": (_KIND, _for_administrator(200), _for_administrator(422)),
    "templates.show_fields": (f"{_KIND}/fields", _for_administrator(200), NO_POST),
    "templates.download_default": (f"{_KIND}/default.docx", _for_administrator(200), NO_POST),
    "templates.show_version": (f"{_KIND}/versions/1", _for_administrator(404), NO_POST),
    "templates.download": (f"{_KIND}/versions/1/template.docx", _for_administrator(404), NO_POST),
    "templates.download_example": (
        f"{_KIND}/versions/1/example.docx",
        _for_administrator(404),
        NO_POST,
    ),
    "templates.download_pdf": (
        f"{_KIND}/versions/1/example.pdf",
        _for_administrator(404),
        NO_POST,
    ),
    "templates.ask_for_pdf": (f"{_KIND}/versions/1/pdf", _NO_GET, _for_administrator(404)),
    "templates.show_progress": (
        f"{_KIND}/versions/1/pdf/progress",
        _for_administrator(404),
        NO_POST,
    ),
    "templates.put_in_force": (
        f"{_KIND}/versions/0/put-in-force",
        _for_administrator(200),
        _for_administrator(422),
    ),
    "templates.take_back": (f"{_KIND}/choices/1/take-back", _NO_GET, _for_administrator(404)),
}
