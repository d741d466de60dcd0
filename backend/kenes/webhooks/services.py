"""Take a call in: verify, store once, hand over to the outbox."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kenes.foundation import clock
from kenes.foundation.errors import Forbidden, NotFound
from kenes.outbox import services as outbox
from kenes.webhooks import registry
from kenes.webhooks.models import WebhookCall


class WebhookRefused(Forbidden):
    code = "webhook.refused"


def receive(capability: str, provider: str, *, body: bytes, headers: Mapping[str, str]) -> None:
    """Store a verified call once and enqueue its handler with `{"webhook_id": …}`. Unknown door 404, bad signature 403."""
    door = registry.find(capability, provider)
    if door is None:
        raise NotFound
    external_id = door.verify(body, headers)
    if external_id is None:
        raise WebhookRefused
    with transaction.atomic():
        call, created = WebhookCall.objects.get_or_create(
            capability=capability,
            provider=provider,
            external_id=external_id[:120],
            defaults={"body": body, "received_at": clock.now()},
        )
        if created:
            outbox.enqueue(door.handler, {"webhook_id": str(call.pk)}, key=f"webhook:{call.pk}")


def remove_old(before: datetime) -> int:
    """Delete calls received before the moment; how many."""
    return WebhookCall.objects.filter(received_at__lt=before).delete()[0]


def load_body(webhook_id: UUID | str) -> bytes:
    """Raw body of a stored call."""
    return bytes(WebhookCall.objects.get(pk=webhook_id).body)
