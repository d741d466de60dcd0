"""Seal a signed document: certificate page, PAdES seal, stored, handed to `documents`; a time stamp later where it is missing."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db import transaction
from django.utils import translation

from kenes.documents import kinds
from kenes.documents import services as document_services
from kenes.files import selectors as file_selectors
from kenes.files import services as file_services
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor
from kenes.foundation.providers import Temporary
from kenes.outbox import registry as outbox
from kenes.outbox import services as outbox_services
from kenes.signing import certificate_signers, organisation_seal, organisation_stamps, selectors
from kenes.signing.certificate_facts import CertificateFacts
from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.models import VerificationRecord
from kenes.signing.seal_check import plan_of
from kenes.signing.sealing import SealedPdf, SealingError, StampError

log = logs.get(__name__)
ARCHIVE_TIME: Final = "signing.archive_time"
_FIRST_TRY_SECONDS: Final = 60
# Longer than all tries of one outbox row together.
WAITS_LONG: Final = timedelta(hours=2)


def seal_document(*, signature_id: UUID) -> VerificationRecord | None:
    """Make the sealed file of the document of this signature; None while others have not answered yet.

    A second run finds the file and changes nothing. Sealing and storing happen before the transaction; of two runs at once
    the first to commit wins, and the file of the other is never shown to anybody. Raises SealingError when the kept PDF is
    not the one that was signed.
    """
    record = selectors.record_with_signature(signature_id)
    return _seal_once(record) if record is not None else None


def seal_after_approval(*, document_id: UUID) -> VerificationRecord | None:
    """As `seal_document`, where the last answer of the round was an approval."""
    record = (
        VerificationRecord.objects.select_related("document__pdf_file")
        .filter(document_id=document_id)
        .first()
    )
    return _seal_once(record) if record is not None else None


def _seal_once(record: VerificationRecord) -> VerificationRecord:
    if record.sealed_file_id is not None:
        return record
    pdf_file = record.document.pdf_file
    assert pdf_file is not None  # held by a constraint for signed documents
    letter = file_services.read(pdf_file)
    if hashlib.sha256(letter).hexdigest() != record.original_sha256:
        raise SealingError("the kept PDF is not the one that was signed")
    made = _seal(letter, record)
    stored = file_services.store(
        data=made.pdf.data,
        name=f"{record.document.number}.pdf",
        mime="application/pdf",
        origin="generated",
        owner_kind="document",
        owner_id=record.document_id,
    )
    return _keep(record.pk, made, stored.pk)


@dataclass(frozen=True, slots=True)
class _Made:
    """A sealed file. `awaits_time`: its time stamp could not be had, though one is wanted."""

    pdf: SealedPdf
    awaits_time: bool


def _seal(letter: bytes, record: VerificationRecord) -> _Made:
    sealer, stamper = organisation_seal.sealer(), organisation_stamps.stamper()
    url = selectors.verify_url(record)
    if stamper is not None:
        page = draw_certificate_page(_facts(letter, record, url, has_time_stamp=True))
        try:
            return _Made(sealer.seal(letter, page, verify_url=url, stamper=stamper), awaits_time=False)
        except StampError as problem:
            # The letter has a term to keep; its seal is good without a stamp too, and the page says which it is.
            log.warning("seal_without_time_stamp", record_id=str(record.pk), code=problem.code)
    page = draw_certificate_page(_facts(letter, record, url, has_time_stamp=False))
    pdf = sealer.seal(letter, page, verify_url=url, has_room_for_time=stamper is not None)
    return _Made(pdf, awaits_time=stamper is not None)


def _facts(letter: bytes, record: VerificationRecord, url: str, *, has_time_stamp: bool) -> CertificateFacts:
    document, identity = record.document, organisation_seal.sealer().identity
    language: Literal["ru", "kk"] = "kk" if document.language == "kk" else "ru"
    return CertificateFacts(
        document_title=_title(document.code, language),
        document_number=document.number,
        document_sha256=record.original_sha256,
        document_size=len(letter),
        document_pages=document.pages,
        signers=certificate_signers.of_document(document.pk),
        signature_id=str(record.signature_id),
        verify_url=url,
        seal_subject=identity.subject,
        seal_fingerprint=identity.fingerprint,
        has_time_stamp=has_time_stamp,
        language=language,
    )


def _title(code: str, language: str) -> str:
    with translation.override(language):
        return kinds.title(code)


@transaction.atomic
def _keep(record_id: UUID, made: _Made, file_id: UUID) -> VerificationRecord:
    record = VerificationRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if record.sealed_file_id is not None:
        log.info("sealed_twice", record_id=str(record_id), unused_file_id=str(file_id))
        return record
    sealed = made.pdf
    record.sealed_sha256, record.sealed_file_id = sealed.sha256, file_id
    record.sealed_at, record.sealed_pages = clock.now(), sealed.pages
    record.seal_subject = organisation_seal.sealer().identity.subject
    record.seal_level, record.awaits_time = sealed.level.value, made.awaits_time
    record.save(
        update_fields=[
            "sealed_sha256", "sealed_file_id", "sealed_at", "sealed_pages", "seal_subject", "seal_level", "awaits_time",
        ]
    )  # fmt: skip
    document_services.attach_sealed(
        actor=SystemActor("seal"), document_id=record.document_id, file_id=file_id, sha256=sealed.sha256
    )
    if made.awaits_time:
        _queue(record.pk, "first", delay_seconds=_FIRST_TRY_SECONDS)
    return record


def _queue(record_id: UUID, turn: str, *, delay_seconds: float = 0) -> None:
    outbox_services.enqueue(
        ARCHIVE_TIME,
        {"record_id": str(record_id)},
        key=f"{ARCHIVE_TIME}:{record_id}:{turn}",
        delay_seconds=delay_seconds,
    )


@outbox.handler(ARCHIVE_TIME, lane="documents")
def add_archive_time(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Keep a copy of a sealed file with the time stamp that it did not get at once.

    The file that was sent stays as it is and stays the sealed file of the document; the copy begins with it, byte for byte,
    and goes into the package of evidence. A second run changes nothing. Raises Temporary while there is no time stamp.
    """
    record = VerificationRecord.objects.select_related("document").get(pk=payload["record_id"])
    stamper = organisation_stamps.stamper()
    if not record.awaits_time or record.sealed_file_id is None or stamper is None:
        return
    sealed = file_services.read(file_selectors.get_file(record.sealed_file_id))
    plan = plan_of(sealed)
    if plan is None or hashlib.sha256(sealed).hexdigest() != record.sealed_sha256:
        raise SealingError("the kept sealed file is not the one that was made")
    try:
        data = organisation_seal.sealer().add_archive_time(sealed, plan, stamper)
    except StampError as problem:
        raise Temporary(problem.code) from problem
    stored = file_services.store(
        data=data,
        name=f"{record.document.number}-time.pdf",
        mime="application/pdf",
        origin="generated",
        owner_kind="document",
        owner_id=record.document_id,
    )
    _keep_archive(record.pk, stored.pk, hashlib.sha256(data).hexdigest())


@transaction.atomic
def _keep_archive(record_id: UUID, file_id: UUID, sha256: str) -> None:
    record = VerificationRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if not record.awaits_time:
        return
    record.archive_file_id, record.archive_sha256 = file_id, sha256
    record.archived_at, record.awaits_time = clock.now(), False
    record.save(update_fields=["archive_file_id", "archive_sha256", "archived_at", "awaits_time"])


def try_waiting_seals(*, limit: int = 200) -> int:
    """Queue anew sealed files that have waited long for a time stamp; how many. For a timer, once an hour."""
    now = clock.now()
    waiting = VerificationRecord.objects.filter(awaits_time=True, sealed_at__lte=now - WAITS_LONG)
    ids = list(waiting.order_by("sealed_at").values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        for record_id in ids:
            _queue(record_id, f"{now:%Y%m%d%H}")
    return len(ids)
