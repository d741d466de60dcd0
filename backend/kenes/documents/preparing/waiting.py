"""How many files are converted before a document that is being prepared: its place in the queue of the converter."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from kenes.documents.models import Document
from kenes.documents.states import DocumentStatus
from kenes.outbox import selectors as outbox

# Effects that take a converter; whatever else runs in the lane is over in a moment.
CONVERTING: Final = ("documents.prepare", "documents.archive", "documents.package", "documents.case_export")


def ahead(documents: Iterable[Document]) -> dict[UUID, int]:
    """For each document that is being prepared, how many conversions come before it; one query, none when none is."""
    keys = {f"prepare:{row.pk}": row.pk for row in documents if row.status == DocumentStatus.PREPARING}
    return _of(keys)


def ahead_of_archival(document: Document) -> int | None:
    """The same for its PDF/A; None when none is on its way."""
    found = outbox.waiting_before(CONVERTING, prefix=f"archive:{document.pk}")
    return min(found.values(), default=None)


def _of(keys: dict[str, UUID]) -> dict[UUID, int]:
    if not keys:
        return {}
    found = outbox.waiting_before(CONVERTING, keys=keys.keys())
    return {pk: found.get(key, 0) for key, pk in keys.items()}


def converting() -> int:
    """How many conversions are due and not done."""
    return outbox.due_count(CONVERTING)


def in_queue(document_ids: Collection[UUID]) -> int:
    """How many conversions come before the first of these documents."""
    found = outbox.waiting_before(CONVERTING, keys=[f"prepare:{pk}" for pk in document_ids])
    return min(found.values(), default=0)
