"""The SMS adapter and everything above it against the sandbox: every magic number."""

import logging
import time
from datetime import timedelta

import httpx
import pytest

from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.providers import Misconfigured, Rejected, Temporary
from kenes.messaging import services, status_reports
from kenes.messaging.models import Message
from kenes.messaging.providers.base import DeliveryState, OutcomeUnknown, OutgoingSms
from kenes.messaging.providers.mobizon import MobizonSms
from kenes.outbox.models import OutboxRow
from kenes.webhooks.models import WebhookCall
from tests.contract.conftest import run_due

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Kenes Hub: код 482913. Никому его не говорите."


def send(number: str, *, key: str = "", text: str = TEXT, sensitive: bool = False) -> Message:
    return services.send_sms(
        key=key or f"test:{number}", phone=f"+77010000{number}", text=text, kind="test", sensitive=sensitive
    )


def outcomes(message: Message) -> list[tuple[str, bool]]:
    return [(attempt.outcome, attempt.is_repeat) for attempt in message.attempts.all()]


@pytest.mark.parametrize(
    ("number", "status", "failure"),
    [
        ("001", "delivered", ""),
        ("002", "failed", "undeliv"),
        ("003", "failed", "expired"),
        ("004", "failed", "rejectd"),
        ("013", "delivered", ""),
    ],
)
def test_webhook_brings_the_final_status(sandbox, settle, number, status, failure):
    message = settle(send(number), status)
    assert message.failure == failure
    assert outcomes(message) == [("accepted", False)]
    assert message.next_poll_at is None
    assert (message.segments, message.cost_tiyn) == (1, 1700)


def test_rate_limit_is_retried_until_it_goes(sandbox, settle):
    message = settle(send("005"), "delivered")
    assert outcomes(message) == [("temporary", False), ("temporary", False), ("accepted", False)]
    assert len(sandbox.sms("+77010000005")) == 1


def test_wrong_key_is_never_retried_and_raises_the_alarm(sandbox, settle):
    message = settle(send("006"), "failed")
    assert message.failure == "mobizon_8"
    assert OutboxRow.objects.get(handler="messaging.deliver_sms").status == OutboxRow.Status.DEAD


def test_no_money_is_never_retried(sandbox, settle):
    message = settle(send("014"), "failed")
    assert message.failure == "mobizon_15"
    assert outcomes(message) == [("refused", False)]


def test_waiting_for_moderation_is_an_alarm_and_ends_well(sandbox, settle, caplog):
    with caplog.at_level(logging.ERROR):
        message = send("007")
        run_due()
    assert "sms_waits_for_moderation" in caplog.messages
    settle(message, "delivered")


def test_three_webhooks_of_one_event_are_one(sandbox, settle):
    settle(send("008"), "delivered")
    time.sleep(0.7)
    assert WebhookCall.objects.count() == 1
    assert EventRow.objects.filter(type="message.delivered").count() == 1


def test_wrong_sign_is_refused_and_polling_finds_the_status(sandbox, settle):
    message = settle(send("009"), "accepted")
    time.sleep(0.5)
    run_due()
    assert not WebhookCall.objects.exists()
    poll(message)
    assert message.status == "delivered"


def test_webhook_before_the_answer_waits_for_it(sandbox, settle):
    message = settle(send("010"), "delivered")
    assert WebhookCall.objects.count() == 1
    assert outcomes(message) == [("accepted", False)]


def test_without_a_webhook_polling_finds_the_status(sandbox, settle):
    message = settle(send("011"), "accepted")
    time.sleep(0.3)
    assert status_reports.poll_due() == 0
    poll(message)
    assert message.status == "delivered"


def test_message_without_a_status_for_a_day_ends_as_unknown(sandbox, settle):
    message = settle(send("011"), "accepted")
    # The vendor has forgotten it.
    Message.objects.filter(pk=message.pk).update(provider_id="1")
    with clock.frozen(message.accepted_at + timedelta(minutes=61)):
        poll(message)
        assert message.status == "accepted"
    with clock.frozen(message.accepted_at + timedelta(hours=26)):
        poll(message)
    assert (message.status, message.failure, message.next_poll_at) == ("unknown", "no_status", None)


def poll(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_poll_at=message.accepted_at)
    assert status_reports.poll_due() == 1
    message.refresh_from_db()


def test_message_taken_without_an_answer_is_found_and_not_sent_twice(sandbox, settle):
    message = settle(send("012"), "delivered")
    assert outcomes(message) == [("unknown", False), ("found", True)]
    assert len(sandbox.sms("+77010000012")) == 1


def test_an_equal_text_of_another_message_is_not_taken_for_it(sandbox, settle):
    """The number hangs at the first text only; the second message has the same text and must be sent itself."""
    first = settle(send("012", key="first"), "delivered")
    sandbox.switch(sms="slow")
    second = send("012", key="second")
    run_due()
    sandbox.switch(sms="ok")
    settle(second, "delivered")
    assert len({first.provider_id, second.provider_id}) == 2
    assert len(sandbox.sms("+77010000012")) == 2


def test_service_down_is_mended_by_itself(sandbox, settle):
    sandbox.switch(sms="down")
    message = send("100")
    run_due()
    message.refresh_from_db()
    assert message.status == "queued"
    sandbox.switch(sms="ok")
    settle(message, "delivered")
    assert len(sandbox.sms("+77010000100")) == 1


def test_blocked_account_stops_at_once(sandbox, settle):
    sandbox.switch(sms="blocked")
    assert settle(send("100"), "failed").failure == "mobizon_14"


def test_code_is_erased_once_the_provider_has_it(sandbox, settle):
    message = settle(send("001", sensitive=True), "accepted")
    assert message.body is None
    assert sandbox.sms("+77010000001")[0]["text"] == TEXT


def test_neither_text_nor_number_nor_key_is_logged(sandbox, settle, caplog):
    with caplog.at_level(logging.DEBUG):
        settle(send("005", sensitive=True), "delivered")
    told = " ".join(record.getMessage() + str(getattr(record, "fields", "")) for record in caplog.records)
    for secret in ("482913", "77010000005", "contract-key"):
        assert secret not in told


def test_events_and_outbox_rows_hold_ids_only(sandbox, settle):
    settle(send("001", sensitive=True), "delivered")
    kept = str(list(EventRow.objects.values("data"))) + str(list(OutboxRow.objects.values("payload", "key")))
    for secret in ("482913", "77010000001"):
        assert secret not in kept


class TestAdapter:
    """The protocol of SMS providers, by the Mobizon adapter."""

    @pytest.fixture
    def provider(self, sandbox):
        return MobizonSms(base_url=sandbox.url, api_key="contract-key", timeout_seconds=1)

    def sms(self, number: str, text: str = TEXT) -> OutgoingSms:
        return OutgoingSms(to=f"77010000{number}", text=text)

    def test_sent_message_can_be_found_and_asked_about(self, provider, settings):
        receipt = provider.send(self.sms("001"), idempotency_key="one")
        assert provider.find(self.sms("001"), since=clock.now()) == [receipt.provider_id]
        assert provider.find(self.sms("001", "other"), since=clock.now()) == []
        time.sleep(0.4)
        report = provider.reports([receipt.provider_id, "1"])
        assert set(report) == {receipt.provider_id}
        assert report[receipt.provider_id].state is DeliveryState.DELIVERED

    @pytest.mark.parametrize(
        ("number", "error"),
        [("005", Temporary), ("006", Misconfigured), ("014", Rejected), ("012", OutcomeUnknown)],
    )
    def test_failures_are_translated(self, provider, number, error):
        with pytest.raises(error) as problem:
            provider.send(self.sms(number, "translated"), idempotency_key="one")
        assert type(problem.value) is error

    def test_bad_number_is_a_refusal(self, provider):
        with pytest.raises(Rejected):
            provider.send(OutgoingSms(to="123", text=TEXT), idempotency_key="one")

    def test_closed_port_means_surely_not_sent(self):
        provider = MobizonSms(base_url="http://127.0.0.1:9", api_key="secret-key")
        with pytest.raises(Temporary) as problem:
            provider.send(self.sms("001"), idempotency_key="one")
        assert type(problem.value) is Temporary
        assert "secret-key" not in str(problem.value)

    def test_page_instead_of_json_means_unknown(self, provider, sandbox):
        sandbox.switch(sms="down")
        with pytest.raises(OutcomeUnknown):
            provider.send(self.sms("001"), idempotency_key="one")

    def test_vendor_api_answers_http_200_for_refusals(self, sandbox):
        answer = httpx.post(f"{sandbox.url}/service/message/sendsmsmessage")
        assert (answer.status_code, answer.json()["code"]) == (200, 8)
