"""Text as people type and paste it, made safe to store without changing what it says.

Everything that is typed passes through here once, before it is checked or stored. Scripts, emoji,
direction marks and joiners are kept exactly: what is removed can neither be read nor be stored
in a document.
"""

import re
import unicodedata
from typing import Final

_LINE_END: Final = re.compile("\r\n|\r")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Lone surrogates, and the code points that Unicode sets aside as never being characters.
_UNUSABLE: Final = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_SPACE: Final = re.compile("[\n\t\u2028\u2029]")


class UnusableTextError(ValueError):
    """The text holds characters that neither the database nor a Word document can hold."""

    def __init__(self) -> None:
        super().__init__(
            "This text holds characters that cannot be stored. "
            "Type it again or paste it as plain text"
        )


def clean(value: str) -> str:
    r"""Return the text as it is stored: composed (NFC), ``\n`` line ends, no control characters.

    Tab and line feed stay. Every other printable or joining character stays as it was typed.
    Cleaning twice gives the same as cleaning once. Empty text is allowed.

    Args:
        value: Text as it was received.

    Raises:
        UnusableTextError: The text holds a lone surrogate or a noncharacter (not characters in
            XML 1.0 or HTML, and some of them refused by the database driver).
    """
    if _UNUSABLE.search(value):
        raise UnusableTextError
    return unicodedata.normalize("NFC", _CONTROL.sub("", _LINE_END.sub("\n", value)))


def clean_line(value: str) -> str:
    """Return the text for a field of one line: cleaned, line ends and tabs to spaces, ends trimmed.

    Args:
        value: Text as it was received.

    Raises:
        UnusableTextError: As for `clean`.
    """
    return _LINE_SPACE.sub(" ", clean(value)).strip()


def showable(value: str) -> str:
    """Return what was typed as a page can show it again: a mark where it cannot be shown."""
    return _CONTROL.sub("\ufffd", _UNUSABLE.sub("\ufffd", _LINE_END.sub("\n", value)))
