"""Signed XML: the one accepted shape, and every way to put something else in its place."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from lxml import etree

from kzsign import Trust, Verdict, verify
from kzsign.context import Limits
from kzsign.testing import Authority, Identity, XmlSigning, sign_xml
from kzsign.testing.xml import C14N, ENVELOPED, METHODS
from kzsign.tests.judging import failed, step

TEXT = '<order xml:lang="kk"><sum>100</sum><!-- tenge --><to>Банк</to></order>'
DS = "http://www.w3.org/2000/09/xmldsig#"


@pytest.fixture(scope="module")
def person(authority: Authority) -> Identity:
    return authority.individual()


@pytest.fixture
def signed(person: Identity) -> bytes:
    return sign_xml(TEXT, person)


@pytest.mark.parametrize("family", ["gost", "rsa", "legacy"])
def test_a_sound_signature_is_valid(authority: Authority, trust: Trust, at: datetime, family: str) -> None:
    report = verify(sign_xml(TEXT, authority.individual(family=family)), trust=trust, at=at)
    assert (report.verdict, report.format) == (Verdict.VALID, "xml"), failed(report)
    assert report.signers[0].iin == "900101300017"
    assert step(report, "attributes") == ("skipped", "not_applicable")


def test_several_signatures_are_each_checked_on_what_they_saw(
    authority: Authority, trust: Trust, at: datetime, person: Identity
) -> None:
    others = [
        authority.individual(iin="850505400025"),
        authority.entity(iin="700707300036", role="head", family="rsa"),
    ]
    data = sign_xml(TEXT, [person, *others])
    report = verify(data, trust=trust, at=at)
    assert report.verdict is Verdict.VALID
    assert [signer.iin for signer in report.signers] == ["900101300017", "850505400025", "700707300036"]
    spoiled = sign_xml(TEXT, [person, XmlSigning(others[0], digest=bytes(64)), others[1]])
    report = verify(spoiled, trust=trust, at=at)
    assert [signer.verdict.value for signer in report.signers] == ["valid", "invalid", "valid"]
    # The first signature cannot be taken away from under the others.
    first = re.search(rb"<ds:Signature .*?</ds:Signature>", data, re.DOTALL)
    assert first is not None
    report = verify(data.replace(first[0], b""), trust=trust, at=at)
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sum>100</sum>", b"<sum>900</sum>"),
        (b"<!-- tenge -->", b"<!-- dollar -->"),
        (b"<!-- tenge -->", b""),
        (b"<sum>", b"<sum >\n"),
        (b'xml:lang="kk"', b'xml:lang="ru"'),
        (b"<order ", b'<order extra="1" '),
        (b"</ds:Signature>", b"</ds:Signature><sum>1</sum>"),
        (b"</ds:Signature>", b"</ds:Signature> "),
        (b"</order>", b"</order><!-- after -->"),
        (b"<order ", b"<?print all?><order "),
    ],
)
def test_any_change_of_the_document_is_found(
    signed: bytes, trust: Trust, at: datetime, old: bytes, new: bytes
) -> None:
    changed = signed.replace(old, new, 1)
    assert changed != signed
    assert failed(verify(changed, trust=trust, at=at)) == [("digest", "digest_mismatch")]


def test_what_canonical_form_levels_out_is_no_change(signed: bytes, trust: Trust, at: datetime) -> None:
    changed = signed.replace(b'xml:lang="kk"', b"xml:lang='kk'  ").replace(b"\n", b"\r\n")
    assert changed != signed
    assert verify(changed, trust=trust, at=at).verdict is Verdict.VALID


def test_namespaces_round_the_signature_are_part_of_it(trust: Trust, at: datetime, person: Identity) -> None:
    """SignedInfo inherits what is declared above it, as inclusive canonical form says."""

    def sign(octets: bytes) -> str:
        return base64.b64encode(person.key.sign(octets)).decode()

    text = '<a:order xmlns:a="urn:a" xmlns:b="urn:b" xml:lang="kk"><a:sum>1</a:sum>%s</a:order>'
    whole = etree.tostring(etree.ElementTree(etree.fromstring(text % "")), method="c14n", with_comments=True)
    method, digest_method = METHODS["gost"]
    digest = base64.b64encode(person.key.digest(whole)).decode()
    info = (
        f'<ds:SignedInfo{{}}><ds:CanonicalizationMethod Algorithm="{C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{method}"></ds:SignatureMethod><ds:Reference URI=""><ds:Transforms>'
        f'<ds:Transform Algorithm="{ENVELOPED}"></ds:Transform><ds:Transform Algorithm="{C14N}#WithComments">'
        f'</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="{digest_method}"></ds:DigestMethod>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
    certificate = base64.b64encode(person.certificate).decode()

    def document(inherited: str) -> bytes:
        signature = (
            f'<ds:Signature xmlns:ds="{DS}">{info.format("")}'
            f"<ds:SignatureValue>{sign(info.format(inherited).encode())}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>"
            f"<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
        )
        return (text % signature).encode()

    inherited = f' xmlns:a="urn:a" xmlns:b="urn:b" xmlns:ds="{DS}" xml:lang="kk"'
    assert verify(document(inherited), trust=trust, at=at).verdict is Verdict.VALID
    # Signers that leave out inherited xml: attributes (as lxml does) are understood; any third form is none.
    without = f' xmlns:a="urn:a" xmlns:b="urn:b" xmlns:ds="{DS}"'
    assert verify(document(without), trust=trust, at=at).verdict is Verdict.VALID
    assert verify(document(f' xmlns:ds="{DS}"'), trust=trust, at=at).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE order SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE order [<!ENTITY sum "900">]>',
        '<!DOCTYPE order [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE order [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE order>",
    ],
)
def test_a_dtd_is_refused(signed: bytes, trust: Trust, at: datetime, head: str) -> None:
    start = signed.index(b"<order")
    report = verify(signed[:start] + head.encode() + signed[start:], trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "dtd")
    body = (head + signed[start:].decode()).encode("utf-16")
    assert verify(body, trust=trust, at=at).reason == "dtd"


@pytest.mark.parametrize("reference", ["#order", "http://127.0.0.1:9/x", "#xpointer(/)", " "])
def test_a_reference_to_anything_but_the_whole_is_refused(
    trust: Trust, at: datetime, person: Identity, reference: str
) -> None:
    report = verify(sign_xml(TEXT, XmlSigning(person, reference=reference)), trust=trust, at=at)
    assert failed(report)[0] == ("decode", "reference_refused")


@pytest.mark.parametrize(
    "transforms",
    [
        (),
        (C14N,),
        (f"{C14N}#WithComments", ENVELOPED),
        (ENVELOPED, "http://www.w3.org/TR/1999/REC-xpath-19991116"),
        (ENVELOPED, "http://www.w3.org/TR/1999/REC-xslt-19991116"),
        (ENVELOPED, "http://www.w3.org/2000/09/xmldsig#base64"),
        (ENVELOPED, ENVELOPED, C14N),
        (ENVELOPED, f"{C14N}#WithComments", C14N),
    ],
)
def test_other_transforms_are_refused(
    trust: Trust, at: datetime, person: Identity, transforms: tuple[str, ...]
) -> None:
    report = verify(sign_xml(TEXT, XmlSigning(person, transforms=transforms)), trust=trust, at=at)
    assert failed(report)[0] == ("decode", "transform_refused")


def test_another_canonical_form_of_signed_info_is_refused(
    trust: Trust, at: datetime, person: Identity
) -> None:
    data = sign_xml(TEXT, XmlSigning(person, canonicalization="http://www.w3.org/2001/10/xml-exc-c14n#"))
    assert failed(verify(data, trust=trust, at=at))[0] == ("decode", "transform_refused")


def _inside(data: bytes, wrap: Callable[[bytes], bytes]) -> bytes:
    found = re.search(rb"<ds:Signature .*?</ds:Signature>", data, re.DOTALL)
    assert found is not None
    return data.replace(found[0], wrap(found[0]))


@pytest.mark.parametrize(
    "wrap",
    [
        lambda s: b"<box>" + s + b"</box>",
        lambda s: (
            b"<ds:Signature xmlns:ds='" + DS.encode() + b"'><ds:Object>" + s + b"</ds:Object></ds:Signature>"
        ),
        lambda s: s.replace(b"</ds:KeyInfo>", b"</ds:KeyInfo><ds:Object>" + s + b"</ds:Object>"),
    ],
    ids=["box", "object", "in-itself"],
)
def test_a_signature_elsewhere_is_refused(
    signed: bytes, trust: Trust, at: datetime, wrap: Callable[[bytes], bytes]
) -> None:
    report = verify(_inside(signed, wrap), trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "signature_misplaced")


@pytest.mark.parametrize("place", [b"</ds:KeyInfo>", b"</ds:X509Data>"])
def test_a_second_signed_info_among_the_keys_is_refused(
    signed: bytes, trust: Trust, at: datetime, place: bytes
) -> None:
    """Nobody signed it, but a reader that looks for the name alone may read it instead of the first."""
    info = re.search(rb"<ds:SignedInfo>.*?</ds:SignedInfo>", signed, re.DOTALL)
    assert info is not None
    report = verify(signed.replace(place, info[0] + place), trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "malformed")


def test_a_signed_document_inside_of_another_is_refused(signed: bytes, trust: Trust, at: datetime) -> None:
    """The wrapping attack: the signed part is kept somewhere, the program reads something else."""
    inner = signed[signed.index(b"<order") :]
    outer = b"<order><sum>900</sum><old>" + inner + b"</old></order>"
    assert verify(outer, trust=trust, at=at).reason == "signature_misplaced"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</ds:DigestValue>", b"<!-- x --></ds:DigestValue>"),
        (b"<ds:DigestValue>", b"<?x?><ds:DigestValue>"),
        (b"</ds:SignatureValue>", b"<b/></ds:SignatureValue>"),
        (b"<ds:SignatureValue>", b"<ds:Extra/><ds:SignatureValue>"),
        (b"</ds:Reference>", b"</ds:Reference><ds:Reference/>"),
        (b"<ds:X509Certificate>\nMII", b"<ds:X509Certificate>\nMIJ"),
    ],
)
def test_a_signature_of_another_shape_is_refused(
    signed: bytes, trust: Trust, at: datetime, old: bytes, new: bytes
) -> None:
    changed = signed.replace(old, new, 1)
    assert changed != signed
    report = verify(changed, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert step(report, "decode")[0] == "failed"


@pytest.mark.parametrize(
    ("knobs", "expected"),
    [
        ({"change_signature": lambda s: bytes(128)}, ("signature", "signature_mismatch")),
        ({"change_signature": lambda s: s[64:] + s[:64]}, ("signature", "signature_mismatch")),
        ({"change_signature": lambda s: b""}, ("signature", "signature_mismatch")),
        ({"signature_method": "http://www.w3.org/2000/09/xmldsig#rsa-sha1"}, ("signature", "weak_algorithm")),
        ({"digest_method": "http://www.w3.org/2000/09/xmldsig#sha1"}, ("signature", "weak_algorithm")),
        ({"digest_method": "http://www.w3.org/2001/04/xmlenc#sha256"}, ("signature", "algorithm_mismatch")),
        (
            {"signature_method": "http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311"},
            ("signature", "algorithm_mismatch"),
        ),
    ],
)
def test_forged_values_and_mixed_algorithms_are_refused(
    trust: Trust, at: datetime, person: Identity, knobs: dict[str, object], expected: tuple[str, str]
) -> None:
    report = verify(sign_xml(TEXT, XmlSigning(person, **knobs)), trust=trust, at=at)  # type: ignore[arg-type]
    assert expected in failed(report)


def test_an_unknown_method_is_never_valid(trust: Trust, at: datetime, person: Identity) -> None:
    for method, expected in (
        ("urn:something", (Verdict.UNKNOWN, "unsupported")),
        ("http://www.w3.org/2000/09/xmldsig#hmac-sha1", (Verdict.INVALID, "algorithm_mismatch")),
        ("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", (Verdict.INVALID, "algorithm_mismatch")),
    ):
        report = verify(sign_xml(TEXT, XmlSigning(person, signature_method=method)), trust=trust, at=at)
        assert (report.verdict, report.reason) == expected


def test_nothing_unsigned_may_lie_in_a_signature(signed: bytes, trust: Trust, at: datetime) -> None:
    """The enveloped transform leaves the whole signature out, with whatever somebody put into it later."""
    added = b"</ds:KeyInfo><ds:Object><sum>999 999</sum></ds:Object>"
    report = verify(signed.replace(b"</ds:KeyInfo>", added), trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "malformed")


def test_another_certificate_does_not_stand_in(
    authority: Authority, trust: Trust, at: datetime, person: Identity
) -> None:
    other = authority.individual(iin="850505400025").certificate
    report = verify(sign_xml(TEXT, XmlSigning(person, certificate=other)), trust=trust, at=at)
    assert ("signature", "signature_mismatch") in failed(report)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<order/>", "no_signers"),
        (b"<order>", "malformed"),
        (b"<", "malformed"),
        (b"<a>\x00</a>", "malformed"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "malformed"),
        (b"\xff\xfe<", "malformed"),
        (b"<a>" * 400 + b"</a>" * 400, "malformed"),
        (b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>', "signature_misplaced"),
    ],
)
def test_what_is_no_signed_xml_is_invalid(trust: Trust, at: datetime, data: bytes, reason: str) -> None:
    report = verify(data, trust=trust, at=at)
    assert (report.verdict, report.reason, report.format) == (Verdict.INVALID, reason, "xml")


def test_a_document_without_canonical_form_is_refused(signed: bytes, trust: Trust, at: datetime) -> None:
    changed = signed.replace(b"<order ", b'<order xmlns:x="relative/name" ', 1)
    report = verify(changed, trust=trust, at=at)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "malformed")


def test_limits_hold(signed: bytes, trust: Trust, at: datetime, person: Identity) -> None:
    assert verify(signed, trust=trust, at=at, limits=Limits(xml=100)).reason == "too_large"
    twice = sign_xml(TEXT, [person, person])
    assert verify(twice, trust=trust, at=at, limits=Limits(signers=1)).reason == "too_many_signers"


def test_a_document_beside_signed_xml_is_refused(signed: bytes, trust: Trust, at: datetime) -> None:
    assert verify(signed, document=b"x", trust=trust, at=at).reason == "document_unexpected"
