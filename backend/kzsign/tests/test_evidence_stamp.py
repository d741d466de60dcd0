"""The time stamp over the seal of a package: counted when it holds, missed when it was taken away, told when there is none."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from kzsign import Trust, Verdict, evidence, evidence_cli
from kzsign.evidence import EvidenceReport
from kzsign.testing import Authority, packages, time_stamp
from kzsign.testing.packages import Package
from kzsign.tests.evidence_samples import own_trust, sample, step_of


def check(package: Package, trust: Trust | None = None, at: datetime | None = None) -> EvidenceReport:
    return evidence.verify_evidence(package.zip(), trust=trust, at=at)


def test_a_stamped_package_says_since_when_it_stands() -> None:
    package = sample().stamp()

    for trust in (None, own_trust()):
        report = check(package, trust)
        assert (report.verdict, report.reason) == (Verdict.VALID, "")
        assert step_of(report, "stamp") == ("passed", "")
        assert report.evidence.stamped_at == package.authority.now.replace(microsecond=0)
        assert "TIME-STAMPING" in report.evidence.stamped_by
        assert report.as_json()["evidence"]["stamped_at"].endswith("Z")
        told = "\n".join(evidence_cli.told(report, "en"))
        assert "Stands as it is since at the latest" in told


def test_a_package_without_a_stamp_is_valid_and_says_so() -> None:
    report = check(sample())

    assert (report.verdict, step_of(report, "stamp")) == (Verdict.VALID, ("skipped", "manifest_not_stamped"))
    assert report.evidence.stamped_at is None
    assert all(
        "(manifest_not_stamped)" in "\n".join(evidence_cli.told(report, one)) for one in ("ru", "kk", "en")
    )


def test_with_a_stamp_the_seal_outlives_its_certificate() -> None:
    long_after = packages.make(Authority.make()).authority.now + timedelta(days=1000)

    plain = check(sample(), at=long_after)
    assert (plain.verdict, step_of(plain, "seal")) == (Verdict.INVALID, ("failed", "expired"))
    stamped = check(sample().stamp(), at=long_after)
    assert (stamped.verdict, step_of(stamped, "seal")) == (Verdict.VALID, ("passed", ""))


def test_a_stamp_from_after_the_end_of_the_certificate_saves_nothing() -> None:
    package = sample()
    late = package.authority.now + timedelta(days=1000)
    authority = Authority.make(now=late)
    package.files["anchors/09-signature.cer"] = authority.root.certificate
    package.files["anchors/10-signature.cer"] = authority.issuing.certificate
    package.body["anchors"] += [
        {"path": f"anchors/{name}-signature.cer", "purpose": "signature"} for name in ("09", "10")
    ]
    report = check(package.stamp(at=late, tsa=authority.tsa()), at=late + timedelta(hours=1))
    assert (report.verdict, step_of(report, "seal")) == (Verdict.INVALID, ("failed", "expired"))


def test_a_stamp_that_was_taken_away_is_missed() -> None:
    package = sample().stamp()
    del package.files["manifest.tst"]
    report = check(package)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "file_missing")


def test_a_stamp_that_nobody_announced_is_one_file_too_many() -> None:
    package = sample()
    package.files["manifest.tst"] = time_stamp(package.files["manifest.p7s"], package.authority.tsa())
    report = check(package)
    assert (report.verdict, report.reason) == (Verdict.INVALID, "file_extra")


@pytest.mark.parametrize("over", ["manifest.json", "document/original.pdf"])
def test_a_stamp_over_something_else_is_refused(over: str) -> None:
    package = sample().stamp()
    package.files["manifest.tst"] = time_stamp(package.files[over], package.authority.tsa())
    for trust in (None, own_trust()):
        report = check(package, trust)
        assert (report.verdict, step_of(report, "stamp")) == (
            Verdict.INVALID,
            ("failed", "timestamp_imprint"),
        )


def test_a_strangers_stamp_counts_nothing() -> None:
    package = sample().stamp(tsa=Authority.make().tsa())

    report = check(package, own_trust())
    assert (report.verdict, report.evidence.stamped_at) == (Verdict.VALID, None)
    assert step_of(report, "stamp") == ("skipped", "timestamp_untrusted")
    # The package that vouches for itself held when it was made: somebody has changed the stamp.
    assert check(package).verdict is Verdict.INVALID


@pytest.mark.parametrize("announced", ["other.tst", 1, True, [], "document/original.pdf"])
def test_an_announcement_of_something_else_is_refused(announced: object) -> None:
    package = sample()
    package.body["time_stamp"] = announced
    report = check(package.reseal())
    assert (report.verdict, report.reason) == (Verdict.INVALID, "manifest_malformed")


def test_no_octet_of_the_stamp_can_be_changed_unseen() -> None:
    package = sample().stamp()
    whole = package.files["manifest.tst"]
    chance = random.Random(7)
    for place in chance.sample(range(len(whole)), 150):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        package.files["manifest.tst"] = bytes(changed)
        report = check(package)
        assert report.verdict is Verdict.INVALID, place
    for changed_whole in (whole + b"\x00", b"", whole[:-1], b"\x30\x00"):
        package.files["manifest.tst"] = changed_whole
        assert check(package).verdict is Verdict.INVALID
