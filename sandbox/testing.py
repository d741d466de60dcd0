"""Starts a private sandbox for tests: own ports, own state, a real process."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import httpx

ROOT: Final = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class SandboxProcess:
    """One running sandbox; as a context manager it ends with the block.

    `settings` are further SANDBOX_* and SMS_WEBHOOK_SECRET values for the process.
    """

    def __init__(self, state_dir: Path, **settings: str) -> None:
        self.http_port = free_port()
        self.smtp_port = free_port()
        self.url = f"http://127.0.0.1:{self.http_port}"
        self._state_dir = state_dir
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client(base_url=self.url, timeout=30)

    @property
    def anchors_dir(self) -> Path:
        """Certificates of the authority that this sandbox signs by, made at its first start."""
        return Path(self._settings.get("SANDBOX_ESIGN_DIR") or self._state_dir / "esign") / "anchors"

    def start(self) -> None:
        """Start the program and wait until it answers; raises RuntimeError after 20 s."""
        self._state_dir.mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            "SANDBOX_HTTP_PORT": str(self.http_port),
            "SANDBOX_SMTP_PORT": str(self.smtp_port),
            "SANDBOX_STATE_DIR": str(self._state_dir),
        }
        with (self._state_dir / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sandbox"],
                cwd=ROOT,
                env=environment | self._settings,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if self._client.get("/sandbox/api/health/").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError((self._state_dir / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the program by a signal and wait for it."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=10)
            self._process = None

    def sms(self, to: str = "") -> list[dict[str, Any]]:
        """Messages newest first."""
        return self._items("/sandbox/api/sms/", {"to": to} if to else {})

    def mail(self, to: str = "", message_id: str = "") -> list[dict[str, Any]]:
        """Letters newest first."""
        return self._items("/sandbox/api/mail/", {"to": to, "message_id": message_id})

    def eml(self, mail_id: int) -> bytes:
        """The raw source of one letter."""
        return self._client.get(f"/sandbox/api/mail/{mail_id}.eml").content

    def switch(self, **positions: str) -> None:
        """Move switches, for example `switch(smtp="down")`."""
        self._client.post("/sandbox/api/switches/", json=positions).raise_for_status()

    def reset(self) -> None:
        """Forget everything and put the switches back."""
        self._client.post("/sandbox/api/reset/").raise_for_status()

    def _items(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        answer = self._client.get(path, params=query)
        answer.raise_for_status()
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

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
        self._client.close()
