"""The check of any signature over HTTP: every format, hostile input, limits; nothing is kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kenes.files.limited import run as limited
from kenes.signing import checking
from kenes.signing.tests.factories import make_borrower
from kenes.signing.tests.pdf_samples import letter_pdf
from kzsign.testing import Authority, Status, sign_cms, sign_xml
from kzsign.tests.test_online_status import Responder
from kzsign.tests.web import Reply, Web

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Any], Any]
PDF = letter_pdf(1)
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make(now=NOW - timedelta(hours=1))


@pytest.fixture(autouse=True)
def _trusted(settings: Any, authority: Authority, tmp_path: Path) -> None:
    settings.KZSIGN_ANCHORS_DIR, settings.KZSIGN_TEST_ANCHORS = tmp_path, True
    settings.OCSP_URL, settings.ESIGN_HOSTS = "", ()
    authority.write_anchors(tmp_path)
    # As installations have it: the issuing authority itself is an anchor, so nobody is asked about it.
    (tmp_path / "issuing.cer").write_bytes(authority.issuing.certificate)


def _post(
    signature: bytes | None, document: bytes | None = None, client: Client | None = None, **fields: Any
) -> Any:
    form: dict[str, Any] = dict(fields)
    for name, data in (("signature", signature), ("document", document)):
        if data is not None:
            form[name] = SimpleUploadedFile(name, data, content_type="application/octet-stream")
    return (client or Client(enforce_csrf_checks=True)).post("/api/v1/signatures/verify/", form)


def test_a_detached_cms_with_its_document(authority: Authority) -> None:
    person = authority.entity(iin="900101300017", role="head", organisation="ТОО «Пример»")
    cms = sign_cms(PDF, person, detached=True, timestamp=authority.tsa())

    body = _post(cms, PDF).json()

    assert (body["format"], body["evidence"]) == ("cms", None)
    (signer,) = body["signers"]
    assert (signer["iin"], signer["organisation"], signer["time_source"]) == (
        "900101300017",
        "ТОО «Пример»",
        "timestamp",
    )
    assert {step["name"]: step["result"] for step in signer["steps"]}["chain"] == "passed"
    # Nobody could be asked whether the certificate stands: never «valid».
    assert (body["verdict"], body["reason"]) == ("unknown", "revocation_unknown")


def test_the_authority_is_asked_whether_the_certificate_stands(settings: Any, authority: Authority) -> None:
    person = authority.individual()
    cms = sign_cms(PDF, person, detached=True)
    responder = Responder(authority, authority.ocsp_responder(), person)
    with Web(responder) as web:
        settings.OCSP_URL, settings.ESIGN_HOSTS = f"{web.url}/ocsp/", ("127.0.0.1",)
        good = _post(cms, PDF).json()
        responder.status = Status(person.serial, "revoked", NOW - timedelta(days=1), 1)
        revoked = _post(cms, PDF).json()
        responder.raw = Reply(status=500)
        silent = _post(cms, PDF).json()

    assert (good["verdict"], good["signers"][0]["revocation"]["source"]) == ("valid", "ocsp")
    assert (revoked["verdict"], revoked["signers"][0]["revocation"]["status"]) == ("invalid", "revoked")
    assert (silent["verdict"], silent["reason"]) == ("unknown", "revocation_unknown")


def test_a_document_that_was_changed_is_told(authority: Authority) -> None:
    body = _post(sign_cms(PDF, authority.individual(), detached=True), PDF + b" ").json()

    assert (body["verdict"], body["reason"]) == ("invalid", "digest_mismatch")


def test_a_detached_cms_alone_is_unknown_and_a_signed_xml_is_read(authority: Authority) -> None:
    alone = _post(sign_cms(PDF, authority.individual(), detached=True)).json()
    xml = _post(sign_xml(b"<root>text</root>", authority.individual())).json()

    assert (alone["verdict"], alone["reason"]) == ("unknown", "document_missing")
    assert (xml["format"], xml["signers"][0]["iin"]) == ("xml", "900101300017")


def test_the_time_of_the_asker_counts_where_no_time_stamp_is(authority: Authority) -> None:
    cms = sign_cms(PDF, authority.individual())

    later = _post(cms, at="2035-01-01T00:00:00Z").json()

    assert (later["verdict"], later["signers"][0]["time_source"]) == ("invalid", "given")
    assert "expired" in {step["reason"] for step in later["signers"][0]["steps"]}


@pytest.mark.parametrize(
    "at", ["yesterday", "2026-99-99", "0001-01-01T00:00:00+14:00", "\0", "9" * 400, "[]"]
)
def test_a_time_that_is_none_is_a_field_error(authority: Authority, at: str) -> None:
    answer = _post(sign_cms(PDF, authority.individual()), at=at)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/at")
    # In words that can be followed, whatever the field's own library says.
    assert "2026-11-26T10:00:00+05:00" in answer.json()["errors"][0]["detail"]


def test_a_form_without_signature_or_with_more_is_told() -> None:
    missing, more = _post(None), _post(b"x", colour="blue")

    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (400, "/signature")
    assert (more.status_code, more.json()["errors"][0]["pointer"]) == (400, "/colour")
    extra = SimpleUploadedFile("other", b"x")
    strange = Client().post("/api/v1/signatures/verify/", {"signature": extra, "other": extra})
    assert strange.status_code == 400
    assert (
        Client().post("/api/v1/signatures/verify/", b"{}", content_type="application/json").status_code == 415
    )


def test_hostile_bytes_get_a_verdict_never_an_error(authority: Authority) -> None:
    source = random.Random(5)
    good = sign_cms(PDF, authority.individual())
    hostile = [
        b"", b"\0", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"\x30\x84\xff\xff\xff\xff", b"\x30\x80" * 5000, b"-----BEGIN CMS-----\nxx\n-----END CMS-----", source.randbytes(5000),
        good[: len(good) // 2], good + b"\0",
    ]  # fmt: skip
    for data in hostile:
        answer = _post(data)
        assert answer.status_code == 200, data[:20]
        assert answer.json()["verdict"] != "valid", data[:20]


def test_limits_of_size_hold_for_each_file(settings: Any) -> None:
    settings.VERIFY_MAX_BYTES = 50_000

    for signature, document in ((b"0" * 60_000, None), (b"0", b"0" * 60_000), (b"0" * 200_000, b"0")):
        answer = _post(signature, document)
        assert (answer.status_code, answer.json()["code"]) == (413, "verify.too_large")


def test_the_check_is_limited_per_address(settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "address_verify": (1, 600)}

    answers = [_post(b"x") for _ in range(2 * settings.ADDRESS_LIMITS_FACTOR + 1)]

    assert answers[-1].status_code == 429


def test_nothing_touches_the_disk(monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)

    assert _post(sign_cms(PDF, authority.individual(), detached=True), b"0" * 5_000_000).status_code == 200


def test_what_takes_too_long_is_unknown(monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    monkeypatch.setattr(limited, "MEMORY_BYTES", 8 * 1024 * 1024)

    body = _post(sign_cms(PDF, authority.individual())).json()

    assert (body["verdict"], body["reason"]) == ("unknown", "too_heavy")


def test_a_signed_in_person_needs_the_csrf_token(api_for: ApiFor) -> None:
    client = api_for(make_borrower())

    assert _post(b"x", client=client).status_code == 403


def test_no_secret_of_ours_reaches_the_program(settings: Any) -> None:
    assert set(limited._ENVIRONMENT) == {"PATH", "LC_ALL", "OMP_NUM_THREADS"}
    options = str(checking._options(b"x", None, None))
    for secret in (settings.SECRET_KEY, settings.SEAL_KEY_PASSPHRASE):
        assert secret not in options
