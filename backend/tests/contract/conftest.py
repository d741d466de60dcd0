"""Real adapters against real programs: a sandbox and a clamd of our own, and a live product for the webhooks."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from sandbox.testing import SandboxProcess

from kenes.foundation import clock, providers
from kenes.messaging.models import Message
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow

WEBHOOK_SECRET = "contract-test-secret"
SMTP_TIMEOUT_SECONDS = 1.0
SLOW_SECONDS = 4.0


@pytest.fixture(scope="session")
def sandbox_process(live_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(
        tmp_path_factory.mktemp("sandbox"),
        SANDBOX_CALLBACK_URL=live_server.url,
        SMS_WEBHOOK_SECRET=WEBHOOK_SECRET,
        SANDBOX_SLOW_SECONDS=str(SLOW_SECONDS),
        SANDBOX_WEBHOOK_GAP_SECONDS="0.2",
        SANDBOX_DELAY_FACTOR="0.1",
    ) as running:
        yield running


@pytest.fixture
def sandbox(
    transactional_db: None, sandbox_process: SandboxProcess, settings: Any
) -> Iterator[SandboxProcess]:
    """An emptied sandbox that the product's providers point to."""
    sandbox_process.reset()
    settings.SMS_WEBHOOK_SECRET = WEBHOOK_SECRET
    settings.PROVIDERS = settings.PROVIDERS | {
        "sms": {
            "CLASS": "kenes.messaging.providers.mobizon.MobizonSms",
            "OPTIONS": {
                "base_url": sandbox_process.url,
                "api_key": "contract-key",
                "sender": "KenesHub",
                "timeout_seconds": 1,
                "segment_price_tiyn": 1700,
            },
        },
        "email": {
            "CLASS": "kenes.messaging.providers.smtp.SmtpEmail",
            "OPTIONS": {
                "host": "127.0.0.1",
                "port": sandbox_process.smtp_port,
                "timeout_seconds": SMTP_TIMEOUT_SECONDS,
            },
        },
    }
    providers.load.cache_clear()
    yield sandbox_process
    # Before the database is emptied: a late webhook would land in the next test.
    sandbox_process.reset()
    providers.load.cache_clear()


def make_due() -> None:
    """As if the waiting time of every outbox row, and every lease of a killed worker, were over."""
    OutboxRow.objects.filter(status=OutboxRow.Status.PENDING).update(
        available_at=clock.now(), leased_until=None
    )


def run_due() -> None:
    """One round of everything that waits."""
    make_due()
    outbox.run_batch()


@pytest.fixture
def settle() -> Callable[..., Message]:
    """`settle(message, "delivered")` runs the outbox again and again until the message has the status."""

    def wait(message: Message, status: str, seconds: float = 8) -> Message:
        deadline = time.monotonic() + seconds
        while True:
            run_due()
            message.refresh_from_db()
            if message.status == status:
                return message
            assert time.monotonic() < deadline, f"still {message.status}, {message.failure}"
            time.sleep(0.05)

    return wait


@pytest.fixture
def database_url() -> str:
    """The test database as another process reaches it."""
    given = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(given)
