"""What letters prove: the signed letter, its sending, its delivery. Registered with `cases.evidence`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kenes.cases.tracks import evidence
from kenes.cases.tracks.evidence import Evidence
from kenes.documents.models import Document
from kenes.documents.states import SIGNED_STATUSES
from kenes.foundation import clock


def of_letters(case_id: UUID, obligation_id: UUID | None) -> Sequence[Evidence]:
    """Signed letters about a debt with their sending and delivery; one query."""
    if obligation_id is None:
        return []
    letters = Document.objects.filter(
        case_id=case_id, obligation_id=obligation_id, translation_of__isnull=True, status__in=SIGNED_STATUSES
    ).select_related("dispatch")
    held: list[Evidence] = []
    for letter in letters.order_by("created_at", "pk"):
        held.append(_proof("application", letter, letter.signed_at or letter.created_at))
        dispatch = getattr(letter, "dispatch", None)
        if dispatch is None:
            continue
        if dispatch.accepted_at is not None:
            held.append(_proof("dispatch", letter, dispatch.accepted_at))
        if dispatch.delivered_at is not None:
            held.append(_proof("delivery", letter, dispatch.delivered_at))
    return held


def _proof(kind: str, letter: Document, at: datetime) -> Evidence:
    return Evidence(kind, clock.almaty(at).date(), letter.number, letter.pk, letter.sha256)


evidence.register(of_letters)
