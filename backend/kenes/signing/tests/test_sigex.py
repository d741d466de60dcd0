"""The adapter of the eGov mobile service: what it sends, and how it reads every kind of answer, over real HTTP."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction

from kenes.foundation.providers import Misconfigured, ProviderError, Rejected, Temporary
from kenes.signing.providers.base import QrDocument, SignerRefused, SigningExpired, StillWaiting
from kenes.signing.providers.sigex import Sigex

GIF = base64.b64encode(b"GIF89a picture").decode()
DOCUMENT = QrDocument("Заявление", "Өтініш", "Letter", b"%PDF-1.7 text")


class Vendor:
    """A small server that answers as told and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes, str]] = []
        self.calls: list[tuple[str, str, Any]] = []
        self.wait = self.drip = 0.0
        self.missing = 0
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                vendor.calls.append((self.command, self.path, json.loads(raw) if raw else None))
                time.sleep(vendor.wait)
                status, body, encoding = vendor.answers.pop(0)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) + vendor.missing))
                if encoding:
                    self.send_header("Content-Encoding", encoding)
                self.end_headers()
                self._write(body)

            def _write(self, body: bytes) -> None:
                with contextlib.suppress(OSError):  # whoever asked has gone
                    for at in range(0, len(body), 1 if vendor.drip else max(len(body), 1)):
                        time.sleep(vendor.drip)
                        self.wfile.write(body[at : at + 1] if vendor.drip else body)

            do_GET = do_POST = _answer  # noqa: N815  (names of the server)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def will(self, body: Any, status: int = 200, encoding: str = "") -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.append((status, raw, encoding))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    one = Vendor()
    yield one
    one.close()


@pytest.fixture
def sigex(vendor: Vendor) -> Sigex:
    return Sigex(base_url=vendor.url, timeout_seconds=1, scan_seconds=0.4, sign_seconds=0.4)


def invitation(vendor: Vendor, **changes: Any) -> dict[str, Any]:
    at = datetime.now(UTC) + timedelta(minutes=5)
    return {
        "qrCode": GIF,
        "dataURL": f"{vendor.url}/api/egovQr/secret/data",
        "signURL": f"{vendor.url}/api/egovQr/secret/sign",
        "eGovMobileLaunchLink": "https://m.egov.kz/mobileSign?link=x",
        "eGovBusinessLaunchLink": "https://business.egov.kz/x",
        "expireAt": int(at.timestamp() * 1000),
        **changes,
    }


def test_an_invitation(vendor: Vendor, sigex: Sigex) -> None:
    vendor.will(invitation(vendor))
    found = sigex.invite(description="Kenes Hub: KH-1")
    assert vendor.calls == [("POST", "/api/egovQr", {"description": "Kenes Hub: KH-1"})]
    assert found.qr_image == f"data:image/gif;base64,{GIF}"
    assert found.mobile_link == "https://m.egov.kz/mobileSign?link=x"
    assert timedelta(minutes=4) < found.expires_at - datetime.now(UTC) <= timedelta(minutes=5)


@pytest.mark.parametrize("expires", [None, "soon", 10**30, -(10**30), [], "nan"])
def test_a_strange_end_becomes_a_short_one(vendor: Vendor, sigex: Sigex, expires: Any) -> None:
    vendor.will(invitation(vendor, expireAt=expires))
    assert sigex.invite(description="x").expires_at <= datetime.now(UTC) + timedelta(minutes=15)


@pytest.mark.parametrize(
    "changes",
    [
        {"dataURL": "https://thief.example/data"},
        {"signURL": "http://127.0.0.1:1/sign"},
        {"dataURL": "file:///etc/passwd"},
        {"signURL": "http://127.0.0.1:99999999/"},
    ],
)
def test_the_document_goes_nowhere_but_to_the_vendor(
    vendor: Vendor, sigex: Sigex, changes: dict[str, str]
) -> None:
    vendor.will(invitation(vendor, **changes))
    with pytest.raises(Rejected):
        sigex.invite(description="x")
    for address in changes.values():
        with pytest.raises(Rejected):
            sigex.hand_over(address, DOCUMENT)


def test_a_link_that_is_no_web_address_is_left_out(vendor: Vendor, sigex: Sigex) -> None:
    vendor.will(invitation(vendor, eGovMobileLaunchLink="javascript:alert(1)", eGovBusinessLaunchLink=None))
    found = sigex.invite(description="x")
    assert (found.mobile_link, found.business_link) == ("", "")


@pytest.mark.parametrize("picture", ["", "%%%", base64.b64encode(b"<svg onload=1>").decode(), 7, None])
def test_a_picture_that_is_none(vendor: Vendor, sigex: Sigex, picture: Any) -> None:
    vendor.will(invitation(vendor, qrCode=picture))
    with pytest.raises(Temporary):
        sigex.invite(description="x")


def test_the_document_as_the_vendor_wants_it(vendor: Vendor, sigex: Sigex) -> None:
    vendor.will({})
    sigex.hand_over(f"{vendor.url}/api/egovQr/secret/data", DOCUMENT)
    method, path, body = vendor.calls[0]
    assert (method, path, body["signMethod"]) == ("POST", "/api/egovQr/secret/data", "CMS_SIGN_ONLY")
    [sent] = body["documentsToSign"]
    assert (sent["nameRu"], sent["nameKz"], sent["nameEn"]) == ("Заявление", "Өтініш", "Letter")
    assert sent["document"]["file"]["mime"] == "@file/pdf"
    assert base64.b64decode(sent["document"]["file"]["data"]) == DOCUMENT.pdf


def test_the_signature(vendor: Vendor, sigex: Sigex) -> None:
    vendor.will({"documentsToSign": [{"document": {"file": {"mime": "", "data": "TUlJ"}}}]})
    assert sigex.fetch(f"{vendor.url}/sign") == "TUlJ"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>", b"[]", b"null", b"[" * 100_000, {"documentsToSign": []}, {"documentsToSign": [1]}, {},
        {"documentsToSign": [{"document": {"file": {"data": ""}}}]}, {"documentsToSign": [{"document": []}]},
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_asked_for_again(vendor: Vendor, sigex: Sigex, body: Any) -> None:
    vendor.will(body)
    with pytest.raises(Temporary):
        sigex.fetch(f"{vendor.url}/sign")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Срок действия процедуры подписания истек.", SigningExpired),
        ("Пользователь отказался от подписания.", SignerRefused),
        ("Сервис временно недоступен, попробуйте позже.", Temporary),
        ("Некорректный запрос.", Rejected),
        ({"text": "Некорректный запрос."}, Rejected),
        (["Пользователь отказался от подписания."], SignerRefused),
        (17, Rejected),
        (True, Rejected),
    ],
)
def test_a_message_is_a_refusal_whatever_the_status(
    vendor: Vendor, sigex: Sigex, message: Any, expected: type[ProviderError]
) -> None:
    vendor.will({"message": message, "documentsToSign": [{"document": {"file": {"data": "TUlJ"}}}]})
    with pytest.raises(ProviderError) as problem:
        sigex.fetch(f"{vendor.url}/sign")
    assert type(problem.value) is expected


@pytest.mark.parametrize("message", [None, "", "  ", [], {}, False, 0])
def test_a_message_that_says_nothing_is_no_refusal(vendor: Vendor, sigex: Sigex, message: Any) -> None:
    for answer in (
        invitation(vendor, message=message),
        {"message": message},
        {"message": message, "documentsToSign": [{"document": {"file": {"data": "TUlJ"}}}]},
    ):
        vendor.will(answer)
    assert sigex.invite(description="x").qr_image
    sigex.hand_over(f"{vendor.url}/data", DOCUMENT)
    assert sigex.fetch(f"{vendor.url}/sign") == "TUlJ"


def test_nothing_but_a_signature_is_taken_for_one(vendor: Vendor, sigex: Sigex) -> None:
    for data in ("\ud800", "ПОДПИСЬ", "MII\x00", "{}", "   ", True, ["TUlJ"], {"cms": "TUlJ"}, 7):
        vendor.will({"documentsToSign": [{"document": {"file": {"data": data}}}]})
        with pytest.raises(Temporary):
            sigex.fetch(f"{vendor.url}/sign")
    strange: tuple[dict[str, object], ...] = (
        {"signed": True},
        {"documentsToSign": None},
        {"documentsToSign": {"0": {}}},
        {"status": "ok"},
    )
    for body in strange:
        vendor.will(body)
        with pytest.raises(Temporary):
            sigex.fetch(f"{vendor.url}/sign")


@pytest.mark.parametrize("name", ["qrCode", "dataURL", "signURL", "eGovMobileLaunchLink"])
@pytest.mark.parametrize(
    "value", [None, 7, True, [], {}, ["https://m.egov.kz/"], "http://[", "\ud800", "\x00"]
)
def test_an_invitation_of_other_types_never_crashes(
    vendor: Vendor, sigex: Sigex, name: str, value: Any
) -> None:
    vendor.will(invitation(vendor, **{name: value, "eGovBusinessLaunchLink": value}))
    try:
        found = sigex.invite(description="x")
    except ProviderError:
        return
    assert (name, found.mobile_link, found.business_link) == ("eGovMobileLaunchLink", "", "")


@pytest.mark.parametrize("expires", [0, -5, 1, True, 1.5, {}])
def test_an_end_that_has_passed_leaves_time_to_sign(vendor: Vendor, sigex: Sigex, expires: Any) -> None:
    vendor.will(invitation(vendor, expireAt=expires))
    assert sigex.invite(description="x").expires_at > datetime.now(UTC) + timedelta(minutes=4)


def test_a_body_that_drips_or_never_ends_is_left(vendor: Vendor, sigex: Sigex) -> None:
    vendor.drip = 0.15
    for _ in range(2):
        vendor.will(b" " * 40)
    began = time.monotonic()
    with pytest.raises(StillWaiting):
        sigex.fetch(f"{vendor.url}/sign")
    with pytest.raises(Temporary):
        sigex.invite(description="x")
    assert time.monotonic() - began < 4
    vendor.drip = 0
    vendor.will(gzip.compress(b" " * (60 << 20)), encoding="gzip")
    patient = Sigex(base_url=vendor.url, sign_seconds=20)
    with pytest.raises(Rejected):
        patient.fetch(f"{vendor.url}/sign")


def test_a_body_cut_short_is_asked_for_again(vendor: Vendor, sigex: Sigex) -> None:
    vendor.missing = 5
    for _ in range(2):
        vendor.will({"documentsToSign": [{"document": {"file": {"data": "TUlJ"}}}]})
    with pytest.raises(StillWaiting):
        sigex.fetch(f"{vendor.url}/sign")
    with pytest.raises(Temporary):
        sigex.invite(description="x")


@pytest.mark.parametrize(
    ("status", "expected"),
    [(500, Temporary), (502, Temporary), (429, Temporary), (302, Rejected), (404, Rejected)],
)
def test_statuses(vendor: Vendor, sigex: Sigex, status: int, expected: type[ProviderError]) -> None:
    vendor.will({}, status=status)
    with pytest.raises(expected) as problem:
        sigex.invite(description="x")
    assert type(problem.value) is expected


def test_a_call_that_waits_longer_than_its_time_is_made_again(vendor: Vendor, sigex: Sigex) -> None:
    vendor.wait = 1.5
    for body in ({}, {}, invitation(vendor)):
        vendor.will(body)
    with pytest.raises(StillWaiting):
        sigex.fetch(f"{vendor.url}/sign")
    with pytest.raises(StillWaiting):
        sigex.hand_over(f"{vendor.url}/data", DOCUMENT)
    with pytest.raises(Temporary) as problem:
        sigex.invite(description="x")
    assert type(problem.value) is Temporary


def test_nobody_there(sigex: Sigex, vendor: Vendor) -> None:
    vendor.close()
    gone = Sigex(base_url="http://127.0.0.1:9", timeout_seconds=1)
    with pytest.raises(Temporary) as problem:
        gone.invite(description="x")
    assert "127.0.0.1" not in str(problem.value)


def test_never_inside_a_transaction(sigex: Sigex, transactional_db: None) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        sigex.invite(description="x")


def test_an_address_that_is_none_stops_the_start() -> None:
    with pytest.raises(Misconfigured):
        Sigex(base_url="")
