"""The adapter of signing by QR against the sandbox: the whole way, lost lines, refusals, what the service must not do."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from sandbox.testing import SandboxProcess

from kenes.foundation import clock
from kenes.foundation.providers import Rejected, Temporary
from kenes.signing.providers.base import (
    QrDocument,
    QrInvitation,
    SignerRefused,
    SigningExpired,
    StillWaiting,
)
from kenes.signing.providers.sigex import Sigex
from kzsign import RevocationPolicy, Trust, Verdict, verify

PDF = b"%PDF-1.7\n" + "Заявление о реструктуризации".encode()
DOCUMENT = QrDocument("Заявление KH-1", "Өтініш KH-1", "Letter KH-1", PDF)
IIN = "910203300105"


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("qr-sandbox"), SANDBOX_SLOW_SECONDS="1.5") as running:
        yield running


@pytest.fixture
def sandbox(vendor: SandboxProcess) -> Iterator[SandboxProcess]:
    yield vendor
    vendor.reset()


@pytest.fixture
def adapter(sandbox: SandboxProcess) -> Sigex:
    return Sigex(
        base_url=f"{sandbox.url}/sandbox/sigex", timeout_seconds=1, scan_seconds=0.4, sign_seconds=0.4
    )


class Phone:
    """The phone that has the QR code of an invitation."""

    def __init__(self, sandbox: SandboxProcess, invitation: QrInvitation) -> None:
        self._address = (
            f"{sandbox.url}/sandbox/api/egov/{invitation.mobile_link.rstrip('/').rsplit('/', 1)[-1]}/"
        )

    def act(self, action: str, **choice: str) -> None:
        httpx.post(self._address, json={"action": action, **choice}).raise_for_status()

    def shown(self) -> dict[str, Any]:
        return dict(httpx.get(self._address).json())


@pytest.fixture
def invited(sandbox: SandboxProcess, adapter: Sigex) -> tuple[QrInvitation, Phone]:
    invitation = adapter.invite(description="Kenes Hub: KH-1")
    return invitation, Phone(sandbox, invitation)


def given(adapter: Sigex, invitation: QrInvitation, phone: Phone) -> None:
    """The document is on the phone and was read there."""
    with pytest.raises(StillWaiting):
        adapter.hand_over(invitation.data_url, DOCUMENT)
    phone.act("scan")
    adapter.hand_over(invitation.data_url, DOCUMENT)


def patiently(call: Callable[[], Any]) -> Any:
    """Ask again as long as the adapter says to."""
    deadline = time.monotonic() + 10
    while True:
        try:
            return call()
        except StillWaiting:
            assert time.monotonic() < deadline, "still waiting"


def test_person_signs_on_the_phone(
    sandbox: SandboxProcess, adapter: Sigex, invited: tuple[QrInvitation, Phone]
) -> None:
    invitation, phone = invited
    assert invitation.qr_image.startswith("data:image/gif;base64,R0lG")
    assert timedelta(minutes=1) < invitation.expires_at - clock.now() <= timedelta(minutes=15)
    given(adapter, invitation, phone)
    assert phone.shown()["documents"][0]["name"] == "Заявление KH-1"
    with pytest.raises(StillWaiting):
        adapter.fetch(invitation.sign_url)
    phone.act("sign", iin=IIN)
    cms = adapter.fetch(invitation.sign_url)
    trust = Trust.from_folder(sandbox.anchors_dir)
    report = verify(base64.b64decode(cms), document=PDF, trust=trust, revocation=RevocationPolicy.OFF)
    assert report.verdict is Verdict.VALID, report.as_json()
    assert report.signers[0].iin == IIN
    # Asked once more after a lost answer, it is the same signature.
    assert adapter.fetch(invitation.sign_url) == cms


def test_signature_is_under_the_document_alone(
    sandbox: SandboxProcess, adapter: Sigex, invited: tuple[QrInvitation, Phone]
) -> None:
    invitation, phone = invited
    given(adapter, invitation, phone)
    phone.act("sign", iin=IIN)
    trust = Trust.from_folder(sandbox.anchors_dir)
    cms = base64.b64decode(adapter.fetch(invitation.sign_url))
    report = verify(cms, document=PDF + b" ", trust=trust, revocation=RevocationPolicy.OFF)
    assert report.verdict is Verdict.INVALID


def test_calls_that_the_line_has_cut_are_made_again(
    sandbox: SandboxProcess, adapter: Sigex, invited: tuple[QrInvitation, Phone]
) -> None:
    invitation, phone = invited
    sandbox.switch(sigex="drop")
    with pytest.raises(StillWaiting):
        adapter.hand_over(invitation.data_url, DOCUMENT)
    phone.act("scan")
    patiently(lambda: adapter.hand_over(invitation.data_url, DOCUMENT))
    phone.act("sign", iin=IIN)
    assert base64.b64decode(patiently(lambda: adapter.fetch(invitation.sign_url)))


@pytest.mark.parametrize(("action", "error"), [("refuse", SignerRefused), ("expire", SigningExpired)])
def test_refusal_and_expiry_are_told_apart(
    adapter: Sigex, invited: tuple[QrInvitation, Phone], action: str, error: type[Exception]
) -> None:
    invitation, phone = invited
    given(adapter, invitation, phone)
    phone.act(action)
    with pytest.raises(error):
        adapter.fetch(invitation.sign_url)
    with pytest.raises(error):
        adapter.hand_over(invitation.data_url, DOCUMENT)


def test_another_document_under_the_same_code_is_refused(
    adapter: Sigex, invited: tuple[QrInvitation, Phone]
) -> None:
    invitation, phone = invited
    given(adapter, invitation, phone)
    with pytest.raises(Rejected):
        adapter.hand_over(invitation.data_url, QrDocument("a", "b", "c", b"%PDF-1.7 other"))


@pytest.mark.parametrize("position", ["down", "error", "slow"])
def test_a_failing_service_is_a_matter_of_time(
    sandbox: SandboxProcess, adapter: Sigex, position: str
) -> None:
    sandbox.switch(sigex=position)
    with pytest.raises(Temporary):
        adapter.invite(description="Kenes Hub")


def test_nobody_at_the_address_is_a_matter_of_time(sandbox: SandboxProcess) -> None:
    with pytest.raises(Temporary):
        Sigex(base_url="http://127.0.0.1:9", timeout_seconds=1).invite(description="Kenes Hub")


class Impostor:
    """A service that answers whatever it is told to."""

    def __init__(self) -> None:
        self.answer: Any = {}
        self.bodies: list[bytes] = []
        impostor = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                impostor.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                answer = impostor.answer
                raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def impostor() -> Iterator[Impostor]:
    one = Impostor()
    yield one
    one.close()


GIF = base64.b64encode(b"GIF89a").decode()


def registered(base: str, **changes: Any) -> dict[str, Any]:
    return {
        "qrCode": GIF, "dataURL": f"{base}/data", "signURL": f"{base}/sign", "eGovMobileLaunchLink": "https://m.egov.kz/",
        "eGovBusinessLaunchLink": "https://b.egov.kz/", "expireAt": int(time.time() * 1000) + 60_000, **changes,
    }  # fmt: skip


def test_a_document_goes_nowhere_but_to_the_service(impostor: Impostor, sandbox: SandboxProcess) -> None:
    adapter = Sigex(base_url=impostor.url, timeout_seconds=2)
    for foreign in (f"{sandbox.url}/data", "https://evil.example/data", "file:///etc/passwd", "data:,x"):
        impostor.answer = registered(impostor.url, dataURL=foreign)
        with pytest.raises(Rejected):
            adapter.invite(description="Kenes Hub")
        with pytest.raises(Rejected):
            adapter.hand_over(foreign, DOCUMENT)
    assert not any(b"documentsToSign" in body for body in impostor.bodies)


def test_links_that_run_something_are_not_passed_on(impostor: Impostor) -> None:
    impostor.answer = registered(impostor.url, eGovMobileLaunchLink="javascript:alert(1)")
    invitation = Sigex(base_url=impostor.url, timeout_seconds=2).invite(description="Kenes Hub")
    assert invitation.mobile_link == ""


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"[]",
        b"[" * 100_000,
        b'{"qrCode": 1}',
        {"qrCode": "R0lG"},
        registered("http://127.0.0.1:1", qrCode="<svg/>"),
        registered("http://127.0.0.1:1", qrCode=base64.b64encode(b"<svg/>").decode()),
    ],
)
def test_nonsense_is_no_invitation(impostor: Impostor, answer: Any) -> None:
    impostor.answer = answer
    with pytest.raises((Temporary, Rejected)):
        Sigex(base_url=impostor.url, timeout_seconds=2).invite(description="Kenes Hub")


@pytest.mark.parametrize("end", [None, "soon", -1, 10**30, float("1e300")])
def test_a_strange_end_is_cut_to_a_quarter_of_an_hour(impostor: Impostor, end: Any) -> None:
    impostor.answer = registered(impostor.url, expireAt=end)
    invitation = Sigex(base_url=impostor.url, timeout_seconds=2).invite(description="Kenes Hub")
    assert invitation.expires_at <= clock.now() + timedelta(minutes=15)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"documentsToSign": []},
        {"documentsToSign": [1]},
        {"documentsToSign": [{"document": {"file": {"data": ""}}}]},
        {"documentsToSign": [{"document": {"file": {"data": "a"}}}] * 2},
    ],
)
def test_nonsense_is_no_signature(impostor: Impostor, answer: Any) -> None:
    impostor.answer = answer
    with pytest.raises((Temporary, Rejected)):
        Sigex(base_url=impostor.url, timeout_seconds=2).fetch(f"{impostor.url}/sign")
