"""What letters hold about a person: unsigned ones go, signed ones stay as long as they are evidence."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.cases.states.case import FINAL
from kenes.documents import kinds, searchable
from kenes.documents.editing import trials
from kenes.documents.exports import case_exports
from kenes.documents.models import Document, DocumentDraft, DocumentPackage
from kenes.documents.sending.dispatching import MESSAGE_KIND
from kenes.documents.states import SIGNED_STATUSES
from kenes.files import holds
from kenes.files import services as files
from kenes.foundation import retention
from kenes.foundation.personal_data import Copy, Counts, ExportFile, Subject, register
from kenes.messaging import personal_data as messages

BATCH: Final = 500


def _documents(subject: Subject) -> QuerySet[Document]:
    return Document.objects.filter(case__borrower_id=subject.person_id)


def _signed(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Signed letters, and the translations that go along with them."""
    groups = Document.objects.filter(status__in=SIGNED_STATUSES).values("group")
    return rows.filter(group__in=groups)


def _full(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Letters whose files are still there; content is emptied together with them."""
    return rows.exclude(pdf_file__content_removed_at__isnull=False)


def counts(subject: Subject) -> Counts:
    rows = _documents(subject)
    kept = _signed(rows).count()
    return Counts(given=rows.count(), erased=rows.count() - kept, kept=kept,
                  ground="signed_documents" if kept else "")  # fmt: skip


def copy(subject: Subject) -> Copy:
    rows = list(
        _documents(subject).select_related("pdf_file", "sealed_file", "dispatch").order_by("created_at")
    )
    shown, included = [], []
    for row in rows:
        shown.append(_shown(row))
        for file in (row.pdf_file, row.sealed_file):
            if file is not None:
                included.append(ExportFile(f"{row.number}_{row.language}_{file.name}", files.reader(file)))
    return Copy(shown, included)


def _shown(row: Document) -> dict[str, Any]:
    dispatch = getattr(row, "dispatch", None)
    return {
        "number": row.number, "title": kinds.title(row.code), "language": row.language, "status": row.status,
        "sha256": row.sha256, "created_at": row.created_at, "signed_at": row.signed_at, "text": row.text,
        "reason": row.reason or "", "void_reason": row.void_reason or "",
        "sent": None if dispatch is None else {
            "to": dispatch.address, "status": dispatch.status, "accepted_at": dispatch.accepted_at,
            "delivered_at": dispatch.delivered_at,
        },
    }  # fmt: skip


def erase(subject: Subject) -> int:
    """Empty letters that nobody signed, with their files."""
    case_exports.remove_of_cases(subject.person_id)
    trials.remove_of_person(subject.person_id)
    rows = _documents(subject)
    return sum(_empty(row) for row in rows.exclude(pk__in=_signed(rows).values("pk")).order_by("pk"))


def _empty(row: Document, ground: holds.Ground = "") -> bool:
    removed = files.request_removal(owner_kind="document", owner_id=row.pk, ground=ground)
    if not removed and not row.text and not row.content:
        return False
    row.content, row.text, row.reason, row.void_reason = {}, "", None, None
    row.save(update_fields=["content", "text", "reason", "void_reason"])
    # What it is made of, or a new version of it, was begun for: somebody's own words.
    DocumentDraft.objects.filter(Q(document=row) | Q(revises=row)).update(answers={}, reason=None)
    DocumentPackage.objects.filter(document=row).update(outline=[], papers=[])
    searchable.forget_letters([row.pk])
    return True


def mask_signed(before: datetime) -> int:
    """Empty signed letters of cases that ended before the moment. Number, hash and signature stay: they name nobody."""
    rows = Document.objects.filter(case__status__in=FINAL, case__closed_at__lt=before)
    ids = list(_full(rows).order_by("case_id", "pk").values_list("pk", flat=True)[:BATCH])
    return sum(_mask_one(pk) for pk in ids)


@transaction.atomic
def _mask_one(pk: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kenes.upkeep', 'retention', true)")
    row = Document.objects.select_for_update(of=("self",)).get(pk=pk)
    messages.mask_messages_of_cases([row.case_id], MESSAGE_KIND)
    return _empty(row, "retention")


register("documents", label=_("Letters"), order=81, preview=counts, export=copy, erase=erase)
messages.keep_as_evidence(MESSAGE_KIND)
retention.register("signed_documents", mask_signed)
