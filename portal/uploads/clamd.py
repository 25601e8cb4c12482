"""Ask the scanner for viruses (clamd), over a socket of this computer or of another."""

import enum
import logging
import socket
import struct
from collections.abc import Iterator
from typing import Final

logger = logging.getLogger("portal.uploads")

_SECONDS: Final = 20
_CHUNK: Final = 256 * 1024
_LONGEST_ANSWER: Final = 4096
_UNIX: Final = "unix:"


class Scanned(enum.StrEnum):
    """What came of a scan; only a scanner's own word makes a file clean."""

    CLEAN = "clean"
    FOUND = "found"
    NOT_SCANNED = "not_scanned"


def scan(address: str, content: bytes) -> Scanned:
    """Have a file scanned.

    Args:
        address: ``unix:/path/of/socket`` or ``host:port``; empty where there is no scanner.
        content: all of it. What is longer than the scanner takes counts as not scanned.

    A scanner that does not answer stops no request: the office sees that nobody has looked, and
    the server's log says why.
    """
    if not address:
        return Scanned.NOT_SCANNED
    try:
        with _connected(address) as scanner:
            for part in _spoken(content):
                scanner.sendall(part)
            return _understood(_answer(scanner))
    except OSError as error:
        logger.warning("The scanner for viruses did not answer: %s", error)
        return Scanned.NOT_SCANNED


def _connected(address: str) -> socket.socket:
    if not address.startswith(_UNIX):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), _SECONDS)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    scanner.settimeout(_SECONDS)
    try:
        scanner.connect(address.removeprefix(_UNIX))
    except OSError:
        scanner.close()
        raise
    return scanner


def _spoken(content: bytes) -> Iterator[bytes]:
    """Yield what is sent: the command, the file in pieces with their lengths, a length of none."""
    yield b"zINSTREAM\0"
    for at in range(0, len(content), _CHUNK):
        piece = content[at : at + _CHUNK]
        yield struct.pack("!L", len(piece)) + piece
    yield struct.pack("!L", 0)


def _answer(scanner: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        more = scanner.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0")


def _understood(answer: bytes) -> Scanned:
    if answer.endswith(b" FOUND"):
        return Scanned.FOUND
    return Scanned.CLEAN if answer == b"stream: OK" else Scanned.NOT_SCANNED
