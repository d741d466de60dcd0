"""The part of a case's event chain that concerns a document, and the proof that it stood under a daily anchor.

Events hold ids and codes only. Those about the document are shown whole, so that their hashes can be computed again;
of the others between them only the hashes are given: they are links of the chain and nobody's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kenes.event_log import anchoring
from kenes.event_log import selectors as event_log
from kenes.event_log.models import EventRow
from kenes.signing.models import SignatureRequest

# Orders and downloads of packages say nothing about the signatures: with them every package would be out of date at once.
_OWN = "evidence."


@dataclass(frozen=True, slots=True)
class ChainPart:
    """`events` as they go into the package; `head` is the last one that concerns the document (0 for none)."""

    stream: str
    events: list[dict[str, Any]]
    head: int
    proof: anchoring.InclusionProof | None


def of_document(*, case_id: UUID, document_id: UUID) -> ChainPart:
    """The chain from the first to the last event about the document, on to the first anchored head after it."""
    stream = f"case:{case_id}"
    rows = list(event_log.events_of("case", case_id).order_by("seq"))
    wanted = _ids(document_id)
    own = [row for row in rows if _concerns(row, wanted)]
    if not own:
        return ChainPart(stream, [], 0, None)
    first, last = own[0].seq, own[-1].seq
    proof = anchoring.inclusion("case", case_id, at_least=last, since=own[-1].at)
    end = proof.seq if proof is not None else last
    shown = {row.seq for row in own}
    part = [_entry(row, whole=row.seq in shown) for row in rows if first <= row.seq <= end]
    return ChainPart(stream, part, last, proof)


def _ids(document_id: UUID) -> frozenset[str]:
    requests = SignatureRequest.objects.filter(document_id=document_id).values_list("pk", flat=True)
    return frozenset(str(pk) for pk in (document_id, *requests))


def _concerns(row: EventRow, wanted: frozenset[str]) -> bool:
    return not row.type.startswith(_OWN) and not wanted.isdisjoint(_texts(row.data.values()))


def _texts(values: Iterable[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _entry(row: EventRow, *, whole: bool) -> dict[str, Any]:
    links = {"seq": row.seq, "hash": row.hash, "previous": row.previous}
    if not whole:
        return links
    return {
        **links,
        "type": row.type,
        "at": row.at.isoformat(timespec="microseconds"),
        "on_date": row.on_date.isoformat(),
        "actor": row.actor,
        "data": row.data,
    }
