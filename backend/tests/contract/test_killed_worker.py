"""A worker killed without warning: nothing is lost, a possible second copy is shown as one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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
settings.PROVIDERS["email"]["OPTIONS"]["timeout_seconds"] = 15
from kenes.outbox import services
print("ready", flush=True)
if sys.argv[1] == "die_after_claim":
    assert services.claim("email")
    os.kill(os.getpid(), signal.SIGKILL)
services.run_batch("email")
"""


def start_worker(database_url: str, smtp_port: int, how: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, how],
        cwd=BACKEND,
        env=os.environ
        | {"DATABASE_URL": database_url, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(smtp_port)},
    )


def send(to: str) -> Message:
    return services.send_email(
        key=f"kill:{to}", to=to, subject="Letter", text="text", html="", kind="dispatch"
    )


def test_killed_before_sending_exactly_one_letter_arrives(sandbox, settle, database_url):
    message = send("reader@bank.test")
    assert start_worker(database_url, sandbox.smtp_port, "die_after_claim").wait(60) == -signal.SIGKILL
    assert OutboxRow.objects.get(handler="messaging.deliver_email").leased_until is not None
    assert sandbox.mail("reader@bank.test") == []
    settle(message, "accepted")
    assert len(sandbox.mail("reader@bank.test")) == 1
    assert [attempt.is_repeat for attempt in message.attempts.all()] == [False]


def test_killed_in_the_middle_of_the_talk_the_repeat_is_shown(sandbox, settle, database_url):
    message = send("slow@bank.test")
    worker = start_worker(database_url, sandbox.smtp_port, "run")
    deadline = time.monotonic() + 60
    while not sandbox.mail("slow@bank.test"):
        assert time.monotonic() < deadline, "the letter never went over the line"
        time.sleep(0.05)
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
