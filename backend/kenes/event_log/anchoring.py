"""Daily anchors: one hash over the heads of all streams, stamped by an independent time-stamping authority.

An anchor is written first and stamped afterwards, outside any transaction: where no authority is configured or none
answers, the anchor stands without a stamp and says so, and is stamped by a later run.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction

from kenes.event_log.models import DailyAnchor, EventStream
from kenes.foundation import clock

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That the head of one stream is under the root of an anchor: `steps` are (side, hash) from the leaf to the root."""

    anchor: DailyAnchor
    stream: str
    seq: int
    hash: str
    steps: tuple[Step, ...]


def merkle_root(leaves: list[str]) -> str:
    """Root over hex leaves; an odd last node is carried up unchanged. Empty input gives the hash of nothing."""
    level = [bytes.fromhex(leaf) for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        level = _above(level)
    return level[0].hex()


def _above(level: list[bytes]) -> list[bytes]:
    pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
    return [hashlib.sha256(b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]


def merkle_steps(leaves: list[str], place: int) -> tuple[Step, ...]:
    """The neighbours on the way from leaf `place` to the root: ("left" or "right", hex)."""
    level, steps = [bytes.fromhex(leaf) for leaf in leaves], []
    while len(level) > 1:
        neighbour = place ^ 1
        if neighbour < len(level):
            steps.append(("left" if neighbour < place else "right", level[neighbour].hex()))
        level, place = _above(level), place // 2
    return tuple(steps)


def statement(anchor: DailyAnchor) -> bytes:
    """The RFC 8785 form of day, root and the digest of the anchor before: what is stamped."""
    said: dict[str, Any] = {"day": anchor.day.isoformat(), "root": anchor.root, "previous": anchor.previous}
    return rfc8785.dumps(said)


def digest(anchor: DailyAnchor) -> str:
    """SHA-256 (hex) of the statement: the next anchor holds it."""
    return hashlib.sha256(statement(anchor)).hexdigest()


@transaction.atomic
def anchor(day: date) -> DailyAnchor:
    """Make the anchor of a day once; a second call gives the first one back."""
    existing = DailyAnchor.objects.filter(day=day).first()
    if existing:
        return existing
    streams = EventStream.objects.exclude(head_hash="").order_by("kind", "subject_id")
    heads: list[list[Any]] = [[f"{s.kind}:{s.subject_id}", s.last_seq, s.head_hash] for s in streams]
    before = DailyAnchor.objects.order_by("-pk").first()
    return DailyAnchor.objects.create(
        day=day,
        root=merkle_root([head[2] for head in heads]),
        heads=heads,
        previous=digest(before) if before else "",
        created_at=clock.now(),
    )


def inclusion(kind: str, subject_id: UUID, *, at_least: int, since: datetime) -> InclusionProof | None:
    """The first anchor that holds the head of this stream at or after event `at_least`; None before there is one.

    `since` is the time of that event: anchors made before it are not looked at.
    """
    stream = f"{kind}:{subject_id}"
    anchors = DailyAnchor.objects.select_related("stamp").filter(created_at__gte=since).order_by("pk")
    for made in anchors.filter(heads__contains=[[stream]]).iterator(chunk_size=4):
        for place, (name, seq, head) in enumerate(made.heads):
            if name == stream and seq >= at_least:
                steps = merkle_steps([leaf[2] for leaf in made.heads], place)
                return InclusionProof(made, stream, seq, head, steps)
    return None
