"""LibreOffice, which makes a PDF of a Word file. The only module that runs it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

LONGEST_SECONDS: Final = 90
_PROGRAM: Final = "soffice"
_PREFIX: Final = "portal-pdf-"
# Tagged, so that a screen reader finds headings and tables: LibreOffice leaves that out by itself.
_TAGGED: Final = (
    "pdf:writer_pdf_Export:"
    '{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"}}'
)
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


class OfficeSuiteError(Exception):
    """No PDF was made; the message is a sentence without its full stop."""


def is_there() -> bool:
    """Say whether LibreOffice is installed on this computer."""
    return shutil.which(_PROGRAM) is not None


def to_pdf(word_file: bytes) -> bytes:
    """Make a tagged PDF of a Word file.

    Each run has a profile of its own: of two that share one, one ends without a file or a word.

    Raises:
        OfficeSuiteError: LibreOffice is missing, takes more than 90 seconds, or writes nothing.
    """
    program = shutil.which(_PROGRAM)
    if program is None:
        raise OfficeSuiteError("LibreOffice is not installed where PDFs are made")
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS)
        (folder / "document.docx").write_bytes(word_file)
        _run(program, folder)
        return _made(folder / "made" / "document.pdf")


def _run(program: str, folder: Path) -> None:
    command = [
        program,
        "--headless",
        "--norestore",
        "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        _TAGGED,
        "--outdir",
        str(folder / "made"),
        str(folder / "document.docx"),
    ]
    surroundings = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
    }
    running = subprocess.Popen(  # noqa: S603  # the arguments are these
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        start_new_session=True,
    )
    try:
        running.wait(timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise OfficeSuiteError("LibreOffice took too long over this document") from error
    finally:
        _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it has started: the first process only starts the real one."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _made(path: Path) -> bytes:
    # It says that it went well when nothing was written, too.
    content = path.read_bytes() if path.is_file() else b""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        raise OfficeSuiteError("LibreOffice could not make a PDF of this document")
    return content


def _sweep() -> None:
    """Remove what a run has left that was killed together with its worker: it holds a document."""
    oldest = time.time() - 2 * LONGEST_SECONDS
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue
