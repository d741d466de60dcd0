"""Reading messages. They are shown by the apps that sent them, which decide who may see."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from kenes.foundation import clock
from kenes.messaging.errors import MessageNotFound
from kenes.messaging.models import Message


def get_message(message_id: UUID) -> Message:
    """One message with its attempts; raises MessageNotFound."""
    message = Message.objects.prefetch_related("attempts").filter(pk=message_id).first()
    if message is None:
        raise MessageNotFound
    return message


def find_by_key(key: str) -> Message | None:
    """The message that was sent under a key."""
    return Message.objects.prefetch_related("attempts").filter(key=key).first()


def messages_by_id(message_ids: Iterable[UUID]) -> dict[UUID, Message]:
    """Messages with their attempts by id, two queries for any number."""
    rows = Message.objects.prefetch_related("attempts").filter(pk__in=list(message_ids))
    return {row.pk: row for row in rows}


def sent_since(*, channel: str, address_hashes: list[str], seconds: int) -> int:
    """How many messages were made for an address (its hashes under every key) in the last seconds."""
    since = clock.now() - timedelta(seconds=seconds)
    made = Message.objects.filter(channel=channel, address_hash__in=address_hashes, created_at__gt=since)
    return made.count()


def counts_of_last_day() -> dict[str, float]:
    """Messages of the last 24 hours by channel and status, for metrics."""
    since = clock.now() - timedelta(days=1)
    rows = (
        Message.objects.filter(created_at__gt=since)
        .values_list("channel", "status")
        .annotate(count=Count("id"))
    )
    return {f"{channel}_{status}": float(count) for channel, status, count in rows}
