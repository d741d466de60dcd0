"""Timers over what is stored: bytes that no row knows are deleted, bytes that rows know are compared with their sum."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from kenes.event_log import services as event_log
from kenes.files import storage
from kenes.files.errors import FileContentLost
from kenes.files.events import FileLost
from kenes.files.models import StoredFile, Upload, UploadPart
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor

log = logs.get(__name__)

ORPHAN_AGE: Final = timedelta(days=1)
# Of one night: a hundred thousand files come round in a month or two.
SLICE: Final = 2000
SLICE_SECONDS: Final = 20 * 60
CHECKER: Final = SystemActor("file-check")


@dataclass(frozen=True, slots=True)
class Checked:
    """How many files a slice has looked at, and how many of them are lost or changed."""

    looked: int
    lost: int


def sweep_orphans() -> int:
    """Delete bytes older than a day that no row knows (a rolled-back or killed caller left them); how many."""
    oldest = (clock.now() - ORPHAN_AGE).timestamp()
    removed = 0
    for area in storage.AREAS:
        known = _known(area)
        for key in storage.keys(area):
            if key not in known and _is_older(key, oldest):
                storage.remove(key)
                removed += 1
    return removed


def _is_older(key: str, moment: float) -> bool:
    try:
        return storage.modified_at(key) < moment
    except FileContentLost:
        # Somebody has just removed it.
        return False


def _known(area: str) -> set[str]:
    # Uploads before files: bytes change hands in that direction.
    tables = (UploadPart, Upload, StoredFile)
    found: set[str] = set()
    for table in tables:
        rows = table._default_manager.filter(storage_key__startswith=f"{area}/")
        found.update(rows.values_list("storage_key", flat=True))
    return found


def verify_slice(*, most: int = SLICE, seconds: float = SLICE_SECONDS) -> Checked:
    """Compare the bytes of the files that were not looked at for longest with their SHA-256; run outside a transaction.

    Stops after `most` files or `seconds`; FileStorageAway ends the slice, since nothing is known of files behind it.
    """
    until = time.monotonic() + seconds
    due = StoredFile.objects.filter(content_removed_at__isnull=True).order_by(
        F("verified_at").asc(nulls_first=True), "pk"
    )
    looked = lost = 0
    for file in due[:most]:
        if time.monotonic() > until:
            break
        looked += 1
        lost += not _verify(file)
    log.info("files_verified", looked=looked, lost=lost)
    return Checked(looked, lost)


def _verify(file: StoredFile) -> bool:
    """Look at one file and note it; whether it is well."""
    how = _what_is_wrong(file)
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().get(pk=file.pk)
        if row.content_removed_at is not None:
            return True
        if how and row.storage_key != file.storage_key:
            # The virus check or the rotation of keys has moved it meanwhile: the next slice looks at the new place.
            return True
        news = bool(how) and row.lost_at is None
        row.verified_at = clock.now()
        row.lost_at = (row.lost_at or row.verified_at) if how else None
        row.save(update_fields=["verified_at", "lost_at"])
        if news:
            log.error("file_lost", file_id=str(row.pk), how=how)
            event_log.record(
                FileLost(file_id=row.pk, owner_kind=row.owner_kind, owner_id=row.owner_id, how=how),
                actor=CHECKER,
            )
    return not how


def _what_is_wrong(file: StoredFile) -> str:
    """ "lost", "changed", or nothing."""
    try:
        data = storage.read(file.storage_key)
    except FileContentLost as problem:
        return "lost" if isinstance(problem.__cause__, FileNotFoundError) else "changed"
    return "" if storage.digest(data) == file.sha256 else "changed"


def lost_count() -> int:
    """Files that the last look at them found lost or changed."""
    return StoredFile.objects.filter(lost_at__isnull=False, content_removed_at__isnull=True).count()


def require_none_lost() -> None:
    """RuntimeError when files are lost or changed."""
    if lost_count():
        raise RuntimeError("files are lost or changed")
