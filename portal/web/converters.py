"""What an address may hold: whatever does not look right is not found before a view runs."""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter


class ReferenceConverter(BaseConverter):
    """A case's public reference, or what could be one."""

    regex = r"[A-Za-z0-9-]{1,20}"


class KeyConverter(BaseConverter):
    """The random key of a thing in a case."""

    regex = r"[0-9a-f]{1,12}"


class NumberConverter(IntegerConverter):
    """A number that both databases can hold."""

    regex = r"[0-9]{1,9}"


def init_app(app: Flask) -> None:
    """Let addresses name these converters."""
    app.url_map.converters["reference"] = ReferenceConverter
    app.url_map.converters["key"] = KeyConverter
    app.url_map.converters["number"] = NumberConverter
