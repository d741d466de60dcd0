"""A right evidence package to be spoilt, made once."""

from __future__ import annotations

import copy
import functools
from datetime import UTC, datetime, timedelta

from kzsign import Trust, evidence
from kzsign.evidence import EvidenceReport
from kzsign.testing import Authority, packages
from kzsign.testing.packages import Package


@functools.cache
def made() -> Package:
    return packages.make(Authority.make(now=datetime.now(UTC) - timedelta(hours=2)), checker=b"PK")


def sample() -> Package:
    """A package of its own files, to be spoilt."""
    package = made()
    return Package(
        package.authority,
        package.seal_authority,
        package.sealer,
        copy.deepcopy(package.body),
        dict(package.files),
    )


def check(package: Package, trust: Trust | None = None) -> EvidenceReport:
    return evidence.verify_evidence(package.zip(), trust=trust)


def own_trust() -> Trust:
    package = made()
    identities = (package.seal_authority, package.authority.root, package.authority.issuing)
    return Trust.of(*(one.certificate for one in identities))


def step_of(report: EvidenceReport, name: str) -> tuple[str, str]:
    return next((one.result, one.reason) for one in report.evidence.steps if one.name == name)
