"""Seal a signed document: certificate page, PAdES seal, stored, handed to `documents`."""

import hashlib
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils import translation

from kenes.documents import kinds
from kenes.documents import services as document_services
from kenes.files import services as file_services
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor
from kenes.foundation.values import PhoneNumber
from kenes.signing import organisation_seal, selectors
from kenes.signing.certificate_page import CertificateFacts, draw_certificate_page
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.sealing import SealedPdf, SealingError

log = logs.get(__name__)


def seal_document(*, signature_id: UUID) -> VerificationRecord:
    """Make the sealed file of a signature; a second run finds it and changes nothing.

    Sealing and storing happen before the transaction; of two runs at once the first to commit wins, and the file of
    the other is never shown to anybody. Raises SealingError when the kept PDF is not the one that was signed.
    """
    record = selectors.record_of_signature(signature_id)
    if record.sealed_file_id is not None:
        return record
    signature = record.signature
    pdf_file = record.document.pdf_file
    assert pdf_file is not None  # held by a constraint for signed documents
    letter = file_services.read(pdf_file)
    if hashlib.sha256(letter).hexdigest() != signature.document_sha256:
        raise SealingError("the kept PDF is not the one that was signed")
    sealed = _seal(letter, signature, record)
    stored = file_services.store(
        data=sealed.data,
        name=f"{record.document.number}.pdf",
        mime="application/pdf",
        origin="generated",
        owner_kind="document",
        owner_id=record.document_id,
    )
    return _keep(record.pk, sealed, stored.pk)


def _seal(letter: bytes, signature: Signature, record: VerificationRecord) -> SealedPdf:
    sealer = organisation_seal.sealer()
    document = record.document
    language: Literal["ru", "kk"] = "kk" if document.language == "kk" else "ru"
    url = selectors.verify_url(record)
    page = draw_certificate_page(
        CertificateFacts(
            document_title=_title(document.code, language),
            document_number=document.number,
            document_sha256=signature.document_sha256,
            document_size=len(letter),
            document_pages=document.pages,
            signer_name=signature.signer_name,
            signed_at=signature.signed_at,
            masked_phone=PhoneNumber.parse(signature.phone).masked(),
            agreement_version=str(signature.consent.version),
            agreement_accepted_at=signature.consent.accepted_at,
            signature_id=str(signature.pk),
            verify_url=url,
            seal_subject=sealer.identity.subject,
            seal_fingerprint=sealer.identity.fingerprint,
            language=language,
        )
    )
    return sealer.seal(letter, page, verify_url=url)


def _title(code: str, language: str) -> str:
    with translation.override(language):
        return kinds.title(code)


@transaction.atomic
def _keep(record_id: UUID, sealed: SealedPdf, file_id: UUID) -> VerificationRecord:
    record = VerificationRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if record.sealed_file_id is not None:
        log.info("sealed_twice", record_id=str(record_id), unused_file_id=str(file_id))
        return record
    record.sealed_sha256, record.sealed_file_id = sealed.sha256, file_id
    record.sealed_at, record.sealed_pages = clock.now(), sealed.pages
    record.seal_subject = organisation_seal.sealer().identity.subject
    record.save(
        update_fields=["sealed_sha256", "sealed_file_id", "sealed_at", "sealed_pages", "seal_subject"]
    )
    document_services.attach_sealed(
        actor=SystemActor("seal"), document_id=record.document_id, file_id=file_id, sha256=sealed.sha256
    )
    return record
