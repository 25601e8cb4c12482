"""Draw a picture anew in a process of its own: no picture can take the portal's memory or time."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from portal.domain.files import FileRefusedError

LONGEST_SECONDS: Final = 30
# Each takes up to 200 MB, so that several at once would take what the computer has.
_ONE_AT_A_TIME: Final = threading.Lock()
# Run as a file by itself: as a part of the portal it would begin by reading all of the portal.
_PROGRAM: Final = str(Path(__file__).with_name("picture_alone.py"))
NOT_OPENED: Final = (
    "The photo cannot be opened: it is damaged, or too large. Make it smaller, and add it again"
)


def draw_apart(ending: str, content: bytes) -> bytes:
    """Return a copy of a picture as ``picture_alone.drawn_anew`` does, within 30 seconds.

    Raises:
        FileRefusedError: it is damaged, or takes too long or too much memory.
    """
    command = [sys.executable, "-I", _PROGRAM, ending]
    try:
        with _ONE_AT_A_TIME:
            ended = _run(command, content)
    except subprocess.TimeoutExpired as error:
        raise FileRefusedError(NOT_OPENED) from error
    if ended.returncode:
        raise FileRefusedError(NOT_OPENED)
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
