"""A running sandbox and a receiver for its webhooks."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sandbox.testing import SandboxProcess

SECRET = "sandbox-test-secret"


class WebhookReceiver:
    """A small server that keeps what it was sent and answers as told."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.bodies.append(json.loads(body) | {"path": self.path})
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def of(self, number: str) -> list[dict[str, Any]]:
        return [body for body in self.bodies if body["data"]["to"] == number]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def receiver() -> Iterator[WebhookReceiver]:
    one = WebhookReceiver()
    yield one
    one.close()


@pytest.fixture(scope="module")
def sandbox(receiver: WebhookReceiver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(
        tmp_path_factory.mktemp("sandbox"),
        SANDBOX_CALLBACK_URL=receiver.url,
        SMS_WEBHOOK_SECRET=SECRET,
        SANDBOX_SLOW_SECONDS="1.5",
        SANDBOX_WEBHOOK_GAP_SECONDS="0.2",
    ) as running:
        yield running
