"""Letters by real SMTP: magic recipients, broken lines, headers, attachments."""

import uuid
from email import message_from_bytes, policy

import pytest

from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.messaging import services
from kenes.messaging.models import Message
from tests.contract.conftest import run_due

pytestmark = pytest.mark.django_db(transaction=True)


def send(to: str, **given) -> Message:
    fields = {
        "key": f"test:{uuid.uuid4()}",
        "subject": "Өтініш № KH-2026-000123",
        "text": "Сәлеметсіз бе!\nӨтініш қоса берілді.",
        "html": "<p>Сәлеметсіз бе!</p>",
        "kind": "dispatch",
    }
    return services.send_email(to=to, **(fields | given))


def outcomes(message: Message) -> list[tuple[str, bool]]:
    return [(attempt.outcome, attempt.is_repeat) for attempt in message.attempts.all()]


def test_letter_arrives_whole(sandbox, settle, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case_id = uuid.uuid4()
    pdf = files.store(
        data=b"%PDF-1.7 sealed",
        name="Өтініш KH-2026-000123.pdf",
        mime="application/pdf",
        origin="generated",
        owner_kind="case",
        owner_id=case_id,
    )
    message = settle(
        send("halyk@creditors.sandbox", attachments=[pdf.pk], case_id=case_id, reply_to="case@kenes.test"),
        "accepted",
    )
    assert message.reply.startswith("250 2.0.0 Ok: queued as")
    assert message.accepted_at is not None
    kept = sandbox.mail("halyk@creditors.sandbox")
    assert len(kept) == 1
    assert kept[0]["envelope_from"] == f"bounce+{message.pk.hex}@{settings.EMAIL_DOMAIN}"
    assert kept[0]["attachments"][0]["sha256"] == pdf.sha256
    letter = message_from_bytes(sandbox.eml(kept[0]["id"]), policy=policy.default)
    assert letter["Message-ID"] == message.message_id_header == f"<{message.pk}@{settings.EMAIL_DOMAIN}>"
    assert letter["From"] == settings.DEFAULT_FROM_EMAIL
    assert letter["Reply-To"] == "case@kenes.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Case-ID"] == str(case_id)
    assert letter["Subject"] == "Өтініш № KH-2026-000123"
    assert "Return-Path" not in letter
    assert letter.get_body(("plain",)).get_content().startswith("Сәлеметсіз бе!")
    assert "<p>" in letter.get_body(("html",)).get_content()
    assert next(letter.iter_attachments()).get_filename() == "Өтініш KH-2026-000123.pdf"
    assert EventRow.objects.get(type="message.accepted").stream.subject_id == case_id


@pytest.mark.parametrize(("name", "code"), [("hard", 550), ("full", 552), ("policy", 554)])
def test_permanent_refusal_is_never_retried(sandbox, settle, name, code):
    message = settle(send(f"{name}@bank.test"), "failed")
    assert message.failure == f"smtp_{code}"
    run_due()
    assert outcomes(message) == [("refused", False)]
    assert EventRow.objects.get(type="message.failed").data["uncertain"] is False


def test_soft_refusal_is_retried_until_the_tries_are_spent(sandbox, settle):
    message = settle(send("soft@bank.test"), "failed")
    assert message.failure == "smtp_451"
    assert outcomes(message) == [("temporary", False)] * 8


def test_greylisted_letter_goes_at_the_third_try(sandbox, settle):
    message = settle(send("greylist@bank.test"), "accepted")
    assert outcomes(message) == [("temporary", False), ("temporary", False), ("accepted", False)]
    assert len(sandbox.mail("greylist@bank.test")) == 1


@pytest.mark.parametrize("name", ["slow", "drop"])
def test_repeat_after_a_lost_answer_is_marked_and_keeps_the_message_id(sandbox, settle, name):
    message = settle(send(f"{name}@bank.test"), "accepted")
    assert outcomes(message) == [("unknown", False), ("accepted", True)]
    copies = sandbox.mail(f"{name}@bank.test")
    assert [copy["message_id"] for copy in copies] == [message.message_id_header] * 2


def test_lost_answer_at_every_try_ends_as_unknown(sandbox, settle):
    sandbox.switch(smtp="lose_after_data")
    message = settle(send("reader@bank.test"), "unknown")
    assert len(outcomes(message)) == 8
    assert EventRow.objects.get(type="message.failed").data["uncertain"] is True


@pytest.mark.parametrize("position", ["down", "refusing"])
def test_dead_server_is_surely_not_sent_and_mends_itself(sandbox, settle, position):
    sandbox.switch(smtp=position)
    message = send("reader@bank.test")
    run_due()
    sandbox.switch(smtp="ok")
    settle(message, "accepted")
    assert outcomes(message) == [("temporary", False), ("accepted", False)]
    assert len(sandbox.mail("reader@bank.test")) == 1


def test_late_bounce_goes_to_the_envelope_sender_of_the_message(sandbox, settle, settings):
    message = settle(send("late-bounce@bank.test"), "accepted")
    bounces = sandbox.mail(f"bounce+{message.pk.hex}@{settings.EMAIL_DOMAIN}")
    assert b"Status: 5.1.1" in sandbox.eml(bounces[0]["id"])


def test_a_name_cannot_add_headers(sandbox, settle):
    settle(send("reader@bank.test", subject="Иск\r\nBcc: thief@bank.test"), "accepted")
    letter = message_from_bytes(sandbox.eml(sandbox.mail("reader@bank.test")[0]["id"]), policy=policy.default)
    assert letter["Bcc"] is None
    assert sandbox.mail("thief@bank.test") == []


def test_slow_mail_does_not_hold_up_text_messages(sandbox, settle):
    from kenes.outbox import services as outbox

    letter = send("slow@bank.test")
    sms = services.send_sms(key="sms", phone="+77010000001", text="Код 123456", kind="test")
    outbox.run_batch("sms")
    sms.refresh_from_db()
    letter.refresh_from_db()
    assert (sms.status, letter.status) == ("accepted", "queued")
