"""Contents of files under the newest key."""

from dataclasses import dataclass
from uuid import UUID

from kenes.files import storage
from kenes.files.errors import FileContentLost
from kenes.files.models import StoredFile
from kenes.foundation import crypto, logs
from kenes.foundation.rotation import Progress, passes

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class FileContents:
    """Every file whose bytes are kept. A renewed file is written beside the old one, then the row moves to it."""

    name: str = "Contents of files"

    def _kept(self) -> list[tuple[UUID, str]]:
        rows = StoredFile.objects.filter(content_removed_at__isnull=True).order_by("pk")
        return list(rows.values_list("pk", "storage_key"))

    def pending(self) -> int:
        return sum(_is_old(key) for _pk, key in self._kept())

    def rotate(self, *, batch: int, progress: Progress) -> int:
        return passes(lambda: self._one_pass(batch, progress), self.pending)

    def _one_pass(self, batch: int, progress: Progress) -> int:
        brought = 0
        for pk, key in self._kept():
            if _is_old(key) and _renew(pk, key):
                brought += 1
                if brought % batch == 0:
                    progress(self.name, brought)
        return brought


def _is_old(key: str) -> bool:
    head = storage.head(key)
    return bool(head) and not crypto.is_newest(head)


def _renew(pk: UUID, key: str) -> bool:
    try:
        data = storage.read(key)
    except FileContentLost:
        log.error("file_unreadable", file_id=str(pk))
        return False
    new = storage.write(data, area=key.partition("/")[0])
    moved = StoredFile.objects.filter(pk=pk, storage_key=key, content_removed_at__isnull=True).update(
        storage_key=new
    )
    # Whoever lost (a virus check moved the file meanwhile, or it was removed) leaves only an orphan.
    storage.remove(key if moved else new)
    return bool(moved)
