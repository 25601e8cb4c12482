"""Draw a picture anew in a process of its own: no picture can take the portal's memory or time."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from portal.domain.files import FileRefusedError

logger = logging.getLogger("portal.uploads")

LONGEST_SECONDS: Final = 30
# Each takes up to 200 MB, so that several at once would take what the computer has.
_ONE_AT_A_TIME: Final = threading.Lock()
# Run as a file by itself: as a part of the portal it would begin by reading all of the portal.
_PROGRAM: Final = str(Path(__file__).with_name("picture_alone.py"))
# What the process ends with for a picture; with anything else it is broken itself.
_CANNOT_BE_DRAWN: Final = 3
NOT_OPENED: Final = (
    "The photo cannot be opened: it is damaged, or too large. Make it smaller, and add it again"
)

NOT_NOW: Final = (
    "We cannot take photos at the moment. Nothing is wrong with yours. Go on without it: you can "
    "give it to us later"
)


def draw_apart(ending: str, content: bytes) -> bytes:
    """Return a copy of a picture as ``picture_alone.drawn_anew`` does, within 30 seconds.

    Raises:
        FileRefusedError: it is damaged, or takes too long or too much memory; or no photo can be
            drawn here, which the server's log says.
    """
    command = [sys.executable, "-I", _PROGRAM, ending, str(_CANNOT_BE_DRAWN)]
    try:
        with _ONE_AT_A_TIME:
            ended = _run(command, content)
    except subprocess.TimeoutExpired as error:
        raise FileRefusedError(NOT_OPENED) from error
    if ended.returncode == _CANNOT_BE_DRAWN or ended.returncode < 0:
        raise FileRefusedError(NOT_OPENED)
    if ended.returncode:
        why = ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.error("No photo can be drawn: %s", why)
        raise FileRefusedError(NOT_NOW)
    return ended.stdout


def _run(command: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # the arguments are ours
        command,
        input=content,
        capture_output=True,
        timeout=LONGEST_SECONDS,
        # Nothing of the portal's settings, and so no secret, is in the other process.
        env={"PATH": os.defpath},
        check=False,
    )
