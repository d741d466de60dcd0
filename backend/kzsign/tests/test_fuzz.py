"""Whatever is done to a signature: no crash, no hang, and no verdict «valid» that was not signed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsign import Report, Trust, Verdict, certificates, crl, ocsp, verify
from kzsign.asn1 import Asn1Error
from kzsign.crl import CrlError
from kzsign.ocsp import OcspError
from kzsign.testing import Authority, Status, ocsp_answer
from kzsign.testing import crl as make_crl
from kzsign.tests import fuzzing
from kzsign.tests.conftest import NOW
from kzsign.tests.fuzzing import Subject


@pytest.fixture(scope="module")
def judged(authority: Authority) -> list[tuple[Subject, Report]]:
    listed = [*fuzzing.subjects(authority), fuzzing.expired_subject(authority)]
    return [(subject, subject.judged(subject.data)) for subject in listed]


def test_the_subjects_are_what_they_should_be(judged: list[tuple[Subject, Report]]) -> None:
    verdicts = {subject.name: report.verdict for subject, report in judged}
    assert verdicts.pop("expired") is Verdict.INVALID
    assert set(verdicts.values()) == {Verdict.VALID}, verdicts


@settings(max_examples=250, deadline=None)
@given(seed=st.integers(0, 2**64 - 1), which=st.integers(0, 6))
def test_damage_never_crashes_and_never_makes_valid(
    judged: list[tuple[Subject, Report]], seed: int, which: int
) -> None:
    subject, original = judged[which]
    data = fuzzing.damage(subject.data, random.Random(seed))
    assert fuzzing.check(subject, original, data) == ""


def test_damage_of_elements_keeps_lengths_right(judged: list[tuple[Subject, Report]]) -> None:
    """The changes would find little if most of them only broke the outermost length."""
    numbers = random.Random(3)
    reasons = [judged[0][0].judged(fuzzing._rebuild(judged[0][0].data, numbers)).reason for _ in range(150)]
    assert len(set(reasons)) > 8, set(reasons)


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300),
    head=st.sampled_from([b"", b"\x30\x80", b"<", b"%PDF-", b"PK\x03\x04", b"MII"]),
)
def test_any_octets_get_an_answer(authority: Authority, data: bytes, head: bytes) -> None:
    report = verify(head + data, trust=Trust.of(authority.root.certificate), at=NOW)
    assert report.verdict is not Verdict.VALID
    assert report.reason not in ("", "internal_error")


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**64 - 1))
def test_damaged_certificates_answers_and_lists_are_refused_or_read(authority: Authority, seed: int) -> None:
    numbers = random.Random(seed)
    person = authority.individual()
    certificate, issuer = (
        certificates.read(one) for one in (person.certificate, authority.issuing.certificate)
    )
    answer = ocsp_answer(Status(person.serial), issuer=authority.issuing, responder=authority.issuing, at=NOW)
    listed = make_crl(authority.issuing, at=NOW)
    for data in (fuzzing.damage(person.certificate, numbers), numbers.randbytes(40)):
        try:
            found = certificates.read(data)
            assert found.raw == person.certificate or not found.is_signed_by(issuer)
        except (Asn1Error, ValueError):
            pass
    try:
        status = ocsp.judge(fuzzing.damage(answer, numbers), certificate, issuer)
        assert status.status == "good"
    except OcspError:
        pass
    try:
        found_list = crl.read(fuzzing.damage(listed, numbers))
        found_list.check(issuer)
        assert found_list.find(person.serial) is None
    except CrlError:
        pass


@pytest.mark.soak
def test_ten_minutes_of_damage() -> None:
    tries, _, wrong = fuzzing.run(600, random.SystemRandom().randrange(2**32))
    assert wrong == []
    assert tries > 1000
