"""ClamAV by the protocol of its daemon: INSTREAM, PING, VERSION over TCP or a unix socket."""

import socket
import struct
from typing import Final

from kenes.files.providers.base import ScanResult, Verdict
from kenes.foundation.providers import Misconfigured, Temporary, require_no_transaction

CHUNK_BYTES: Final = 64 * 1024
MAX_ANSWER_BYTES: Final = 4096

# Names of what could not be looked into; they are no viruses.
_UNSCANNABLE: Final = ("Heuristics.Encrypted.", "Heuristics.Limits.Exceeded")


class Clamd:
    """Client of one daemon. `address` is `host:port` or `unix:/path`; times are in seconds."""

    def __init__(self, *, address: str, timeout_seconds: float = 120, ping_seconds: float = 2) -> None:
        host, _, port = address.rpartition(":")
        if not address.startswith("unix:/") and (not host or not port.isdigit()):
            raise Misconfigured("clamd address must be host:port or unix:/path")
        self._address = address
        self._timeout = timeout_seconds
        self._ping_timeout = ping_seconds

    def ping(self) -> None:
        """Raise Temporary unless the daemon answers PONG."""
        if self._command(b"PING", timeout=self._ping_timeout) != "PONG":
            raise Temporary("clamd_not_ready")

    def version(self) -> str:
        """`ClamAV 1.4.3/27841/Mon Nov 23 …`; without a published database only the program version."""
        return self._command(b"VERSION", timeout=self._ping_timeout)

    def scan(self, data: bytes) -> ScanResult:
        """Scan the bytes; raises Temporary when the daemon does not answer or answers with an error."""
        engine = self.version()[:120]
        answer = self._command(b"INSTREAM", timeout=self._timeout, stream=data)
        if answer.endswith("OK"):
            return ScanResult(Verdict.CLEAN, "", engine)
        if "size limit exceeded" in answer:
            return ScanResult(Verdict.UNSCANNABLE, "size_limit", engine)
        if answer.endswith(" FOUND"):
            name = answer.removeprefix("stream: ").removesuffix(" FOUND")[:200]
            unknown = name.startswith(_UNSCANNABLE)
            return ScanResult(Verdict.UNSCANNABLE if unknown else Verdict.INFECTED, name, engine)
        raise Temporary("clamd_error")

    def _command(self, name: bytes, *, timeout: float, stream: bytes | None = None) -> str:
        require_no_transaction()
        try:
            with self._connect(timeout) as connection:
                try:
                    connection.sendall(b"z" + name + b"\0")
                    if stream is not None:
                        _send_stream(connection, stream)
                except (BrokenPipeError, ConnectionResetError):
                    # Over its size limit the daemon answers and hangs up while we still send.
                    pass
                return _answer(connection)
        except OSError as problem:
            raise Temporary("clamd_unreachable") from problem

    def _connect(self, timeout: float) -> socket.socket:
        if self._address.startswith("unix:"):
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(timeout)
            connection.connect(self._address.removeprefix("unix:"))
            return connection
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=timeout)


def _send_stream(connection: socket.socket, data: bytes) -> None:
    for start in range(0, len(data), CHUNK_BYTES):
        chunk = data[start : start + CHUNK_BYTES]
        connection.sendall(struct.pack("!L", len(chunk)) + chunk)
    connection.sendall(struct.pack("!L", 0))


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < MAX_ANSWER_BYTES:
        part = connection.recv(MAX_ANSWER_BYTES)
        if not part:
            break
        received += part
    return received.rstrip(b"\0").decode("utf-8", "replace").strip()
