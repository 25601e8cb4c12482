"""PDFs by LibreOffice: what it is given, and every way in which it makes none."""

import shutil
import stat
import threading
import time
from pathlib import Path

import pytest

from portal.documents import office_suite
from portal.documents.content import Kind
from portal.documents.examples import render_examples
from portal.documents.office_suite import OfficeSuiteError, to_pdf
from portal.documents.render import template_for

NO_OFFICE = "There is no LibreOffice"


@pytest.fixture
def says(tmp_path, monkeypatch):
    """Put a script in LibreOffice's place: ``says(lines)``. It has its folder as $HOME."""

    def put(lines):
        script = tmp_path / "bin" / "soffice"
        script.parent.mkdir(exist_ok=True)
        script.write_text(f"#!/bin/sh\n{lines}\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{script.parent}:/usr/bin:/bin")
        monkeypatch.setattr(office_suite.tempfile, "tempdir", str(tmp_path))

    return put


WRITES = 'mkdir -p "$HOME/made"; printf "%%PDF-1.7 %s %%%%EOF" "$*" > "$HOME/made/document.pdf"'


def test_each_run_has_a_profile_of_its_own_asks_for_tags_and_leaves_nothing(says, tmp_path):
    says(WRITES)

    first, second = to_pdf(b"one"), to_pdf(b"two")

    assert b"UseTaggedPDF" in first
    profiles = [made.split(b"-env:UserInstallation=")[1].split()[0] for made in (first, second)]
    assert profiles[0] != profiles[1]
    assert [*tmp_path.glob("portal-pdf-*")] == []


@pytest.mark.parametrize(
    "lines", ["exit 1", "exit 0", 'mkdir "$HOME/made"; echo "%PDF-1.7" > "$HOME/made/document.pdf"']
)
def test_nothing_or_half_a_file_is_no_pdf(says, lines):
    says(lines)

    with pytest.raises(OfficeSuiteError, match="could not make a PDF"):
        to_pdf(b"word")


def test_one_that_stalls_is_ended_with_all_that_it_has_started(says, monkeypatch, tmp_path):
    says(f"(echo $$ > {tmp_path}/started; sleep 60; touch {tmp_path}/late) & sleep 60")
    monkeypatch.setattr(office_suite, "LONGEST_SECONDS", 0.3)
    began = time.monotonic()

    with pytest.raises(OfficeSuiteError, match="took too long"):
        to_pdf(b"word")

    group = (tmp_path / "started").read_text().strip()
    assert time.monotonic() - began < 30
    assert not _runs(group)


def _runs(number):
    status = Path(f"/proc/{number}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_without_libreoffice_it_says_so(monkeypatch):
    monkeypatch.setattr(office_suite.shutil, "which", lambda _: None)

    assert not office_suite.is_there()
    with pytest.raises(OfficeSuiteError, match="not installed"):
        to_pdf(b"word")


def test_what_a_killed_worker_has_left_is_removed(says, tmp_path, monkeypatch):
    says(WRITES)
    left = tmp_path / "portal-pdf-left"
    left.mkdir()
    (left / "document.docx").write_bytes(b"a case")
    monkeypatch.setattr(office_suite.time, "time", lambda: left.stat().st_mtime + 10_000)

    to_pdf(b"word")

    assert not left.exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason=NO_OFFICE)
def test_two_at_once_make_tagged_pdfs():
    letter = render_examples(
        Kind.ACKNOWLEDGEMENT, template_for("default", Kind.ACKNOWLEDGEMENT).read_bytes()
    )
    made = []
    running = [threading.Thread(target=lambda: made.append(to_pdf(letter))) for _ in range(2)]
    for each in running:
        each.start()
    for each in running:
        each.join()

    assert len(made) == 2
    assert all(b"/MarkInfo<</Marked true>>" in pdf for pdf in made)
