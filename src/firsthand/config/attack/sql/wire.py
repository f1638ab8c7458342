"""PostgreSQL's protocol, as much as an attacker needs: many statements at once, and every byte that comes back.

A driver would hide most of what a server says. Here notices, error details, notifications and copied data are
one stream of bytes in which a mark is looked for. Statements of one breath are sent before the first answer is
read, so the server never waits for us. Peer authentication over a socket, which is what the embedded server has.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass

HEAD = struct.Struct("!cI")
PROTOCOL = 196608
READY, ERROR, DONE, ROW, COPIED = b"Z", b"E", b"C", b"D", b"d"


@dataclass(frozen=True, slots=True)
class Answer:
    raw: bytes  # all that came back for one attempt
    rows: int  # of its last statement: seen, copied, changed
    code: str  # SQLSTATE of what it was refused with; "" = it was not


class Wire:
    def __init__(self, path: str, user: str, database: str, **settings: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(120)
        self._socket.connect(path)
        words = {"user": user, "database": database, "application_name": "attack", **settings}
        body = b"".join(f"{name}\0{value}\0".encode() for name, value in words.items()) + b"\0"
        self._socket.sendall(struct.pack("!II", len(body) + 8, PROTOCOL) + body)
        self._left = b""
        self.greeting = self._read(1)[0]

    def close(self) -> None:
        self._socket.close()

    def ask(self, statements: Sequence[str]) -> list[Answer]:
        """One breath. Each statement may be several with semicolons; the first that fails ends it."""
        self.send(statements)
        return self._read(len(statements))

    def send(self, statements: Sequence[str]) -> None:
        sent = []
        for statement in statements:
            raw = statement.encode()
            sent.append(b"Q" + struct.pack("!I", len(raw) + 5) + raw + b"\0")
        self._socket.sendall(b"".join(sent))

    def receive(self, number: int) -> list[Answer]:
        return self._read(number)

    def _read(self, number: int) -> list[Answer]:
        answers: list[Answer] = []
        buffer, at, began, rows, code = self._left, 0, 0, 0, ""
        while len(answers) < number:
            if len(buffer) - at < 5 or len(buffer) - at < 1 + HEAD.unpack_from(buffer, at)[1]:
                if not (more := self._socket.recv(1 << 18)):
                    raise ConnectionError("the server closed the connection")
                buffer, at, began = buffer[began:] + more, at - began, 0
                continue
            kind, length = HEAD.unpack_from(buffer, at)
            end = at + 1 + length
            if kind == DONE:
                words = buffer[at + 5 : end - 1].rsplit(b" ", 1)
                rows = int(words[1]) if len(words) == 2 and words[1].isdigit() else 0
            elif kind == ERROR:
                code, rows = _code(buffer[at + 5 : end]), 0
            elif kind == READY:
                answers.append(Answer(buffer[began:end], rows, code))
                began, rows, code = end, 0, ""
            at = end
        self._left = buffer[at:]
        return answers


def _code(fields: bytes) -> str:
    found = [field for field in fields.split(b"\0") if field[:1] == b"C"]
    return found[0][1:].decode() if found else "?"
