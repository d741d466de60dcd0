"""Timers over what is stored: bytes that no row knows are deleted."""

from datetime import timedelta
from typing import Final

from kenes.files import storage
from kenes.files.models import StoredFile, Upload, UploadPart
from kenes.foundation import clock

ORPHAN_AGE: Final = timedelta(days=1)


def sweep_orphans() -> int:
    """Delete bytes older than a day that no row knows (a rolled-back or killed caller left them); how many."""
    oldest = (clock.now() - ORPHAN_AGE).timestamp()
    removed = 0
    for area in storage.AREAS:
        known = _known(area)
        for key in storage.keys(area):
            if key not in known and storage.modified_at(key) < oldest:
                storage.remove(key)
                removed += 1
    return removed


def _known(area: str) -> set[str]:
    # Uploads before files: bytes change hands in that direction.
    tables = (UploadPart, Upload, StoredFile)
    found: set[str] = set()
    for table in tables:
        rows = table._default_manager.filter(storage_key__startswith=f"{area}/")
        found.update(rows.values_list("storage_key", flat=True))
    return found
