"""Make the files of a letter: fill the template, convert, keep. Runs in the outbox, outside any transaction."""

import hashlib
import io
import math
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from pypdf import PdfReader

from kenes.cases import selectors as cases
from kenes.cases.models import Track
from kenes.cases.states.machine import TrackAction
from kenes.documents import searchable, sets, track_moves
from kenes.documents.events import DocumentFailed, DocumentReady
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.filling.rendering import RenderingFailed, fill
from kenes.documents.filling.safety import TemplateRefused
from kenes.documents.letters import printing
from kenes.documents.letters.content import Language, LetterContent
from kenes.documents.letters.values import LetterIncomplete
from kenes.documents.models import Document
from kenes.documents.states import DocumentAction, DocumentStatus, move_document
from kenes.event_log import services as event_log
from kenes.event_log.selectors import events_of
from kenes.files import services as files
from kenes.files.converter import Pool, converter_pool
from kenes.files.models import StoredFile
from kenes.files.pages import PAGE_WIDTH
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor
from kenes.foundation.providers import ProviderError, Rejected, Temporary
from kenes.realtime import services as realtime

log = logs.get(__name__)

ACTOR: Final = SystemActor("letters")
# A failed letter can still be made: when an operator gives its dead outbox row a new life.
UNFINISHED: Final = frozenset({DocumentStatus.PREPARING, DocumentStatus.FAILED})
DOCX_MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_MIME: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """Both forms of a letter, its text, and the sizes of its page pictures in pixels."""

    docx: bytes
    pdf: bytes
    text: str
    sizes: list[list[int]]


def prepare(*, document_id: UUID, last_try: bool, pool: Pool | None = None) -> None:
    """Make the files of a document that is being prepared or has failed; a finished one is left as it is.

    Raises Temporary when it should be tried again, Rejected when it never will work; the document is then FAILED,
    as it is after the last try.
    """
    document = Document.objects.select_related("template", "translation_of").get(pk=document_id)
    if document.status not in UNFINISHED:
        return
    try:
        made = make_files(document, pool or converter_pool())
    except (LetterIncomplete, RenderingFailed, TemplateRefused) as problem:
        _fail(document_id, "letter_incomplete")
        raise Rejected(f"{type(problem).__name__}: {problem}") from problem
    except ProviderError as problem:
        if last_try or not isinstance(problem, Temporary):
            _fail(document_id, problem.reason or "converter")
        raise
    _keep(document_id, made)


def make_files(document: Document, pool: Pool) -> MadeFiles:
    """Fill and convert the letter of a document; nothing is kept. Raises what `fill` and `Pool.to_pdf` raise."""
    original = document.translation_of
    values = printing.values_for(
        document.code,
        LetterContent.from_json(document.content),
        document.template.language,
        translation_of=None if original is None else _language(original),
    )
    docx = fill(bytes(document.template.docx), values)
    pdf = pool.to_pdf(docx)
    return MadeFiles(docx=docx, pdf=pdf, text=docx_text(docx), sizes=_picture_sizes(pdf))


def _language(document: Document) -> Language:
    return "kk" if document.language == "kk" else "ru"


def _picture_sizes(pdf: bytes) -> list[list[int]]:
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [[PAGE_WIDTH, math.ceil(PAGE_WIDTH * float(box.height) / float(box.width))] for box in boxes]


@transaction.atomic
def _keep(document_id: UUID, made: MadeFiles) -> None:
    group = _lock_group(document_id)
    document = next(row for row in group if row.pk == document_id)
    if document.status not in UNFINISHED:
        # A parallel run was quicker, or a newer version took its place.
        return
    move_document(document, DocumentAction.FINISH)
    document.docx_file = _store(document, made.docx, "docx", DOCX_MIME)
    document.pdf_file = _store(document, made.pdf, "pdf", PDF_MIME)
    document.sha256 = hashlib.sha256(made.pdf).hexdigest()
    document.text, document.sizes, document.ready_at = made.text, made.sizes, clock.now()
    document.failure = ""
    document.save(
        update_fields=[
            "status", "docx_file", "pdf_file", "sha256", "text", "sizes", "ready_at", "failure",
        ]
    )  # fmt: skip
    searchable.index_letter(document)
    _announce_when_ready(group)


def _lock_group(document_id: UUID) -> list[Document]:
    """Lock the case, then the letter with its translation, in one order for everybody."""
    case_id, group = Document.objects.values_list("case_id", "group").get(pk=document_id)
    cases.get_case_for_update(actor=ACTOR, case_id=case_id)
    return list(Document.objects.select_for_update(of=("self",)).filter(group=group).order_by("pk"))


def _store(document: Document, data: bytes, extension: str, mime: str) -> StoredFile:
    return files.store(
        data=data,
        name=f"{document.number}_{document.language}.{extension}",
        mime=mime,
        origin="generated",
        owner_kind="document",
        owner_id=document.pk,
    )


def _announce_when_ready(group: list[Document]) -> None:
    """Offer the letter for signature once nothing more comes: a translation that failed does not hold it up.

    A translation that is made later announces nothing again.
    """
    document = next(row for row in group if row.needs_signature)
    if document.status != DocumentStatus.READY_TO_SIGN:
        return
    if any(row.status == DocumentStatus.PREPARING for row in group):
        return
    if _is_announced(document):
        return
    if document.track_id is not None and sets.moves_procedure(document.code):
        track_moves.move(ACTOR, document.track_id, TrackAction.LETTER_READY)
    event_log.record(
        DocumentReady(
            case_id=document.case_id,
            document_id=document.pk,
            code=document.code,
            number=document.number,
            sha256=document.sha256,
        ),
        actor=ACTOR,
    )
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)


@transaction.atomic
def catch_up(*, track_id: UUID) -> None:
    """A procedure came to its letter after the letter was ready: it moves on."""
    case_id = Track.objects.values_list("case_id", flat=True).get(pk=track_id)
    cases.get_case_for_update(actor=ACTOR, case_id=case_id)
    ready = Document.objects.filter(
        track_id=track_id, status=DocumentStatus.READY_TO_SIGN, translation_of__isnull=True
    )
    if any(sets.moves_procedure(code) for code in ready.values_list("code", flat=True)):
        track_moves.move(ACTOR, track_id, TrackAction.LETTER_READY)


def _is_announced(document: Document) -> bool:
    told = events_of("case", document.case_id).filter(
        type=DocumentReady.type, data__document_id=str(document.pk)
    )
    return told.exists()


@transaction.atomic
def _fail(document_id: UUID, reason: str) -> None:
    group = _lock_group(document_id)
    document = next(row for row in group if row.pk == document_id)
    if document.status != DocumentStatus.PREPARING:
        return
    move_document(document, DocumentAction.FAIL)
    document.failure = reason[:60]
    document.save(update_fields=["status", "failure"])
    event_log.record(
        DocumentFailed(
            case_id=document.case_id,
            document_id=document.pk,
            code=document.code,
            number=document.number,
            reason=document.failure,
        ),
        actor=ACTOR,
    )
    _announce_when_ready(group)
    log.error("letter_failed", document_id=str(document_id), reason=document.failure)
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)
