"""Signing by ЭЦП through the API: what is taken, what is kept, and every refusal with nothing signed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation import clock, crypto
from kenes.signing.eds.models import EdsProof
from kenes.signing.models import Signature, SignatureRequest
from kenes.signing.services import requests
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import make_borrower, make_document, show
from kzsign.testing import Authority, Identity, Signing, sign_cms

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]
IIN, OTHER_IIN = "870419390122", "900101300017"


def give_iin(user: User, iin: str = IIN) -> User:
    User.objects.filter(pk=user.pk).update(iin=iin, iin_hash=crypto.lookup_hash(iin))
    user.refresh_from_db()
    return user


@pytest.fixture
def borrower() -> User:
    return give_iin(make_borrower())


@pytest.fixture
def asked(borrower: User, document: Document) -> SignatureRequest:
    """A request whose document was read to its end."""
    actor = actor_for(borrower)
    request = requests.request_signature(actor=actor, document_id=document.pk)
    return show(actor, request)


@pytest.fixture
def key(esign: Esign) -> Identity:
    return esign.authority.individual(iin=IIN, name="ДОСЫМОВ КАЙРАТ", patronymic="АНУАРОВИЧ")


def pdf_of(document: Document) -> bytes:
    assert document.pdf_file is not None
    return files.read(document.pdf_file)


def text(cms: bytes) -> str:
    return base64.b64encode(cms).decode()


def send(client: Any, request: SignatureRequest, cms: bytes | str, sha256: str | None = None) -> Any:
    body = {
        "cms": cms if isinstance(cms, str) else text(cms),
        "document_sha256": sha256 or request.document_sha256,
    }
    return client.call("post", f"/signature-requests/{request.pk}/eds/", body)


def refused(answer: Any) -> tuple[int, str]:
    assert not Signature.objects.exists()
    assert not EdsProof.objects.exists()
    return answer.status_code, answer.json()["code"]


def signed(document: Document, *signers: Identity | Signing, **options: Any) -> bytes:
    return sign_cms(pdf_of(document), list(signers), **{"detached": True, **options})


def test_the_signer_is_told_what_to_ask_ncalayer_for(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign, settings: Any
) -> None:
    settings.NCALAYER_URL = "wss://127.0.0.1:13579"
    client = api_for(borrower)
    answer = client.call("get", f"/signature-requests/{asked.pk}/eds/")
    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "document_sha256": document.sha256,
        "content_url": f"/api/v1/documents/{document.pk}/file/?format=pdf",
        "nca_params": {
            "iin": IIN,
            "bin": None,
            "ext_key_usage_oids": ["1.3.6.1.5.5.7.3.4"],
            "chain_any": True,
            "tsa": False,
        },
        "ncalayer_url": "wss://127.0.0.1:13579",
    }
    assert client.get(answer.json()["content_url"]).content == pdf_of(document)


@pytest.mark.parametrize("detached", [True, False])
@pytest.mark.parametrize("family", ["gost", "rsa"])
def test_a_signature_is_taken_and_everything_that_proves_it_is_kept(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    esign: Esign,
    detached: bool,
    family: str,
) -> None:
    key = esign.authority.individual(iin=IIN, name="ДОСЫМОВ КАЙРАТ", patronymic="АНУАРОВИЧ", family=family)
    cms = signed(document, key, detached=detached)
    answer = send(api_for(borrower), asked, cms)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["status"], answer.json()["verify_url"] is not None) == ("signed", True)
    signature = Signature.objects.get()
    assert (signature.method, signature.certificate_iin, signature.time_source) == ("eds", IIN, "timestamp")
    assert signature.certificate_name == "ДОСЫМОВ КАЙРАТ АНУАРОВИЧ"
    assert signature.cms_file is not None and files.read(signature.cms_file) == cms
    assert signature.ocsp_answer and signature.time_stamp
    assert abs(signature.signed_at - clock.now()) < timedelta(minutes=1)
    assert signature.report["verdict"] == "valid"
    proof = signature.eds_proof
    assert base64.b64decode(proof.certificates[0]) == key.certificate
    assert proof.stamped_file is not None and cms not in files.read(proof.stamped_file)
    document.refresh_from_db()
    assert document.status == Document.Status.SIGNED
    shown = (
        api_for(borrower).get(f"/api/v1/documents/{document.pk}/signing/").json()["signers"][0]["certificate"]
    )
    assert (shown["full_name"], shown["role"], shown["is_stamped"]) == (
        signature.certificate_name, "individual", True,
    )  # fmt: skip
    assert IIN not in str(shown)
    event = EventRow.objects.get(type="signature.signed")
    assert event.data["method"] == "eds"
    assert IIN not in str(event.data) and "ДОСЫМОВ" not in str(event.data)


def test_armour_as_ncalayer_gives_it_is_taken(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    cms = signed(document, key, encoding="pem").decode()
    assert cms.startswith("-----BEGIN CMS-----")
    assert send(api_for(borrower), asked, cms).status_code == 200


def test_a_document_for_which_a_code_is_not_enough_is_signed(
    api_for: ApiFor, borrower: User, document: Document, key: Identity
) -> None:
    Document.objects.filter(pk=document.pk).update(code="INSCRIPTION_OBJECTION")
    client = api_for(borrower)
    made = client.call("post", f"/documents/{document.pk}/signature-requests/", {})
    assert made.status_code == 201, made.content
    request = show(actor_for(borrower), SignatureRequest.objects.get())
    assert send(client, request, signed(document, key)).status_code == 200


def test_a_time_stamp_of_the_signer_counts(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign, key: Identity
) -> None:
    cms = signed(document, key, timestamp=esign.authority.tsa_of("gost"))
    assert send(api_for(borrower), asked, cms).status_code == 200
    signature = Signature.objects.get()
    assert signature.time_source == "timestamp", signature.report
    assert signature.eds_proof.stamped_file is None


# --- refusals


def test_another_persons_key_signs_nothing(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.individual(iin=OTHER_IIN))
    answer = send(api_for(borrower), asked, cms)
    assert refused(answer) == (400, "signing.eds_other_person")
    assert {step["name"]: step["result"] for step in answer.json()["steps"]}["signature"] == "passed"
    assert OTHER_IIN not in answer.content.decode()


def test_a_signature_under_another_document(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, key: Identity
) -> None:
    for detached in (True, False):
        cms = sign_cms(b"%PDF-1.7 something else", key, detached=detached)
        assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_other_document")


def test_a_certificate_whose_term_is_over(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.expired(iin=IIN))
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_expired")


def test_a_revoked_certificate(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.revoked(iin=IIN, reason=1))
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_revoked")


def test_a_certificate_that_the_authority_never_issued(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    # Signed by its key, but not in its books.
    unknown = Authority.leaf(esign.authority, full_name="ДОСЫМОВ КАЙРАТ", iin=IIN)
    assert refused(send(api_for(borrower), asked, signed(document, unknown))) == (400, "signing.eds_revoked")


def test_an_authority_that_looks_alike(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    other = Authority.make()
    chain = [other.issuing.certificate, other.root.certificate]
    stranger = other.individual(iin=IIN)
    cms = signed(document, stranger, certificates=[stranger.certificate, *chain])
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_untrusted")


def test_a_key_for_signing_in(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.authentication(iin=IIN))
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_wrong_key")


def test_a_key_of_an_organisations_system_names_no_person(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.entity())
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_no_person")


def test_a_key_of_the_old_kind(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.individual(iin=IIN, family="legacy"))
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_legacy")


def test_two_signers_are_one_too_many(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign, key: Identity
) -> None:
    for other in (key, esign.authority.individual(iin=OTHER_IIN)):
        cms = signed(document, key, other)
        assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_several_signers")


def test_a_changed_signature(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    def flipped(value: bytes) -> bytes:
        return bytes((value[0] ^ 1,)) + value[1:]

    cms = signed(document, Signing(key, change_signature=flipped))
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_broken")


def test_the_attributes_must_be_signed(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    cms = signed(document, Signing(key, no_attributes=True))
    assert refused(send(api_for(borrower), asked, cms)) == (400, "signing.eds_broken")


def test_a_silent_authority_is_never_taken_for_a_yes(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign, key: Identity
) -> None:
    cms = signed(document, key)
    client = api_for(borrower)
    esign.sandbox.switch(ocsp="down", crl="down")
    answer = send(client, asked, cms)
    assert refused(answer) == (503, "signing.eds_authority_silent")
    assert answer["Retry-After"]
    esign.sandbox.switch(ocsp="ok", crl="ok")
    assert send(client, asked, cms).status_code == 200, "the same signature, when it answers again"


def test_where_no_anchors_are_installed_nothing_is_signed(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    key: Identity,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.KZSIGN_ANCHORS_DIR = tmp_path / "none"
    assert refused(send(api_for(borrower), asked, signed(document, key))) == (503, "signing.eds_not_set_up")


def test_test_anchors_do_not_count_outside_demonstrations(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity, settings: Any
) -> None:
    settings.KZSIGN_TEST_ANCHORS = False
    assert refused(send(api_for(borrower), asked, signed(document, key))) == (503, "signing.eds_not_set_up")


def test_a_person_without_iin_is_told_what_to_do(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    User.objects.filter(pk=borrower.pk).update(iin=None, iin_hash=None)
    client = api_for(borrower)
    assert refused(send(client, asked, signed(document, key))) == (409, "signing.iin_missing")
    assert client.call("get", f"/signature-requests/{asked.pk}/eds/").json()["code"] == "signing.iin_missing"


def test_the_document_on_the_screen_must_be_this_one(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    answer = send(api_for(borrower), asked, signed(document, key), sha256="0" * 64)
    assert refused(answer) == (409, "signing.document_changed")


def test_a_document_that_was_not_read_is_not_signed(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    SignatureRequest.objects.update(text_shown_at=None)
    assert refused(send(api_for(borrower), asked, signed(document, key))) == (409, "signing.text_not_shown")


def test_somebody_elses_request_does_not_exist(
    api_for: ApiFor, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    stranger = api_for(give_iin(make_borrower(), OTHER_IIN))
    assert send(stranger, asked, signed(document, key)).status_code == 404
    for path in ("eds", "methods"):
        assert stranger.call("get", f"/signature-requests/{asked.pk}/{path}/").status_code == 404
    assert not Signature.objects.exists()


def test_a_second_time_is_a_conflict_that_means_success(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    client, cms = api_for(borrower), signed(document, key)
    assert send(client, asked, cms).status_code == 200
    again = send(client, asked, cms)
    assert (again.status_code, again.json()["code"]) == (409, "signature.already_signed")
    assert Signature.objects.count() == 1


def test_one_signature_is_good_once_in_whatever_wrapping(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    client, cms = api_for(borrower), signed(document, key)
    assert send(client, asked, cms).status_code == 200
    # The same text in another document of the same person: byte for byte the same PDF.
    twin = make_document(borrower, pdf=pdf_of(document))
    second = show(
        actor_for(borrower), requests.request_signature(actor=actor_for(borrower), document_id=twin.pk)
    )
    again = send(client, second, cms)
    assert (again.status_code, again.json()["code"]) == (409, "signing.eds_used")
    assert Signature.objects.count() == EdsProof.objects.count() == 1
    assert send(client, second, signed(twin, key)).status_code == 200


@pytest.mark.parametrize(
    "cms",
    [
        "",
        "AAAA",
        "MA==",
        "MIIB",
        "-----BEGIN CMS-----\nAAAA\n-----END CMS-----",
        "M" * 1000,
        "=" * 40,
        "-" * 40,
    ],
)
def test_rubbish_is_refused_and_not_an_error(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, esign: Esign, cms: str
) -> None:
    status, code = refused(send(api_for(borrower), asked, cms))
    assert (status, code) in {(400, "signing.eds_unreadable"), (400, "validation")}


@pytest.mark.parametrize("cms", [None, 1, ["a"], {}, "\x00", "\ud800", "ё", True])
def test_what_is_no_text_is_refused(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, esign: Esign, cms: Any
) -> None:
    body = {"cms": cms, "document_sha256": asked.document_sha256}
    answer = api_for(borrower).call("post", f"/signature-requests/{asked.pk}/eds/", body)
    assert answer.status_code == 400, answer.content


def test_too_many_signatures_of_one_person_are_throttled(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, esign: Esign, settings: Any
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "person_eds": (2, 60)}
    client = api_for(borrower)
    assert [send(client, asked, "AAAA").status_code for _ in range(3)] == [400, 400, 429]
