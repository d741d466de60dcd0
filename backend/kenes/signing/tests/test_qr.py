"""Signing in eGov mobile against the sandbox: what the outbox does, how an attempt ends, and that nothing signs twice."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import connection

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.files import services as files
from kenes.foundation import clock
from kenes.outbox.models import OutboxRow
from kenes.signing.eds import authority, qr, qr_turns
from kenes.signing.eds.models import QrOperation
from kenes.signing.models import Signature, SignatureRequest
from kenes.signing.services import requests
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import ORIGIN, make_borrower, make_document, show, sign
from kenes.signing.tests.test_eds_api import IIN, OTHER_IIN, give_iin
from kzsign.online import Breaker
from kzsign.testing import sign_cms

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]


@pytest.fixture
def borrower() -> User:
    return give_iin(make_borrower())


@pytest.fixture
def asked(borrower: User, document: Document, esign: Esign) -> SignatureRequest:
    actor = actor_for(borrower)
    return show(actor, requests.request_signature(actor=actor, document_id=document.pk))


@pytest.fixture
def started(borrower: User, asked: SignatureRequest) -> QrOperation:
    """An attempt with its QR code, as the person sees it."""
    made = qr.start(actor=actor_for(borrower), request_id=asked.pk, origin=ORIGIN)
    qr_turns.step(made.pk)
    made.refresh_from_db()
    assert made.state == "waiting", made.code
    return made


def look(client: Any, operation: QrOperation) -> dict[str, Any]:
    answer = client.call("get", f"/qr-operations/{operation.pk}/")
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


class Phone:
    """What a thumb does on the telephone, by the sandbox's page for people."""

    def __init__(self, esign: Esign, operation: QrOperation) -> None:
        vendors_id = operation.links["mobile"].rstrip("/").rsplit("/", 1)[-1]
        self._url = f"{esign.sandbox.url}/sandbox/api/egov/{vendors_id}/"

    def act(self, action: str, **values: str) -> None:
        httpx.post(self._url, json={"action": action, **values}, timeout=20).raise_for_status()

    def sign(self, iin: str = IIN, **values: str) -> None:
        self.act("sign", iin=iin, name="Досымов Кайрат", **values)


@pytest.fixture
def phone(esign: Esign, started: QrOperation) -> Phone:
    return Phone(esign, started)


def steps(operation: QrOperation, count: int = 1) -> QrOperation:
    for _ in range(count):
        qr_turns.step(operation.pk)
    operation.refresh_from_db()
    return operation


def ended(operation: QrOperation) -> tuple[str, str]:
    """How it ended; the vendor's addresses and the place of the browser are gone."""
    operation.refresh_from_db()
    assert (operation.links, operation.origin, operation.qr_image) == ({}, {}, "")
    return operation.state, operation.code


def test_from_the_code_on_the_screen_to_the_signature(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    client = api_for(borrower)
    answer = client.call("post", f"/signature-requests/{asked.pk}/qr/", {})
    assert answer.status_code == 201, answer.content
    assert answer.json() | {"id": ""} == {
        "id": "", "state": "preparing", "qr_image": "", "launch_links": [], "expires_at": None, "code": "", "detail": "",
    }  # fmt: skip
    operation = QrOperation.objects.get()
    assert OutboxRow.objects.filter(handler=qr.TURN, lane="egov", status="pending").count() == 1

    steps(operation)
    shown = look(client, operation)
    assert (shown["state"], shown["qr_image"][:22]) == ("waiting", "data:image/gif;base64,")
    assert [link["name"] for link in shown["launch_links"]] == ["eGov mobile", "eGov Business"]
    assert shown["expires_at"]
    secret = operation.links["data"].split("/")[-2]
    assert secret not in str(shown), "the vendor's addresses are nobody's business"

    phone = Phone(esign, operation)
    steps(operation)
    assert not operation.is_scanned
    phone.act("scan")
    steps(operation)
    assert operation.is_scanned
    steps(operation)
    assert look(client, operation)["state"] == "waiting"
    phone.sign()
    steps(operation)
    assert look(client, operation)["state"] == "signed"
    assert ended(operation) == ("signed", "")
    signature = Signature.objects.get()
    assert (signature.method, signature.certificate_iin, signature.ip) == ("egov_qr", IIN, "127.0.0.1")
    assert client.call("get", f"/signature-requests/{asked.pk}/").json()["status"] == "signed"
    document.refresh_from_db()
    assert document.status == Document.Status.SIGNED


def test_turns_of_the_outbox_carry_every_attempt(esign: Esign, run_outbox: Callable[[], int]) -> None:
    people = [give_iin(make_borrower(), iin) for iin in (IIN, OTHER_IIN)]
    operations = []
    for person in people:
        actor = actor_for(person)
        request = show(actor, requests.request_signature(actor=actor, document_id=make_document(person).pk))
        operations.append(qr.start(actor=actor, request_id=request.pk, origin=ORIGIN))
    qr_turns.turn({}, None)  # type: ignore[arg-type]
    for operation, person in zip(operations, people, strict=True):
        operation.refresh_from_db()
        assert operation.state == "waiting"
        # The documents must be there before a thumb can sign them.
        steps(operation)
        Phone(esign, operation).sign(person.iin or "")
    began = time.monotonic()
    for _ in range(3):
        qr_turns.turn({}, None)  # type: ignore[arg-type]
    assert time.monotonic() - began < 10
    assert [ended(one) for one in operations] == [("signed", ""), ("signed", "")]
    assert Signature.objects.count() == 2


def test_another_persons_key_on_the_telephone_signs_nothing(
    api_for: ApiFor, borrower: User, started: QrOperation, phone: Phone
) -> None:
    steps(started)
    phone.sign(OTHER_IIN)
    steps(started, 2)
    shown = look(api_for(borrower), started)
    assert (shown["state"], shown["code"]) == ("failed", "signing.eds_other_person")
    assert shown["detail"]
    assert not Signature.objects.exists()


def test_a_refusal_on_the_telephone(started: QrOperation, phone: Phone) -> None:
    steps(started)
    phone.act("refuse")
    steps(started)
    assert ended(started) == ("refused", "signing.qr_refused")


def test_the_vendor_lets_the_time_run_out(started: QrOperation, phone: Phone) -> None:
    steps(started)
    phone.act("expire")
    steps(started)
    assert ended(started) == ("expired", "signing.qr_expired")


def test_our_own_time_runs_out_and_the_vendor_is_not_asked_any_more(
    api_for: ApiFor, borrower: User, started: QrOperation, phone: Phone
) -> None:
    steps(started)
    phone.sign()
    QrOperation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    shown = look(api_for(borrower), started)
    assert (shown["state"], shown["code"], shown["qr_image"]) == ("expired", "signing.qr_expired", "")
    assert qr.tend() == 1
    assert ended(started) == ("expired", "signing.qr_expired")
    steps(started)
    assert not Signature.objects.exists()


def test_a_cancelled_attempt_signs_nothing_whatever_the_telephone_does(
    api_for: ApiFor, borrower: User, started: QrOperation, phone: Phone
) -> None:
    steps(started)
    client = api_for(borrower)
    assert (
        client.call("post", f"/qr-operations/{started.pk}/cancel/", {}).json()["code"]
        == "signing.qr_cancelled"
    )
    phone.sign()
    steps(started, 2)
    assert ended(started) == ("expired", "signing.qr_cancelled")
    assert not Signature.objects.exists()
    again = client.call("post", f"/qr-operations/{started.pk}/cancel/", {})
    assert again.json()["code"] == "signing.qr_cancelled"


def test_an_answer_that_comes_after_the_cancellation_changes_nothing(
    borrower: User, document: Document, started: QrOperation, phone: Phone, esign: Esign
) -> None:
    steps(started)
    late = QrOperation.objects.select_related("request__document__pdf_file", "request__signer").get()
    qr.cancel(actor=actor_for(borrower), operation_id=started.pk)
    key = esign.authority.individual(iin=IIN)
    assert document.pdf_file is not None
    cms = base64.b64encode(sign_cms(files.read(document.pdf_file), key, detached=True)).decode()
    qr_turns._sign(late, cms)
    assert not Signature.objects.exists()
    assert qr_turns._note(late, failures=0, links={"cms": cms}) is False


def test_a_new_attempt_ends_the_one_before(
    borrower: User, asked: SignatureRequest, started: QrOperation
) -> None:
    second = qr.start(actor=actor_for(borrower), request_id=asked.pk, origin=ORIGIN)
    assert ended(started) == ("expired", "signing.qr_cancelled")
    assert QrOperation.objects.filter(state__in=["preparing", "waiting"]).get() == second


def test_a_line_that_drops_is_tried_again(started: QrOperation, phone: Phone, esign: Esign) -> None:
    esign.sandbox.switch(sigex="drop")
    steps(started)
    phone.sign()
    steps(started, 7)
    assert ended(started) == ("signed", "")
    assert Signature.objects.count() == 1


def test_a_vendor_that_is_down_is_asked_again_and_then_given_up(started: QrOperation, esign: Esign) -> None:
    esign.sandbox.switch(sigex="down")
    steps(started)
    assert (started.state, started.failures) == ("waiting", 1)
    steps(started, 14)
    assert ended(started) == ("failed", "signing.qr_silent")


def test_a_signature_waits_while_the_certification_authority_is_silent(
    started: QrOperation, phone: Phone, esign: Esign, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps(started)
    phone.sign()
    esign.sandbox.switch(ocsp="down", crl="down")
    steps(started, 3)
    assert (started.state, Signature.objects.count()) == ("waiting", 0)
    assert "cms" in started.links, "the vendor gives it once"
    esign.sandbox.switch(ocsp="ok", crl="ok")
    # The breaker lets a silent service rest; the next minute is another one.
    monkeypatch.setattr(authority, "_ocsp_breaker", Breaker())
    steps(started)
    assert ended(started) == ("signed", "")


def test_signed_meanwhile_in_another_way(
    borrower: User, document: Document, started: QrOperation, phone: Phone
) -> None:
    steps(started)
    phone.sign()
    sign(borrower, document)
    steps(started, 2)
    assert ended(started) == ("signed", "")
    assert Signature.objects.get().method == "sms"


def test_two_workers_at_once_record_one_signature(started: QrOperation, phone: Phone) -> None:
    steps(started)
    phone.sign()
    steps(started)
    barrier = threading.Barrier(2)

    def run() -> None:
        barrier.wait()
        try:
            qr_turns.step(started.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Signature.objects.count() == 1
    assert ended(started) == ("signed", "")


def test_somebody_elses_attempt_does_not_exist(
    api_for: ApiFor, asked: SignatureRequest, started: QrOperation
) -> None:
    stranger = api_for(give_iin(make_borrower(), OTHER_IIN))
    assert stranger.call("post", f"/signature-requests/{asked.pk}/qr/", {}).status_code == 404
    assert stranger.call("get", f"/qr-operations/{started.pk}/").status_code == 404
    assert stranger.call("post", f"/qr-operations/{started.pk}/cancel/", {}).status_code == 404
    started.refresh_from_db()
    assert started.state == "waiting"


def test_where_it_is_not_switched_on_nothing_is_sent(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, settings: Any
) -> None:
    settings.SIGEX_URL = ""
    answer = api_for(borrower).call("post", f"/signature-requests/{asked.pk}/qr/", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "signing.qr_off")
    assert not QrOperation.objects.exists()


def test_too_many_attempts_are_throttled(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, settings: Any
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "person_qr": (1, 60)}
    client = api_for(borrower)
    codes = [client.call("post", f"/signature-requests/{asked.pk}/qr/", {}).status_code for _ in range(2)]
    assert codes == [201, 429]


def test_old_attempts_go(started: QrOperation) -> None:
    QrOperation.objects.update(state="expired", ended_at=clock.now() - timedelta(days=31))
    qr.tend()
    assert not QrOperation.objects.exists()
