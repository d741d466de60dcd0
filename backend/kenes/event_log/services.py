"""Record events into the chain and hand them to the outbox."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

import rfc8785
from django.db import transaction

from kenes.event_log import events
from kenes.event_log.events import Event, Recorded
from kenes.event_log.models import EventRow, EventStream
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.outbox import registry
from kenes.outbox import services as outbox

T = TypeVar("T", bound=Event)
_subscribers: dict[str, list[str]] = {}


def subscribe(
    event_type: type[T], *, lane: str = "default"
) -> Callable[[Callable[[Recorded[T]], None]], Callable[[Recorded[T]], None]]:
    """Decorator: run the function after each event of this type, by the outbox, possibly twice."""

    def register(react: Callable[[Recorded[T]], None]) -> Callable[[Recorded[T]], None]:
        name = f"{react.__module__.removeprefix('kenes.')}.{react.__qualname__}"

        def run(payload: dict[str, Any], context: registry.OutboxContext) -> None:
            react(load(payload["event_id"], event_type))

        registry.add(name, run, lane=lane)
        _subscribers.setdefault(event_type.type, []).append(name)
        return react

    return register


def load(event_id: str, event_type: type[T]) -> Recorded[T]:
    """A recorded event by id."""
    return recorded(EventRow.objects.get(pk=event_id), event_type)


def recorded(row: EventRow, event_type: type[T]) -> Recorded[T]:
    return Recorded(
        id=row.pk,
        seq=row.seq,
        at=row.at,
        on_date=row.on_date,
        actor=Actor.from_log(row.actor),
        data=events.from_json(event_type, row.data),
    )


def chain_hash(
    *,
    stream: str,
    seq: int,
    type: str,
    at: str,
    on_date: str,
    actor: dict[str, Any],
    data: dict[str, Any],
    previous: str,
) -> str:
    """SHA-256 (hex) of the RFC 8785 form of the row: what an outside checker computes again."""
    row: dict[str, Any] = {
        "stream": stream,
        "seq": seq,
        "type": type,
        "at": at,
        "on_date": on_date,
        "actor": actor,
        "data": data,
        "previous": previous,
    }
    return hashlib.sha256(rfc8785.dumps(row)).hexdigest()


@transaction.atomic
def record(event: Event, *, actor: Actor) -> EventRow:
    """Write the event and one outbox row per subscriber, in the caller's transaction.

    Call it last: it locks the stream's head until the transaction ends, and takes the time under that lock.
    """
    kind, subject_id = event.stream
    EventStream.objects.bulk_create([EventStream(kind=kind, subject_id=subject_id)], ignore_conflicts=True)
    stream = EventStream.objects.select_for_update().get(kind=kind, subject_id=subject_id)
    at, on_date = clock.now(), clock.today()
    row = EventRow(
        stream=stream,
        seq=stream.last_seq + 1,
        type=event.type,
        at=at,
        on_date=on_date,
        actor=actor.log_fields(),
        data=events.to_json(event),
        previous=stream.head_hash,
    )
    row.hash = hash_of(row, kind, str(subject_id))
    row.save(force_insert=True)
    stream.last_seq, stream.head_hash = row.seq, row.hash
    stream.save(update_fields=["last_seq", "head_hash"])
    names = _subscribers.get(event.type, [])
    if names:
        outbox.enqueue_many([(name, {"event_id": str(row.pk)}, f"{row.pk}:{name}"[:250]) for name in names])
    return row


def hash_of(row: EventRow, kind: str, subject_id: str) -> str:
    """Hash that a row must have."""
    return chain_hash(
        stream=f"{kind}:{subject_id}",
        seq=row.seq,
        type=row.type,
        at=row.at.isoformat(timespec="microseconds"),
        on_date=row.on_date.isoformat(),
        actor=row.actor,
        data=row.data,
        previous=row.previous,
    )
