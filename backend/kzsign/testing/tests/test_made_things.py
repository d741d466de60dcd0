"""The test authority's products, judged by OpenSSL where it knows the algorithms and by GOST arithmetic otherwise."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import tsp, x509

from kzsign import curves, digests
from kzsign.testing import (
    Archive,
    Authority,
    Identity,
    Revocation,
    Signing,
    Status,
    crl,
    ocsp_answer,
    sign_cms,
    sign_xml,
    time_stamp,
)
from kzsign.testing import identifiers as ids
from kzsign.testing.keys import GostKey, load_key

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make(now=NOW)


def _gost_verifies(signed: bytes, signature: bytes, signer: Identity) -> bool:
    e = int.from_bytes(digests.streebog512(signed), "little")
    r, s = (int.from_bytes(half, "little") for half in (signature[:64], signature[64:]))
    assert isinstance(signer.key, GostKey)
    return curves.verify(curves.GOST_512_A, signer.key.point, e, r, s)


def _pem(folder: Path, *certificates: bytes) -> str:
    path = folder / "authorities.pem"
    parts = [
        subprocess.run(
            ["openssl", "x509", "-inform", "DER"], input=one, capture_output=True, check=True
        ).stdout
        for one in certificates
    ]
    path.write_bytes(b"".join(parts))
    return str(path)


def _openssl(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_certificate_of_the_chain_is_signed_by_the_one_above(authority: Authority) -> None:
    person = authority.individual()
    for identity in (person, authority.issuing, authority.root):
        parsed = x509.Certificate.load(identity.certificate)
        signer = identity.issuer or identity
        assert _gost_verifies(parsed["tbs_certificate"].dump(), parsed["signature_value"].native, signer)


def test_subject_of_a_person_is_laid_out_as_the_nca_does(authority: Authority) -> None:
    person = authority.individual(iin="850505400027", name="СЕРІКОВА АЙГҮЛ", patronymic="МАРАТҚЫЗЫ")
    subject = x509.Certificate.load(person.certificate).subject.native
    assert subject == {
        "common_name": "СЕРІКОВА АЙГҮЛ",
        "surname": "СЕРІКОВА",
        "serial_number": "IIN850505400027",
        "country_name": "KZ",
        "given_name": "МАРАТҚЫЗЫ",
    }


def test_system_certificate_of_an_organisation_names_no_person(authority: Authority) -> None:
    subject = x509.Certificate.load(authority.entity(bin="990140000018").certificate).subject.native
    assert subject["organizational_unit_name"] == "BIN990140000018"
    assert "serial_number" not in subject


def test_openssl_accepts_rsa_chain_message_token_crl_and_ocsp_answer(
    authority: Authority, tmp_path: Path
) -> None:
    person, tsa = authority.individual(family="rsa"), authority.tsa(family="rsa")
    anchors = _pem(tmp_path, authority.rsa_root.certificate, authority.rsa_issuing.certificate)
    files = {
        "message": sign_cms(b"document", person, timestamp=tsa),
        "pieces": sign_cms(b"document" * 500, person, indefinite=True),
        "token": time_stamp(b"document", tsa, at=NOW),
        "crl": crl(authority.rsa_issuing, {person.serial: Revocation(NOW, 1)}, at=NOW),
        "document": b"document",
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    for name in ("message", "pieces"):
        code, said = _openssl(
            "cms",
            "-verify",
            "-inform",
            "DER",
            "-in",
            str(tmp_path / name),
            "-CAfile",
            anchors,
            "-purpose",
            "any",
        )
        assert code == 0, said
    code, said = _openssl(
        "ts", "-verify", "-data", str(tmp_path / "document"), "-in", str(tmp_path / "token"), "-token_in",
        "-CAfile", anchors,
    )  # fmt: skip
    assert code == 0, said
    code, said = _openssl(
        "crl", "-inform", "DER", "-in", str(tmp_path / "crl"), "-CAfile", anchors, "-noout", "-text"
    )
    assert code == 0 and "verify OK" in said and "Key Compromise" in said


def test_ocsp_answer_says_what_was_asked(authority: Authority) -> None:
    answer = ocsp_answer(
        [Status(5, "revoked", NOW, 6), Status(7), Status(8, "unknown")],
        issuer=authority.issuing,
        responder=authority.ocsp_responder(),
        at=NOW,
        nonce=b"nonce",
    )
    basic = asn1_ocsp.OCSPResponse.load(answer).basic_ocsp_response
    said = [
        (one["cert_id"]["serial_number"].native, one["cert_status"].name)
        for one in basic["tbs_response_data"]["responses"]
    ]
    assert said == [(5, "revoked"), (7, "good"), (8, "unknown")]


def test_delta_crl_names_its_base(authority: Authority) -> None:
    delta = asn1_crl.CertificateList.load(crl(authority.issuing, {9: Revocation(NOW, 8)}, number=3, base=2))
    assert delta.delta_crl_indicator_value.native == 2
    assert delta["tbs_cert_list"]["revoked_certificates"][0].crl_reason_value.native == "remove_from_crl"


def test_attributes_can_be_left_out_doubled_and_unsorted(authority: Authority) -> None:
    person = authority.individual()

    def attributes(**knobs: object) -> list[str]:
        message = asn1_cms.ContentInfo.load(sign_cms(b"x", Signing(person, **knobs)))  # type: ignore[arg-type]
        signed = message["content"]["signer_infos"][0]["signed_attrs"]
        return [one["type"].dotted for one in signed]

    usual = {ids.CONTENT_TYPE, ids.SIGNING_TIME, ids.MESSAGE_DIGEST, ids.SIGNING_CERTIFICATE_V2}
    assert set(attributes()) == usual
    assert ids.MESSAGE_DIGEST not in attributes(omit=[ids.MESSAGE_DIGEST])
    assert attributes(double=[ids.MESSAGE_DIGEST]).count(ids.MESSAGE_DIGEST) == 2
    assert attributes(ess="") != attributes()
    assert attributes(is_sorted=False) == list(reversed(attributes()))
    assert attributes(no_attributes=True) == []


def test_signature_covers_the_attributes_as_a_set(authority: Authority) -> None:
    person = authority.individual()
    info = asn1_cms.ContentInfo.load(sign_cms(b"x", person))["content"]["signer_infos"][0]
    covered = b"\x31" + info["signed_attrs"].dump()[1:]
    assert _gost_verifies(covered, info["signature"].native, person)


def test_time_stamp_covers_the_signature_and_archive_keeps_answers(authority: Authority) -> None:
    person = authority.individual()
    answer = ocsp_answer(
        Status(person.serial), issuer=authority.issuing, responder=authority.ocsp_responder()
    )
    case = Signing(person, timestamp=authority.tsa(), timestamp_at=NOW, archive=Archive(ocsp=[answer]))
    info = asn1_cms.ContentInfo.load(sign_cms(b"x", case))["content"]["signer_infos"][0]
    unsigned = {one["type"].dotted: one["values"] for one in info["unsigned_attrs"]}
    token = asn1_cms.ContentInfo.load(unsigned[ids.TIME_STAMP][0].dump())
    encapsulated = token["content"]["encap_content_info"]["content"].parsed
    assert isinstance(encapsulated, tsp.TSTInfo)
    assert encapsulated["message_imprint"]["hashed_message"].native == digests.streebog512(
        info["signature"].native
    )
    assert encapsulated["gen_time"].native == NOW
    assert ids.REVOCATION_VALUES in unsigned


def test_later_xml_signature_covers_the_earlier_one(authority: Authority) -> None:
    signed = sign_xml("<contract><sum>1</sum></contract>", [authority.individual(), authority.individual()])
    assert signed.count(b"<ds:Signature ") == 2
    assert b"&#13;" in signed


def test_look_alike_has_the_same_names_and_another_key(authority: Authority) -> None:
    other = authority.look_alike()
    assert other.issuing.subject == authority.issuing.subject
    assert other.issuing.key_id != authority.issuing.key_id


def test_seed_gives_the_same_keys_again() -> None:
    one, other = (Authority.make(now=NOW, seed=b"seed").individual() for _ in range(2))
    assert one.serial == other.serial


def test_keys_survive_being_stored(authority: Authority) -> None:
    for family in ("gost", "legacy", "rsa", "ec"):
        key = authority.new_key(family)
        assert load_key(key.stored()).public_key_info == key.public_key_info


def test_revoked_and_expired_are_what_they_say(authority: Authority) -> None:
    gone = authority.revoked(at=NOW - timedelta(days=2), reason=1)
    assert authority.revocations[gone.serial] == Revocation(NOW - timedelta(days=2), 1)
    assert authority.expired().not_after < NOW
