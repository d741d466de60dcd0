"""The documents of a batch as one ZIP: put together while it is sent, from files that lie encrypted; nothing plain is kept.

Names are numbers of cases and documents: they collide nowhere and name nobody. Who has lost a case meanwhile does not get its
documents; what is not in the ZIP is told in its list.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts import reads
from kenes.cases import selectors as cases
from kenes.cases.errors.lists import JobFileNotReady, JobNotFound
from kenes.cases.lists import jobs, list_columns
from kenes.cases.models import WORKING, Case, JobKind, ListJob, RowState
from kenes.documents import permissions
from kenes.documents.events import DocumentsTaken
from kenes.documents.models import BatchItem, Document
from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError, ViewingOnly

KEPT_FOR: Final = timedelta(days=7)
_ENDINGS: Final = {"pdf": "pdf", "docx": "docx", "pdfa": "pdfa.pdf"}


def expires_at(job: ListJob) -> datetime | None:
    """Until when the documents of finished work can be taken; None while it runs."""
    return job.finished_at + KEPT_FOR if job.finished_at is not None else None


def can_be_taken(job: ListJob) -> bool:
    """Whether there is a ZIP to load now."""
    return (
        job.kind == JobKind.DOCUMENT
        and job.state not in WORKING
        and job.finished_at is not None
        and job.finished_at + KEPT_FOR > clock.now()
        and job.changed + job.skipped > 0
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP with its name, given piece by piece."""

    name: str
    pieces: Iterator[bytes]


def archive(*, actor: Actor, job_id: UUID) -> Archive:
    """The ZIP of one's own finished work; taking it is shown to the borrowers, and written down.

    Raises JobNotFound, JobFileNotReady before it is finished and after its days, ViewingOnly while looking through other eyes.
    """
    if actor.viewed_by is not None:
        raise ViewingOnly
    job = jobs.get_job(actor=actor, job_id=job_id)
    if job.kind != JobKind.DOCUMENT:
        raise JobNotFound
    if not can_be_taken(job):
        raise JobFileNotReady
    items = list(
        BatchItem.objects.filter(job=job, row__state__in=[RowState.CHANGED, RowState.SKIPPED])
        .select_related("row", "document")
        .defer("document__content", "document__text")
        .order_by("row__position")
    )
    readable = _readable(actor, items)
    _write_down(actor, job, readable)
    day = clock.almaty(job.created_at).strftime("%Y-%m-%d")
    name = f"kenes-{job.action.lower().replace('_', '-')}-{day}.zip"
    return Archive(name, _pieces(job, items, readable))


def _readable(actor: Actor, items: list[BatchItem]) -> dict[UUID, Case]:
    ids = {item.row.case_id for item in items if item.row.case_id is not None}
    found = list(cases.cases_visible_to(actor).filter(pk__in=ids))
    cases.load_reader(actor, found)
    return {case.pk: case for case in found if permissions.allowed(actor, "document.view", case)}


@transaction.atomic
def _write_down(actor: Actor, job: ListJob, readable: dict[UUID, Case]) -> None:
    assert actor.user_id is not None
    for case in readable.values():
        reads.record(
            actor=actor,
            person_id=case.borrower_id,
            kind=reads.Kind.EXPORT,
            fields=["case_file"],
            case_id=case.pk,
        )
    event = DocumentsTaken(person_id=actor.user_id, job_id=job.pk, cases=len(readable))
    event_log.record(event, actor=actor)


class _Sink(io.RawIOBase):
    """Takes what the ZIP writes and gives it away: the whole is never in memory."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._held += piece
        return len(piece)

    def take(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        return piece


def _pieces(job: ListJob, items: list[BatchItem], readable: dict[UUID, Case]) -> Iterator[bytes]:
    sink, sums, missing = _Sink(), list[str](), list[tuple[str, str]]()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as packed:
        for item in items:
            case = readable.get(item.row.case_id) if item.row.case_id else None
            if case is None or item.document is None:
                missing.append((item.document.number if item.document else "", "case.not_found"))
                continue
            for name, file in _files_of(job, case, item.document):
                try:
                    data = files.read(file)
                except KenesError as problem:
                    missing.append((name, problem.code))
                    continue
                packed.writestr(name, data)
                sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
                yield sink.take()
        packed.writestr("SHA256SUMS", "".join(sums))
        with translation.override(job.language):
            packed.writestr("report.csv", _report(job, readable))
        if missing:
            packed.writestr("not-included.csv", "".join(f"{name};{code}\r\n" for name, code in missing))
    yield sink.take()


def _files_of(job: ListJob, case: Case, document: Document) -> Iterator[tuple[str, StoredFile]]:
    forms, languages = job.params["forms"], job.params["languages"]
    texts = Document.objects.filter(group=document.group).select_related(
        "pdf_file", "docx_file", "archival_file"
    )
    for text in texts.defer("content", "text").order_by("-language"):
        # A document in one text for both languages is wanted whatever was chosen.
        if text.language not in languages and text.translation_of_id is not None:
            continue
        held = {"pdf": text.pdf_file, "docx": text.docx_file, "pdfa": text.archival_file}
        for form in forms:
            file = held.get(form)
            if file is not None:
                yield f"{case.number}/{text.number}_{text.language}.{_ENDINGS[form]}", file


def _report(job: ListJob, readable: dict[UUID, Case]) -> bytes:
    out = io.StringIO()
    out.write("\ufeff")
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow([_("Case"), _("Document"), _("Result"), _("Details")])
    items = (
        BatchItem.objects.filter(job=job)
        .select_related("row", "document")
        .defer("document__content", "document__text")
    )
    for item in items.order_by("row__position"):
        case = readable.get(item.row.case_id) if item.row.case_id else None
        lines.writerow(
            [
                (case.number if case is not None else None) or "",
                item.document.number if item.document is not None and case is not None else "",
                RowState(item.row.state).label,
                list_columns.formula_safe(item.row.detail),
            ]
        )
    return out.getvalue().encode()
