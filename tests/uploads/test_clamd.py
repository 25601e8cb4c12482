"""The scanner for viruses: its own word makes a file clean, and nothing else does."""

import socket
import struct
import threading

import pytest

from portal.domain.files import FileRefusedError
from portal.uploads.clamd import Scanned, scan
from portal.uploads.judging import INFECTED, judge
from tests.file_bytes import EICAR, WAV

MOST = 1_000_000


class FakeScanner:
    """Speaks as clamd does: finds one text, and hangs up on what is too long."""

    def __init__(self, address, family=socket.AF_INET, answer=None):
        self.door = socket.socket(family, socket.SOCK_STREAM)
        self.door.bind(address)
        self.door.listen()
        self.fixed = answer
        self.got = b""
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self):
        return "{}:{}".format(*self.door.getsockname())

    def _serve(self):
        caller, _ = self.door.accept()
        with caller, caller.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while (length := struct.unpack("!L", said.read(4))[0]) and len(self.got) <= MOST:
                self.got += said.read(length)
            if self.fixed is not None:
                caller.sendall(self.fixed)
            elif len(self.got) > MOST:
                caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            elif EICAR in self.got:
                caller.sendall(b"stream: Eicar-Test FOUND\0")
            else:
                caller.sendall(b"stream: OK\0")


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
