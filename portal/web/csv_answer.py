"""A table to be downloaded and opened in a spreadsheet, where no cell may be carried out."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from flask import Response

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_BEGINS_A_FORMULA) else text


def csv_answer(
    headings: Sequence[str], rows: Iterable[Sequence[str | int]], file_name: str
) -> Response:
    """Return the rows as a file to be saved; ``file_name`` is ours and never somebody's text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    # With its mark: without it Excel reads UTF-8 as something else.
    answer = Response(out.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=file_name)
    return answer
