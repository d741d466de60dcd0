"""A worker killed without warning: nothing is lost, a possible second copy is shown as one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sandbox.testing import SandboxProcess

from kenes.messaging import services
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = Path(__file__).resolve().parents[2]

WORKER = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.PROVIDERS["sms"]["OPTIONS"]["timeout_seconds"] = 15
from kenes.outbox import services
print("ready", flush=True)
if sys.argv[1] == "die_after_claim":
    assert services.claim("email")
    os.kill(os.getpid(), signal.SIGKILL)
services.run_batch(sys.argv[1])
"""


def start_worker(database_url: str, sandbox: SandboxProcess, how: str) -> subprocess.Popen[bytes]:
    """`how` is a lane to run once, or die_after_claim."""
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, how],
        cwd=BACKEND,
        env=os.environ
        | {
            "DATABASE_URL": database_url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(sandbox.smtp_port),
            "SMS_URL": sandbox.url,
            "SMS_API_KEY": "contract-key",
        },
    )


def send(to: str) -> Message:
    return services.send_email(
        key=f"kill:{to}", to=to, subject="Letter", text="text", html="", kind="dispatch"
    )


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_killed_before_sending_exactly_one_letter_arrives(sandbox, settle, database_url):
    message = send("reader@bank.test")
    assert start_worker(database_url, sandbox, "die_after_claim").wait(60) == -signal.SIGKILL
    assert OutboxRow.objects.get(handler="messaging.deliver_email").leased_until is not None
    assert sandbox.mail("reader@bank.test") == []
    settle(message, "accepted")
    assert len(sandbox.mail("reader@bank.test")) == 1
    assert [attempt.is_repeat for attempt in message.attempts.all()] == [False]


def test_killed_while_the_sms_service_thinks_one_message_arrives(sandbox, settle, database_url):
    message = services.send_sms(key="kill", phone="+77010000012", text="Код 482913", kind="sign_in")
    worker = start_worker(database_url, sandbox, "sms")
    wait_for(lambda: sandbox.sms("+77010000012"))
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    settle(message, "delivered")
    assert len(sandbox.sms("+77010000012")) == 1
    assert [attempt.outcome for attempt in message.attempts.all()] == ["unknown", "found"]


def test_killed_in_the_middle_of_the_talk_the_repeat_is_shown(sandbox, settle, database_url):
    message = send("slow@bank.test")
    worker = start_worker(database_url, sandbox, "email")
    wait_for(lambda: sandbox.mail("slow@bank.test"))
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    message.refresh_from_db()
    assert message.status == "sending"
    assert message.attempts.get().ended_at is None

    settle(message, "accepted")
    first, second = message.attempts.all()
    assert (first.outcome, first.reason, first.is_repeat) == ("unknown", "interrupted", False)
    assert (second.outcome, second.is_repeat) == ("accepted", True)
    copies = sandbox.mail("slow@bank.test")
    assert [copy["message_id"] for copy in copies] == [message.message_id_header] * 2
    assert [copy["is_repeat"] for copy in copies] == [True, False]
