"""The scanner's client against a real clamd, and against answers that a real one gives only in trouble."""

import io
import os
import socket
import threading
import time
import zipfile

import pytest

from kenes.files.providers.base import Verdict
from kenes.files.providers.clamd import Clamd
from kenes.files.testing import EICAR, STREAM_LIMIT_BYTES, ClamdProcess
from kenes.foundation.providers import Misconfigured, Temporary

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with ClamdProcess(tmp_path_factory.mktemp("clamd")) as running:
        yield Clamd(address=running.address)


def test_ping_and_version(client):
    client.ping()
    assert client.version().startswith("ClamAV ")


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 2 * 1024 * 1024])
def test_clean_bytes_of_any_length(client, size):
    result = client.scan(os.urandom(size))
    assert (result.verdict, result.signature) == (Verdict.CLEAN, "")


def test_virus_is_named(client):
    result = client.scan(EICAR)
    assert result.verdict is Verdict.INFECTED
    assert result.signature.startswith("Eicar-Test-Signature")


def test_virus_inside_a_zip_is_found(client):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", EICAR)
    assert client.scan(buffer.getvalue()).verdict is Verdict.INFECTED


def test_stream_over_the_limit_is_not_clean(client):
    assert client.scan(os.urandom(4 * STREAM_LIMIT_BYTES)).verdict is Verdict.UNSCANNABLE


def test_nobody_listening_is_temporary():
    with pytest.raises(Temporary):
        Clamd(address="127.0.0.1:9").ping()


@pytest.mark.parametrize("address", ["", "host", "host:", ":3310", "host:port"])
def test_wrong_address_is_a_setting_to_mend(address):
    with pytest.raises(Misconfigured):
        Clamd(address=address)


class TroubledDaemon:
    """Answers VERSION rightly and the scan as told."""

    def __init__(self, answer: bytes, pause: float = 0) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._answer, self._pause = answer, pause
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        for _ in range(2):
            connection, _ = self._listener.accept()
            with connection:
                if connection.recv(9).startswith(b"zVERSION"):
                    connection.sendall(b"ClamAV 1.4.3/27841/Mon Nov 23 08:00:00 2026\0")
                    continue
                connection.recv(65_536)
                time.sleep(self._pause)
                connection.sendall(self._answer)
        self._listener.close()


@pytest.mark.parametrize(
    "answer", [b"", b"stream: ERROR\0", b"garbage\0", b"stream: Can't allocate memory ERROR\0"]
)
def test_no_answer_and_errors_are_temporary(answer):
    with pytest.raises(Temporary):
        Clamd(address=TroubledDaemon(answer).address).scan(b"data")


def test_silence_is_temporary():
    with pytest.raises(Temporary):
        Clamd(address=TroubledDaemon(b"", pause=2).address, timeout_seconds=0.3).scan(b"data")


@pytest.mark.parametrize(
    "name", ["Heuristics.Encrypted.Zip", "Heuristics.Encrypted.PDF", "Heuristics.Limits.Exceeded.MaxFileSize"]
)
def test_what_cannot_be_looked_into_is_no_virus_and_not_clean(name):
    result = Clamd(address=TroubledDaemon(f"stream: {name} FOUND\0".encode()).address).scan(b"data")
    assert (result.verdict, result.signature) == (Verdict.UNSCANNABLE, name)
    assert result.engine == "ClamAV 1.4.3/27841/Mon Nov 23 08:00:00 2026"
