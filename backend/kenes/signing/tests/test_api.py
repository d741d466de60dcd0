from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kenes.accounts.models import OneTimeCode, Role, User
from kenes.documents.models import Document
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.services import seals
from kenes.signing.tests.factories import last_code, make_document, make_person, sign, wrong
from kenes.signing.tests.pdf_samples import letter_pdf

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]


@pytest.fixture
def record(borrower: User, document: Document) -> VerificationRecord:
    sign(borrower, document)
    return seals.seal_document(signature_id=Signature.objects.get().pk)


def _ask(client: Any, document: Document) -> dict[str, Any]:
    """Open the document, as the page does, and a request to sign it."""
    client.call("get", f"/documents/{document.pk}/")
    response = client.call("post", f"/documents/{document.pk}/signature-requests/", {})
    assert response.status_code == 201, response.content
    return response.json()  # type: ignore[no-any-return]


def _show(client: Any, request: dict[str, Any], document: Document) -> Any:
    body = {"document_sha256": document.sha256}
    return client.call("post", f"/signature-requests/{request['id']}/shown/", body)


def _send(client: Any, request: dict[str, Any], document: Document, **headers: str) -> Any:
    return client.call(
        "post",
        f"/signature-requests/{request['id']}/send-code/",
        {"document_sha256": document.sha256},
        **headers,
    )


def test_a_code_signs_no_document_that_takes_more(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    Document.objects.filter(pk=document.pk).update(code="INSCRIPTION_OBJECTION")
    client = api_for(borrower)
    refused = _send(client, _ask(client, document), document)
    assert (refused.status_code, refused.json()["code"]) == (409, "signing.code_not_enough")
    assert not OneTimeCode.objects.filter(purpose="signature").exists()


def test_from_request_to_signature(api_for: ApiFor, borrower: User, document: Document) -> None:
    client = api_for(borrower)
    request = _ask(client, document)
    assert (request["status"], request["code"], request["verify_url"]) == ("pending", None, None)
    assert request["document_number"] == document.number
    assert borrower.phone not in str(request)
    assert request["masked_phone"].endswith(borrower.phone[-2:])

    sent = _send(client, request, document).json()
    assert sent["status"] == "in_progress"
    assert sent["code"]["tries_left"] == 5
    assert 0 < sent["code"]["resend_after_seconds"] <= 30

    assert _show(client, request, document).status_code == 200
    digits = last_code(borrower)
    answer = client.call(
        "post", f"/signature-requests/{request['id']}/confirm/", {"code": f"{digits[:3]} {digits[3:]}"}
    )
    assert answer.status_code == 200
    signed = answer.json()
    assert (signed["status"], signed["code"]) == ("signed", None)
    assert signed["signed_at"]
    assert "/verify/" in signed["verify_url"]
    assert client.call("get", f"/signature-requests/{request['id']}/").json() == signed


def test_a_wrong_code_names_the_field_and_the_tries_left(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    client = api_for(borrower)
    request = _ask(client, document)
    _show(client, request, document)
    _send(client, request, document)

    answer = client.call(
        "post", f"/signature-requests/{request['id']}/confirm/", {"code": wrong(last_code(borrower))}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0] | {"detail": ""} == {
        "pointer": "/code",
        "code": "incorrect_code",
        "detail": "",
        "tries_left": 4,
    }


def test_a_repeated_confirmation_is_a_conflict_that_means_success(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    client = api_for(borrower)
    request = _ask(client, document)
    _show(client, request, document)
    _send(client, request, document)
    body = {"code": last_code(borrower)}
    client.call("post", f"/signature-requests/{request['id']}/confirm/", body)

    again = client.call("post", f"/signature-requests/{request['id']}/confirm/", body)

    assert (again.status_code, again.json()["code"]) == (409, "signature.already_signed")


def test_sending_the_code_with_the_same_key_sends_it_once(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    client = api_for(borrower)
    request = _ask(client, document)
    key = str(uuid.uuid4())

    first = _send(client, request, document, idempotency_key=key)
    second = _send(client, request, document, idempotency_key=key)
    third = _send(client, request, document)

    assert first.json()["code"]["expires_at"] == second.json()["code"]["expires_at"]
    assert third.status_code == 429
    assert int(third.headers["Retry-After"]) > 0


def test_the_hash_on_the_screen_must_be_the_one_of_the_document(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    client = api_for(borrower)
    request = _ask(client, document)

    answer = client.call(
        "post", f"/signature-requests/{request['id']}/send-code/", {"document_sha256": "f" * 64}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "signing.document_changed")


def test_without_the_agreement_the_answer_says_which_step_is_missing(api_for: ApiFor) -> None:
    person = make_person()
    document = make_document(person)
    client = api_for(person)

    answer = _send(client, _ask(client, document), document)

    assert (answer.status_code, answer.json()["code"]) == (409, "signing.agreement_missing")


def test_declining_with_a_reason(api_for: ApiFor, borrower: User, document: Document) -> None:
    client = api_for(borrower)
    request = _ask(client, document)

    answer = client.call(
        "post", f"/signature-requests/{request['id']}/decline/", {"reason": "Ошибка в сумме"}
    )

    assert answer.json()["status"] == "declined"
    assert _ask(client, document)["id"] != request["id"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("send-code/", {"document_sha256": "x"}),
        ("send-code/", {}),
        ("confirm/", {}),
        ("confirm/", {"code": ["1"]}),
        ("confirm/", {"code": "1\u0000"}),
        ("confirm/", {"code": "1" * 30}),
        ("decline/", {"reason": "x" * 1001}),
        ("decline/", {"reason": "", "more": 1}),
    ],
)
def test_bad_bodies_are_field_errors(
    api_for: ApiFor, borrower: User, document: Document, path: str, body: dict[str, Any]
) -> None:
    client = api_for(borrower)
    request = _ask(client, document)

    answer = client.call("post", f"/signature-requests/{request['id']}/{path}", body)

    assert (answer.status_code, answer.json()["code"]) == (400, "validation")


@pytest.mark.parametrize("role", [Role.BORROWER, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN])
def test_only_the_borrower_of_the_case_reaches_the_request(
    api_for: ApiFor, borrower: User, document: Document, role: str
) -> None:
    request = _ask(api_for(borrower), document)
    other = api_for(make_person(role=role))

    assert other.call("get", f"/signature-requests/{request['id']}/").status_code == 404
    assert _send(other, request, document).status_code == 404
    for path, body in (("confirm/", {"code": "000000"}), ("decline/", {"reason": ""})):
        assert other.call("post", f"/signature-requests/{request['id']}/{path}", body).status_code == 404
    asked = other.call("post", f"/documents/{document.pk}/signature-requests/", {})
    assert asked.status_code in (403, 404)


def test_signing_needs_a_login(api: Any, document: Document) -> None:
    assert api.call("post", f"/documents/{document.pk}/signature-requests/", {}).status_code == 401
    assert api.call("get", f"/signature-requests/{uuid.uuid4()}/").status_code == 401


def test_reading_a_request_takes_few_queries(
    api_for: ApiFor, borrower: User, document: Document, django_assert_max_num_queries: Any
) -> None:
    client = api_for(borrower)
    request = _ask(client, document)
    _send(client, request, document)

    with django_assert_max_num_queries(8):
        client.call("get", f"/signature-requests/{request['id']}/")


def test_anybody_may_verify_by_address_and_sees_initials_only(api: Any, record: VerificationRecord) -> None:
    answer = api.call("get", f"/verify/{record.token}/", accept_language="ru")

    assert answer.status_code == 200
    body = answer.json()
    assert body["verdict"] == "valid"
    assert body["signature"]["signer"] == "Досымов К. А."
    assert body["document"] == {
        "kind_label": body["document"]["kind_label"],
        "number": record.document.number,
        "pages": 3,
    }
    assert body["seal"]["valid"] is True
    text = answer.content.decode()
    for secret in ("Кайрат", record.signature.phone, record.signature.ip, str(record.document.case_id)):
        assert secret not in text


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_verdict_is_told_in_the_readers_language(
    api: Any, record: VerificationRecord, language: str
) -> None:
    reasons = {
        code: api.call("get", f"/verify/{record.token}/", accept_language=code).json()["reason"]
        for code in ("ru", "kk", "en")
    }

    assert len(set(reasons.values())) == 3
    assert reasons[language]


def test_a_wrong_address_is_404_with_its_code(api: Any, record: VerificationRecord) -> None:
    answer = api.call("get", f"/verify/{record.token[:-1]}/")

    assert (answer.status_code, answer.json()["code"]) == (404, "verify.unknown_token")


def _upload(data: bytes, name: str = "letter.pdf", client: Client | None = None) -> Any:
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    return (client or Client(enforce_csrf_checks=True)).post("/api/v1/verify/", {"file": file})


def test_uploaded_files_are_judged(record: VerificationRecord) -> None:
    sealed = files.read(StoredFile.objects.get(pk=record.sealed_file_id))

    good, original = _upload(sealed).json(), _upload(files.read(record.document.pdf_file)).json()
    added, strange = _upload(sealed + b"\n").json(), _upload(letter_pdf(1, word="Stranger")).json()

    assert (good["verdict"], good["file_kind"], good["reason_code"]) == ("valid", "sealed", "sealed_known")
    assert (original["verdict"], original["file_kind"]) == ("valid", "original")
    assert (added["verdict"], added["reason_code"], added["signature"]) == (
        "invalid",
        "added_after_seal",
        None,
    )
    assert (strange["verdict"], strange["file_kind"], strange["document"]) == ("unknown", "unknown", None)


def test_an_upload_that_is_no_pdf_or_no_file_is_told_so() -> None:
    client = Client(enforce_csrf_checks=True)

    for answer in (
        _upload(b"PK\x03\x04"),
        client.post("/api/v1/verify/", {}),
        client.post("/api/v1/verify/", {"file": "text"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, "verify.not_pdf")
    assert client.post("/api/v1/verify/", b"{}", content_type="application/json").status_code == 415
    broken = client.post("/api/v1/verify/", b"nothing", content_type="multipart/form-data; boundary=x")
    assert broken.status_code == 400


def test_a_broken_pdf_gets_a_verdict(record: VerificationRecord) -> None:
    for data in (b"%PDF-1.7", b"%PDF-1.7\nKenesHubSeal /ByteRange [0 1 2 3]", b"%PDF-" + b"\x00" * 5000):
        answer = _upload(data)
        assert answer.status_code == 200
        assert answer.json()["verdict"] != "valid"


def test_an_upload_above_the_limit_is_refused(settings: Any) -> None:
    settings.VERIFY_MAX_BYTES = 100_000

    small_excess, large_excess = _upload(b"%PDF-" + b"0" * 100_000), _upload(b"%PDF-" + b"0" * 300_000)

    for answer in (small_excess, large_excess):
        assert (answer.status_code, answer.json()["code"]) == (413, "verify.too_large")


def test_an_upload_never_touches_the_disk(
    monkeypatch: pytest.MonkeyPatch, record: VerificationRecord
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)

    assert _upload(b"%PDF-" + b"0" * 5_000_000).status_code == 200


def test_verifying_is_limited_per_address(settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "address_verify": (2, 600)}

    answers = [_upload(b"%PDF-1.7") for _ in range(3 * settings.ADDRESS_LIMITS_FACTOR)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_signed_in_person_may_upload_with_the_csrf_token(api_for: ApiFor, borrower: User) -> None:
    client = api_for(borrower)
    client.cookies["csrftoken"] = "a" * 32
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.7", content_type="application/pdf")

    assert client.post("/api/v1/verify/", {"file": file}, HTTP_X_CSRFTOKEN="a" * 32).status_code == 200
    assert client.post("/api/v1/verify/", {"file": file}).status_code == 403
