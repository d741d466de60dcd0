"""Shared fixtures: the real database, the outbox, clients that bring the CSRF token."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

PRODUCT_HASHERS: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    """Quick passwords, and for each parallel worker a Redis database of its own: tests empty the cache when they end.

    Hashing a password as slowly as in production costs 0.2 s for each member of staff; what is stored is the business
    of Django, and `test_passwords.py` looks at it with the hashers of production.
    """
    from django.conf import settings

    PRODUCT_HASHERS.extend(settings.PASSWORD_HASHERS)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if worker:
        cache_settings: Any = settings.CACHES["default"]
        address = str(cache_settings["LOCATION"]).rpartition("/")[0]
        cache_settings["LOCATION"] = f"{address}/{1 + int(worker.removeprefix('gw'))}"


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it for garbage again and again costs 5 %."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


# A slow machine must not fail a property, and the same commit must give the same answer; new examples are sought
# by `HYPOTHESIS_PROFILE=search make test PARTS=backend`.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix(request: pytest.FixtureRequest) -> None:
    """Own database per checkout user (TEST_DB_SUFFIX) and per parallel worker."""
    from django.conf import settings

    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    parts = [part for part in ("test_kenes", os.environ.get("TEST_DB_SUFFIX", ""), worker) if part]
    database: Any = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = "_".join(parts)
    connection.settings_dict.setdefault("TEST", {})["NAME"] = "_".join(parts)


@pytest.fixture(scope="session", autouse=True)
def _quick_end_of_transactional_tests() -> None:
    """Django's own way empties every table there is and makes all permissions anew."""
    from kenes.foundation.testing import empty_tables

    TransactionTestCase._fixture_teardown = lambda _case: empty_tables()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits live in the cache and must not leak from test to test."""
    yield
    cache.clear()


@pytest.fixture
def run_outbox() -> Callable[[], int]:
    from kenes.outbox.testing import run_outbox

    return run_outbox


class ApiClient(Client):
    """Django's client that sends and expects JSON and brings the CSRF token as a browser would."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        if "csrftoken" not in self.cookies:
            self.cookies["csrftoken"] = "a" * 32
        extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        extra.setdefault("HTTP_X_CSRFTOKEN", self.cookies["csrftoken"].value)
        kwargs: dict[str, Any] = {} if data is None else {"data": data, "content_type": "application/json"}
        return getattr(self, method)(f"/api/v1{path}", **kwargs, **extra)


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()


@pytest.fixture
def api_for() -> Callable[[Any], ApiClient]:
    """`api_for(user)` is a client signed in as that user; staff have their second factor."""
    from kenes.accounts import abilities, selectors, testing

    def make(user: Any) -> ApiClient:
        if abilities.is_staff(selectors.actor_for(user).abilities):
            testing.enrol(user)
        client = ApiClient()
        client.force_login(user)
        return client

    return make
