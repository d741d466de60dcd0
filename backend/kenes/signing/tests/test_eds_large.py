"""A signature with its document inside: up to the largest document, told clearly above, one at a time in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from kenes.accounts.selectors import actor_for
from kenes.foundation.parsing import LargeJSONParser
from kenes.signing.api import eds_views, large_bodies
from kenes.signing.models import Signature, SignatureRequest
from kenes.signing.services import requests
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import make_borrower, make_document, show
from kenes.signing.tests.pdf_samples import letter_pdf
from kenes.signing.tests.test_eds_api import IIN, OTHER_IIN, give_iin, pdf_of, text
from kzsign.testing import sign_cms

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]
MB = 1024 * 1024


def _asked(size: int, iin: str = IIN) -> SignatureRequest:
    """A request over a PDF of this size: what stands after its end marks is a comment."""
    borrower = give_iin(make_borrower(), iin) if iin else make_borrower()
    pdf = letter_pdf()
    document = make_document(borrower, pdf=pdf + b"\n%" + b"x" * (size - len(pdf) - 2))
    actor = actor_for(borrower)
    return show(actor, requests.request_signature(actor=actor, document_id=document.pk))


def _attached(esign: Esign, request: SignatureRequest) -> str:
    key = esign.authority.individual(iin=request.signer.iin, family="rsa")
    return text(sign_cms(pdf_of(request.document), key, detached=False))


def _post(client: Any, request: SignatureRequest, cms: str) -> Any:
    body = {"cms": cms, "document_sha256": request.document_sha256}
    return client.call("post", f"/signature-requests/{request.pk}/eds/", body)


def test_a_signature_with_a_large_document_inside_is_taken(api_for: ApiFor, esign: Esign) -> None:
    request = _asked(8 * MB)
    answer = _post(api_for(request.signer), request, _attached(esign, request))
    assert answer.status_code == 200, answer.content[:300]
    assert Signature.objects.get().report["verdict"] == "valid"


def test_the_limit_is_what_the_largest_document_needs() -> None:
    largest = django_settings.VERIFY_MAX_BYTES + 200 * 1024
    lines = -(-largest // 48)  # 64 characters a line
    assert lines * 65 <= eds_views.MAX_CMS_CHARACTERS < 32 * MB


def test_above_the_limit_it_is_told_before_anything_is_read(api_for: ApiFor) -> None:
    request = _asked(1000 * 1024)
    client = api_for(request.signer)
    answer = _post(client, request, "A" * (eds_views.MAX_CMS_CHARACTERS + 100_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "signing.eds_too_large")
    assert "20" in answer.json()["detail"]
    assert not Signature.objects.exists()


def test_other_addresses_keep_their_limit(api_for: ApiFor) -> None:
    request = _asked(100 * 1024)
    client = api_for(request.signer)
    answer = client.call("post", f"/signature-requests/{request.pk}/decline/", {"reason": "x" * (3 * MB)})
    assert answer.status_code == 413, answer.content[:200]
    request.refresh_from_db()
    assert request.status == "pending"


def test_large_ones_go_one_at_a_time_and_small_ones_pass_them(
    api_for: ApiFor, esign: Esign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_bodies, "_WAIT_SECONDS", 0.2)
    large, small = _asked(4 * MB), _asked(100 * 1024, OTHER_IIN)
    clients = [api_for(large.signer), api_for(small.signer)]
    cms = _attached(esign, large)
    assert large_bodies._room.acquire(timeout=1)
    try:
        busy = _post(clients[0], large, cms)
        assert (busy.status_code, busy.json()["code"], bool(busy["Retry-After"])) == (
            503, "signing.eds_busy", True,
        )  # fmt: skip
        assert _post(clients[1], small, _attached(esign, small)).status_code == 200
    finally:
        large_bodies._room.release()
    assert _post(clients[0], large, cms).status_code == 200
    # Whatever went wrong before, the room is free again.
    assert large_bodies._room.acquire(timeout=1)
    large_bodies._room.release()


def test_of_many_large_bodies_one_is_in_memory_at_a_time(
    api_for: ApiFor, esign: Esign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_bodies, "_WAIT_SECONDS", 60.0)
    asked = [_asked(100 * 1024, "") for _ in range(6)]
    clients = [api_for(one.signer) for one in asked]
    junk, inside, most = "QUJD" * MB, [], []
    read = LargeJSONParser.parse

    def watched(self: LargeJSONParser, *args: Any) -> Any:
        inside.append(1)
        most.append(len(inside))
        try:
            time.sleep(0.05)
            return read(self, *args)
        finally:
            inside.pop()

    monkeypatch.setattr(LargeJSONParser, "parse", watched)
    _all_at_once([partial(_post, clients[number], asked[number], junk) for number in range(6)])
    assert (len(most), max(most)) == (6, large_bodies.AT_ONCE)


def _all_at_once(works: list[Callable[[], Any]]) -> None:
    statuses: list[int] = []

    def run(work: Callable[[], Any]) -> None:
        try:
            statuses.append(work().status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {400, 409} and len(statuses) == len(works), statuses
