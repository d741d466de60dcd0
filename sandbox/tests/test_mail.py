"""The mail server: what is kept, what is refused, how it fails."""

import signal
import smtplib
import time
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from sandbox.testing import SandboxProcess


def letter(to: str, message_id: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Kenes Hub <no-reply@kenes.test>"
    message["To"] = to
    message["Subject"] = "Өтініш № KH-2026-000123"
    message["Message-ID"] = message_id or f"<{time.monotonic_ns()}@kenes.test>"
    message.set_content("Сәлеметсіз бе!\n")
    message.add_alternative("<p>Сәлеметсіз бе!</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="Өтініш.pdf")
    return message


def send(sandbox: SandboxProcess, message: EmailMessage, timeout: float = 10) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=timeout) as client:
        client.send_message(message, from_addr="bounce@in.kenes.test")


def test_letter_is_kept_byte_for_byte(sandbox: SandboxProcess) -> None:
    message = letter("halyk@creditors.sandbox")
    send(sandbox, message)
    kept = sandbox.mail("halyk@creditors.sandbox")[0]
    assert kept["subject"] == "Өтініш № KH-2026-000123"
    assert kept["envelope_from"] == "bounce@in.kenes.test"
    assert kept["attachments"][0]["name"] == "Өтініш.pdf"
    assert kept["attachments"][0]["size"] == 10
    assert message["Message-ID"].encode() in sandbox.eml(kept["id"])


@pytest.mark.parametrize(("name", "code"), [("hard", 550), ("full", 552), ("policy", 554), ("soft", 451)])
def test_magic_recipients_are_refused(sandbox: SandboxProcess, name: str, code: int) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send(sandbox, letter(f"{name}@bank.test"))
    assert refusal.value.recipients[f"{name}@bank.test"][0] == code


def test_greylisted_recipient_is_taken_at_the_third_try(sandbox: SandboxProcess) -> None:
    for _ in range(2):
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(sandbox, letter("greylist@bank.test"))
    send(sandbox, letter("greylist@bank.test"))
    assert len(sandbox.mail("greylist@bank.test")) == 1


def test_slow_recipient_keeps_the_letter_and_is_late_once(sandbox: SandboxProcess) -> None:
    message = letter("slow@bank.test", "<slow-1@kenes.test>")
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send(sandbox, message, timeout=0.5)
    send(sandbox, message)
    kept = sandbox.mail(message_id="<slow-1@kenes.test>")
    assert [one["is_repeat"] for one in kept] == [True, False]


def test_dropped_line_keeps_the_letter(sandbox: SandboxProcess) -> None:
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(sandbox, letter("drop@bank.test"))
    assert len(sandbox.mail("drop@bank.test")) == 1


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("late-bounce", b"Status: 5.1.1"),
        ("complaint", b"Feedback-Type: abuse"),
        ("autoreply", b"Auto-Submitted: auto-replied"),
    ],
)
def test_answers_come_to_the_envelope_sender(sandbox: SandboxProcess, name: str, part: bytes) -> None:
    send(sandbox, letter(f"{name}@bank.test"))
    newest = sandbox.mail("bounce@in.kenes.test")[0]
    assert part in sandbox.eml(newest["id"])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no headers at all",
        b"Content-Type: multipart/mixed\r\n\r\nbroken",
        b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
        b"Subject: =?utf-8?B?broken\r\nMessage-ID: <\r\n\r\nx",
        b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx",
    ],
)
def test_damaged_letters_are_kept_and_shown(sandbox: SandboxProcess, raw: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as client:
        client.sendmail("a@kenes.test", ["damaged@bank.test"], raw)
    newest = sandbox.mail("damaged@bank.test")[0]
    page = httpx.get(f"{sandbox.url}/sandbox/mail/{newest['id']}/")
    assert page.status_code == 200


def test_dup_recipient_gets_two_copies(sandbox: SandboxProcess) -> None:
    send(sandbox, letter("dup@bank.test"))
    assert len(sandbox.mail("dup@bank.test")) == 2


@pytest.mark.parametrize(
    ("position", "problem", "kept"),
    [
        ("down", ConnectionRefusedError, 0),
        ("refusing", smtplib.SMTPConnectError, 0),
        ("drop_after_data", smtplib.SMTPServerDisconnected, 1),
        ("lose_after_data", smtplib.SMTPServerDisconnected, 0),
    ],
)
def test_switch_breaks_the_mail_server(
    sandbox: SandboxProcess, position: str, problem: type[Exception], kept: int
) -> None:
    address = f"{position.replace('_', '-')}@bank.test"
    sandbox.switch(smtp=position)
    try:
        with pytest.raises(problem):
            send(sandbox, letter(address))
        assert len(sandbox.mail(address)) == kept
    finally:
        sandbox.switch(smtp="ok")
    send(sandbox, letter("after@bank.test"))


def test_state_outlives_a_killed_process(tmp_path: Path) -> None:
    sandbox = SandboxProcess(tmp_path)
    sandbox.start()
    send(sandbox, letter("kept@bank.test"))
    sandbox.switch(sms="down")
    sandbox.stop(signal.SIGKILL)
    sandbox.start()
    try:
        assert len(sandbox.mail("kept@bank.test")) == 1
    finally:
        sandbox.stop()
