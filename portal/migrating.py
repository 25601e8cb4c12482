"""How migrations are written: the same options for the app, the tests and the command line."""

from typing import Any, Literal

from portal.db import UTCDateTime


def render_item(type_: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own types as SQLAlchemy's, so that a revision imports nothing of the portal."""
    if type_ == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_object(item: object, name: str | None, type_: str, *_: object) -> bool:
    """Leave out what is not ours."""
    return not (type_ == "table" and name == "alembic_version")


OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "compare_type": True,
    "render_item": render_item,
    "include_object": include_object,
}
