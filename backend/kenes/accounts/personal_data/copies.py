"""A copy of everything about a person: one ZIP with readable JSON and files, made by the outbox, kept for some days."""

import hashlib
import io
import json
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import translation

from kenes.accounts import reads, retention
from kenes.accounts.errors_personal_data import CopyNotReady, DataRequestNotFound
from kenes.accounts.events_personal_data import DataExported, DataRequestMoved
from kenes.accounts.models import PersonalDataRequest, User
from kenes.accounts.personal_data import readme, requests
from kenes.event_log import services as event_log
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.foundation import clock, personal_data
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import KenesError, ViewingOnly

ACTOR: Final = SystemActor("data-copy")
OWNER_KIND: Final = "data_request"
RULE: Final = "data_copies"
Status = PersonalDataRequest.Status


def make(*, request_id: UUID) -> None:
    """Make the copy of a running request; a second run after a killed one begins anew and leaves one file."""
    request = PersonalDataRequest.objects.select_related("person").get(pk=request_id)
    if request.kind != PersonalDataRequest.Kind.EXPORT or request.status != Status.RUNNING:
        return
    _remove_files(request_id, keep=None)
    with translation.override(request.person.language):
        content = _zip(request)
    stored = files.store(
        data=content, name=_file_name(request), mime="application/zip", origin="generated",
        owner_kind=OWNER_KIND, owner_id=request.pk,
    )  # fmt: skip
    _finish(request_id, stored.pk)
    # Of two runs at the same moment only one finished; the file of the other is nobody's.
    request.refresh_from_db(fields=["file_id"])
    _remove_files(request_id, keep=request.file_id)


def _remove_files(request_id: UUID, *, keep: UUID | None) -> None:
    for file in file_selectors.files_of(OWNER_KIND, request_id).filter(content_removed_at__isnull=True):
        if file.pk != keep:
            files.remove_content(file_id=file.pk)


@transaction.atomic
def _finish(request_id: UUID, file_id: UUID) -> None:
    request = PersonalDataRequest.objects.select_for_update().get(pk=request_id)
    if request.status != Status.RUNNING:
        return
    request.status, request.progress_percent, request.done_at = Status.DONE, 100, clock.now()
    request.file_id = file_id
    request.file_expires_at = clock.now() + timedelta(days=retention.days_of(RULE))
    request.save(update_fields=["status", "progress_percent", "done_at", "file_id", "file_expires_at"])
    event_log.record(
        DataRequestMoved(
            person_id=request.person_id, request_id=request.pk, kind=request.kind, status=request.status
        ),
        actor=ACTOR,
    )


@transaction.atomic
def give_up(*, request_id: UUID) -> None:
    """The copy or the erasure could not be carried out in all tries: say so, a new request is possible."""
    request = PersonalDataRequest.objects.select_for_update().get(pk=request_id)
    if request.status != Status.RUNNING:
        return
    request.status = Status.FAILED
    request.save(update_fields=["status"])
    event_log.record(
        DataRequestMoved(
            person_id=request.person_id, request_id=request.pk, kind=request.kind, status=request.status
        ),
        actor=ACTOR,
    )


def _file_name(request: PersonalDataRequest) -> str:
    return f"kenes-hub-data-{request.created_at:%Y-%m-%d}.zip"


class _Archive:
    """A ZIP that remembers the SHA-256 of everything put into it."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        self.zip = zipfile.ZipFile(self.bytes, "w", zipfile.ZIP_DEFLATED)
        self.sums: dict[str, dict[str, Any]] = {}

    def add(self, name: str, data: bytes) -> None:
        self.zip.writestr(name, data)
        self.sums[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}

    def close(self, about: dict[str, Any]) -> bytes:
        self.zip.writestr("manifest.json", as_json({**about, "files": self.sums}))
        self.zip.close()
        return self.bytes.getvalue()


def _zip(request: PersonalDataRequest) -> bytes:
    archive = _Archive()
    subject = requests.subject_of(request.person)
    sections = personal_data.sections()
    listed: list[tuple[str, str]] = []
    for place, section in enumerate(sections, start=1):
        copy = section.export(subject)
        name = f"data/{place:02d}-{section.code}.json"
        missing = _add_files(archive, section.code, copy.files)
        archive.add(name, as_json({"section": str(section.label), "data": copy.data, **missing}))
        listed.append((name, str(section.label)))
        _progress(request.pk, round(95 * place / len(sections)))
    archive.add("README.txt", readme.text(subject.language, listed).encode())
    return archive.close({"made_at": clock.now().isoformat(), "request_id": str(request.pk)})


def _add_files(archive: _Archive, code: str, wanted: list[personal_data.ExportFile]) -> dict[str, Any]:
    """Put files in under free names; a file that cannot be read is named as missing instead of spoiling the copy."""
    missing = []
    for number, file in enumerate(wanted, start=1):
        try:
            archive.add(f"files/{code}/{number:03d}-{_safe(file.name)}", file.read())
        except KenesError as problem:
            missing.append({"name": file.name, "reason": problem.code})
    return {"files_not_included": missing} if missing else {}


def _safe(name: str) -> str:
    """A file name that every system can unpack: no path, no control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char if char.isalnum() or char in "-_. " else "_" for char in last)[:120] or "file"


def _progress(request_id: UUID, percent: int) -> None:
    PersonalDataRequest.objects.filter(pk=request_id, status=Status.RUNNING).update(progress_percent=percent)


def as_json(value: Any) -> bytes:
    """Readable UTF-8 JSON: indented, letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain).encode()


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case set() | frozenset() | tuple():
            return list(value)
    return str(value)  # a translated label


def download(*, actor: Actor, request_id: UUID) -> tuple[str, bytes]:
    """Name and bytes of the own copy; the download is written into the list of reads.

    Raises DataRequestNotFound, CopyNotReady before it is made and after its days; ViewingOnly for staff who look
    through the person's eyes: that is no way to take everything along.
    """
    if actor.user_id is None:
        raise DataRequestNotFound
    if actor.viewed_by is not None:
        raise ViewingOnly
    request = requests.get_own(actor=actor, request_id=request_id)
    if not requests.is_downloadable(request) or request.file_id is None:
        raise CopyNotReady
    content = files.read(file_selectors.get_file(request.file_id))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.user_id)
        row = reads.record(
            actor=actor, person_id=request.person_id, kind=reads.Kind.EXPORT, fields=["everything"]
        )
        event_log.record(
            DataExported(person_id=request.person_id, request_id=request.pk, read_id=row.pk), actor=actor
        )
    return _file_name(request), content


def remove_old(before: datetime) -> int:
    """Delete the bytes of copies made before the moment; how many."""
    old = PersonalDataRequest.objects.filter(
        kind=PersonalDataRequest.Kind.EXPORT, status=Status.DONE, file_id__isnull=False, done_at__lt=before
    )
    taken = 0
    for request in old.only("pk", "file_id")[:1000]:
        _remove_files(request.pk, keep=None)
        taken += PersonalDataRequest.objects.filter(pk=request.pk, file_id=request.file_id).update(
            file_id=None
        )
    return taken
