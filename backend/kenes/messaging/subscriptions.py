"""Outbox handlers, the webhook door and metrics of messaging."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from kenes.foundation import crypto, health, logs, rotation
from kenes.foundation.providers import Temporary
from kenes.messaging import delivery, events, personal_data, selectors, status_reports  # noqa: F401  (some register themselves)
from kenes.messaging.models import Message
from kenes.messaging.providers import mobizon
from kenes.outbox import registry as outbox
from kenes.outbox.services import MAX_ATTEMPTS
from kenes.webhooks import registry as webhooks
from kenes.webhooks import services as webhook_services

log = logs.get(__name__)

# A report may come before the answer to our own call is stored; after a minute and a half it is not ours.
FOREIGN_AFTER_ATTEMPTS: Final = 5


@outbox.handler("messaging.deliver_sms", lane="sms")
def deliver_sms(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Hand one SMS over to the provider."""
    delivery.deliver_sms(message_id=UUID(payload["message_id"]), last_try=context.attempt >= MAX_ATTEMPTS)


@outbox.handler("messaging.deliver_email", lane="email")
def deliver_email(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Hand one letter over to the mail server."""
    delivery.deliver_email(message_id=UUID(payload["message_id"]), last_try=context.attempt >= MAX_ATTEMPTS)


@outbox.handler("messaging.sms_status", lane="sms")
def sms_status(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Take a delivery report: its status is not signed, so the provider is asked."""
    call = mobizon.parse(webhook_services.load_body(payload["webhook_id"]))
    if call is None or status_reports.refresh(call.provider_id):
        return
    if context.attempt < FOREIGN_AFTER_ATTEMPTS:
        raise Temporary("message_not_known_yet")
    log.info("sms_report_of_a_foreign_message")


def _verify(body: bytes, headers: Mapping[str, str]) -> str | None:
    return mobizon.verify(body, secret=settings.SMS_WEBHOOK_SECRET)


webhooks.register("sms", mobizon.MobizonSms.name, verify=_verify, handler="messaging.sms_status")


def _address_hash(message: Message) -> str:
    return crypto.lookup_hash(message.address.lower())


rotation.register(
    rotation.hash_store(
        Message, "address_hash", right=_address_hash, fields=("address",), only=~Q(address_hash="")
    )
)
health.gauge("messages_last_day", selectors.counts_of_last_day)
