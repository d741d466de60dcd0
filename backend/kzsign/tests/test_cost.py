"""What hostile input may cost: time that grows with its length alone, memory that is given back."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from kzsign import Limits, RevocationPolicy, Trust, Verdict, names, verify
from kzsign.testing import (
    Archive,
    Authority,
    Identity,
    Signing,
    Status,
    der,
    extensions,
    ocsp_answer,
    sign_cms,
    time_stamp,
)
from kzsign.testing import identifiers as ids
from kzsign.testing.cms import attribute
from kzsign.tests import pdfs

TEXT = b"something to sign"
# Processor time that no check below comes near on any machine, and that none of the flaws held here stays under.
ENOUGH = 5.0


class Clock:
    """Processor time since it was made."""

    def __init__(self) -> None:
        self._began = time.process_time()

    @property
    def used(self) -> float:
        return time.process_time() - self._began


@pytest.mark.parametrize(
    "data",
    [
        b"MII" + b" " * 400_000 + b"!",
        b"MII" + b"=" * 400_000 + b"!",
        b"MII" + b" =" * 400_000,
        b"-----BEGIN CMS-----\n" + (b"-----END CMS-----" + b" " * 1000) * 400 + b"!",
        b"-----BEGIN CMS-----\nMII" + b"\n" * 400_000 + b"!\n-----END CMS-----",
    ],
    ids=["spaces", "padding", "padding between", "many ends", "armour"],
)
def test_text_that_is_almost_base64_is_refused_at_once(trust: Trust, data: bytes) -> None:
    clock = Clock()
    assert verify(data, trust=trust).reason == "malformed"
    assert clock.used < ENOUGH


def _named(number: int, parts: int, person: Identity, at: datetime) -> Signing:
    """A signer who names an issuer of that many parts, another one for each number."""
    part = der.set_of(der.sequence(der.oid("2.5.4.3"), der.NULL))
    issuer = der.sequence(der.set_of(der.sequence(der.oid("2.5.4.3"), der.integer(number))), part * parts)
    return Signing(person, identifier=der.sequence(issuer, der.integer(1)), signing_time=at)


@pytest.mark.parametrize("parts", [1_500, 50_000])
def test_names_of_many_parts_cost_little(person: Identity, trust: Trust, at: datetime, parts: int) -> None:
    signers = [_named(number, parts, person, at) for number in range(64)]
    made = sign_cms(TEXT, signers)
    clock = Clock()
    report = verify(made, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert clock.used < ENOUGH


def test_a_huge_name_is_refused_and_not_kept(person: Identity, trust: Trust, at: datetime) -> None:
    text = der.utf8("a b" * 1_000_000)
    issuer = der.sequence(der.set_of(der.sequence(der.oid("2.5.4.3"), text)))
    kept = names._read.cache_info().currsize
    made = sign_cms(TEXT, Signing(person, identifier=der.sequence(issuer, der.integer(1)), signing_time=at))
    assert verify(made, trust=trust, at=at).reason == "too_large"
    assert names._read.cache_info().currsize <= kept + 4


def test_counter_signatures_and_stamps_are_work_too(
    authority: Authority, person: Identity, trust: Trust, at: datetime
) -> None:
    """Each costs a check of a signature, whether its certificate is known or not."""
    tsa = authority.tsa()
    signing = Signing(person, counter_signers=[person] * 8, timestamp=tsa, signing_time=at)
    made = sign_cms(TEXT, [signing] * 6)
    assert verify(made, trust=trust, at=at).verdict is Verdict.VALID
    report = verify(made, trust=Trust(), at=at, limits=Limits(work=20))
    assert (report.verdict, report.reason) == (Verdict.INVALID, "too_much_work")


def test_a_certificate_that_comes_twice_is_tried_once() -> None:
    """A token brings its authority's certificate, the security store of a PDF brings it again."""
    authority = pdfs.authority()
    tsa = authority.tsa(family="rsa")
    trust = Trust.of(authority.rsa_root.certificate, intermediates=[authority.rsa_issuing.certificate])
    once = pdfs.signed_by_rsa(pdfs.plain_pdf(), authority.individual(family="rsa"), tsa=tsa)

    assert _work_for(pdfs.with_store(once, tsa.certificate), trust) == _work_for(once, trust)


def _work_for(data: bytes, trust: Trust) -> int:
    return next(
        work
        for work in range(40)
        if verify(data, trust=trust, limits=Limits(work=work)).verdict is Verdict.VALID
    )


def test_answers_about_others_cost_little_however_many_stamps_ask_for_them(
    authority: Authority, person: Identity, anchors: Trust, at: datetime
) -> None:
    """Whoever has a key of his own may bring what he likes beside his signature; it may not keep the check busy."""
    uses = extensions.extended_key_usage(["1.2.3"] * 11_000)
    fat = authority.individual(extra=(uses.replace(der.oid("2.5.29.37"), der.oid("2.5.29.99")),)).certificate
    answer = ocsp_answer(
        Status(5), issuer=authority.issuing, responder=person, at=at, certificates=[person.certificate, fat]
    )
    signature = b""

    def kept(made: bytes) -> bytes:
        nonlocal signature
        signature = made
        return made

    sign_cms(TEXT, Signing(person, change_signature=kept, signing_time=at))
    tsa = authority.tsa()
    tokens = attribute(ids.TIME_STAMP, *(time_stamp(signature, tsa, at=at) for _ in range(8)))
    signing = Signing(
        person,
        change_signature=lambda _: signature,
        extra_unsigned=[tokens],
        archive=Archive(ocsp=[answer] * 64),
        signing_time=at,
    )
    made = sign_cms(TEXT, signing)
    clock = Clock()
    asked = verify(made, trust=anchors, at=at, revocation=RevocationPolicy.ARCHIVED)
    assert (asked.verdict, asked.reason) == (Verdict.UNKNOWN, "revocation_unknown")
    assert clock.used < ENOUGH
    assert verify(made, trust=anchors, at=at).verdict is Verdict.VALID


def test_a_pdf_with_archive_time_stamp_costs_less_than_a_tenth_of_a_second() -> None:
    """Ten checks a second are asked for; the fastest of five tells what a check costs and not what else went on."""
    authority = pdfs.authority()
    tsa = authority.tsa(family="rsa")
    trust = Trust.of(authority.rsa_root.certificate, intermediates=[authority.rsa_issuing.certificate])
    signed = pdfs.signed_by_rsa(pdfs.plain_pdf(), authority.individual(family="rsa"), tsa=tsa)
    archived = pdfs.stamped(pdfs.with_store(signed, tsa.certificate), tsa)
    spent = []
    for _ in range(5):
        clock = Clock()
        assert verify(archived, trust=trust).verdict is Verdict.VALID
        spent.append(clock.used)
    assert min(spent) < 0.1
