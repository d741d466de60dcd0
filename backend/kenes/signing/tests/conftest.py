"""Who signs what, and a certification authority: the sandbox as a real process, its keys, settings that point to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sandbox.testing import SandboxProcess

from kenes.accounts.models import User
from kenes.documents.models import Document
from kenes.foundation import providers
from kenes.signing.eds import authority as services
from kenes.signing.tests.factories import make_borrower, make_document
from kzsign.online import Breaker
from kzsign.testing.store import KeptAuthority, open_authority


@dataclass(frozen=True)
class Esign:
    """The running sandbox and the authority that it speaks for."""

    sandbox: SandboxProcess
    authority: KeptAuthority


@pytest.fixture
def borrower() -> User:
    return make_borrower()


@pytest.fixture
def document(borrower: User) -> Document:
    return make_document(borrower)


@pytest.fixture(scope="session")
def _esign_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SandboxProcess, Path]]:
    folder = tmp_path_factory.mktemp("esign")
    settings = {"SANDBOX_ESIGN_DIR": str(folder), "SANDBOX_SLOW_SECONDS": "8"}
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), **settings) as one:
        yield one, folder


@pytest.fixture
def esign(
    _esign_process: tuple[SandboxProcess, Path], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Esign]:
    """Signing by ЭЦП and in eGov mobile, set up as in a demonstration."""
    sandbox, folder = _esign_process
    settings.KZSIGN_ANCHORS_DIR, settings.KZSIGN_TEST_ANCHORS = folder / "anchors", True
    settings.OCSP_URL = f"{sandbox.url}/sandbox/esign/ocsp/"
    settings.TSP_URL = f"{sandbox.url}/sandbox/esign/tsp/"
    settings.ESIGN_HOSTS = ("127.0.0.1",)
    settings.SIGEX_URL = f"{sandbox.url}/sandbox/sigex"
    settings.PROVIDERS = {
        **settings.PROVIDERS,
        "sign_in_eds": {"CLASS": "kenes.signing.eds.key_owner.CertificateOwner", "OPTIONS": {}},
        "egov_qr": {
            "CLASS": "kenes.signing.providers.sigex.Sigex",
            "OPTIONS": {"base_url": settings.SIGEX_URL, "scan_seconds": 1, "sign_seconds": 1},
        },
    }
    providers.load.cache_clear()
    # What one test found out about a silent service must not close it for the next.
    monkeypatch.setattr(services, "_ocsp_breaker", Breaker())
    monkeypatch.setattr(services, "_tsp_breaker", Breaker())
    yield Esign(sandbox, open_authority(folder))
    sandbox.switch(ocsp="ok", tsp="ok", crl="ok", sigex="ok")
    providers.load.cache_clear()
