from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from django.conf import settings

from kenes.documents.converter import Pool


@pytest.fixture(scope="session")
def leases() -> Iterator[redis.Redis]:
    client = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    yield client
    for key in client.scan_iter("kenes:converter-test*"):
        client.delete(key)
    client.close()


@pytest.fixture(scope="session")
def converter(leases: redis.Redis) -> Pool:
    """The real LibreOffice pool that the test services run."""
    if not settings.CONVERTER_URLS:
        pytest.fail("CONVERTER_URLS names no converter: start the test services with one")
    return Pool(addresses=tuple(settings.CONVERTER_URLS), leases=leases, prefix="kenes:converter-test")
