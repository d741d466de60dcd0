"""Time stamps: which ones count, and what a false one costs."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest

from kzsign import Trust, Verdict, certificates, timestamps, verify
from kzsign.context import Context
from kzsign.testing import Authority, Identity, Signing, der, extensions, sign_cms, time_stamp
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import COMMON_NAME, issue
from kzsign.testing.certificates import name as subject_name
from kzsign.testing.cms import attribute
from kzsign.tests.judging import failed, step

TEXT = b"stamped"


@pytest.fixture(scope="module")
def tsa(authority: Authority) -> Identity:
    return authority.tsa()


@pytest.mark.parametrize("family", ["gost", "rsa", "legacy"])
def test_a_trusted_stamp_gives_the_time_that_counts(
    authority: Authority, trust: Trust, at: datetime, family: str
) -> None:
    cms = sign_cms(TEXT, authority.individual(), timestamp=authority.tsa(family=family), signing_time=at)
    report = verify(cms, trust=trust, at=at + timedelta(days=3000))
    assert report.verdict is Verdict.VALID, failed(report)
    signer = report.signers[0]
    assert (signer.signed_at, signer.time_source) == (at, "timestamp")
    assert signer.timestamp is not None
    assert (signer.timestamp.at, signer.timestamp.trusted, signer.timestamp.reason) == (at, True, "")
    assert "TIME-STAMPING" in signer.timestamp.tsa


def test_a_stamp_inside_validity_saves_an_expired_certificate_and_one_after_does_not(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    person = authority.expired(days_ago=10)
    before = sign_cms(TEXT, person, timestamp=tsa, signing_time=at - timedelta(days=20))
    assert verify(before, trust=trust, at=at).verdict is Verdict.VALID
    after = sign_cms(TEXT, person, timestamp=tsa, signing_time=at - timedelta(days=5))
    assert failed(verify(after, trust=trust, at=at)) == [("chain", "expired")]
    # Nor does the asker's time help against a stamp that counts.
    assert verify(after, trust=trust, at=at - timedelta(days=20)).verdict is Verdict.INVALID


def test_a_stamp_without_anchor_is_told_and_not_counted(
    authority: Authority, trust: Trust, at: datetime
) -> None:
    stranger = authority.look_alike().tsa()
    cms = sign_cms(TEXT, authority.individual(), timestamp=stranger, signing_time=at)
    report = verify(cms, trust=trust, at=at + timedelta(days=1))
    assert report.verdict is Verdict.VALID
    signer = report.signers[0]
    assert (signer.time_source, signer.signed_at) == ("given", at + timedelta(days=1))
    assert signer.timestamp is not None
    assert (signer.timestamp.trusted, signer.timestamp.reason) == (False, "timestamp_untrusted")
    assert step(report, "time") == ("passed", "timestamp_untrusted")
    # An expired certificate is not saved by it.
    cms = sign_cms(TEXT, authority.expired(), timestamp=stranger, signing_time=at - timedelta(days=20))
    assert verify(cms, trust=trust, at=at).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "knobs",
    [
        {"uses": (ids.TIME_STAMPING, ids.SIGNING)},
        {"uses": (ids.SIGNING,)},
        {"is_critical": False},
    ],
)
def test_an_authority_without_the_use_alone_and_critical_does_not_count(
    authority: Authority, trust: Trust, at: datetime, knobs: dict[str, object]
) -> None:
    wrong = authority.tsa(**knobs)  # type: ignore[arg-type]
    cms = sign_cms(TEXT, authority.individual(), timestamp=wrong, signing_time=at)
    signer = verify(cms, trust=trust, at=at).signers[0]
    assert signer.time_source == "given"
    assert signer.timestamp is not None
    assert signer.timestamp.reason == "timestamp_usage"


@pytest.mark.parametrize("bit", [extensions.KEY_ENCIPHERMENT, extensions.KEY_CERT_SIGN])
def test_an_authority_whose_key_may_not_sign_does_not_count(
    authority: Authority, trust: Trust, at: datetime, bit: int
) -> None:
    wrong = issue(
        issuer=authority.issuing,
        key=authority.new_key(),
        subject=subject_name((COMMON_NAME, "TSA")),
        not_before=at - timedelta(days=1),
        not_after=at + timedelta(days=1),
        parts=(
            extensions.extended_key_usage([ids.TIME_STAMPING], is_critical=True),
            extensions.key_usage(bit),
        ),
    )
    signer = verify(
        sign_cms(TEXT, authority.individual(), timestamp=wrong, signing_time=at), trust=trust, at=at
    ).signers[0]
    assert signer.timestamp is not None
    assert (signer.time_source, signer.timestamp.reason) == ("given", "timestamp_usage")


@pytest.mark.parametrize("is_critical", [False, True])
def test_an_extension_that_must_be_understood_takes_the_weight_from_a_stamp(
    tsa: Identity, trust: Trust, at: datetime, is_critical: bool
) -> None:
    extra = der.explicit(1, extensions.extension("1.2.3.4", der.NULL, is_critical=is_critical))
    info = der.sequence(
        der.integer(1),
        der.oid(ids.TSA_GOST),
        der.sequence(tsa.key.digest_algorithm, der.octets(tsa.key.digest(TEXT))),
        der.integer(1),
        der.generalized_time(at),
        extra,
    )
    made = sign_cms(info, Signing(tsa, ess="v1", signing_time=at), content_type=ids.TST_INFO, version=3)
    found = timestamps.judge(made, TEXT, Context(trust=trust, at=at))
    assert found.reason == ("timestamp_critical_extension" if is_critical else "")


def test_a_person_stamps_no_time(authority: Authority, trust: Trust, at: datetime) -> None:
    """The classic forgery: an ordinary certificate signs a token of any time."""
    person = authority.expired(days_ago=10)
    cms = sign_cms(TEXT, person, timestamp=person, signing_time=at - timedelta(days=20))
    report = verify(cms, trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert ("chain", "expired") in failed(report)


def test_an_expired_authority_stamps_no_time(authority: Authority, trust: Trust, at: datetime) -> None:
    old = authority.tsa(not_before=at - timedelta(days=700), not_after=at - timedelta(days=1))
    cms = sign_cms(TEXT, authority.individual(), timestamp=old, signing_time=at)
    signer = verify(cms, trust=trust, at=at).signers[0]
    assert signer.timestamp is not None
    assert (signer.time_source, signer.timestamp.reason) == ("given", "timestamp_expired")


def test_a_stamp_of_another_signature_is_refused(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    token = time_stamp(b"another signature", tsa, at=at)
    report = verify(
        sign_cms(TEXT, Signing(authority.individual(), token=token), signing_time=at), trust=trust, at=at
    )
    assert failed(report) == [("time", "timestamp_imprint")]
    assert report.signers[0].time_source == "given"


def test_a_stamp_of_the_document_is_none_of_the_signature(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    token = time_stamp(TEXT, tsa, at=at)
    report = verify(
        sign_cms(TEXT, Signing(authority.individual(), token=token), signing_time=at), trust=trust, at=at
    )
    assert failed(report) == [("time", "timestamp_imprint")]


@pytest.mark.parametrize("token", [b"\x30\x00", b"\x05\x00", der.sequence(der.oid(ids.SIGNED_DATA))])
def test_what_is_no_token_is_refused(authority: Authority, trust: Trust, at: datetime, token: bytes) -> None:
    report = verify(
        sign_cms(TEXT, Signing(authority.individual(), token=token), signing_time=at), trust=trust, at=at
    )
    assert failed(report) == [("time", "timestamp_malformed")]


def test_a_changed_token_is_refused(authority: Authority, trust: Trust, at: datetime, tsa: Identity) -> None:
    person = authority.individual()
    cms = sign_cms(TEXT, person, timestamp=tsa, signing_time=at)
    text = at.strftime("%Y%m%d%H%M%SZ").encode()
    assert cms.count(text) == 1
    changed = cms.replace(text, (at - timedelta(days=1)).strftime("%Y%m%d%H%M%SZ").encode())
    report = verify(changed, trust=trust, at=at)
    assert failed(report) == [("time", "timestamp_digest_mismatch")]


def test_imprints_by_sha256_count_and_by_sha1_do_not(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    context = Context(trust=trust, at=at)
    for name, oid, counts in (
        ("sha256", ids.SHA256, True),
        ("sha512", ids.SHA512, True),
        ("sha1", ids.SHA1, False),
    ):
        token = time_stamp(
            b"",
            tsa,
            at=at,
            imprint=hashlib.new(name, TEXT).digest(),
            imprint_algorithm=der.sequence(der.oid(oid), der.NULL),
        )
        judged = timestamps.judge(token, TEXT, context)
        assert judged.is_trusted is counts, name
        assert not judged.is_broken


def test_of_several_stamps_the_earliest_trusted_one_counts(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    kept: list[bytes] = []

    def stamps(signature: bytes) -> bytes:
        kept[:] = [
            attribute(ids.TIME_STAMP, time_stamp(signature, tsa, at=at + timedelta(hours=hours)))
            for hours in (5, 2)
        ]
        kept.append(attribute(ids.TIME_STAMP, time_stamp(signature, authority.look_alike().tsa(), at=at)))
        return signature

    # The tokens need the signature, which the writer makes: they are put in through the same list.
    signing = Signing(authority.individual(), change_signature=stamps, extra_unsigned=kept)
    report = verify(sign_cms(TEXT, signing, signing_time=at), trust=trust, at=at)
    assert report.verdict is Verdict.VALID, failed(report)
    assert report.signers[0].signed_at == at + timedelta(hours=2)


def test_the_end_of_the_calendar_is_a_time_like_any_other(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    cms = sign_cms(TEXT, authority.individual(), timestamp=tsa, signing_time=at)
    for moment in (datetime.max, datetime.min):  # noqa: DTZ901 - naive times are UTC
        assert verify(cms, trust=trust, at=moment).verdict is Verdict.VALID


def test_a_stamp_from_the_future_does_not_count(
    authority: Authority, trust: Trust, tsa: Identity, at: datetime
) -> None:
    context = Context(trust=trust, at=at, now=at)
    late = time_stamp(TEXT, tsa, at=at + timedelta(days=1))
    assert timestamps.judge(late, TEXT, context).reason == "timestamp_from_future"
    assert timestamps.judge(time_stamp(TEXT, tsa, at=at + timedelta(minutes=2)), TEXT, context).is_trusted


def test_what_a_token_says_is_read(authority: Authority, trust: Trust, at: datetime, tsa: Identity) -> None:
    token = time_stamp(TEXT, tsa, at=at, nonce=2**63 + 5, serial=77)
    info = timestamps.judge(token, TEXT, Context(trust=trust, at=at)).info
    assert info is not None
    assert (info.policy, info.serial, info.at, info.nonce) == (ids.TSA_GOST, 77, at, 2**63 + 5)
    assert info.imprint_digest == "streebog512"


def test_a_token_without_its_certificate_is_told_and_not_counted(
    authority: Authority, trust: Trust, at: datetime, tsa: Identity
) -> None:
    context = Context(trust=trust, at=at)
    bare = time_stamp(TEXT, tsa, at=at, with_certificate=False)
    judged = timestamps.judge(bare, TEXT, context)
    assert (judged.reason, judged.is_broken) == ("timestamp_certificate_missing", False)
    from_outside = timestamps.judge(bare, TEXT, context, pool=[certificates.read(tsa.certificate)])
    assert from_outside.is_trusted
