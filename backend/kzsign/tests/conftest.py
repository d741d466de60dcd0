"""One authority for all tests of the library: making keys is what costs."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from kzsign import Trust
from kzsign.testing import Authority, Identity
from kzsign.tests.revoking import Case

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.make(now=NOW, seed=b"tests of kzsign")


@pytest.fixture(scope="session")
def trust(authority: Authority) -> Trust:
    return Trust.of(
        authority.root.certificate,
        authority.rsa_root.certificate,
        authority.legacy_root.certificate,
        intermediates=[
            authority.issuing.certificate,
            authority.rsa_issuing.certificate,
            authority.legacy.certificate,
        ],
    )


@pytest.fixture
def at() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def anchors(authority: Authority) -> Trust:
    return Trust.of(authority.issuing.certificate)


@pytest.fixture(scope="session")
def responder(authority: Authority) -> Identity:
    return authority.ocsp_responder()


@pytest.fixture(scope="session")
def person(authority: Authority) -> Identity:
    return authority.individual()


@pytest.fixture
def case(authority: Authority, responder: Identity, anchors: Trust, at: datetime, person: Identity) -> Case:
    return Case(authority, responder, anchors, at, person)
