"""What counts as exactly one email address, for invites, messages and accounts alike."""

import re
from typing import Final

LONGEST: Final = 254

# One mailbox, nothing that separates addresses, quotes, comments or ends a line. Stricter than
# RFC 5322 on purpose: whether the mailbox exists shows when mail is sent.
_ADDRESS: Final = re.compile(r"[^\s\x00-\x1f\x7f-\x9f@<>()\[\]\\,;:\"]+@[\w.-]+\.[\w-]*\w")


def is_address(text: str) -> bool:
    """Say whether the text is exactly one email address of at most 254 characters."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None
