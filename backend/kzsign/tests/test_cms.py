"""CMS and CAdES signatures: every form that is accepted, and what the report says."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kzsign import Purpose, Trust, Verdict, verify
from kzsign.context import Limits
from kzsign.testing import Authority, Signing, der, extensions, sign_cms
from kzsign.testing import identifiers as ids
from kzsign.testing.cms import attribute, signer_info
from kzsign.tests.judging import failed, step

TEXT = "Договор № 17".encode()


@pytest.mark.parametrize("family", ["gost", "rsa", "legacy"])
@pytest.mark.parametrize("detached", [False, True])
@pytest.mark.parametrize("encoding", ["der", "base64", "pem"])
def test_a_sound_signature_is_valid(
    authority: Authority, trust: Trust, at: datetime, family: str, detached: bool, encoding: str
) -> None:
    person = authority.individual(family=family)
    cms = sign_cms(TEXT, person, detached=detached, encoding=encoding, signing_time=at)
    report = verify(cms, document=TEXT if detached else None, trust=trust, at=at)
    assert report.verdict is Verdict.VALID, failed(report)
    assert report.format == "cms"
    signer = report.signers[0]
    assert (signer.full_name, signer.iin, signer.bin) == ("ТЕСТОВ ТЕСТ ТЕСТОВИЧ", "900101300017", "")
    assert (signer.role, signer.time_source, signer.signed_at, signer.claimed_at) == (
        "individual",
        "given",
        at,
        at,
    )
    assert ("legacy" in signer.algorithm) == (family == "legacy")
    assert len(signer.chain) == 3
    assert step(report, "revocation") == ("skipped", "not_asked")


def test_other_armour_and_line_ends_are_read(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.individual(), signing_time=at)
    text = base64.encodebytes(cms)
    for wrapped in (
        b"-----BEGIN PKCS7-----\r\n" + text.replace(b"\n", b"\r\n") + b"-----END PKCS7-----\r\n",
        b"\xef\xbb\xbf-----BEGIN CMS-----\n" + text + b"-----END CMS-----",
        b"  \n" + text + b"\n\n",
        base64.b64encode(cms),
    ):
        assert verify(wrapped, trust=trust, at=at).verdict is Verdict.VALID


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"hello",
        b"MIIB",
        b"-----BEGIN CMS-----\n-----END CMS-----",
        b"-----BEGIN CMS-----\nMIIB\n-----END PKCS7-----",
        b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        b"0" * 100,
        b"\x30\x80",
        b"\x30\x03\x02\x01\x01",
    ],
)
def test_what_is_no_signature_is_invalid_with_a_reason(trust: Trust, data: bytes) -> None:
    report = verify(data, trust=trust)
    assert report.verdict is Verdict.INVALID
    assert report.reason
    assert report.signers == ()


def test_indefinite_lengths_and_content_in_pieces_are_read(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    content = bytes(range(256)) * 30
    cms = sign_cms(content, authority.individual(), indefinite=True, signing_time=at)
    assert verify(cms, trust=trust, at=at).verdict is Verdict.VALID
    assert verify(cms, document=content, trust=trust, at=at).verdict is Verdict.VALID
    assert verify(cms, document=content + b"x", trust=trust, at=at).verdict is Verdict.INVALID


def test_the_document_is_read_from_a_file_in_pieces(
    authority: Authority, trust: Trust, at: datetime, tmp_path: Path
) -> None:
    content = bytes(3_000_001)
    document = tmp_path / "document.bin"
    document.write_bytes(content)
    detached = sign_cms(content, authority.individual(), detached=True, signing_time=at)
    attached = sign_cms(content, authority.individual(), signing_time=at)
    for cms in (detached, attached):
        assert verify(cms, document=document, trust=trust, at=at).verdict is Verdict.VALID
    document.write_bytes(content[:-1] + b"\x01")
    for cms in (detached, attached):
        assert verify(cms, document=document, trust=trust, at=at).verdict is Verdict.INVALID


def test_content_and_document_must_be_equal(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.individual(), signing_time=at)
    assert verify(cms, document=TEXT, trust=trust, at=at).verdict is Verdict.VALID
    report = verify(cms, document=TEXT + b" ", trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert step(report, "content") == ("failed", "content_mismatch")


def test_a_detached_signature_without_its_document_is_unknown(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    cms = sign_cms(TEXT, authority.individual(), detached=True, signing_time=at)
    report = verify(cms, trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "document_missing")
    assert step(report, "signature") == ("passed", "")


def test_every_signer_has_a_report_and_one_bad_spoils_the_container(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    people = [authority.individual(iin=iin) for iin in ("900101300017", "850505400025")]
    head = authority.entity(iin="700707300036", role="head", family="rsa")
    good = sign_cms(TEXT, [*people, head], signing_time=at)
    report = verify(good, trust=trust, at=at)
    assert report.verdict is Verdict.VALID
    assert {signer.iin for signer in report.signers} == {"900101300017", "850505400025", "700707300036"}
    company = next(signer for signer in report.signers if signer.bin)
    assert (company.bin, company.role, company.organisation) == ("990140000018", "head", 'ТОО "ТЕСТ"')
    assert company.roles == ("head", "entity")
    spoiled = sign_cms(TEXT, [people[0], Signing(people[1], key=people[0].key), head], signing_time=at)
    report = verify(spoiled, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert sorted(signer.verdict.value for signer in report.signers) == ["invalid", "valid", "valid"]


def test_no_signers_is_invalid(authority: Authority, trust: Trust, at: datetime) -> None:
    report = verify(sign_cms(TEXT, [], certificates=[authority.issuing.certificate]), trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "no_signers")


def test_the_signer_may_be_named_by_key_identifier(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, Signing(authority.individual(), by_key_id=True), signing_time=at)
    assert verify(cms, trust=trust, at=at).verdict is Verdict.VALID


@pytest.mark.parametrize("ess", ["v1", "v2", ""])
def test_the_certificate_may_be_bound_by_either_attribute_or_none(
    authority: Authority, trust: Trust, at: datetime, ess: str
) -> None:
    report = verify(
        sign_cms(TEXT, Signing(authority.individual(), ess=ess), signing_time=at), trust=trust, at=at
    )
    assert report.verdict is Verdict.VALID
    assert step(report, "signing_certificate") == (("passed", "") if ess else ("skipped", "absent"))


def test_certificates_around_the_signer_do_not_disturb(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    person = authority.individual()
    others = [authority.root.certificate, authority.issuing.certificate, authority.individual().certificate]
    bare = Trust.of(authority.root.certificate)
    cms = sign_cms(TEXT, person, certificates=[*others, person.certificate], signing_time=at)
    assert verify(cms, trust=bare, at=at).verdict is Verdict.VALID
    # Without the authority between there is no way to the root.
    cms = sign_cms(TEXT, person, signing_time=at)
    assert verify(cms, trust=bare, at=at).reason == "untrusted"


def test_no_anchors_at_all_is_unknown(authority: Authority, at: datetime) -> None:
    report = verify(sign_cms(TEXT, authority.individual(), signing_time=at), trust=Trust(), at=at)
    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "no_anchors")


@pytest.mark.parametrize("family", ["ec", "rsa"])
@pytest.mark.parametrize("with_root", [False, True])
def test_certificates_of_other_worlds_are_untrusted(
    authority: Authority, trust: Trust, at: datetime, family: str, with_root: bool
) -> None:
    stranger = authority.foreign(family=family)
    assert stranger.issuer is not None
    embedded = [stranger.certificate, *([stranger.issuer.certificate] if with_root else [])]
    report = verify(sign_cms(TEXT, stranger, certificates=embedded, signing_time=at), trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert ("chain", "untrusted") in failed(report)


def test_a_foreign_key_under_a_known_name_is_untrusted(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    """The leaf names a trusted authority as its issuer and was signed by an algorithm that this one does not use."""
    forged = authority.individual(signing_key=authority.new_key("ec"))
    report = verify(sign_cms(TEXT, forged, signing_time=at), trust=trust, at=at)
    assert failed(report) == [("chain", "untrusted")]


def test_an_anchor_of_an_unknown_algorithm_leaves_it_unknown(authority: Authority, at: datetime) -> None:
    stranger = authority.foreign(family="ec")
    assert stranger.issuer is not None
    report = verify(
        sign_cms(TEXT, stranger, signing_time=at), trust=Trust.of(stranger.issuer.certificate), at=at
    )
    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "unsupported")


def test_time_without_zone_is_utc_and_without_time_is_now(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    cms = sign_cms(TEXT, authority.individual(), signing_time=at)
    naive = verify(cms, trust=trust, at=at.replace(tzinfo=None))
    assert (naive.verdict, naive.signers[0].signed_at) == (Verdict.VALID, at)
    before = datetime.now(timezone.utc)
    signer = verify(cms, trust=trust).signers[0]
    assert signer.time_source == "now"
    assert signer.signed_at is not None
    assert before <= signer.signed_at <= datetime.now(timezone.utc)


def test_the_claimed_time_never_counts(authority: Authority, trust: Trust, at: datetime) -> None:
    expired = authority.expired(days_ago=10)
    cms = sign_cms(TEXT, expired, signing_time=at - timedelta(days=20))
    report = verify(cms, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert step(report, "chain") == ("failed", "expired")
    assert report.signers[0].claimed_at == at - timedelta(days=20)
    assert verify(cms, trust=trust, at=at - timedelta(days=20)).verdict is Verdict.VALID


def test_a_key_for_logging_in_signs_no_documents(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.authentication(), signing_time=at)
    report = verify(cms, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert step(report, "usage") == ("failed", "not_for_signing")
    assert verify(cms, trust=trust, at=at, purpose=Purpose.LOGIN).verdict is Verdict.VALID


def test_both_key_usage_and_purpose_must_allow_signing(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    weak = extensions.key_usage(extensions.DIGITAL_SIGNATURE)
    for person in (authority.individual(usage=weak), authority.individual(purpose=ids.AUTHENTICATION)):
        report = verify(sign_cms(TEXT, person, signing_time=at), trust=trust, at=at)
        assert failed(report) == [("usage", "not_for_signing")]


def test_the_report_is_plain_json(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.individual(), timestamp=authority.tsa(), signing_time=at)
    answer = json.loads(json.dumps(verify(cms, trust=trust, at=at).as_json()))
    assert list(answer) == ["verdict", "format", "reason", "signers"]
    signer = answer["signers"][0]
    assert [one["name"] for one in signer["steps"]] == [
        "decode",
        "content",
        "certificate",
        "attributes",
        "digest",
        "signing_certificate",
        "signature",
        "time",
        "chain",
        "revocation",
        "usage",
    ]
    assert signer["signed_at"] == "2026-06-15T09:00:00Z"
    assert signer["timestamp"]["trusted"] is True
    assert signer["chain"][0]["serial"] == f"{verify(cms, trust=trust, at=at).signers[0].chain[0].serial:x}"
    assert signer["revocation"] == {
        "status": "skipped",
        "source": "",
        "revoked_at": None,
        "reason": "not_asked",
    }


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(signature=100), "too_large"),
        (Limits(work=1), "too_much_work"),
        (Limits(elements=50), "too_many_elements"),
        (Limits(signers=1), "too_many_signers"),
        (Limits(certificates=1), "too_many_certificates"),
        (Limits(attributes=2), "too_many_attributes"),
    ],
)
def test_limits_refuse_with_their_own_reason(
    authority: Authority, trust: Trust, at: datetime, limits: Limits, reason: str
) -> None:
    cms = sign_cms(TEXT, [authority.individual(), authority.individual()], signing_time=at)
    report = verify(cms, trust=trust, at=at, limits=limits)
    assert (report.verdict, report.reason) == (Verdict.INVALID, reason)


def test_more_time_stamps_than_allowed_are_refused(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.individual(), timestamp=authority.tsa(), signing_time=at)
    report = verify(cms, trust=trust, at=at, limits=Limits(timestamps=0))
    assert (report.verdict, report.reason) == (Verdict.INVALID, "too_many_timestamps")


def test_a_document_above_the_limit_is_refused(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.individual(), detached=True, signing_time=at)
    report = verify(cms, document=TEXT, trust=trust, at=at, limits=Limits(document=5))
    assert (report.verdict, report.reason) == (Verdict.INVALID, "document_too_large")


def test_other_content_than_data_is_no_document(authority: Authority, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, authority.individual(), content_type=ids.TST_INFO, signing_time=at)
    report = verify(cms, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert step(report, "content") == ("failed", "content_type")


def test_a_counter_signature_is_told_and_never_counted(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    person, notary = authority.individual(), authority.individual(iin="850505400025")
    signed = Signing(person, counter_signers=[notary])
    cms = sign_cms(TEXT, signed, certificates=[person.certificate, notary.certificate], signing_time=at)
    report = verify(cms, trust=trust, at=at)
    assert report.verdict is Verdict.VALID
    assert [signer.iin for signer in report.signers] == ["900101300017"]
    (counter,) = report.signers[0].counter_signatures
    assert (counter.verdict, counter.iin) == (Verdict.VALID, "850505400025")
    assert report.signers[0].as_json()["counter_signatures"][0]["iin"] == "850505400025"


def test_a_counter_signature_does_not_save_and_does_not_spoil(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    person, notary = authority.individual(), authority.individual(iin="850505400025")
    both = [person.certificate, notary.certificate]
    broken = Signing(person, message_digest=bytes(64), counter_signers=[notary])
    report = verify(sign_cms(TEXT, broken, certificates=both, signing_time=at), trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert report.signers[0].counter_signatures[0].verdict is Verdict.VALID
    # One of another signature, and one that is no SignerInfo at all.
    foreign = attribute(
        ids.COUNTER_SIGNATURE, signer_info(b"other", Signing(notary, omit=(ids.CONTENT_TYPE,)))
    )
    odd = attribute(ids.COUNTER_SIGNATURE, der.sequence(der.integer(1)))
    for extra in (foreign, odd):
        spoiled = Signing(person, extra_unsigned=[extra])
        report = verify(sign_cms(TEXT, spoiled, certificates=both, signing_time=at), trust=trust, at=at)
        assert report.verdict is Verdict.VALID
        assert report.signers[0].counter_signatures[0].verdict is Verdict.INVALID


def test_a_counter_signer_is_no_signer(authority: Authority, trust: Trust, at: datetime) -> None:
    """A SignerInfo that covers a signature is not one that covers the document, and the other way round."""
    person = authority.individual()
    info = signer_info(TEXT, Signing(person, omit=(ids.CONTENT_TYPE,), signing_time=at))
    body = [
        der.integer(1),
        der.set_of(person.key.digest_algorithm),
        der.sequence(der.oid(ids.DATA), der.explicit(0, der.octets(TEXT))),
        der.element(0xA0, person.certificate),
        der.set_of(info),
    ]
    cms = der.sequence(der.oid(ids.SIGNED_DATA), der.explicit(0, der.sequence(*body)))
    report = verify(cms, trust=trust, at=at)
    assert failed(report) == [("attributes", "attribute_missing")]


def test_a_name_cannot_turn_the_words_round_it(authority: Authority, trust: Trust) -> None:
    key = authority.individual(name="ТЕСТОВ\u202eВТСЕТ\u200b", patronymic="")
    report = verify(sign_cms(TEXT, key), trust=trust)
    assert report.signers[0].full_name == "ТЕСТОВВТСЕТ"
