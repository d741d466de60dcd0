"""A real scanner and a storage of our own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kenes.files.testing import ClamdProcess
from kenes.foundation import providers


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamdProcess]:
    with ClamdProcess(tmp_path_factory.mktemp("clamd")) as running:
        yield running


def point_to(settings: Any, address: str) -> None:
    settings.PROVIDERS = settings.PROVIDERS | {
        "antivirus": {"CLASS": "kenes.files.providers.clamd.Clamd", "OPTIONS": {"address": address}}
    }
    providers.load.cache_clear()


@pytest.fixture
def scanner(clamd: ClamdProcess, settings: Any) -> Iterator[ClamdProcess]:
    """The product scans with the running daemon."""
    point_to(settings, clamd.address)
    yield clamd
    providers.load.cache_clear()


@pytest.fixture
def no_scanner(settings: Any) -> Iterator[None]:
    """The product's scanner is away."""
    point_to(settings, "127.0.0.1:9")
    yield
    providers.load.cache_clear()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
