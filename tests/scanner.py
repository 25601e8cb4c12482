"""A scanner for viruses that knows one text."""

import socket
import struct
import threading

from tests.file_bytes import EICAR

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
