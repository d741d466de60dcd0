"""For tests: a clamd of our own that knows the EICAR test file only."""

import io
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from PIL import Image

from kenes.files import receiving
from kenes.files.providers.clamd import Clamd
from kenes.foundation.actor import Actor
from kenes.foundation.providers import Temporary

# The harmless file that every scanner knows, in halves so that this file is not taken for it.
EICAR: Final = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_LIMIT_BYTES: Final = 3 * 1024 * 1024


def a_pdf(text: str = "paper", *, extra: bytes = b"", pages: int = 1, catalog: str = "") -> bytes:
    """A whole, small PDF. `extra` stands in it as a comment; `catalog` adds entries to the root, `text` to each page."""
    kids = " ".join(f"{3 + index} 0 R" for index in range(pages))
    words = text.encode("ascii", "replace").decode()
    draw = f"BT /F1 12 Tf 60 760 Td ({words}) Tj ET"
    content = 3 + pages
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *[
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R"
            f" /Resources << /Font << /F1 {content + 1} 0 R >> >> >>"
        ]
        * pages,
        f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.7\n" + (b"% " + extra + b"\n" if extra else b"")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def a_png(width: int = 60, height: int = 40) -> bytes:
    """A whole, small picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 190, 60)).save(out, "PNG")
    return out.getvalue()


def sent(person_id: UUID, data: bytes, name: str = "справка.pdf") -> UUID:
    """Id of an upload of the person that has come whole and waits to be attached."""
    actor = Actor(user_id=person_id)
    upload = receiving.begin(actor=actor, size=len(data), name=name)
    for start in range(0, len(data), receiving.PART_BYTES):
        part = data[start : start + receiving.PART_BYTES]
        receiving.take_part(actor=actor, upload_id=upload.pk, offset=start, data=part)
    return upload.pk


class ClamdProcess:
    """One running daemon on a free port; as a context manager it ends with the block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers; raises RuntimeError after 30 s."""
        program = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        if program is None:
            raise RuntimeError("clamd is not installed (package clamav-daemon)")
        database = self._folder / "database"
        database.mkdir(parents=True, exist_ok=True)
        (database / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        config = self._folder / "clamd.conf"
        config.write_text(
            f"Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket {self.port}\nDatabaseDirectory {database}\n"
            f"TemporaryDirectory {self._folder}\nStreamMaxLength {STREAM_LIMIT_BYTES}\n"
            "MaxFileSize 100M\nMaxScanSize 400M\nAlertExceedsMax yes\nAlertEncrypted yes\nMaxThreads 4\n"
        )
        with (self._folder / "log").open("ab") as log:
            command = [program, f"--config-file={config}"]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603  (no outside input)
        client = Clamd(address=self.address)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                client.ping()
            except Temporary:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self._folder / "log").read_text())

    def stop(self) -> None:
        """End it and wait."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
