"""Links that leave the portal: their host is a setting, never what a request said."""

import secrets
from urllib.parse import urlsplit

from flask import current_app


def _base() -> str:
    base: str = current_app.config["PUBLIC_BASE_URL"]
    return base


def case_link(reference: str, page: str = "") -> str:
    """Return the address of a case, or of one of its pages."""
    return f"{_base()}/cases/{reference}{f'/{page}' if page else ''}"


def new_uid() -> str:
    """Return a calendar UID, unique for ever."""
    return f"{secrets.token_hex(16)}@{urlsplit(_base()).hostname}"
