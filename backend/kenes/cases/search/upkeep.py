"""Keeping the index whole: rebuilding in small pieces while people work, and sweeping the list of known words."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from kenes.cases.models import Case
from kenes.cases.search import index, lexicon
from kenes.foundation import logs

log = logs.get(__name__)

BATCH: Final = 200


def rebuild_stale(batch: int = BATCH) -> Iterator[int]:
    """Write words that are missing or were made by older rules; yields how many after each batch.

    Stopped and started again it goes on where it was: what is done is no longer stale.
    """
    while ids := index.stale(batch):
        yield index.rebuild(ids)


def rebuild_all(after: UUID | None = None, batch: int = BATCH) -> Iterator[tuple[UUID, int]]:
    """Write the words of every case anew, in the order of ids; yields the last id and how many after each batch."""
    rows = Case.objects.filter(number__isnull=False).order_by("pk")
    while True:
        ids = list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:batch])
        if not ids:
            return
        after = ids[-1]
        yield after, index.rebuild(ids)


def tend() -> None:
    """Once a night: what was missed is written, words that no case has any more leave the list."""
    written = sum(rebuild_stale())
    log.info("search_tended", written=written, swept=lexicon.sweep())
