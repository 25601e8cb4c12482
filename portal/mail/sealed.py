"""Links and codes for those who do not sign in: made from a seed as a message leaves.

What opens something is stored nowhere, only its hash: a message waits with the seed that its link
or code is made from, which is worth nothing without the installation's secret key.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final

from flask import current_app

from portal.domain.references import ALPHABET, as_meant
from portal.models.outbox import FOR_DRAFT

PLACE: Final = "[in the message]"
"""Where the link or the code stands in a message, once it leaves."""

_LINK_BYTES: Final = 16  # 128 bits
_CODE_LETTERS: Final = 10
_LONGEST_TYPED: Final = 100


def new_seed(purpose: str) -> str:
    """Return a seed of 128 random bits for a ``link`` or a ``code``."""
    return f"{purpose}-{secrets.token_hex(_LINK_BYTES)}"


def secret_of(seed: str) -> str:
    """Return the end of the link, or the code, that a seed stands for."""
    made = _keyed("made", seed)
    return _letters(made) if seed.startswith("code-") else _token(made)


def hash_of(secret: str) -> str:
    """Return what is stored of the end of a link, or of a code."""
    return _keyed("stored", secret).hex()


def hash_of_link(token: str) -> str:
    """Return what is stored of a link whose end came with an address; the rest of it is cut."""
    return hash_of(token[:_LONGEST_TYPED])


def hash_of_typed(code: str) -> str:
    """Return what is stored of the code that somebody meant by what they typed."""
    return hash_of(as_meant(code[:_LONGEST_TYPED]))


def in_groups(code: str) -> str:
    """Return a code as it is read out and printed: two groups of five."""
    half = _CODE_LETTERS // 2
    return f"{code[:half]} {code[half:]}"


def opened_body(body: str, seed: str | None) -> str:
    """Return the text of a message as its receiver gets it."""
    if seed is None:
        return body
    secret = secret_of(seed)
    if seed.startswith("code-"):
        return body.replace(PLACE, in_groups(secret))
    link = draft_link_of(secret) if seed.startswith(FOR_DRAFT) else link_of(secret)
    return body.replace(PLACE, link)


def link_of(token: str) -> str:
    """Return the address that hands out one paper."""
    return _address(f"papers/{token}")


def draft_link_of(token: str) -> str:
    """Return the address at which a saved request is gone on with, by its code."""
    return _address(f"request/continue/{token}")


def own_page_link() -> str:
    """Return the address at which somebody of the applicant's side types reference and code."""
    return _address("my")


def _address(path: str) -> str:
    base: str = current_app.config["PUBLIC_BASE_URL"]
    return f"{base}/{path}"


def _keyed(use: str, text: str) -> bytes:
    key: str = current_app.config["SECRET_KEY"]
    return hmac.digest(key.encode(), f"{use}:{text}".encode(), hashlib.sha256)


def _token(made: bytes) -> str:
    return base64.urlsafe_b64encode(made[:_LINK_BYTES]).decode().rstrip("=")


def _letters(made: bytes) -> str:
    """Return ten characters without look-alikes; of 256 bits, so that none is more likely."""
    number, letters = int.from_bytes(made), ""
    for _ in range(_CODE_LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return letters
