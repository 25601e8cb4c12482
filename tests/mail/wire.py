"""A mail server of a few lines that says at any point what a test wants: refuse, drop, drip."""

import contextlib
import enum
import socket
import threading
import time
from collections.abc import Iterable
from types import TracebackType


class Line(enum.Enum):
    """What a client says, in its order; BODY is the end of the message."""

    HELO = "EHLO"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    BODY = "."
    QUIT = "QUIT"


_GOOD = {Line.DATA: "354 go on", Line.QUIT: "221 bye"}


class Server:
    """Answers well but for what ``says`` holds: an answer, none for a dropped line, or "drip".

    Attributes:
        receivers: of each message, as they were named on the wire.
        bodies: the messages that were accepted.
    """

    def __init__(self, says: dict[Line, str | None]) -> None:
        self.says = says
        self.receivers: list[list[str]] = []
        self.bodies: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError):
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        heard = line.makefile("rb")
        line.sendall(b"220 here\r\n")
        receivers: list[str] = []
        for said in heard:
            text = said.decode().strip()
            at = next((each for each in Line if text.upper().startswith(each.value)), None)
            if at is Line.RCPT:
                receivers.append(text.partition(":")[2])
            if not self._answer(line, at):
                return
            if at is Line.DATA:
                body = _body(heard)
                if body is None or not self._answer(line, Line.BODY):
                    return
                if Line.BODY not in self.says:
                    self.bodies.append(body)
                    self.receivers.append(receivers)

    def _answer(self, line: socket.socket, at: Line | None) -> bool:
        """Answer as it was told; say whether the line is still up."""
        answer = self.says.get(at, _GOOD.get(at, "250 fine")) if at else "250 fine"
        if answer == "drip":
            for _ in range(40):
                line.sendall(b"2")
                time.sleep(0.05)
            return False
        if answer is None:
            return False
        line.sendall(f"{answer}\r\n".encode())
        return at is not Line.QUIT


def _body(heard: Iterable[bytes]) -> str | None:
    """Read a message to its end; none where the line ends before it."""
    lines: list[str] = []
    for said in heard:
        if said == b".\r\n":
            return "".join(lines)
        lines.append(said.decode())
    return None
