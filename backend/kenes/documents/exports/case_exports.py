"""Files about a case: asked for with a fresh proof, made by the outbox, found again, loaded with a trace, gone after a week."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging, reads
from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.models import Case
from kenes.documents.errors import ExportNotFound, ExportNotReady
from kenes.documents.events import CaseExported
from kenes.documents.exports import case_export_data
from kenes.documents.exports.case_export_data import Told
from kenes.documents.exports.case_report import report
from kenes.documents.models import CaseExport, ExportKind, ExportStatus
from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.files.converter import Pool
from kenes.files.models import StoredFile
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden, KenesError, ViewingOnly
from kenes.foundation.providers import ProviderError, Temporary
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

log = logs.get(__name__)
OWNER_KIND: Final = "case_export"
KEPT_FOR: Final = timedelta(days=7)
_MIME: Final = {ExportKind.PDF: "application/pdf", ExportKind.ZIP: "application/zip"}
IN_WORK: Final = (ExportStatus.QUEUED, ExportStatus.RUNNING)

reads.name_field("case_file", _("File of the case"))


def exports_of(*, actor: Actor, case_id: UUID) -> tuple[Case, list[CaseExport]]:
    """Own files about a case, newest first. Forbidden for who may not take a case along."""
    case = cases.get_case(actor=actor, case_id=case_id)
    case_permissions.require(actor, "case.export", case)
    rows = CaseExport.objects.filter(case=case, requested_by_id=actor.user_id).select_related("file")
    return case, list(rows.order_by("-created_at", "pk")[:20])


@transaction.atomic
def request_export(*, actor: Actor, case_id: UUID, kind: str, language: str) -> CaseExport:
    """Have a file made. A file of the same kind that is being made already is given back instead of a second one."""
    case = cases.get_case_for_update(actor=actor, case_id=case_id)
    case_permissions.require(actor, "case.export", case)
    if actor.user_id is None:
        raise Forbidden
    running = CaseExport.objects.filter(
        case=case, requested_by_id=actor.user_id, kind=kind, language=language, status__in=IN_WORK
    ).first()
    if running is not None:
        return running
    made = CaseExport.objects.create(
        case=case, requested_by_id=actor.user_id, kind=ExportKind(kind), language=language,
        created_at=clock.now(),
    )  # fmt: skip
    outbox.enqueue("documents.case_export", {"export_id": str(made.pk)}, key=f"case-export:{made.pk}")
    return made


def make(*, export_id: UUID, last_try: bool, pool: Pool) -> None:
    """Make the file of a request as its reader sees the case now. Outside any transaction; a second run begins anew.

    Raises Temporary when it should be tried again; FAILED when it never will work, or after the last try.
    """
    row = CaseExport.objects.select_related("requested_by").filter(pk=export_id, status__in=IN_WORK).first()
    if row is None:
        return
    _progress(row, 5)
    actor = account_selectors.actor_for(row.requested_by)
    try:
        with translation.override(row.language):
            told = _told(actor, row)
            _progress(row, 40)
            pdf = pool.to_pdf(report(told))
            _progress(row, 70)
            content = pdf if row.kind == ExportKind.PDF else _archive(row, told, pdf)
    except ProviderError as problem:
        if last_try or not isinstance(problem, Temporary):
            _fail(row, problem.reason or "converter")
        raise
    except KenesError as problem:
        # The right to see the case has gone since.
        _fail(row, problem.code)
        return
    name = f"{told.case.number or 'case'}_{clock.today().isoformat()}.{row.kind}"
    stored = files.store(
        data=content, name=name, mime=_MIME[ExportKind(row.kind)], origin="generated", owner_kind=OWNER_KIND,
        owner_id=row.case_id,
    )  # fmt: skip
    _finish(row, stored.pk)


def _told(actor: Actor, row: CaseExport) -> Told:
    case = cases.get_case(actor=actor, case_id=row.case_id)
    case_permissions.require(actor, "case.export", case)
    return case_export_data.gather(
        actor=actor, case_id=row.case_id, language=row.language, files=row.kind == ExportKind.ZIP
    )


def _progress(row: CaseExport, percent: int) -> None:
    CaseExport.objects.filter(pk=row.pk, status__in=IN_WORK).update(
        status=ExportStatus.RUNNING, progress_percent=percent
    )
    realtime.hint(f"user:{row.requested_by_id}", "export.changed", row.pk)


def _archive(row: CaseExport, told: Told, pdf: bytes) -> bytes:
    """The report, the case as data, every file, and a list of all with their SHA-256."""
    packed = io.BytesIO()
    sums: dict[str, dict[str, Any]] = {}
    missing: list[dict[str, str]] = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, data: bytes) -> None:
            archive.writestr(name, data)
            sums[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}

        add("report.pdf", pdf)
        add("case.json", _json(told.data))
        for place, paper in enumerate(told.papers, start=1):
            try:
                add(f"{paper.folder}/{place:03d}-{_safe(paper.name)}", files.read(paper.file))
            except KenesError as problem:
                # A file that is locked or still being checked is named instead of spoiling the rest.
                missing.append({"name": paper.name, "reason": problem.code})
            _progress(row, 70 + round(25 * place / len(told.papers)))
        archive.writestr(
            "SHA256SUMS", "".join(f"{one['sha256']}  {name}\n" for name, one in sorted(sums.items()))
        )
        archive.writestr(
            "manifest.json",
            _json(
                {"case": told.data["number"], "made_at": clock.now(), "files": sums, "not_included": missing}
            ),
        )
    return packed.getvalue()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=case_export_data.plain).encode()


def _safe(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char if char.isalnum() or char in "-_. " else "_" for char in last)[:120] or "file"


@transaction.atomic
def _finish(row: CaseExport, file_id: UUID) -> None:
    kept = CaseExport.objects.select_for_update().get(pk=row.pk)
    if kept.status not in IN_WORK:
        # A parallel run was quicker: the file of this one is nobody's.
        files.request_removal_of(file_id=file_id)
        return
    kept.status, kept.progress_percent = ExportStatus.READY, 100
    kept.file_id, kept.expires_at = file_id, clock.now() + KEPT_FOR
    kept.save(update_fields=["status", "progress_percent", "file", "expires_at"])
    outbox.enqueue(
        "documents.case_export_expired", {"export_id": str(row.pk)}, key=f"case-export-expired:{row.pk}",
        delay_seconds=KEPT_FOR.total_seconds(),
    )  # fmt: skip
    realtime.hint(f"user:{row.requested_by_id}", "export.changed", row.pk)


def _fail(row: CaseExport, reason: str) -> None:
    CaseExport.objects.filter(pk=row.pk, status__in=IN_WORK).update(
        status=ExportStatus.FAILED, failure=reason[:60]
    )
    realtime.hint(f"user:{row.requested_by_id}", "export.changed", row.pk)
    log.warning("case_export_failed", export_id=str(row.pk), reason=reason)


@transaction.atomic
def expire(*, export_id: UUID) -> None:
    """The days of a file are over: its bytes go, the row says that there was one."""
    row = CaseExport.objects.select_for_update().filter(pk=export_id, status=ExportStatus.READY).first()
    if row is None or row.file_id is None:
        return
    files.request_removal_of(file_id=row.file_id)
    row.status = ExportStatus.EXPIRED
    row.save(update_fields=["status"])


def download(*, actor: Actor, case_id: UUID, export_id: UUID) -> StoredFile:
    """A file to save, for who asked for it and still may see the case; written into «who looked at my data».

    Raises ExportNotFound, ExportNotReady before it is made and after its days, ViewingOnly for who looks through another's eyes.
    """
    if actor.viewed_by is not None:
        raise ViewingOnly
    case = cases.get_case(actor=actor, case_id=case_id)
    case_permissions.require(actor, "case.export", case)
    rows = CaseExport.objects.select_related("file").filter(case=case, requested_by_id=actor.user_id)
    row = rows.filter(pk=export_id).first()
    if row is None:
        raise ExportNotFound
    if row.file is None or row.expires_at is None or row.expires_at <= clock.now():
        raise ExportNotReady
    if row.status != ExportStatus.READY:
        raise ExportNotReady
    with transaction.atomic():
        reads.record(
            actor=actor, person_id=case.borrower_id, kind=reads.Kind.EXPORT, fields=["case_file"],
            case_id=case.pk,
        )  # fmt: skip
        event_log.record(CaseExported(case_id=case.pk, export_id=row.pk, kind=row.kind), actor=actor)
    return row.file


def remove_of_cases(borrower_id: UUID) -> int:
    """Remove the files about all cases of a person (his data are erased); how many."""
    taken = 0
    ready = CaseExport.objects.filter(case__borrower_id=borrower_id, status=ExportStatus.READY)
    for pk in list(ready.values_list("pk", flat=True)):
        expire(export_id=pk)
        taken += 1
    return taken


def connect() -> None:
    """Files asked for by an account that closes go on with the one that stays."""
    merging.register(
        "case_exports",
        label=_("Files about cases"),
        count=lambda person_id: CaseExport.objects.filter(requested_by_id=person_id).count(),
        move=_hand_over,
    )


def _hand_over(gone_id: UUID, kept_id: UUID) -> None:
    CaseExport.objects.filter(requested_by_id=gone_id, status__in=IN_WORK).update(
        status=ExportStatus.FAILED, failure="merged"
    )
    CaseExport.objects.filter(requested_by_id=gone_id).update(requested_by_id=kept_id)
