"""Check a template in a process of its own: no file can take the portal's memory or time.

What is read off a zip by its sizes says nothing of how long a tag of a thousand brackets is read,
or how much the filled text takes. The other process is limited, and killed when it takes too long.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from portal.documents.check import Fault

LONGEST_SECONDS: Final = 30
_PACKAGES: Final = str(Path(__file__).parents[2])
_TOO_MUCH: Final = (
    "The file takes too long to check, or too much memory. Begin again with the default template."
)


def check_apart(kind: str, data: bytes) -> list[Fault]:
    """Check a template as ``check.check_template`` does, within 30 seconds and 1 GB of memory."""
    command = [sys.executable, "-P", "-m", "portal.documents.check_alone", kind]
    # Nothing of the portal's settings, and so no secret, is in the other process.
    surroundings = {"PYTHONPATH": _PACKAGES, "PATH": os.defpath, "PYTHONIOENCODING": "utf-8"}
    try:
        ended = subprocess.run(  # noqa: S603  # the arguments are these
            command,
            input=data,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            env=surroundings,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [Fault("file", _TOO_MUCH)]
    if ended.returncode:
        return [Fault("file", _TOO_MUCH)]
    return [Fault(where, sentence) for where, sentence in json.loads(ended.stdout)]
