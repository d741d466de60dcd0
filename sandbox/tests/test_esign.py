"""OCSP, time stamps and lists of revoked certificates, asked by OpenSSL and in plain HTTP."""

import base64
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import tsp as asn1_tsp

from kzsign import Trust, asn1, verify
from kzsign.online import Fetcher, OnlineSource, StampClient, StampError
from kzsign.testing import der, sign_cms
from kzsign.testing import identifiers as ids
from kzsign.testing.keys import algorithm
from kzsign.testing.ocsp import NEVER_ISSUED, cert_id
from kzsign.testing.store import KeptAuthority, open_authority
from sandbox.testing import SandboxProcess


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("esign")


@pytest.fixture(scope="module")
def running(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    state = tmp_path_factory.mktemp("state")
    with SandboxProcess(state, SANDBOX_ESIGN_DIR=str(folder), SANDBOX_SLOW_SECONDS="0.6") as one:
        yield one


@pytest.fixture
def sandbox(running: SandboxProcess) -> Iterator[SandboxProcess]:
    yield running
    running.switch(ocsp="ok", tsp="ok", crl="ok")


@pytest.fixture(scope="module")
def authority(running: SandboxProcess, folder: Path) -> KeptAuthority:
    """The same authority, opened by another process than the sandbox."""
    return open_authority(folder)


def _question(*cert_ids: bytes, nonce: bytes = b"12345678") -> bytes:
    extension = der.sequence(der.oid("1.3.6.1.5.5.7.48.1.2"), der.octets(der.octets(nonce)))
    asked = der.sequence(*(der.sequence(one) for one in cert_ids))
    return der.sequence(der.sequence(asked, der.explicit(2, der.sequence(extension))))


def _ask(sandbox: SandboxProcess, question: bytes) -> asn1_ocsp.OCSPResponse:
    answer = httpx.post(f"{sandbox.url}/sandbox/esign/ocsp/", content=question, timeout=10)
    assert answer.headers["content-type"] == "application/ocsp-response"
    return asn1_ocsp.OCSPResponse.load(answer.content)


def _status(answer: asn1_ocsp.OCSPResponse) -> asn1_ocsp.CertStatus:
    return answer.response_data["responses"][0]["cert_status"]


def _stamp_question(digest: str, imprint: bytes, policy: str = "", nonce: int = 7) -> bytes:
    return der.sequence(
        der.integer(1),
        der.sequence(algorithm(digest), der.octets(imprint)),
        der.oid(policy) if policy else b"",
        der.integer(nonce),
        der.boolean(True),
    )


def _stamp(sandbox: SandboxProcess, question: bytes) -> asn1_tsp.TimeStampResp:
    answer = httpx.post(f"{sandbox.url}/sandbox/esign/tsp/", content=question, timeout=10)
    assert answer.headers["content-type"] == "application/timestamp-reply"
    return asn1_tsp.TimeStampResp.load(answer.content)


def _failure(sandbox: SandboxProcess, question: bytes) -> tuple[str, int]:
    """Why there is no token, and how many elements the answer has (a second one would be the token)."""
    answer = asn1.parse(httpx.post(f"{sandbox.url}/sandbox/esign/tsp/", content=question).content)
    status = asn1_tsp.PKIStatusInfo.load(answer.children[0].raw)
    (failure,) = status["fail_info"].native
    return failure, len(answer.children)


def _pem(path: Path, *certificates: bytes) -> str:
    armoured = [
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(one) + b"-----END CERTIFICATE-----\n"
        for one in certificates
    ]
    path.write_bytes(b"".join(armoured))
    return str(path)


def test_ocsp_knows_who_was_issued_revoked_and_never_there(
    sandbox: SandboxProcess, authority: KeptAuthority
) -> None:
    person, gone = authority.individual(), authority.revoked(at=datetime(2026, 11, 1, tzinfo=UTC), reason=1)
    assert _status(_ask(sandbox, _question(cert_id(authority.issuing, person.serial)))).name == "good"
    said = _status(_ask(sandbox, _question(cert_id(authority.issuing, gone.serial))))
    assert said.native == {
        "revocation_time": datetime(2026, 11, 1, tzinfo=UTC),
        "revocation_reason": "key_compromise",
    }
    never = _status(_ask(sandbox, _question(cert_id(authority.issuing, 4242))))
    assert never.native == {"revocation_time": NEVER_ISSUED, "revocation_reason": "certificate_hold"}


def test_ocsp_gives_the_nonce_back_and_answers_in_the_address_too(
    sandbox: SandboxProcess, authority: KeptAuthority
) -> None:
    question = _question(cert_id(authority.issuing, 1), nonce=b"abcdefgh")
    assert _ask(sandbox, question).nonce_value.native == b"abcdefgh"
    path = base64.b64encode(question).decode().replace("/", "%2F").replace("+", "%2B")
    answer = httpx.get(f"{sandbox.url}/sandbox/esign/ocsp/{path}")
    assert asn1_ocsp.OCSPResponse.load(answer.content).nonce_value.native == b"abcdefgh"


def test_openssl_believes_the_ocsp_answer(
    sandbox: SandboxProcess, authority: KeptAuthority, tmp_path: Path
) -> None:
    person = authority.individual(family="rsa")
    issuer = authority.rsa_issuing
    done = subprocess.run(
        ["openssl", "ocsp", "-url", f"{sandbox.url}/sandbox/esign/ocsp/", "-issuer", _pem(tmp_path / "issuer", issuer.certificate),
         "-cert", _pem(tmp_path / "person", person.certificate), "-CAfile", _pem(tmp_path / "root", *issuer.chain)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Response verify OK" in done.stderr and ": good" in done.stdout


@pytest.mark.parametrize("body", [b"", b"\x30\x00", b"\x30\x80\x00\x00", b"<xml/>", b"\x30\x03\x02\x01\x01"])
def test_questions_that_are_none_are_called_malformed(sandbox: SandboxProcess, body: bytes) -> None:
    assert _ask(sandbox, body)["response_status"].native == "malformed_request"


def test_foreign_issuer_is_none_of_its_business(sandbox: SandboxProcess, authority: KeptAuthority) -> None:
    foreign = authority.look_alike().issuing
    assert _ask(sandbox, _question(cert_id(foreign, 1)))["response_status"].native == "unauthorized"


def test_ocsp_fails_as_the_switch_says(sandbox: SandboxProcess, authority: KeptAuthority) -> None:
    question = _question(cert_id(authority.issuing, authority.individual().serial))
    sandbox.switch(ocsp="unknown")
    assert _status(_ask(sandbox, question)).name == "unknown"
    sandbox.switch(ocsp="try_later")
    assert _ask(sandbox, question)["response_status"].native == "try_later"
    sandbox.switch(ocsp="stale")
    produced = _ask(sandbox, question).response_data["produced_at"].native
    assert produced < datetime.now(UTC) - timedelta(days=20)
    sandbox.switch(ocsp="down")
    assert httpx.post(f"{sandbox.url}/sandbox/esign/ocsp/", content=question).status_code == 503
    sandbox.switch(ocsp="slow")
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{sandbox.url}/sandbox/esign/ocsp/", content=question, timeout=0.3)


@pytest.mark.parametrize(
    ("digest", "policy", "told"),
    [
        (ids.GOST_DIGEST, "", ids.TSA_GOST),
        (ids.SHA256, "", ids.TSA_RSA),
        (ids.LEGACY_DIGEST, "", ids.TSA_LEGACY),
        (ids.SHA256, ids.TSA_GOST, ids.TSA_GOST),
    ],
)
def test_time_stamping_authority_is_chosen_by_digest_and_policy(
    sandbox: SandboxProcess, digest: str, policy: str, told: str
) -> None:
    imprint = b"\x07" * (64 if digest == ids.GOST_DIGEST else 32)
    answer = _stamp(sandbox, _stamp_question(digest, imprint, policy, nonce=99))
    info = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert answer["status"]["status"].native == "granted"
    assert info["policy"].dotted == told
    assert info["nonce"].native == 99
    assert info["message_imprint"]["hashed_message"].native == imprint
    assert info["message_imprint"]["hash_algorithm"]["algorithm"].dotted == digest


def test_openssl_believes_the_time_stamp(
    sandbox: SandboxProcess, authority: KeptAuthority, tmp_path: Path
) -> None:
    document, query, reply = tmp_path / "document", tmp_path / "query", tmp_path / "reply"
    document.write_bytes(b"contract")
    subprocess.run(
        ["openssl", "ts", "-query", "-data", document, "-sha256", "-cert", "-out", query], check=True
    )
    reply.write_bytes(httpx.post(f"{sandbox.url}/sandbox/esign/tsp/", content=query.read_bytes()).content)
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", _pem(tmp_path / "ca", *authority.rsa_issuing.chain)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("question", "failure"),
    [
        (b"", "bad_request"),
        (_stamp_question(ids.SHA256, b"\x01" * 31), "bad_request"),
        (_stamp_question("1.2.3.4", b"\x01" * 32), "bad_alg"),
        (_stamp_question(ids.SHA256, b"\x01" * 32, "1.2.3.4"), "unaccepted_policy"),
    ],
)
def test_wrong_questions_get_no_token(sandbox: SandboxProcess, question: bytes, failure: str) -> None:
    assert _failure(sandbox, question) == (failure, 1)


def test_time_stamps_fail_as_the_switch_says(sandbox: SandboxProcess) -> None:
    question = _stamp_question(ids.SHA256, b"\x01" * 32)
    sandbox.switch(tsp="refusing")
    assert _failure(sandbox, question) == ("system_failure", 1)
    sandbox.switch(tsp="down")
    assert httpx.post(f"{sandbox.url}/sandbox/esign/tsp/", content=question).status_code == 503


def test_delta_names_what_was_revoked_after_the_whole_list(
    sandbox: SandboxProcess, authority: KeptAuthority
) -> None:
    base = f"{sandbox.url}/sandbox/esign/crl"
    full = asn1_crl.CertificateList.load(httpx.get(f"{base}/nca_gost.crl").content)
    late = authority.revoked(reason=4)
    delta = asn1_crl.CertificateList.load(httpx.get(f"{base}/nca_d_gost.crl").content)
    named = [one["user_certificate"].native for one in delta["tbs_cert_list"]["revoked_certificates"]]
    assert late.serial in named
    assert delta.delta_crl_indicator_value.native == full.crl_number_value.native
    assert delta.crl_number_value.native > full.crl_number_value.native


def test_list_that_is_known_is_not_sent_again(sandbox: SandboxProcess) -> None:
    address = f"{sandbox.url}/sandbox/esign/crl/nca_rsa.crl"
    first = httpx.get(address)
    again = httpx.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_lists_and_certificates_of_every_family_are_there(
    sandbox: SandboxProcess, authority: KeptAuthority
) -> None:
    for family in ("gost", "rsa", "legacy"):
        for name in (f"crl/nca_{family}.crl", f"crl/root_{family}.crl", f"cert/root_{family}.cer"):
            assert httpx.get(f"{sandbox.url}/sandbox/esign/{name}").status_code == 200
    issuing = httpx.get(f"{sandbox.url}/sandbox/esign/cert/nca_gost.cer").content
    assert issuing == authority.issuing.certificate
    assert httpx.get(f"{sandbox.url}/sandbox/esign/cert/nca_other.cer").status_code == 404


def test_key_is_revoked_at_the_desk_and_its_owner_gets_a_new_one(
    sandbox: SandboxProcess, authority: KeptAuthority
) -> None:
    asked = {"choice": "asked", "iin": "870419390122"}
    with httpx.Client(base_url=sandbox.url) as browser:
        browser.post("/sandbox/api/ncalayer/", json=asked).raise_for_status()
        first = _signing_key(browser)
        assert 'data-state="good"' in browser.get("/sandbox/esign/").text
        form = {"serial": first, "reason": "superseded"}
        assert browser.post("/sandbox/esign/", data=form).status_code == 303
        (told,) = [
            one for one in browser.get("/sandbox/api/esign/").json()["items"] if one["serial"] == first
        ]
        assert told["state"] == "revoked"
        assert (
            _status(_ask(sandbox, _question(cert_id(authority.issuing, int(first, 16))))).native[
                "revocation_reason"
            ]
            == "superseded"
        )
        assert _signing_key(browser) != first


def _signing_key(browser: httpx.Client) -> str:
    """Sign a document on the phone; the serial number of the newest certificate in force."""
    made = browser.post("/sandbox/sigex/api/egovQr", json={"description": "contract"}).json()
    document = {
        "id": 1, "nameRu": "a", "nameKz": "a", "nameEn": "a", "meta": [],
        "document": {"file": {"mime": "@file/pdf", "data": base64.b64encode(b"%PDF-").decode()}},
    }  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        path = httpx.URL(made["dataURL"]).path
        body = {"signMethod": "CMS_SIGN_ONLY", "documentsToSign": [document]}
        waiting = pool.submit(httpx.post, f"{browser.base_url}".rstrip("/") + path, json=body, timeout=20)
        for _ in range(100):
            phone = [
                one for one in browser.get("/sandbox/api/egov/").json()["items"] if one["state"] == "waiting"
            ]
            if phone:
                break
            time.sleep(0.05)
        done = browser.post(
            f"/sandbox/api/egov/{phone[0]['id']}/", json={"action": "sign", "iin": "870419390122"}
        )
        done.raise_for_status()
        waiting.result()
    newest = browser.get("/sandbox/api/esign/").json()["items"]
    return str(next(one["serial"] for one in newest if one["state"] == "good"))


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("zz", {}, 404),
        ("ff", {}, 404),
        ("f" * 5000, {}, 404),
        ("{known}", {"reason": "bored"}, 400),
        ("{known}", {"at": "yesterday"}, 400),
        ("{known}", ["x"], 400),
    ],
)
def test_wrong_revocations_change_nothing(
    sandbox: SandboxProcess, path: str, body: object, status: int
) -> None:
    with httpx.Client(base_url=sandbox.url) as browser:
        known = _signing_key(browser)
        address = f"/sandbox/api/esign/{path.format(known=known)}/revoke/"
        assert browser.post(address, json=body).status_code == status
        foreign = browser.post(
            f"/sandbox/api/esign/{known}/revoke/", json={}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert foreign.status_code == 403
        items = browser.get("/sandbox/api/esign/").json()["items"]
        assert next(one["state"] for one in items if one["serial"] == known) == "good"


def test_past_revocation_can_be_told(sandbox: SandboxProcess, authority: KeptAuthority) -> None:
    with httpx.Client(base_url=sandbox.url) as browser:
        known = _signing_key(browser)
        body = {"reason": "key_compromise", "at": "2026-11-01T00:00:00Z"}
        browser.post(f"/sandbox/api/esign/{known}/revoke/", json=body).raise_for_status()
    said = _status(_ask(sandbox, _question(cert_id(authority.issuing, int(known, 16)))))
    assert said.native["revocation_time"] == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("family", ["gost", "rsa", "legacy"])
def test_library_judges_by_the_addresses_in_certificates(
    sandbox: SandboxProcess, authority: KeptAuthority, family: str
) -> None:
    trust = Trust.from_folder(authority.folder / "anchors")
    source = OnlineSource.of(hosts=("127.0.0.1",), fetch_lists=True)
    person = authority.individual(family=family)
    signature = sign_cms(b"contract", person, detached=True)
    first = verify(signature, document=b"contract", trust=trust, revocation=source)
    assert (first.verdict.value, first.signers[0].revocation.source) == ("valid", "ocsp")
    # The issuing authority's own standing comes from the root's list.
    assert len(source.ocsp_answers) == 1 and len(source.list_answers) == 1
    authority.revoke(person, reason=1)
    fresh = OnlineSource.of(hosts=("127.0.0.1",), fetch_lists=True)
    assert verify(signature, document=b"contract", trust=trust, revocation=fresh).verdict.value == "invalid"
    sandbox.switch(ocsp="down", crl="down")
    silent = OnlineSource.of(hosts=("127.0.0.1",), fetch_lists=True)
    assert verify(signature, document=b"contract", trust=trust, revocation=silent).verdict.value == "unknown"


@pytest.mark.parametrize(("digest", "policy"), [("streebog512", ids.TSA_GOST), ("sha256", ids.TSA_RSA)])
def test_library_gets_time_stamps_that_it_trusts(
    sandbox: SandboxProcess, authority: KeptAuthority, digest: str, policy: str
) -> None:
    trust = Trust.from_folder(authority.folder / "anchors")
    client = StampClient(
        Fetcher(hosts=("127.0.0.1",)), f"{sandbox.url}/sandbox/esign/tsp/", trust=trust, policy=policy
    )
    assert client.stamp(b"signature", digest=digest)
    sandbox.switch(tsp="refusing")
    with pytest.raises(StampError, match="refused"):
        client.stamp(b"signature", digest=digest)
