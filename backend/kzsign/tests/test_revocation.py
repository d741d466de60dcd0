"""Revocation: OCSP answers that settle, answers that do not, and reasons that do no harm."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kzsign import Report, RevocationPolicy, Trust, Verdict, certificates, ocsp, revocation, verify
from kzsign.context import Context
from kzsign.evidence_signers import Archived
from kzsign.ocsp import OcspError
from kzsign.testing import (
    Archive,
    Authority,
    Identity,
    Revocation,
    Signing,
    Status,
    ocsp_answer,
    sign_cms,
)
from kzsign.testing import crl as make_crl
from kzsign.testing import identifiers as ids
from kzsign.testing.cms import other_revocation
from kzsign.tests.judging import step
from kzsign.tests.revoking import CEASED, COMPROMISED, DAY, ON_HOLD, SUPERSEDED, TEXT, Case, Source


def test_a_good_answer_passes(case: Case) -> None:
    report = case.judged(case.answer())
    assert report.verdict is Verdict.VALID
    assert (report.signers[0].revocation.status, report.signers[0].revocation.source) == ("good", "archived")


def test_no_answer_is_unknown_and_never_valid(case: Case) -> None:
    report = case.judged()
    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "revocation_unknown")
    assert report.signers[0].revocation.status == "unknown"


def test_not_asked_is_skipped(case: Case) -> None:
    cms = sign_cms(TEXT, case.person, signing_time=case.at)
    report = verify(cms, trust=case.trust, at=case.at)
    assert (report.verdict, step(report, "revocation")) == (Verdict.VALID, ("skipped", "not_asked"))


@pytest.mark.parametrize("reason", [None, 0, COMPROMISED, 2, 3, SUPERSEDED, CEASED, ON_HOLD, 9, 10])
def test_revoked_before_the_time_that_counts_is_invalid(case: Case, reason: int | None) -> None:
    answer = case.answer("revoked", revoked_at=case.at - DAY, reason=reason)
    report = case.judged(answer)
    assert (report.verdict, step(report, "revocation")) == (Verdict.INVALID, ("failed", "revoked"))
    assert report.signers[0].revocation.revoked_at == case.at - DAY


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (3, Verdict.VALID),
        (SUPERSEDED, Verdict.VALID),
        (CEASED, Verdict.VALID),
        (9, Verdict.VALID),
        (COMPROMISED, Verdict.INVALID),
        (2, Verdict.INVALID),
        (ON_HOLD, Verdict.INVALID),
        (0, Verdict.INVALID),
        (None, Verdict.INVALID),
    ],
)
@pytest.mark.parametrize("stamp", [True, False])
def test_revoked_after_the_time_that_counts_depends_on_the_reason(
    case: Case, reason: int | None, expected: Verdict, stamp: bool
) -> None:
    answer = case.answer("revoked", revoked_at=case.at + DAY, reason=reason, answered_at=case.at + 2 * DAY)
    whole = Trust.of(case.authority.issuing.certificate)
    case.trust = whole
    report = case.judged(answer, stamp=stamp)
    assert report.verdict is expected


def test_a_serial_that_was_never_issued_is_not_valid(case: Case) -> None:
    """The test service answers so: revoked, on hold, 1970."""
    answer = case.answer("revoked", revoked_at=datetime(1970, 1, 1, tzinfo=case.at.tzinfo), reason=ON_HOLD)
    assert case.judged(answer).verdict is Verdict.INVALID


def test_an_answer_of_unknown_is_unknown(case: Case) -> None:
    report = case.judged(case.answer("unknown"))
    assert report.verdict is Verdict.UNKNOWN
    assert report.signers[0].revocation.reason == "certificate_unknown"


def test_an_answer_about_another_certificate_says_nothing(case: Case, authority: Authority) -> None:
    """The replayed answer of another serial number, and of the same number of another authority."""
    other = authority.individual()
    replayed = ocsp_answer(
        Status(other.serial), issuer=authority.issuing, responder=case.responder, at=case.at
    )
    assert case.judged(replayed).verdict is Verdict.UNKNOWN
    elsewhere = ocsp_answer(
        Status(case.person.serial), issuer=authority.rsa_issuing, responder=case.responder, at=case.at
    )
    assert case.judged(elsewhere).verdict is Verdict.UNKNOWN
    same_name = ocsp_answer(
        Status(case.person.serial),
        issuer=authority.look_alike().issuing,
        responder=case.responder,
        at=case.at,
    )
    assert _judge(case, same_name) == "other_certificate"


def test_of_several_singles_the_one_about_the_certificate_counts(case: Case, authority: Authority) -> None:
    other = authority.individual()
    statuses = [Status(other.serial), Status(case.person.serial, "revoked", revoked_at=case.at - DAY)]
    answer = ocsp_answer(statuses, issuer=authority.issuing, responder=case.responder, at=case.at)
    assert case.judged(answer).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("offset", "next_offset", "expected"),
    [
        (timedelta(0), None, Verdict.VALID),
        (-timedelta(hours=20), None, Verdict.VALID),
        (-timedelta(hours=26), None, Verdict.UNKNOWN),
        (-5 * DAY, DAY, Verdict.VALID),
        (-5 * DAY, -DAY, Verdict.UNKNOWN),
        (3 * DAY, None, Verdict.VALID),
        (400 * DAY, None, Verdict.UNKNOWN),
    ],
    ids=[
        "now",
        "hours",
        "day-before",
        "long-running",
        "ran-out",
        "later",
        "after-the-end-of-the-certificate",
    ],
)
def test_an_answer_counts_while_it_is_fresh(
    case: Case, offset: timedelta, next_offset: timedelta | None, expected: Verdict
) -> None:
    moment = case.at + offset
    following = case.at + next_offset if next_offset is not None else None
    answer = case.answer(
        this_update=moment, next_update=following, answered_at=min(moment, case.at + 300 * DAY)
    )
    signing = Signing(case.person, archive=Archive(ocsp=[answer]))
    cms = sign_cms(TEXT, signing, signing_time=case.at)
    report = verify(cms, trust=case.trust, at=case.at, revocation=RevocationPolicy.ARCHIVED)
    # An answer of tomorrow is one only when the clock here has passed it.
    if moment > max(case.at, datetime.now(case.at.tzinfo)):
        expected = Verdict.UNKNOWN
    assert report.verdict is expected


def test_a_later_revocation_is_not_unsaid_by_an_older_good(case: Case) -> None:
    good = case.answer(this_update=case.at - timedelta(hours=2))
    revoked = case.answer("revoked", revoked_at=case.at - timedelta(hours=1), reason=COMPROMISED)
    for order in ((good, revoked), (revoked, good)):
        assert case.judged(*order).verdict is Verdict.INVALID


def _judge(case: Case, data: bytes, **knobs: object) -> str:
    with pytest.raises(OcspError) as caught:
        ocsp.judge(
            data,
            certificates.read(case.person.certificate),
            certificates.read(case.authority.issuing.certificate),
            **knobs,  # type: ignore[arg-type]
        )
    return caught.value.code


def test_who_may_answer(case: Case, authority: Authority) -> None:
    def by(responder: Identity) -> bytes:
        return ocsp_answer(
            Status(case.person.serial), issuer=authority.issuing, responder=responder, at=case.at
        )

    assert case.judged(by(authority.issuing)).verdict is Verdict.VALID
    assert _judge(case, by(authority.individual())) == "responder_usage"
    assert _judge(case, by(authority.ocsp_responder(issuer=authority.root))) == "responder_untrusted"
    assert _judge(case, by(authority.look_alike().ocsp_responder())) == "responder_untrusted"
    assert _judge(case, by(authority.ocsp_responder(not_after=case.at - DAY))) == "responder_expired"
    assert _judge(case, by(authority.ocsp_responder(uses=(ids.SIGNING,)))) == "responder_usage"
    unmarked = authority.individual(purpose=ids.OCSP_SIGNING)
    assert _judge(case, by(unmarked)) == "responder_unchecked"


def test_a_changed_answer_is_refused(case: Case) -> None:
    answer = case.answer("revoked", revoked_at=case.at - DAY)
    changed = answer.replace(
        (case.at - DAY).strftime("%Y%m%d%H%M%SZ").encode(), (case.at + DAY).strftime("%Y%m%d%H%M%SZ").encode()
    )
    assert changed != answer
    assert _judge(case, changed) == "signature_mismatch"


@pytest.mark.parametrize(
    "data", [b"", b"\x30\x03\x0a\x01\x06", b"\x30\x03\x0a\x01\x00", b"\x30\x00", b"junk"]
)
def test_what_is_no_answer_is_refused(case: Case, data: bytes) -> None:
    assert _judge(case, data) in ("malformed", "responder_refused")


def test_a_nonce_must_come_back(case: Case, authority: Authority) -> None:
    def answer(nonce: bytes | None) -> bytes:
        return ocsp_answer(
            Status(case.person.serial),
            issuer=authority.issuing,
            responder=case.responder,
            at=case.at,
            nonce=nonce,
        )

    certificate, issuer = (
        certificates.read(one) for one in (case.person.certificate, authority.issuing.certificate)
    )
    assert ocsp.judge(answer(b"12345678"), certificate, issuer, nonce=b"12345678").status == "good"
    assert _judge(case, answer(b"87654321"), nonce=b"12345678") == "nonce_mismatch"
    assert ocsp.judge(answer(None), certificate, issuer, nonce=b"12345678").status == "good"


@pytest.mark.parametrize("by_key", [True, False])
@pytest.mark.parametrize("hash_oid", [ids.SHA1, ids.SHA256])
def test_names_of_responder_and_certificate_in_every_form(
    case: Case, authority: Authority, by_key: bool, hash_oid: str
) -> None:
    answer = ocsp_answer(
        Status(case.person.serial),
        issuer=authority.issuing,
        responder=case.responder,
        at=case.at,
        by_key=by_key,
        hash_oid=hash_oid,
    )
    assert case.judged(answer).verdict is Verdict.VALID


def test_answers_are_found_in_the_field_of_lists_too(case: Case, authority: Authority) -> None:
    revoked = make_crl(authority.issuing, {case.person.serial: Revocation(case.at - DAY)}, at=case.at)
    for element, expected in (
        (other_revocation(case.answer()), Verdict.VALID),
        (make_crl(authority.issuing, at=case.at), Verdict.VALID),
        (revoked, Verdict.INVALID),
    ):
        cms = sign_cms(TEXT, case.person, crls=[element], signing_time=case.at)
        report = verify(cms, trust=case.trust, at=case.at, revocation=RevocationPolicy.ARCHIVED)
        assert report.verdict is expected


def test_the_source_is_asked_ocsp_first_then_lists(case: Case, authority: Authority) -> None:
    cms = sign_cms(TEXT, case.person, signing_time=case.at)

    def judged(source: Source) -> tuple[Verdict, str]:
        report = verify(cms, trust=case.trust, at=case.at, revocation=source)
        return report.verdict, report.signers[0].revocation.source

    good, revoked = case.answer(), case.answer("revoked", revoked_at=case.at - DAY)
    empty = make_crl(authority.issuing, at=case.at)
    issuer = authority.issuing.subject
    assert judged(Source({case.person.serial: good})) == (Verdict.VALID, "ocsp")
    assert judged(Source({case.person.serial: revoked}, {issuer: [empty]})) == (Verdict.INVALID, "ocsp")
    assert judged(Source({}, {issuer: [empty]})) == (Verdict.VALID, "crl")
    assert judged(Source({case.person.serial: b"junk"}, {issuer: [empty]})) == (Verdict.VALID, "crl")
    assert judged(Source()) == (Verdict.UNKNOWN, "")


def test_authorities_between_are_asked_about_too(authority: Authority, case: Case, trust: Trust) -> None:
    cms = sign_cms(TEXT, case.person, signing_time=case.at)
    issuing = certificates.read(authority.issuing.certificate)

    def judged(root_list: bytes | None) -> tuple[Verdict, str]:
        lists = {authority.root.subject: [root_list]} if root_list else {}
        source = Source({case.person.serial: case.answer()}, lists)
        report = verify(cms, trust=trust, at=case.at, revocation=source)
        return report.verdict, report.signers[0].revocation.reason

    assert judged(make_crl(authority.root, at=case.at)) == (Verdict.VALID, "")
    assert judged(None)[0] is Verdict.UNKNOWN
    gone = {issuing.serial: Revocation(case.at - DAY, 2)}
    assert judged(make_crl(authority.root, gone, at=case.at)) == (Verdict.INVALID, "issuer_ca_compromise")


def test_nothing_is_asked_about_a_signature_that_is_broken(case: Case) -> None:
    source = Source()
    cms = sign_cms(TEXT, Signing(case.person, change_signature=lambda s: bytes(128)), signing_time=case.at)
    verify(cms, trust=case.trust, at=case.at, revocation=source)
    verify(sign_cms(TEXT, case.person, signing_time=case.at), trust=Trust(), at=case.at, revocation=source)
    assert source.asked == []


def test_an_authority_that_publishes_nothing_is_not_asked(case: Case) -> None:
    own = Trust(anchors=case.trust.anchors, without_revocation=frozenset({case.trust.anchors[0].sha256}))
    source = Source()
    cms = sign_cms(TEXT, case.person, signing_time=case.at)
    report = verify(cms, trust=own, at=case.at, revocation=source)
    assert (report.verdict, step(report, "revocation")) == (Verdict.VALID, ("skipped", "not_published"))
    assert source.asked == []


def test_a_revoked_time_stamp_authority_does_not_count(authority: Authority, case: Case) -> None:
    tsa = authority.tsa()
    source = Source({case.person.serial: case.answer()})
    cms = sign_cms(TEXT, case.person, timestamp=tsa, signing_time=case.at)
    signer = verify(cms, trust=case.trust, at=case.at, revocation=source).signers[0]
    assert signer.time_source == "timestamp"
    gone = Status(tsa.serial, "revoked", revoked_at=case.at - DAY, reason=COMPROMISED)
    source.answers[tsa.serial] = ocsp_answer(
        gone, issuer=authority.issuing, responder=case.responder, at=case.at
    )
    signer = verify(cms, trust=case.trust, at=case.at, revocation=source).signers[0]
    assert signer.timestamp is not None
    assert (signer.time_source, signer.timestamp.reason) == ("given", "timestamp_revoked")


def test_an_answer_from_the_future_does_not_count(case: Case) -> None:
    path = [certificates.read(one) for one in (case.person.certificate, case.authority.issuing.certificate)]
    context = Context(trust=case.trust, at=case.at, now=case.at, revocation=RevocationPolicy.ARCHIVED)

    def standing(answered_at: datetime) -> str:
        kept = revocation.Archive(ocsp=(case.answer(answered_at=answered_at),))
        return revocation.check_chain(tuple(path), kept, (), context, case.at).status

    assert standing(case.at + timedelta(minutes=4)) == "good"
    assert standing(case.at + timedelta(minutes=6)) == "unknown"


def test_an_answer_after_the_end_of_the_certificate_says_nothing_good(
    case: Case, authority: Authority
) -> None:
    """Authorities drop certificates that ended: not being listed then means nothing."""
    case.person = authority.expired(days_ago=10)
    signed_at = case.at - 20 * DAY
    before = case.answer(this_update=case.at - 11 * DAY)
    after = case.answer(this_update=case.at - 5 * DAY)
    assert case.judged(before, at=signed_at).verdict is Verdict.VALID
    assert case.judged(after, at=signed_at).verdict is Verdict.UNKNOWN
    listed = make_crl(authority.issuing, at=case.at - 5 * DAY)
    assert case.judged(lists=[listed], at=signed_at).verdict is Verdict.UNKNOWN


def _judged_with(case: Case, brought: bytes, source: Source) -> Report:
    """A signature without time stamp that brings an answer, judged with a source to ask."""
    cms = sign_cms(TEXT, Signing(case.person, archive=Archive(ocsp=[brought])), signing_time=case.at)
    return verify(cms, trust=case.trust, at=case.at, revocation=source)


@pytest.mark.parametrize("hours", [-12, 1])
def test_an_answer_that_the_signer_brought_does_not_silence_the_authority(case: Case, hours: int) -> None:
    """A key was stolen at noon; the answer of this morning is still fresh, and the thief sends it along."""
    hour = timedelta(hours=1)
    given = case.at + hours * hour
    brought = case.answer("good", this_update=given, next_update=given + 48 * hour)
    source = Source(
        {case.person.serial: case.answer("revoked", revoked_at=case.at - hour, reason=COMPROMISED)}
    )
    report = _judged_with(case, brought, source)
    if hours < 0:
        assert (report.verdict, report.reason) == (Verdict.INVALID, "revoked")
    else:  # given after the time that counts: it says all that matters
        assert (report.verdict, source.asked) == (Verdict.VALID, [])


def test_what_the_signer_brought_serves_where_the_authority_is_silent(case: Case) -> None:
    given = case.at - timedelta(hours=12)
    brought = case.answer("good", this_update=given, next_update=given + 2 * DAY)
    report = _judged_with(case, brought, Source())
    assert (report.verdict, report.signers[0].revocation.source) == (Verdict.VALID, "archived")


def test_kept_answers_are_found_by_whom_they_are_about(authority: Authority, case: Case) -> None:
    issuing, root = (certificates.read(one.certificate) for one in (authority.issuing, authority.root))
    person = certificates.read(case.person.certificate)
    # It carries the certificate of the authority between, serial number and all, and is about somebody else.
    answer = ocsp_answer(
        Status(case.person.serial),
        issuer=authority.issuing,
        responder=case.responder,
        at=case.at,
        certificates=[case.responder.certificate, authority.issuing.certificate],
    )
    kept = Archived((b"junk", answer))
    assert kept.ocsp(issuing, root, case.at) is None
    assert kept.ocsp(person, issuing, case.at) == answer
