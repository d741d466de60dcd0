"""Read and verify the event log."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kenes.event_log import anchoring, services, stamping
from kenes.event_log.models import DailyAnchor, EventRow, EventStream

Head = tuple[int, str]


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
    """Walk every chain and anchor; yields each fault (changed row, gap, cut tail, wrong anchor), chains first."""
    anchored = _anchored_heads()
    for stream in EventStream.objects.order_by("kind", "subject_id").iterator():
        name = f"{stream.kind}:{stream.subject_id}"
        yield from _verify_stream(stream, name, anchored.pop(name, set()))
    # Streams that are gone with all their rows.
    for name, heads in sorted(anchored.items()):
        for seq, _hash in sorted(heads):
            yield Fault(name, seq, "missing since anchor")
    yield from _verify_anchors()


def _anchored_heads() -> dict[str, set[Head]]:
    """What each stream must hold because some anchor says so; a head that stayed for days counts once."""
    heads: dict[str, set[Head]] = {}
    for anchor in DailyAnchor.objects.order_by("pk").only("heads").iterator(chunk_size=4):
        for name, seq, head_hash in anchor.heads:
            heads.setdefault(name, set()).add((seq, head_hash))
    return heads


def _verify_stream(stream: EventStream, name: str, anchored: set[Head]) -> Iterator[Fault]:
    previous, expected = "", 1
    for row in stream.rows.order_by("seq").iterator():
        if row.seq != expected:
            yield Fault(name, row.seq, "gap")
            expected = row.seq
        right = services.hash_of(row, stream.kind, str(stream.subject_id))
        if row.previous != previous or right != row.hash:
            yield Fault(name, row.seq, "changed")
        anchored.discard((row.seq, row.hash))
        previous, expected = row.hash, expected + 1
    if (stream.last_seq, stream.head_hash) != (expected - 1, previous):
        yield Fault(name, stream.last_seq, "tail")
    for seq, _hash in sorted(anchored):
        yield Fault(name, seq, "missing since anchor")


def _verify_anchors() -> Iterator[Fault]:
    before = ""
    for anchor in DailyAnchor.objects.select_related("stamp").order_by("pk").iterator(chunk_size=4):
        name = f"anchor:{anchor.day}"
        if anchoring.merkle_root([head[2] for head in anchor.heads]) != anchor.root:
            yield Fault(name, 0, "changed")
        if anchor.previous and anchor.previous != before:
            yield Fault(name, 0, "anchor before it changed")
        reason = stamping.fault(anchor)
        if reason:
            yield Fault(name, 0, reason)
        before = anchoring.digest(anchor)
