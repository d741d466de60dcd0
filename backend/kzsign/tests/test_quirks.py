"""What real writers of signatures do: each must be read, however it looks."""

from __future__ import annotations

import base64
from datetime import datetime, timezone

import pytest

from kzsign import Limits, Purpose, RevocationPolicy, Trust, Verdict, verify
from kzsign.testing import Authority, Identity, Signing, Status, crl, der, ocsp_answer, sign_cms, time_stamp
from kzsign.testing import identifiers as ids
from kzsign.testing.cms import attribute
from kzsign.tests.judging import step

TEXT = "Заявление".encode()


@pytest.fixture(scope="module")
def cms(person: Identity) -> bytes:
    return sign_cms(TEXT, person, signing_time=datetime(2026, 6, 15, tzinfo=timezone.utc))


def _lines(data: bytes, width: int = 76) -> bytes:
    text = base64.b64encode(data)
    return b"\r\n".join(text[start : start + width] for start in range(0, len(text), width))


def _armour(data: bytes, label: bytes) -> bytes:
    return b"-----BEGIN " + label + b"-----\r\n" + _lines(data) + b"\r\n-----END " + label + b"-----\r\n"


WRAPPINGS = {
    "base64 without padding": lambda cms: base64.b64encode(cms).rstrip(b"="),
    "base64 in lines": _lines,
    "base64 in words": lambda cms: _lines(cms, 4).replace(b"\r\n", b" "),
    "armour PKCS7": lambda cms: _armour(cms, b"PKCS7"),
    "armour of certutil": lambda cms: _armour(cms, b"CERTIFICATE"),
    "armour after empty lines": lambda cms: b"\n\n  " + _armour(cms, b"CMS"),
    "byte order mark": lambda cms: b"\xef\xbb\xbf" + _armour(cms, b"CMS"),
    "UTF-16, little-endian": lambda cms: b"\xff\xfe" + _armour(cms, b"CMS").decode().encode("utf-16-le"),
    "UTF-16, big-endian": lambda cms: b"\xfe\xff" + _lines(cms).decode().encode("utf-16-be"),
    "data address": lambda cms: b"data:application/pkcs7-signature;base64," + base64.b64encode(cms),
    "data address with a name": lambda cms: (
        b'data:application/octet-stream;name="a b.p7s";base64,' + base64.b64encode(cms)
    ),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS, ids=str)
def test_wrappings_are_taken_off(cms: bytes, trust: Trust, at: datetime, wrapping: str) -> None:
    report = verify(WRAPPINGS[wrapping](cms), trust=trust, at=at)
    assert (report.verdict, report.format) == (Verdict.VALID, "cms")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cms: _armour(cms, b"CMS") + b"and more",
        lambda cms: _armour(cms, b"CMS") * 2,
        lambda cms: _armour(cms, b"CMS").replace(b"END CMS", b"END PKCS7"),
        lambda cms: _armour(cms, b"CMS").replace(b"END", b"BEGIN"),
        lambda cms: b"\xff\xfe" + "M–".encode("utf-16-le") + _lines(cms).decode().encode("utf-16-le"),
        lambda cms: b"\xff\xfe" + _lines(cms).decode().encode("utf-16-le") + b"A",
        lambda cms: b"data:text/plain," + base64.b64encode(cms),
        lambda cms: base64.b64encode(cms) + b"=A",
        lambda cms: base64.b64encode(cms)[:-5],
        lambda cms: base64.b64encode(cms + b"\x00"),
    ],
)
def test_nothing_else_may_lie_round_a_signature(
    cms: bytes, trust: Trust, at: datetime, spoil: object
) -> None:
    report = verify(spoil(cms), trust=trust, at=at)  # type: ignore[operator]
    assert report.verdict is Verdict.INVALID
    assert report.reason in {"malformed", "format_unknown", "trailing_data", "truncated"}


def test_a_system_of_an_organisation_signs_though_its_certificate_names_a_role_alone(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    system = authority.leaf(
        full_name='ТОО "ТЕСТ"', organisation='ТОО "ТЕСТ"', bin="990140000018", purpose=ids.ENTITY
    )
    report = verify(sign_cms(TEXT, system, signing_time=at), trust=trust, at=at)
    assert report.verdict is Verdict.VALID
    assert (report.signers[0].iin, report.signers[0].bin) == ("", "990140000018")


@pytest.mark.parametrize("use", [ids.AUTHENTICATION, ids.TIME_STAMPING, ids.OCSP_SIGNING, "1.2.3.4"])
def test_another_use_beside_a_role_leaves_no_room_for_signing(
    authority: Authority, trust: Trust, at: datetime, use: str
) -> None:
    """Although its keyUsage would allow it."""
    other = authority.individual(purpose=use)
    report = verify(sign_cms(TEXT, other, signing_time=at), trust=trust, at=at)
    assert step(report, "usage") == ("failed", "not_for_signing")
    anything = verify(sign_cms(TEXT, other, signing_time=at), trust=trust, at=at, purpose=Purpose.ANY)
    assert anything.verdict is Verdict.VALID


def test_a_signer_may_name_the_algorithm_of_the_key(person: Identity, trust: Trust, at: datetime) -> None:
    named = Signing(person, signature_oid=ids.GOST_KEY, signing_time=at)
    assert verify(sign_cms(TEXT, named), trust=trust, at=at).verdict is Verdict.VALID
    mixed = Signing(person, signature_oid=ids.GOST_KEY, digest_oid=ids.SHA256, signing_time=at)
    assert step(verify(sign_cms(TEXT, mixed), trust=trust, at=at), "signature") == (
        "failed",
        "algorithm_mismatch",
    )


UNSIGNED = {
    "answers that are none": attribute(ids.REVOCATION_VALUES, der.integer(5)),
    "answers cut off": attribute(ids.REVOCATION_VALUES, b"\x30\x02\xa0\x05"),
    "certificates that are none": attribute(ids.CERTIFICATE_VALUES, der.integer(5)),
    "certificates cut off": attribute(ids.CERTIFICATE_VALUES, b"\x30\x03\x30\x05\x01"),
    "something unknown": attribute("1.2.3.4", der.NULL),
}


@pytest.mark.parametrize("unsigned", UNSIGNED, ids=str)
def test_damage_in_what_is_not_signed_is_no_damage_of_the_signature(
    person: Identity, trust: Trust, at: datetime, unsigned: str
) -> None:
    made = sign_cms(TEXT, Signing(person, extra_unsigned=[UNSIGNED[unsigned]], signing_time=at))
    assert verify(made, trust=trust, at=at).verdict is Verdict.VALID
    # And it is no answer about revocation either.
    asked = verify(made, trust=trust, at=at, revocation=RevocationPolicy.ARCHIVED)
    assert (asked.verdict, asked.reason) == (Verdict.UNKNOWN, "revocation_unknown")


@pytest.mark.parametrize("entry", ["a100", "a1020500", "a1020600", "8100", "020100", "3000"])
def test_odd_lists_beside_a_signature_say_nothing(
    person: Identity, trust: Trust, at: datetime, entry: str
) -> None:
    made = sign_cms(TEXT, person, crls=[bytes.fromhex(entry)], signing_time=at)
    assert verify(made, trust=trust, at=at).verdict is Verdict.VALID
    asked = verify(made, trust=trust, at=at, revocation=RevocationPolicy.ARCHIVED)
    assert (asked.verdict, asked.reason) == (Verdict.UNKNOWN, "revocation_unknown")


def test_the_list_of_digests_is_read_though_not_used(cms: bytes, trust: Trust, at: datetime) -> None:
    listed = der.set_of(der.sequence(der.oid(ids.GOST_DIGEST), der.NULL))
    assert listed in cms
    other = der.set_of(der.sequence(der.oid("1.2.398.3.10.1.3.2"), der.NULL))
    assert len(other) == len(listed)
    assert verify(cms.replace(listed, other), trust=trust, at=at).verdict is Verdict.VALID
    broken = listed[:3] + b"\x7f" + listed[4:]
    assert verify(cms.replace(listed, broken), trust=trust, at=at).verdict is Verdict.INVALID


def test_the_beginning_of_the_calendar_is_written_like_any_time(cms: bytes, trust: Trust) -> None:
    first = datetime(1, 1, 1, tzinfo=timezone.utc)
    found = verify(cms, trust=trust, at=first).as_json()["signers"][0]
    assert (found["verdict"], found["signed_at"]) == ("invalid", "0001-01-01T00:00:00Z")


def test_a_document_in_very_many_pieces_is_counted_once(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    """Signers that stream write pieces of a thousand octets; each costs two elements, at whatever depth it lies."""
    made = sign_cms(bytes(2_000_000), authority.individual(), indefinite=True, signing_time=at)
    assert verify(made, trust=trust, at=at, limits=Limits(elements=6_000)).verdict is Verdict.VALID
    refused = verify(made, trust=trust, at=at, limits=Limits(elements=2_500))
    assert (refused.verdict, refused.reason) == (Verdict.INVALID, "too_many_elements")


def test_what_authorities_make_besides_is_told_to_be_no_signature(
    authority: Authority, person: Identity, trust: Trust, at: datetime
) -> None:
    answer = ocsp_answer(Status(person.serial), issuer=authority.issuing, responder=authority.issuing, at=at)
    for data in (person.certificate, crl(authority.issuing, at=at), answer, der.sequence(der.sequence())):
        report = verify(data, trust=trust, at=at)
        assert (report.verdict, report.reason) == (Verdict.INVALID, "not_signed_data")
    token = verify(time_stamp(b"x", authority.tsa(), at=at), trust=trust, at=at)
    assert (token.verdict, token.reason) == (Verdict.INVALID, "content_type")
