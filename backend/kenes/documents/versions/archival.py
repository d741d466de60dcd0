"""A document as PDF/A-2b: made when it is first asked for, in the background, and kept beside the bytes that were signed."""

from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.documents import permissions, selectors
from kenes.documents.errors import DocumentFileNotFound, DocumentStepNotAllowed
from kenes.documents.models import Document
from kenes.documents.states import PUT_ASIDE
from kenes.files import services as files
from kenes.files.converter import Pool
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden, KenesError
from kenes.foundation.providers import ProviderError, Rejected, Temporary
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

log = logs.get(__name__)
HANDLER: Final = "documents.archive"


@transaction.atomic
def request(*, actor: Actor, document_id: UUID) -> Document:
    """Have the PDF/A of a document made; nothing new is begun where it is there or on its way.

    Raises DocumentNotFound, Forbidden for who sees only what was sent, DocumentFileNotFound while the document is being
    prepared, DocumentStepNotAllowed for a version that was put aside.
    """
    document = selectors.get_document(actor=actor, document_id=document_id)
    if not permissions.allowed(actor, "document.view", document.case):
        raise Forbidden
    if document.pdf_file_id is None or document.docx_file_id is None:
        raise DocumentFileNotFound
    if document.status in PUT_ASIDE:
        raise DocumentStepNotAllowed(current_status=document.status)
    if document.archival_file_id is None:
        order(document)
    return document


def order(document: Document) -> None:
    """Put the PDF/A of a prepared document into the queue, in the caller's transaction; once for each failure."""
    again = ""
    if document.archival_failure:
        again = f":{clock.now().isoformat()}"
        Document.objects.filter(pk=document.pk).update(archival_failure="")
        document.archival_failure = ""
    outbox.enqueue(HANDLER, {"document_id": str(document.pk)}, key=f"archive:{document.pk}{again}")


def make(*, document_id: UUID, last_try: bool, pool: Pool) -> None:
    """Convert the kept DOCX and keep the PDF/A; may run twice. Raises what `Pool.to_pdf` raises; outside any transaction."""
    document = Document.objects.select_related("docx_file").get(pk=document_id)
    if document.archival_file_id is not None or document.docx_file is None:
        return
    try:
        pdf = pool.to_pdf(files.read(document.docx_file), archival=True)
    except KenesError as problem:
        # The content is gone: its time of keeping is over.
        _fail(document, problem.code)
        raise Rejected(problem.code) from problem
    except ProviderError as problem:
        if last_try or not isinstance(problem, Temporary):
            _fail(document, problem.reason or "converter")
        raise
    _keep(document, pdf)


@transaction.atomic
def _keep(document: Document, pdf: bytes) -> None:
    kept = Document.objects.select_for_update(of=("self",)).only("id", "archival_file").get(pk=document.pk)
    if kept.archival_file_id is not None:
        return
    file = files.store(
        data=pdf, name=f"{document.number}_{document.language}_PDFA.pdf", mime="application/pdf", origin="generated",
        owner_kind="document", owner_id=document.pk,
    )  # fmt: skip
    Document.objects.filter(pk=document.pk).update(archival_file=file, archival_failure="")
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)


def _fail(document: Document, reason: str) -> None:
    Document.objects.filter(pk=document.pk, archival_file__isnull=True).update(archival_failure=reason[:60])
    log.error("archival_failed", document_id=str(document.pk), reason=reason)
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)
