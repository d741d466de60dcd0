"""Signatures that somebody changed: each must fail, and in the step that the change concerns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from kzsign import Trust, Verdict, curves, verify
from kzsign.context import Limits
from kzsign.testing import Authority, Identity, Signing, der, sign_cms
from kzsign.testing import identifiers as ids
from kzsign.testing.cms import attribute
from kzsign.tests.judging import failed, step

TEXT = b"I lend a hundred thousand."
MD5, SHA224 = "1.2.840.113549.2.5", "2.16.840.1.101.3.4.2.4"


@pytest.fixture(scope="module")
def person(authority: Authority) -> Identity:
    return authority.individual()


def _report(person: Identity, trust: Trust, at: datetime, **knobs: object) -> list[tuple[str, str]]:
    signing = Signing(person, signing_time=at, **knobs)  # type: ignore[arg-type]
    report = verify(sign_cms(TEXT, signing), trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    return failed(report)


def test_the_untouched_signature_is_valid(person: Identity, trust: Trust, at: datetime) -> None:
    assert verify(sign_cms(TEXT, person, signing_time=at), trust=trust, at=at).verdict is Verdict.VALID


SIZE = curves.GOST_512_A.size
Q = curves.GOST_512_A.q


def _numbers(r: int, s: int) -> bytes:
    return r.to_bytes(SIZE, "little") + s.to_bytes(SIZE, "little")


@pytest.mark.parametrize(
    "change",
    [
        lambda s: bytes((s[0] ^ 1,)) + s[1:],
        lambda s: s[:-1] + bytes((s[-1] ^ 0x80,)),
        lambda s: s[SIZE:] + s[:SIZE],
        lambda s: s[::-1],
        lambda s: s[:SIZE][::-1] + s[SIZE:][::-1],
        lambda s: bytes(128),
        lambda s: _numbers(0, int.from_bytes(s[SIZE:], "little")),
        lambda s: _numbers(int.from_bytes(s[:SIZE], "little"), 0),
        lambda s: _numbers(int.from_bytes(s[:SIZE], "little"), Q - int.from_bytes(s[SIZE:], "little")),
        lambda s: _numbers(Q, Q),
        lambda s: b"\xff" * 128,
        lambda s: _numbers(3, 1),
        lambda s: s + b"\x00",
        lambda s: s[:-1],
        lambda s: b"",
        lambda s: s[:SIZE] + b"\x00" * 2000 + s[SIZE:],
    ],
)
def test_other_numbers_are_no_signature(
    person: Identity, trust: Trust, at: datetime, change: Callable[[bytes], bytes]
) -> None:
    assert _report(person, trust, at, change_signature=change) == [("signature", "signature_mismatch")]


def test_numbers_above_the_order_are_refused_though_equal_modulo_it(
    person: Identity, trust: Trust, at: datetime
) -> None:
    def above(signature: bytes) -> bytes:
        r, s = (int.from_bytes(part, "little") for part in (signature[:SIZE], signature[SIZE:]))
        return _numbers(r + Q, s) if r + Q < 2**512 else _numbers(r, s + Q if s + Q < 2**512 else 0)

    for _ in range(3):
        assert _report(person, trust, at, change_signature=above) == [("signature", "signature_mismatch")]


def test_changed_content_is_found(person: Identity, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, person, signing_time=at)
    changed = cms.replace(TEXT, TEXT.replace(b"hundred", b"fifteen"))
    assert changed != cms
    assert failed(verify(changed, trust=trust, at=at)) == [("digest", "digest_mismatch")]


def test_a_changed_attribute_is_found(person: Identity, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, person, signing_time=at)
    changed = cms.replace(b"260615090000Z", b"250615090000Z")
    assert changed != cms
    assert failed(verify(changed, trust=trust, at=at)) == [("signature", "signature_mismatch")]


@pytest.mark.parametrize("missing", [ids.CONTENT_TYPE, ids.MESSAGE_DIGEST])
def test_a_required_attribute_may_not_be_missing(
    person: Identity, trust: Trust, at: datetime, missing: str
) -> None:
    assert ("attributes", "attribute_missing") in _report(person, trust, at, omit=(missing,))


@pytest.mark.parametrize(
    "twice", [ids.CONTENT_TYPE, ids.MESSAGE_DIGEST, ids.SIGNING_TIME, ids.SIGNING_CERTIFICATE_V2]
)
def test_an_attribute_may_not_stand_twice(person: Identity, trust: Trust, at: datetime, twice: str) -> None:
    assert ("attributes", "attribute_repeated") in _report(person, trust, at, double=(twice,))


def test_an_attribute_may_not_have_two_values(person: Identity, trust: Trust, at: datetime) -> None:
    digests = (der.octets(person.key.digest(TEXT)), der.octets(bytes(64)))
    for values in (digests, digests[::-1], ()):
        extra = [attribute(ids.MESSAGE_DIGEST, *values)]
        found = _report(person, trust, at, omit=(ids.MESSAGE_DIGEST,), extra_signed=extra)
        assert ("attributes", "attribute_repeated") in found


def test_signed_attributes_may_not_be_left_out(person: Identity, trust: Trust, at: datetime) -> None:
    """A signature over the content alone could be one over attributes that were cut off."""
    assert ("attributes", "attributes_missing") in _report(person, trust, at, no_attributes=True)


def test_attributes_passed_off_as_content_are_refused(person: Identity, trust: Trust, at: datetime) -> None:
    """The block that was signed is offered as a document signed without attributes."""
    from kzsign.testing.cms import signed_attributes

    case = Signing(person, signing_time=at)
    block = der.element(0x31, signed_attributes(TEXT, case))
    offered = sign_cms(block, Signing(person, no_attributes=True, signing_time=at))
    report = verify(offered, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert ("attributes", "attributes_missing") in failed(report)


def test_the_content_type_must_be_that_of_the_content(person: Identity, trust: Trust, at: datetime) -> None:
    assert _report(person, trust, at, content_type=ids.TST_INFO) == [("attributes", "content_type_mismatch")]


@pytest.mark.parametrize(
    ("digest_oid", "signature_oid", "expected"),
    [
        (ids.SHA256, None, "algorithm_mismatch"),
        (ids.LEGACY_DIGEST, None, "algorithm_mismatch"),
        (ids.GOST_256_DIGEST, None, "algorithm_mismatch"),
        (None, ids.LEGACY_SIGNATURE, "algorithm_mismatch"),
        (None, ids.RSA_SHA256, "algorithm_mismatch"),
        (ids.SHA256, ids.RSA_SHA256, "algorithm_mismatch"),
        (ids.LEGACY_DIGEST, ids.LEGACY_SIGNATURE, "algorithm_mismatch"),
        (ids.SHA1, ids.RSA_SHA1, "weak_algorithm"),
        (ids.SHA1, None, "weak_algorithm"),
        (MD5, None, "weak_algorithm"),
        (SHA224, None, "weak_algorithm"),
        ("1.2.3.4", None, "algorithm_mismatch"),
        (None, ids.ECDSA_SHA256, "algorithm_mismatch"),
        (None, "1.3.101.112", "algorithm_mismatch"),
    ],
)
def test_digests_and_signatures_of_different_families_are_refused(
    person: Identity,
    trust: Trust,
    at: datetime,
    digest_oid: str | None,
    signature_oid: str | None,
    expected: str,
) -> None:
    found = _report(person, trust, at, digest_oid=digest_oid, signature_oid=signature_oid)
    assert ("signature", expected) in found


def test_an_algorithm_that_is_not_known_is_never_valid(person: Identity, trust: Trust, at: datetime) -> None:
    for knobs in (
        {"digest_oid": ids.GOST_256_DIGEST, "signature_oid": ids.GOST_256_SIGNATURE},
        {"signature_oid": "1.2.3.4"},
        {"signature_oid": "1.2.840.113549.1.1.10"},
    ):
        cms = sign_cms(TEXT, Signing(person, signing_time=at, **knobs))  # type: ignore[arg-type]
        report = verify(cms, trust=trust, at=at)
        assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "unsupported")


def test_rsa_with_sha1_is_refused(authority: Authority, trust: Trust, at: datetime) -> None:
    person = authority.individual(family="rsa")
    assert ("signature", "weak_algorithm") in _report(person, trust, at, signature_oid=ids.RSA_SHA1)
    assert ("signature", "weak_algorithm") in _report(person, trust, at, digest_oid=ids.SHA1)


def test_the_plain_identifier_of_rsa_takes_its_digest_from_the_other_field(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    person = authority.individual(family="rsa")
    cms = sign_cms(TEXT, Signing(person, signature_oid=ids.RSA_KEY), signing_time=at)
    assert verify(cms, trust=trust, at=at).verdict is Verdict.VALID
    legacy = authority.individual(family="legacy")
    cms = sign_cms(TEXT, Signing(legacy, signature_oid=ids.LEGACY_KEY), signing_time=at)
    assert verify(cms, trust=trust, at=at).verdict is Verdict.VALID
    # The digest field then decides, and another one does not fit the signature.
    assert ("signature", "signature_mismatch") in _report(
        person, trust, at, signature_oid=ids.RSA_KEY, digest_oid=ids.SHA512
    )
    assert ("signature", "algorithm_mismatch") in _report(
        person, trust, at, signature_oid=ids.RSA_KEY, digest_oid=ids.GOST_DIGEST
    )


def test_a_certificate_put_in_place_of_the_signers_is_refused(
    authority: Authority, person: Identity, trust: Trust, at: datetime
) -> None:
    """The same key in another person's certificate: the bound hash tells."""
    other = authority.individual(iin="850505400025", key=person.key)
    swapped = Signing(other, ess_hash=_sha256(person.certificate))
    report = verify(sign_cms(TEXT, swapped, signing_time=at), trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert step(report, "signing_certificate") == ("failed", "certificate_mismatch")


def test_a_certificate_of_the_same_number_does_not_stand_in(
    authority: Authority, person: Identity, trust: Trust, at: datetime
) -> None:
    """Two certificates of one issuer and number: the one whose hash is bound is meant, wherever it stands."""
    twin = authority.individual(iin="850505400025", key=person.key, serial=person.serial)
    for embedded in ([twin.certificate, person.certificate], [person.certificate, twin.certificate]):
        cms = sign_cms(TEXT, person, certificates=embedded, signing_time=at)
        report = verify(cms, trust=trust, at=at)
        assert (report.verdict, report.signers[0].iin) == (Verdict.VALID, "900101300017")


@pytest.mark.parametrize("by_key_id", [False, True])
def test_a_false_certificate_beside_the_right_one_does_not_spoil_a_signature(
    authority: Authority, person: Identity, trust: Trust, at: datetime, by_key_id: bool
) -> None:
    """Nothing binds the certificate, and one of another key with the same number or key identifier stands first."""
    false = authority.individual(serial=person.serial).certificate
    if by_key_id:
        wrong = authority.individual()
        false = wrong.certificate.replace(wrong.key_id, person.key_id)
    signing = Signing(person, ess="", by_key_id=by_key_id, signing_time=at)
    for embedded in ([false, person.certificate], [person.certificate, false]):
        report = verify(sign_cms(TEXT, signing, certificates=embedded), trust=trust, at=at)
        assert (report.verdict, report.signers[0].certificate) == (Verdict.VALID, person.certificate)


def _sha256(data: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(data).digest()


def test_without_the_signers_certificate_nothing_is_believed(
    authority: Authority, person: Identity, trust: Trust, at: datetime
) -> None:
    for embedded in ([], [authority.individual().certificate], [authority.root.certificate]):
        cms = sign_cms(TEXT, person, certificates=embedded, signing_time=at)
        report = verify(cms, trust=trust, at=at)
        assert report.verdict is Verdict.INVALID
        assert step(report, "certificate") == ("failed", "certificate_missing")


def test_a_signature_of_another_key_is_refused(authority: Authority, trust: Trust, at: datetime) -> None:
    forged = Signing(authority.individual(), key=authority.individual().key)
    report = verify(sign_cms(TEXT, forged, signing_time=at), trust=trust, at=at)
    assert failed(report) == [("signature", "signature_mismatch")]


def test_a_key_that_is_no_point_of_the_curve_is_refused(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    """An authority would have to certify it; even then nothing is computed with it."""
    good = authority.individual()
    key = good.key.public_key_info
    for broken in (key[:-1] + bytes((key[-1] ^ 1,)), key[:-128] + bytes(128), key[:-128] + b"\xff" * 128):
        odd = _with_key(authority, broken)
        report = verify(sign_cms(TEXT, Signing(odd, key=good.key), signing_time=at), trust=trust, at=at)
        assert report.verdict is Verdict.INVALID
        assert step(report, "signature") == ("failed", "bad_key")


def _with_key(authority: Authority, info: bytes) -> Identity:
    class Odd:
        family = "gost"
        public_key_info = info

        def __getattr__(self, name: str) -> object:
            return getattr(authority.issuing.key, name)

    return authority.individual(key=Odd())  # type: ignore[arg-type]


def test_other_parameters_of_the_curve_are_not_guessed(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    info = authority.individual().key.public_key_info
    other = info.replace(der.oid(ids.GOST_KEY_SET), der.oid(ids.GOST_KEY_SET[:-1] + "2"))
    assert other != info
    odd = _with_key(authority, other)
    report = verify(sign_cms(TEXT, odd, signing_time=at), trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "unsupported")


def test_truncation_anywhere_is_invalid(person: Identity, trust: Trust, at: datetime) -> None:
    cms = sign_cms(TEXT, person, signing_time=at)
    for length in range(0, len(cms), 7):
        report = verify(cms[:length], trust=trust, at=at)
        assert report.verdict is Verdict.INVALID, length
        assert report.reason


@pytest.mark.parametrize("tail", [b"\x00", b"\x30\x00", b"\n", b"PK\x03\x04"])
def test_octets_after_the_end_are_refused(person: Identity, trust: Trust, at: datetime, tail: bytes) -> None:
    report = verify(sign_cms(TEXT, person, signing_time=at) + tail, trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "trailing_data")


def test_deep_nesting_is_refused_in_no_time(trust: Trust) -> None:
    bomb = b"\x30\x80" * 200_000
    report = verify(bomb, trust=trust)
    assert report.verdict is Verdict.INVALID
    wide = b"\x30\x80" + b"\x05\x00" * 2_000_000
    assert verify(wide, trust=trust).reason == "too_many_elements"


def test_unsorted_attributes_are_taken_as_received(person: Identity, trust: Trust, at: datetime) -> None:
    """Some writers do not sort; what was signed is then exactly what was sent, so nothing is rearranged here."""
    cms = sign_cms(TEXT, Signing(person, is_sorted=False), signing_time=at)
    assert verify(cms, trust=trust, at=at).verdict is Verdict.VALID


def test_the_work_of_one_check_is_bounded(authority: Authority, trust: Trust, at: datetime) -> None:
    """Many signers, each with stamps of strangers and a crowd of false authorities to try."""
    import time

    strangers = [authority.look_alike() for _ in range(6)]
    crowd = [one.issuing.certificate for one in strangers]
    person, tsa = authority.individual(), strangers[0].tsa()
    cms = sign_cms(
        TEXT,
        [Signing(person, timestamp=tsa, signing_time=at)] * 64,
        certificates=[person.certificate, *crowd],
    )
    assert verify(cms, trust=trust, at=at).verdict is Verdict.VALID
    started = time.process_time()
    report = verify(cms, trust=trust, at=at, limits=Limits(work=100))
    assert (report.verdict, report.reason) == (Verdict.INVALID, "too_much_work")
    assert [s.verdict for s in report.signers].count(Verdict.VALID) < 20
    assert time.process_time() - started < 5


def test_memory_stays_small_whatever_comes(trust: Trust) -> None:
    import tracemalloc

    for bomb in (
        b"\x30\x80" + b"\x05\x00" * 3_000_000,
        b"\x30\x80" * 3_000_000,
        b"\x24\x80\x04\x00" * 1_000_000,
    ):
        tracemalloc.start()
        verify(bomb, trust=trust)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 80 << 20
