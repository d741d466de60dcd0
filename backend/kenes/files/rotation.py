"""Contents of files under the newest key."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from kenes.files import storage
from kenes.files.errors import FileContentLost
from kenes.files.models import StoredFile, Upload, UploadPart
from kenes.foundation import crypto, logs
from kenes.foundation.rotation import Progress, passes

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class FileContents:
    """Every file whose bytes are kept, also of uploads. A renewed one is written beside the old, then the row moves."""

    name: str = "Contents of files"

    def _kept(self) -> list[tuple[type[Model], Any, str]]:
        sources: tuple[QuerySet[Any], ...] = (
            StoredFile.objects.filter(content_removed_at__isnull=True),
            Upload.objects.exclude(storage_key=""),
            UploadPart.objects.all(),
        )
        return [
            (rows.model, pk, key)
            for rows in sources
            for pk, key in rows.order_by("pk").values_list("pk", "storage_key")
        ]

    def pending(self) -> int:
        return sum(_is_old(key) for _table, _pk, key in self._kept())

    def rotate(self, *, batch: int, progress: Progress) -> int:
        return passes(lambda: self._one_pass(batch, progress), self.pending)

    def _one_pass(self, batch: int, progress: Progress) -> int:
        brought = 0
        for table, pk, key in self._kept():
            if _is_old(key) and _renew(table, pk, key):
                brought += 1
                if brought % batch == 0:
                    progress(self.name, brought)
        return brought


def _is_old(key: str) -> bool:
    head = storage.head(key)
    return bool(head) and not crypto.is_newest(head)


def _renew(table: type[Model], pk: Any, key: str) -> bool:
    try:
        data = storage.read(key)
    except FileContentLost:
        log.error("file_unreadable", table=table._meta.label, row=str(pk))
        return False
    new = storage.write(data, area=key.partition("/")[0])
    rows = table._default_manager.filter(pk=pk, storage_key=key)
    if table is StoredFile:
        rows = rows.filter(content_removed_at__isnull=True)
    moved = rows.update(storage_key=new)
    # Whoever lost (a virus check moved the file meanwhile, or it was removed) leaves only an orphan.
    storage.remove(key if moved else new)
    return bool(moved)
