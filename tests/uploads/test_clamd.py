"""The scanner for viruses: its own word makes a file clean, and nothing else does."""

import socket

import pytest

from portal.domain.files import FileRefusedError
from portal.uploads.clamd import Scanned, scan
from portal.uploads.judging import INFECTED, judge
from tests.file_bytes import EICAR, WAV
from tests.scanner import MOST, FakeScanner


@pytest.fixture
def scanner():
    started = []

    def start(address=("127.0.0.1", 0), **options):
        started.append(FakeScanner(address, **options))
        return started[-1]

    yield start
    for each in started:
        each.door.close()


def test_what_the_scanner_finds_is_not_kept_and_what_it_passes_is_marked(scanner):
    clean = scanner()
    content = WAV + bytes(600_000)

    assert judge("a.wav", content, clean.address).is_scanned
    assert clean.got == content
    with pytest.raises(FileRefusedError, match=f"^{INFECTED}$"):
        judge("a.wav", WAV + EICAR, scanner().address)


def test_over_a_socket_of_this_computer_it_is_the_same(scanner, tmp_path):
    path = str(tmp_path / "clamd.sock")
    scanner(path, family=socket.AF_UNIX)

    assert scan(f"unix:{path}", EICAR) is Scanned.FOUND


def test_what_is_longer_than_the_scanner_takes_is_not_clean(scanner):
    assert scan(scanner().address, bytes(8 * MOST)) is Scanned.NOT_SCANNED


@pytest.mark.parametrize(
    "answer", [b"", b"stream: O", b"stream: OK but\0", b"UNKNOWN COMMAND\0", b"OK\0"]
)
def test_any_other_answer_is_none(scanner, answer):
    assert scan(scanner(answer=answer).address, WAV) is Scanned.NOT_SCANNED


@pytest.mark.parametrize("address", ["", "127.0.0.1:1", "unix:/nowhere", "127.0.0.1:999999"])
def test_without_a_scanner_nothing_is_clean(address):
    assert scan(address, WAV) is Scanned.NOT_SCANNED


def test_a_scanner_that_is_away_is_said_in_the_servers_log(caplog):
    assert scan("unix:/nowhere/clamd.ctl", WAV) is Scanned.NOT_SCANNED

    assert "The scanner for viruses did not answer" in caplog.text
