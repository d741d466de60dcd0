"""Store, check, read and remove files."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kenes.event_log import services as event_log
from kenes.files import holds, names, receiving, selectors, storage
from kenes.files.errors import (
    FileContentLost,
    FileInfected,
    FileNotCheckable,
    FileNotReady,
    FileQuotaReached,
    FileRemoved,
    FileTooLarge,
    ScannerAway,
)
from kenes.files.events import FileBlocked, FileCleared, FileReleased
from kenes.files.inspection import content
from kenes.files.models import DerivedFile, StoredFile
from kenes.files.providers.base import ScanResult, Verdict, VirusScanner
from kenes.files.received import ReceivedBytes, sender
from kenes.files.texts_models import FileText
from kenes.foundation import clock, logs, providers
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import Forbidden
from kenes.foundation.providers import Temporary
from kenes.outbox import services as outbox

log = logs.get(__name__)
Scan = StoredFile.Scan

QUOTA_BYTES_PER_OWNER: Final = 500 * 1024 * 1024


def store(
    *,
    data: bytes,
    name: str,
    mime: str,
    origin: Literal["generated", "uploaded"],
    owner_kind: str,
    owner_id: UUID,
) -> StoredFile:
    """Keep a file encrypted. A generated one can be read at once, an uploaded one after the virus check.

    `mime` is believed for generated files only; an uploaded file gets the type of its content. Bytes that came by
    parts use their upload up. Raises, all for uploads: what `content.inspect` refuses, FileTooLarge
    (settings.UPLOAD_MAX_BYTES), FileQuotaReached, and UploadNotFound when another has just used the upload up.
    The bytes are written before the row, so a caller's rollback leaves at most an orphan that is swept later.
    """
    file = StoredFile(
        origin=origin,
        owner_kind=owner_kind,
        owner_id=owner_id,
        name=names.clean(name),
        mime=mime,
        size=len(data),
        sha256=storage.digest(data),
        scan=Scan.NOT_NEEDED,
        created_at=clock.now(),
    )
    if origin == "uploaded":
        _require_room(len(data), owner_kind, owner_id)
        file.uploaded_by, file.scan = sender(data), Scan.PENDING
        return _store_received(file, data, name)
    file.storage_key = storage.write(data, area=storage.MAIN)
    file.save(force_insert=True)
    return file


@transaction.atomic
def _store_received(file: StoredFile, data: bytes, name: str) -> StoredFile:
    """Keep what a person has sent; an upload by parts lies in quarantine already and changes hands with its row."""
    upload = receiving.use_up(data) if isinstance(data, ReceivedBytes) else None
    if upload is not None:
        file.mime, file.storage_key = upload.mime, upload.storage_key
    else:
        file.mime = content.inspect(data)
        file.storage_key = storage.write(data, area=storage.QUARANTINE)
    file.name = names.clean(name, file.mime)
    file.save(force_insert=True)
    _enqueue_scan(file)
    return file


def _require_room(size: int, owner_kind: str, owner_id: UUID) -> None:
    limit = settings.UPLOAD_MAX_BYTES
    if size > limit:
        raise FileTooLarge(limit_megabytes=limit // (1024 * 1024))
    if selectors.bytes_of(owner_kind, owner_id) + size > QUOTA_BYTES_PER_OWNER:
        raise FileQuotaReached


def _enqueue_scan(file: StoredFile) -> None:
    outbox.enqueue("files.scan", {"file_id": str(file.pk)}, key=f"files.scan:{file.pk}:{file.scan_round}")


def read(file: StoredFile) -> bytes:
    """Plain bytes of a file that may be read.

    Raises FileNotReady, FileInfected, FileNotCheckable; FileContentLost when the bytes are gone or differ from
    the SHA-256 taken at storing.
    """
    require_readable(file)
    return _content(file)


def require_readable(file: StoredFile) -> None:
    """FileNotReady, FileInfected, FileNotCheckable, or FileRemoved."""
    if selectors.is_readable(file):
        return
    match file.scan:
        case Scan.INFECTED:
            raise FileInfected
        case Scan.UNSCANNABLE:
            raise FileNotCheckable
        case Scan.PENDING | Scan.FAILED:
            raise FileNotReady
    raise FileRemoved


def _content(file: StoredFile) -> bytes:
    try:
        data = storage.read(file.storage_key)
    except FileContentLost:
        # Key rotation or the virus check may have moved the bytes since the row was loaded.
        now_at = StoredFile.objects.values_list("storage_key", flat=True).get(pk=file.pk)
        if now_at == file.storage_key:
            raise
        data = storage.read(now_at)
    if storage.digest(data) != file.sha256:
        log.error("file_content_changed", file_id=str(file.pk))
        raise FileContentLost
    return data


def scan_file(*, file_id: UUID, last_try: bool) -> None:
    """Have a file checked and keep the verdict; run outside a transaction.

    Raises Temporary while the scanner does not answer; at the last try the file is marked FAILED first and stays
    locked. A file whose check has ended is left as it is.
    """
    file = selectors.get_file(file_id)
    if file.scan != Scan.PENDING:
        return
    scanner: VirusScanner = providers.load("antivirus")
    try:
        result = scanner.scan(_content(file))
    except Temporary:
        if last_try:
            _finish_scan(file_id, scan=Scan.FAILED, result=None, storage_key=None)
        raise
    key = storage.write(_content(file), area=storage.MAIN) if result.verdict is Verdict.CLEAN else None
    _finish_scan(file_id, scan=Scan(result.verdict.value), result=result, storage_key=key)
    if key is not None:
        storage.remove(file.storage_key)


def require_clean(data: bytes) -> None:
    """Check bytes that are kept elsewhere, at once; run outside a transaction.

    Raises FileInfected, FileNotCheckable, and ScannerAway while the scanner does not answer.
    """
    scanner: VirusScanner = providers.load("antivirus")
    try:
        verdict = scanner.scan(data).verdict
    except Temporary as problem:
        raise ScannerAway from problem
    if verdict is Verdict.INFECTED:
        raise FileInfected
    if verdict is Verdict.UNSCANNABLE:
        raise FileNotCheckable


@transaction.atomic
def _finish_scan(file_id: UUID, *, scan: Scan, result: ScanResult | None, storage_key: str | None) -> None:
    file = StoredFile.objects.select_for_update().get(pk=file_id)
    if file.scan != Scan.PENDING:
        return
    file.scan, file.scanned_at = scan, clock.now()
    if result is not None:
        file.scan_signature, file.scan_engine = result.signature, result.engine
    if storage_key is not None:
        file.storage_key = storage_key
    file.save(update_fields=["scan", "scanned_at", "scan_signature", "scan_engine", "storage_key"])
    log.info("file_scanned", file_id=str(file.pk), verdict=str(scan))
    cleared = FileCleared(file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id)
    blocked = FileBlocked(
        file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id, verdict=str(scan)
    )
    event_log.record(cleared if scan == Scan.CLEAN else blocked, actor=SystemActor("virus-check"))


@transaction.atomic
def scan_again(*, actor: Actor, file_id: UUID) -> StoredFile:
    """Check a file once more that could not be checked; staff only."""
    _require_staff(actor)
    file = _locked(file_id)
    if file.scan in {Scan.FAILED, Scan.UNSCANNABLE}:
        file.scan, file.scan_round = Scan.PENDING, file.scan_round + 1
        file.save(update_fields=["scan", "scan_round"])
        _enqueue_scan(file)
    return file


@transaction.atomic
def release(*, actor: Actor, file_id: UUID, reason: str) -> StoredFile:
    """Let a file be read that could not be checked; staff only, with a reason. An infected one stays locked."""
    _require_staff(actor)
    file = _locked(file_id)
    if file.scan == Scan.INFECTED:
        raise FileInfected
    if file.scan not in {Scan.UNSCANNABLE, Scan.FAILED}:
        raise FileNotReady
    file.released_by, file.released_reason = actor.user_id, reason
    file.save(update_fields=["released_by", "released_reason"])
    event_log.record(
        FileReleased(file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id), actor=actor
    )
    return file


def hand_over(*, owner_kind: str, from_id: UUID, to_id: UUID) -> None:
    """Give the files of one owner to another (two accounts of one person became one)."""
    StoredFile.objects.filter(owner_kind=owner_kind, owner_id=from_id).update(owner_id=to_id)


def _require_staff(actor: Actor) -> None:
    if actor.user_id is None or not actor.can("file.release"):
        raise Forbidden


def _locked(file_id: UUID) -> StoredFile:
    selectors.get_file(file_id)
    return StoredFile.objects.select_for_update().get(pk=file_id)


def remove_content(*, file_id: UUID) -> None:
    """Delete the bytes and keep the row with its SHA-256, so that proofs still name what existed.

    Raises FileHeld for what is evidence, unless its removal was requested on the ground of retention before.
    """
    file = selectors.get_file(file_id)
    if file.content_removed_at is None:
        holds.require_free(file_id)
    with transaction.atomic():
        StoredFile.objects.filter(pk=file_id, content_removed_at__isnull=True).update(
            content_removed_at=clock.now()
        )
        _drop_what_was_made_of(file_id)
    storage.remove(file.storage_key)


def _drop_what_was_made_of(file_id: UUID) -> None:
    """Text and forms go with their source; after its row was marked, so that nothing is made of it in between."""
    FileText.objects.filter(file_id=file_id).delete()
    for made_id in DerivedFile.objects.filter(source_id=file_id).values_list("file_id", flat=True):
        request_removal_of(file_id=made_id)


@transaction.atomic
def request_removal(*, owner_kind: str, owner_id: UUID, ground: holds.Ground = "") -> int:
    """Lock all files of an owner away in the caller's transaction and have their bytes deleted by the outbox; how many.

    Rows stay with their SHA-256, without the names people gave. Raises FileHeld when one is evidence, unless `ground` says that
    its time of keeping is over.
    """
    owned = selectors.files_of(owner_kind, owner_id).filter(content_removed_at__isnull=True)
    ids = [file.pk for file in owned.select_for_update()]
    for file_id in ids:
        request_removal_of(file_id=file_id, ground=ground)
    return len(ids)


@transaction.atomic
def request_removal_of(*, file_id: UUID, ground: holds.Ground = "") -> None:
    """Lock one file away and have its bytes deleted by the outbox; a second call changes nothing. FileHeld as above."""
    holds.require_free(file_id, ground)
    taken = StoredFile.objects.filter(pk=file_id, content_removed_at__isnull=True)
    if taken.update(content_removed_at=clock.now()):
        for file in StoredFile.objects.filter(pk=file_id):
            file.name = "file"
            file.save(update_fields=["name"])
        _drop_what_was_made_of(file_id)
        outbox.enqueue("files.remove", {"file_id": str(file_id)}, key=f"files.remove:{file_id}")


def reader(file: StoredFile) -> Callable[[], bytes]:
    """Gives the bytes when it is called; raises then what `read` raises."""
    return lambda: read(file)


def empty_quarantine(before: datetime) -> int:
    """Delete the bytes of files found infected before the moment; returns how many."""
    expired = list(selectors.quarantined_before(before).values_list("pk", flat=True))
    for file_id in expired:
        remove_content(file_id=file_id)
    return len(expired)
