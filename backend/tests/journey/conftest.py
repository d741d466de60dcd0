"""People, a signed journey through the API, the real converter and the vendor sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from sandbox.testing import SandboxProcess

from conftest import ApiClient
from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.cases import testing
from kenes.documents import testing as documents
from kenes.foundation import clock, providers
from kenes.foundation.actor import SystemActor

TODAY = date(2026, 11, 18)
DAY = {"X_Demo_Date": TODAY.isoformat()}
SYSTEM = SystemActor("test")


@pytest.fixture(autouse=True)
def _wide_limits(settings: Any) -> None:
    settings.DEMO = True
    settings.ADDRESS_LIMITS_FACTOR = 100_000
    settings.SMS_PER_NUMBER = (1000, 1000)


def load_reference() -> None:
    testing.load_reference_data()
    documents.load_reference_data()


@pytest.fixture
def reference(db: None) -> None:
    load_reference()


@pytest.fixture
def today() -> Iterator[date]:
    with clock.demo_today(TODAY):
        yield TODAY


@pytest.fixture
def borrower(reference: None) -> User:
    return testing.make_borrower()


@pytest.fixture
def stranger(reference: None) -> User:
    return testing.make_borrower("+77015550001", "920803397822", "Есенұлы Бақытжан")


@pytest.fixture
def staff(db: None) -> Callable[..., User]:
    """`staff("manager")` is a new person with these roles."""
    count = iter(range(1000))

    def make(*roles: str) -> User:
        return account_services.create_staff_account(
            actor=SYSTEM, email=f"{roles[0]}{next(count)}@example.com", full_name="Ахметова Динара", language="ru",
            password="a long staff password", roles=[Role(role) for role in roles],
        )  # fmt: skip

    return make


def needs_converter() -> None:
    if not django_settings.CONVERTER_URLS:
        pytest.fail("CONVERTER_URLS names no converter: start the test services with one")


@dataclass
class Browser:
    """A signed-in browser on the demonstration day."""

    client: ApiClient

    def get(self, path: str, **headers: str) -> Any:
        return self.client.call("get", path, **{**DAY, **headers})

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.client.call("post", path, {} if data is None else data, **{**DAY, **headers})


@pytest.fixture
def browser(api_for: Callable[[User], ApiClient]) -> Callable[[User], Browser]:
    return lambda person: Browser(api_for(person))


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), SANDBOX_DELAY_FACTOR="0.1") as running:
        yield running


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess, settings: Any, tmp_path: Any) -> Iterator[SandboxProcess]:
    """An emptied sandbox that the product's providers point to, and a folder of files of its own."""
    needs_converter()
    sandbox_process.reset()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.0
    settings.PROVIDERS = settings.PROVIDERS | {
        "sms": {
            "CLASS": "kenes.messaging.providers.mobizon.MobizonSms",
            "OPTIONS": {"base_url": sandbox_process.url, "api_key": "journey-key", "sender": "KenesHub"},
        },
        "email": {
            "CLASS": "kenes.messaging.providers.smtp.SmtpEmail",
            "OPTIONS": {"host": "127.0.0.1", "port": sandbox_process.smtp_port, "timeout_seconds": 5},
        },
    }
    providers.load.cache_clear()
    yield sandbox_process
    providers.load.cache_clear()
