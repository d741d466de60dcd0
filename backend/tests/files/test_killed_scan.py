"""A process that dies while the virus check runs: the file stays locked and whole, and the next run checks it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from kenes.files import services
from kenes.files.errors import FileNotReady
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)
DATA = a_pdf(extra=b"kept whole")

_SCAN = """
import django, sys
django.setup()
from uuid import UUID
from kenes.files import services
services.scan_file(file_id=UUID(sys.argv[1]), last_try=False)
"""


class SlowScanner:
    """Takes the file and never answers."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.got_the_file = threading.Event()
        self._held: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection_, _address = self.socket.accept()
            except OSError:
                return
            command = connection_.recv(64 * 1024)
            if b"VERSION" in command:
                connection_.sendall(b"ClamAV slow\0")
                connection_.close()
            else:
                self._held.append(connection_)
                self.got_the_file.set()


@pytest.fixture
def slow() -> Iterator[SlowScanner]:
    scanner = SlowScanner()
    yield scanner
    scanner.socket.close()


def test_a_killed_check_leaves_the_file_locked_and_is_run_again(
    slow: SlowScanner, scanner: object, media: Path
) -> None:
    file = services.store(
        data=DATA, name="a.pdf", mime="", origin="uploaded", owner_kind="case", owner_id=uuid.uuid4()
    )
    database = django_settings.DATABASES["default"]
    place = f"{database['HOST']}:{database['PORT']}/{connection.settings_dict['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{place}",
        "MEDIA_DIR": str(media),
        "CLAMD_URL": slow.address,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _SCAN, str(file.pk)], cwd=django_settings.BASE_DIR, env=environment
    )
    assert slow.got_the_file.wait(30)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    file.refresh_from_db()
    assert file.scan == "pending"
    with pytest.raises(FileNotReady):
        services.read(file)
    assert OutboxRow.objects.get(handler="files.scan").status == "pending"
    services.scan_file(file_id=file.pk, last_try=False)
    file.refresh_from_db()
    assert (file.scan, services.read(file)) == ("clean", DATA)
    assert StoredFile.objects.count() == 1
    assert sum(path.is_file() for path in media.rglob("*")) == 1
