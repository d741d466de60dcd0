"""Receive files by parts: begin, take a part, put the whole together, drop, expire. The protocol itself is in `api`."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from kenes.files import names, selectors, storage
from kenes.files.errors import FileContentLost, FileEmpty, FileTooLarge, PersonQuotaReached
from kenes.files.errors_uploads import (
    PartTooLarge,
    TooManyParts,
    TooManyUploads,
    UploadExpired,
    UploadNotComplete,
    UploadNotFound,
    UploadOffsetWrong,
)
from kenes.files.inspection import content
from kenes.files.models import StoredFile, Upload, UploadPart
from kenes.files.received import ReceivedBytes
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden, KenesError, Throttled
from kenes.outbox import services as outbox

log = logs.get(__name__)
State = Upload.State

PART_BYTES: Final = 1024 * 1024
# Browsers send 25 parts of 25 MB; after breaks some more.
MAX_PARTS: Final = 1000
# Refused ones count too: looking into a file costs seconds.
BEGUN_PER_HOUR: Final = 300
LIFETIME: Final = timedelta(hours=24)
# How long the photos of a PDF are kept for another try.
SPENT_LIFETIME: Final = timedelta(hours=1)
_FINISH_AFTER_SECONDS: Final = 60


def begin(*, actor: Actor, size: int, name: str) -> Upload:
    """Open an upload of `size` bytes for the person.

    Raises FileEmpty, FileTooLarge (settings.UPLOAD_MAX_BYTES), TooManyUploads (settings.UPLOADS_OPEN_PER_PERSON),
    PersonQuotaReached (settings.UPLOAD_QUOTA_PER_PERSON) and Throttled (BEGUN_PER_HOUR).
    """
    person_id = _person(actor)
    if size == 0:
        raise FileEmpty
    if size > max_bytes():
        raise FileTooLarge(limit_megabytes=max_bytes() // (1024 * 1024))
    with transaction.atomic():
        require_room(person_id, size)
        now = clock.now()
        return Upload.objects.create(
            person_id=person_id,
            name=names.clean(name),
            size=size,
            expires_at=now + LIFETIME,
            created_at=now,
        )


def max_bytes() -> int:
    """The largest file that is received."""
    return int(settings.UPLOAD_MAX_BYTES)


@transaction.atomic
def keep_made(*, actor: Actor, name: str, data: bytes, mime: str, storage_key: str) -> Upload:
    """A complete upload of bytes that were made here of what the person sent; they lie at `storage_key`.

    Raises FileTooLarge, TooManyUploads and PersonQuotaReached.
    """
    person_id = _person(actor)
    if len(data) > max_bytes():
        raise FileTooLarge(limit_megabytes=max_bytes() // (1024 * 1024))
    require_room(person_id, len(data))
    now = clock.now()
    return Upload.objects.create(
        person_id=person_id,
        name=name,
        size=len(data),
        offset=len(data),
        state=State.COMPLETE,
        mime=mime,
        sha256=storage.digest(data),
        storage_key=storage_key,
        expires_at=now + LIFETIME,
        created_at=now,
    )


def require_room(person_id: UUID, size: int) -> None:
    """TooManyUploads, PersonQuotaReached or Throttled when the person may not send `size` bytes more; in a transaction.

    The lock lets one upload of a person be counted after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"files.room:{person_id}"])
    lately = Upload.objects.filter(person_id=person_id, created_at__gt=clock.now() - timedelta(hours=1))
    if lately.count() >= BEGUN_PER_HOUR:
        raise Throttled(retry_after=600)
    opened = open_uploads(person_id)
    limit = settings.UPLOADS_OPEN_PER_PERSON
    if opened.filter(spent_at__isnull=True).count() >= limit:
        raise TooManyUploads(limit=limit)
    waiting = opened.aggregate(total=Sum("size"))["total"] or 0
    if waiting + selectors.bytes_sent_by(person_id) + size > settings.UPLOAD_QUOTA_PER_PERSON:
        raise PersonQuotaReached


def open_uploads(person_id: UUID) -> QuerySet[Upload]:
    """Uploads of a person that take room: being received or waiting to be attached."""
    return Upload.objects.filter(person_id=person_id, expires_at__gt=clock.now()).exclude(state=State.REFUSED)


def get_upload(*, actor: Actor, upload_id: UUID) -> Upload:
    """An upload of the person himself; UploadNotFound for others, UploadExpired when its time is over."""
    upload = Upload.objects.filter(pk=upload_id, person_id=_person(actor)).first()
    if upload is None:
        raise UploadNotFound
    if upload.expires_at <= clock.now():
        raise UploadExpired
    return upload


def take_part(*, actor: Actor, upload_id: UUID, offset: int, data: bytes) -> Upload:
    """Keep one part that begins at `offset`; after the last one the file is looked at and put together.

    Raises UploadNotFound, UploadExpired, UploadOffsetWrong, PartTooLarge, TooManyParts, and for the last part all that
    `content.inspect` refuses. The bytes are written before the row: whoever loses a race for one offset, or is
    killed, leaves bytes that no row knows, and they are swept later.
    """
    upload = get_upload(actor=actor, upload_id=upload_id)
    _require_fits(upload, offset, len(data))
    if data:
        key = storage.write(data, area=storage.PARTS)
        try:
            upload = _add_part(actor, upload_id, offset, len(data), key)
        except KenesError:
            storage.remove(key)
            raise
    if upload.offset == upload.size:
        upload = finish(upload_id=upload.pk)
        raise_refusal(upload)
    return upload


def _require_fits(upload: Upload, offset: int, size: int) -> None:
    if upload.state != State.RECEIVING or upload.offset != offset:
        raise UploadOffsetWrong(offset=upload.offset)
    if size > PART_BYTES or offset + size > upload.size:
        raise PartTooLarge(limit_kilobytes=PART_BYTES // 1024)


@transaction.atomic
def _add_part(actor: Actor, upload_id: UUID, offset: int, size: int, key: str) -> Upload:
    upload = Upload.objects.select_for_update().filter(pk=upload_id, person_id=_person(actor)).first()
    if upload is None:
        raise UploadNotFound
    _require_fits(upload, offset, size)
    if offset + size < upload.size and upload.parts.count() >= MAX_PARTS:
        raise TooManyParts
    UploadPart.objects.create(upload=upload, start=offset, size=size, storage_key=key)
    upload.offset += size
    upload.save(update_fields=["offset"])
    if upload.offset == upload.size:
        # For a process that is killed before it has put the file together.
        outbox.enqueue(
            "files.finish_upload",
            {"upload_id": str(upload.pk)},
            key=f"files.finish_upload:{upload.pk}",
            delay_seconds=_FINISH_AFTER_SECONDS,
        )
    return upload


def finish(*, upload_id: UUID) -> Upload:
    """Look at a file that has come whole and put it together, or refuse it; outside a transaction, safe to repeat.

    UploadNotFound when it is gone. An upload that is not whole, or was finished before, is returned as it is.
    """
    upload = _fresh(upload_id)
    if upload.state != State.RECEIVING or upload.offset != upload.size:
        return upload
    parts = list(upload.parts.order_by("start").values_list("storage_key", flat=True))
    try:
        data = b"".join(storage.read(key) for key in parts)
    except FileContentLost:
        # Somebody else has just finished it.
        upload = _fresh(upload_id)
        if upload.state == State.RECEIVING:
            raise
        return upload
    try:
        mime = content.inspect(data)
    except KenesError as refusal:
        return _settle(upload_id, refusal=refusal)
    key = storage.write(data, area=storage.QUARANTINE)
    return _settle(upload_id, mime=mime, sha256=storage.digest(data), key=key)


def _settle(
    upload_id: UUID, *, refusal: KenesError | None = None, mime: str = "", sha256: str = "", key: str = ""
) -> Upload:
    """Keep how it ended; of two that finish at once the second changes nothing."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
        ended = upload is None or upload.state != State.RECEIVING
        rubbish = [key] if key and ended else []
        if upload is not None and not ended:
            upload.state = State.COMPLETE if refusal is None else State.REFUSED
            upload.refusal = None if refusal is None else {"code": refusal.code, "extra": refusal.extra}
            upload.mime, upload.sha256, upload.storage_key = mime, sha256, key
            if refusal is None:
                upload.name = names.clean(upload.name, mime)
            upload.save(update_fields=["state", "refusal", "mime", "sha256", "storage_key", "name"])
            rubbish += list(upload.parts.values_list("storage_key", flat=True))
            upload.parts.all().delete()
    for unused in rubbish:
        storage.remove(unused)
    if upload is None:
        raise UploadNotFound
    log.info("upload_settled", upload_id=str(upload_id), state=str(upload.state))
    return upload


def raise_refusal(upload: Upload) -> None:
    """Raise the error that refused the upload, if one did."""
    problem = refusal_of(upload)
    if problem is not None:
        raise problem


def refusal_of(upload: Upload) -> KenesError | None:
    """The error that refused the upload, with its text in the active language; None for any other."""
    if upload.state != State.REFUSED or not upload.refusal:
        return None
    return content.refusal(str(upload.refusal["code"]), upload.refusal["extra"])


def drop(*, actor: Actor, upload_id: UUID) -> None:
    """Take an upload back with its bytes. UploadNotFound, UploadExpired."""
    _forget(get_upload(actor=actor, upload_id=upload_id).pk)


def content_of(*, actor: Actor, upload_id: UUID, max_bytes: int) -> ReceivedBytes:
    """The bytes of a complete upload, to be used up by whoever stores them.

    Raises UploadNotFound, UploadExpired, UploadNotComplete, FileTooLarge and what refused the upload.
    """
    upload = get_upload(actor=actor, upload_id=upload_id)
    if upload.size > max_bytes:
        raise FileTooLarge(limit_megabytes=max_bytes // (1024 * 1024))
    upload = finish(upload_id=upload.pk)
    raise_refusal(upload)
    if upload.state != State.COMPLETE:
        raise UploadNotComplete(offset=upload.offset)
    data = storage.read(upload.storage_key)
    return ReceivedBytes(data, person_id=upload.person_id, upload_id=upload.pk)


@transaction.atomic
def use_up(received: ReceivedBytes) -> Upload | None:
    """Use an upload up in the caller's transaction: of two that attach it at once, the second gets UploadNotFound.

    The caller now owns the bytes under its `storage_key`. None for bytes that came in a form.
    """
    if received.upload_id is None:
        return None
    upload = Upload.objects.select_for_update().filter(pk=received.upload_id, state=State.COMPLETE).first()
    if upload is None:
        raise UploadNotFound
    Upload.objects.filter(pk=upload.pk).delete()
    return upload


@transaction.atomic
def discard(data: bytes) -> None:
    """Use an upload up whose bytes themselves are not kept (a photo that was made small, a table that was read)."""
    if isinstance(data, ReceivedBytes) and (upload := use_up(data)):
        _remove_bytes(upload.pk, [upload.storage_key])


@transaction.atomic
def hand_over(*, from_id: UUID, to_id: UUID) -> None:
    """Give what one account has sent to another (two accounts of one person became one)."""
    Upload.objects.filter(person_id=from_id).update(person_id=to_id)
    StoredFile.objects.filter(uploaded_by=from_id).update(uploaded_by=to_id)


def remove_expired() -> int:
    """Remove uploads whose time is over, with their bytes; how many."""
    ids = list(Upload.objects.filter(expires_at__lte=clock.now()).values_list("pk", flat=True)[:2000])
    for upload_id in ids:
        _forget(upload_id)
    return len(ids)


def remove_all_of(person_id: UUID) -> int:
    """Remove everything a person has sent and not attached; how many."""
    ids = list(Upload.objects.filter(person_id=person_id).values_list("pk", flat=True))
    for upload_id in ids:
        _forget(upload_id)
    return len(ids)


@transaction.atomic
def _forget(upload_id: UUID) -> None:
    """Remove the rows now and have the bytes deleted by the outbox."""
    upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None:
        return
    keys = [*upload.parts.values_list("storage_key", flat=True), upload.storage_key]
    upload.delete()
    _remove_bytes(upload_id, [key for key in keys if key])


def _remove_bytes(upload_id: UUID, keys: list[str]) -> None:
    if keys:
        outbox.enqueue("files.remove_bytes", {"keys": keys}, key=f"files.remove_bytes:{upload_id}")


def _fresh(upload_id: UUID) -> Upload:
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is None:
        raise UploadNotFound
    return upload


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Forbidden
    return actor.user_id
