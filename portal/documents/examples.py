"""A template filled with examples, for whoever has changed it to look at."""

import re

from portal.documents.check import render_example
from portal.documents.field_words import words_of

_NUMBER = re.compile(r"\.\d+")


def render_examples(kind: str, template: bytes) -> bytes:
    """Fill a template of this kind with the examples of its list of fields.

    Raises:
        TemplateError: it cannot be filled.
    """
    return render_example(kind, template, _example)


def _example(path: str) -> str:
    return words_of(_NUMBER.sub("", path)).example
