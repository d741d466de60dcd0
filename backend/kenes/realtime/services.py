"""Hints to browsers: "look again". Never data; may be lost."""

from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from kenes.foundation import logs

log = logs.get(__name__)


def group_name(channel: str) -> str:
    """Channel `case:<uuid>` as a group name the layer accepts."""
    return channel.replace(":", ".")


def hint(channel: str, type: str, id: UUID) -> None:
    """After the commit tell listeners of `channel` ("case:<id>", "user:<id>", "staff") that something changed."""
    message: dict[str, object] = {"type": "hint", "hint": {"type": type, "id": str(id)}, "channel": channel}
    transaction.on_commit(lambda: _send(group_name(channel), message))


def close_sockets_of(person_id: UUID, _kept_session: str) -> None:
    """After the commit end every socket of the person; whoever still has a session connects again by itself."""
    transaction.on_commit(lambda: _send(group_name(f"user:{person_id}"), {"type": "session.ended"}))


def _send(group: str, message: dict[str, object]) -> None:
    try:
        async_to_sync(get_channel_layer().group_send)(group, message)
    except Exception as problem:
        log.warning("hint_lost", problem=type(problem).__name__)
