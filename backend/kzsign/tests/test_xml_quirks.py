"""Signed XML as other tools write it, and XML that would cost too much or carry what nobody signed."""

from __future__ import annotations

import time
from datetime import datetime, timezone

import pytest

from kzsign import Trust, Verdict, verify
from kzsign.testing import Authority, Identity, sign_xml
from kzsign.tests.judging import failed

pytest.importorskip("lxml")

AT = datetime(2026, 6, 15, tzinfo=timezone.utc)
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>'


@pytest.fixture(scope="module")
def signed(authority: Authority) -> bytes:
    return sign_xml("<a><b>Қолтаңба</b></a>", authority.individual())


def _signature(signed: bytes) -> bytes:
    return signed[signed.index(b"<ds:Signature ") : signed.index(b"</ds:Signature>") + 15]


@pytest.mark.parametrize("coding", ["utf-16", "utf-32", "windows-1251", "koi8-r", "ascii"])
def test_any_coding_of_the_text_is_read(signed: bytes, trust: Trust, coding: str) -> None:
    text = signed.decode().replace('encoding="UTF-8"', f'encoding="{coding}"')
    assert verify(text.encode(coding, "xmlcharrefreplace"), trust=trust, at=AT).verdict is Verdict.VALID


def test_a_declaration_of_another_coding_changes_what_is_read(signed: bytes, trust: Trust) -> None:
    other = signed.replace(b'"UTF-8"', b'"windows-1251"')
    assert ("digest", "digest_mismatch") in failed(verify(other, trust=trust, at=AT))


@pytest.mark.parametrize("before", [b"\n", b" \r\n\t", b"\xef\xbb\xbf"])
def test_blanks_before_the_declaration_are_no_part_of_the_document(
    signed: bytes, trust: Trust, before: bytes
) -> None:
    assert verify(before + signed + b"\n\n", trust=trust, at=AT).verdict is Verdict.VALID


@pytest.mark.parametrize("after", [b"\x00", b"x", b"<!-- c -->", b"<?p?>", b"<b/>"])
def test_anything_else_round_the_document_is_seen(signed: bytes, trust: Trust, after: bytes) -> None:
    assert verify(signed + after, trust=trust, at=AT).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("place", "with_more"),
    [
        (b"<ds:SignedInfo>", b"I owe nothing<ds:SignedInfo>"),
        (b"<ds:X509Data>", b"I owe nothing<ds:X509Data>"),
        (b"</ds:X509Data>", b"</ds:X509Data>I owe nothing"),
        (b"</ds:KeyInfo>", b'<b xmlns="">I owe nothing</b></ds:KeyInfo>'),
        (b"</ds:KeyInfo>", b"</ds:KeyInfo>I owe nothing"),
        (b"</ds:X509Data>", b"<!-- c -->I owe nothing</ds:X509Data>"),
    ],
)
def test_no_text_lies_unsigned_in_a_signature(
    signed: bytes, trust: Trust, place: bytes, with_more: bytes
) -> None:
    report = verify(signed.replace(place, with_more, 1), trust=trust, at=AT)
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("first", [True, False])
def test_a_certificate_that_cannot_be_read_is_as_if_it_were_absent(
    signed: bytes, trust: Trust, first: bool
) -> None:
    odd = b"<ds:X509Certificate>AAAA</ds:X509Certificate>"
    place = b"<ds:X509Data>" if first else b"</ds:X509Data>"
    more = signed.replace(place, place + odd if first else odd + place, 1)
    assert verify(more, trust=trust, at=AT).verdict is Verdict.VALID


def test_names_of_the_key_beside_the_certificate_do_not_disturb(signed: bytes, trust: Trust) -> None:
    named = signed.replace(b"<ds:X509Data>", b"<ds:KeyName>k</ds:KeyName><ds:X509Data>", 1)
    assert named != signed
    assert verify(named, trust=trust, at=AT).verdict is Verdict.VALID


def _declared(count: int) -> bytes:
    return b"<a " + b" ".join(b'xmlns:n%d="u:%d"' % (n, n) for n in range(count)) + b">"


EXPENSIVE = {
    "many declarations": (_declared(20_000) + b"<x/>" * 100_000, b"</a>", "too_complex"),
    "declarations at every depth": (
        b"".join(b'<a xmlns:n%d="u">' % n for n in range(250)) + b"<x/>" * 200_000 + b"</a>" * 249,
        b"</a>",
        "too_complex",
    ),
    "many attributes": (
        b"<a " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b">",
        b"</a>",
        "too_complex",
    ),
    "many elements": (b"<a>" + b"<x/>" * 600_000, b"</a>", "too_many_elements"),
    "many small attributes": (b"<a>" + b'<x b="" c=""/>' * 300_000, b"</a>", "too_many_elements"),
    "many signatures": (_declared(2_000) + b"<x/>" * 100, b"</a>", "too_complex"),
}


@pytest.mark.parametrize("kind", EXPENSIVE, ids=str)
def test_a_document_that_would_cost_too_much_is_refused_in_no_time(
    signed: bytes, trust: Trust, kind: str
) -> None:
    begin, end, reason = EXPENSIVE[kind]
    times = 40 if kind == "many signatures" else 1
    started = time.process_time()
    report = verify(HEAD + begin + _signature(signed) * times + end, trust=trust, at=AT)
    assert (report.verdict, report.reason) == (Verdict.INVALID, reason)
    assert time.process_time() - started < 5


def test_a_large_document_of_the_usual_kind_is_judged(trust: Trust, person: Identity) -> None:
    rows = "".join(f'<row n="{n}"><sum cur="KZT">{n}</sum></row>' for n in range(20_000))
    names = " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(10))
    assert (
        verify(sign_xml(f"<a><b {names}>{rows}</b></a>", person), trust=trust, at=AT).verdict is Verdict.VALID
    )
