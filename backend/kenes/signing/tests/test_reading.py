"""Nobody says «I have read it» of a text that the server never gave to his session; what it gave stands in the event."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from kenes.accounts.models import OneTimeCode, User
from kenes.accounts.selectors import actor_for
from kenes.documents.deliveries import Delivery
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.personal_data import Subject
from kenes.signing import personal_data, tasks
from kenes.signing.models import SignatureRequest, TextDelivery
from kenes.signing.reading import deliveries
from kenes.signing.services import requests
from kenes.signing.tests.factories import make_borrower, make_document, show

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]


@pytest.fixture
def asked(borrower: User, document: Document) -> SignatureRequest:
    return requests.request_signature(actor=actor_for(borrower), document_id=document.pk)


def _say_shown(client: Any, request: SignatureRequest) -> tuple[int, str]:
    body = {"document_sha256": request.document_sha256}
    answer = client.call("post", f"/signature-requests/{request.pk}/shown/", body)
    return answer.status_code, answer.json().get("code") or ""


def _send_code(client: Any, request: SignatureRequest) -> tuple[int, str]:
    body = {"document_sha256": request.document_sha256}
    answer = client.call("post", f"/signature-requests/{request.pk}/send-code/", body)
    return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]


REFUSED = (409, "signing.text_not_given")


def test_who_never_fetched_the_text_has_not_read_it(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest
) -> None:
    client = api_for(borrower)
    assert _say_shown(client, asked) == REFUSED
    assert _send_code(client, asked) == REFUSED
    asked.refresh_from_db()
    assert (asked.text_shown_at, asked.status) == (None, "pending")
    assert not EventRow.objects.filter(type="signature.text_shown").exists()
    assert not OneTimeCode.objects.filter(purpose="signature").exists()

    assert client.call("get", f"/documents/{document.pk}/").status_code == 200
    assert _say_shown(client, asked)[0] == 200
    assert _send_code(client, asked)[0] == 200


@pytest.mark.parametrize(
    ("paths", "how"),
    [(["/"], "text"), (["/file/?format=pdf"], "pdf"), (["/pages/1/", "/pages/2/", "/pages/3/"], "pages")],
)
def test_what_was_given_and_when_stands_in_the_event(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, paths: list[str], how: str
) -> None:
    client, before = api_for(borrower), clock.now()
    for path in paths:
        assert client.get(f"/api/v1/documents/{document.pk}{path}").status_code == 200
    assert _say_shown(client, asked)[0] == 200

    asked.refresh_from_db()
    told = EventRow.objects.get(type="signature.text_shown").data
    assert asked.text_given_at is not None and asked.text_shown_at is not None
    assert before <= asked.text_given_at <= asked.text_shown_at
    assert (told["given_as"], asked.text_given_as) == (how, how)
    assert datetime.fromisoformat(told["given_at"]) == asked.text_given_at
    assert told["document_sha256"] == document.sha256
    assert told["text_sha256"] == hashlib.sha256(document.text.encode()).hexdigest()
    # Said again, it changes nothing.
    assert _say_shown(client, asked)[0] == 200
    assert EventRow.objects.filter(type="signature.text_shown").count() == 1


def test_some_pages_are_not_the_whole(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest
) -> None:
    client = api_for(borrower)
    for page in (1, 3):
        assert client.get(f"/api/v1/documents/{document.pk}/pages/{page}/").status_code == 200
    assert client.get(f"/api/v1/documents/{document.pk}/pages/9/").status_code == 404
    assert client.get(f"/api/v1/documents/{document.pk}/file/?format=docx").status_code == 200
    assert _say_shown(client, asked) == REFUSED
    assert client.get(f"/api/v1/documents/{document.pk}/pages/2/").status_code == 200
    assert _say_shown(client, asked)[0] == 200


def test_another_session_has_to_fetch_it_too(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest
) -> None:
    first, second = api_for(borrower), api_for(borrower)
    first.call("get", f"/documents/{document.pk}/")
    assert _say_shown(first, asked)[0] == 200
    assert _say_shown(second, asked) == REFUSED
    assert _send_code(second, asked) == REFUSED
    second.call("get", f"/documents/{document.pk}/")
    assert _send_code(second, asked)[0] == 200


def test_another_persons_reading_and_an_older_version_do_not_count(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest
) -> None:
    client = api_for(borrower)
    assert api_for(make_borrower()).get(f"/api/v1/documents/{document.pk}/").status_code == 404
    assert not TextDelivery.objects.exists()
    client.call("get", f"/documents/{document.pk}/")
    TextDelivery.objects.update(document_sha256="0" * 64)
    assert _say_shown(client, asked) == REFUSED


def test_only_what_waits_for_a_signature_is_noted_and_each_part_once(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    client = api_for(borrower)
    for _ in range(3):
        client.call("get", f"/documents/{document.pk}/")
    assert TextDelivery.objects.count() == 1
    Document.objects.filter(pk=document.pk).update(translation_of=make_document(borrower))
    client.get(f"/api/v1/documents/{document.pk}/file/?format=pdf")
    assert TextDelivery.objects.count() == 1


def test_what_was_given_is_forgotten_in_time_and_with_the_person(
    borrower: User, document: Document, asked: SignatureRequest
) -> None:
    show(actor_for(borrower), asked)
    assert tasks.forget_deliveries() == 0
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert tasks.forget_deliveries() == 1
    deliveries.note(Delivery(document.pk, borrower.pk, "5" * 64, "pdf"))
    with transaction.atomic():
        personal_data.erase(Subject(person_id=borrower.pk))
    assert not TextDelivery.objects.exists()
    # The proof is with the request.
    asked.refresh_from_db()
    assert asked.text_given_as == "text"
