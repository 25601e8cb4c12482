"""As `answers`: the files of a request. None of these cases has one: there is none to get."""

from tests.views.answers import NEVER
from tests.views.asking import COORDINATOR, LEADERS, Row, form, read

CASE_ROWS = {
    "files.list_files": [read("/files", LEADERS, "received")],
    "files.add_file": [form("/files/add", COORDINATOR, "received", **NEVER)],
    "files.download": [
        Row("/files/1", "received", LEADERS, get=404),
        Row("/files/0", "received", LEADERS, get=404),
    ],
    "files.take_off": [
        Row("/files/1/take-off", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "files.open_original": [
        Row("/files/1/original", "received", COORDINATOR, get=404, post=404, **NEVER)
    ],
}
