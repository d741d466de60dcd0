"""Read and verify the event log."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kenes.event_log import services
from kenes.event_log.models import DailyAnchor, EventRow, EventStream


def events_of(kind: str, subject_id: UUID) -> QuerySet[EventRow]:
    """Rows of one stream; order them as you need."""
    return EventRow.objects.filter(stream__kind=kind, stream__subject_id=subject_id)


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a chain does not hold."""

    stream: str
    seq: int
    reason: str


def verify() -> Iterator[Fault]:
    """Walk every chain and anchor; yields each fault (changed row, gap, cut tail, wrong anchor)."""
    for stream in EventStream.objects.order_by("kind", "subject_id").iterator():
        name = f"{stream.kind}:{stream.subject_id}"
        previous, expected = "", 1
        for row in stream.rows.order_by("seq").iterator():
            if row.seq != expected:
                yield Fault(name, row.seq, "gap")
                expected = row.seq
            if (
                row.previous != previous
                or services.hash_of(row, stream.kind, str(stream.subject_id)) != row.hash
            ):
                yield Fault(name, row.seq, "changed")
            previous, expected = row.hash, expected + 1
        if (stream.last_seq, stream.head_hash) != (expected - 1, previous):
            yield Fault(name, stream.last_seq, "tail")
    yield from _verify_anchors()


def _verify_anchors() -> Iterator[Fault]:
    for anchor in DailyAnchor.objects.order_by("day").iterator():
        if services.merkle_root([head[2] for head in anchor.heads]) != anchor.root:
            yield Fault(f"anchor:{anchor.day}", 0, "changed")
        for name, seq, head_hash in anchor.heads:
            kind, _, subject_id = name.partition(":")
            if not EventRow.objects.filter(
                stream__kind=kind, stream__subject_id=subject_id, seq=seq, hash=head_hash
            ).exists():
                yield Fault(name, seq, "missing since anchor")
