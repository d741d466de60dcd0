"""When the time of keeping signed documents is over: people are taken out of signatures, and what proves them goes.

Three years after the end of the case (rule `signed_documents`; a lawyer has to confirm the term). What stays names nobody:
which PDF (its hash), how, when, by which account and by which power; it is what the log of events says as well.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from kenes.accounts import one_time_codes
from kenes.cases.states.case import FINAL
from kenes.files import services as files
from kenes.foundation import clock, retention
from kenes.signing.eds import lists_kept
from kenes.signing.evidence import orders as evidence_orders
from kenes.signing.models import EdsProof, Signature, SignatureRequest, SignedPaper

BATCH: Final = 2000
_TEXTS: Final = ("signer_name", "phone", "ip", "user_agent")
_FACTS: Final = ("certificate_name", "certificate_iin", "report", "ocsp_answer", "time_stamp")
_CERTIFICATE: Final = (
    "certificate_bin", "certificate_organisation", "certificate_role", "certificate_serial", "certificate_sha256",
)  # fmt: skip


def mask_old(before: datetime) -> int:
    """Empty requests to sign, signed or not, of cases that ended before the moment; how many. Safe to run twice.

    Name, phone, place, what a certificate says of its owner, reasons of refusals; with them the bytes of the CMS, of photos
    of papers, of the package of evidence, and the lists on which no other signature rests.
    """
    due = SignatureRequest.objects.filter(
        emptied_at__isnull=True, document__case__status__in=FINAL, document__case__closed_at__lt=before
    )
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
    taken = sum(_empty(request_id) for request_id in ids)
    lists_kept.drop_unused(before)
    return taken


@transaction.atomic
def _empty(request_id: UUID) -> bool:
    request = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.emptied_at is not None:
        return False
    for file_id in [*_papers(request), *_signature(request)]:
        files.request_removal_of(file_id=file_id, ground="retention")
    # It names the same people; a new one would find nothing to name.
    evidence_orders.forget(document_id=request.document_id)
    request.decline_reason, request.emptied_at = "", clock.now()
    request.save(update_fields=["decline_reason", "emptied_at"])
    return True


def _papers(request: SignatureRequest) -> Iterator[UUID]:
    """Every photo, also one that was not accepted, and why it was not."""
    for paper in SignedPaper.objects.filter(request=request).select_for_update():
        if paper.reason:
            paper.reason = ""
            paper.save(update_fields=["reason"])
        yield paper.file_id


def _signature(request: SignatureRequest) -> Iterator[UUID]:
    signature = Signature.objects.select_for_update(of=("self",)).filter(request=request).first()
    if signature is None:
        return
    for name in _TEXTS:
        setattr(signature, name, "")
    for name in _FACTS:
        setattr(signature, name, None)
    for name in _CERTIFICATE:
        setattr(signature, name, "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kenes.upkeep', 'retention', true)")
    signature.save(update_fields=[*_TEXTS, *_FACTS, *_CERTIFICATE])
    if signature.code_id is not None:
        one_time_codes.empty_phones([signature.code_id])
    if signature.cms_file_id is not None:
        yield signature.cms_file_id
    yield from _proof(signature)


def _proof(signature: Signature) -> Iterator[UUID]:
    """`value_sha256` stays: by it the same signature is known, should anybody hand it in again."""
    proof = EdsProof.objects.select_for_update(of=("self",)).filter(signature=signature).first()
    if proof is None:
        return
    proof.certificates, proof.answers = [], None
    proof.save(update_fields=["certificates", "answers"])
    proof.lists.clear()
    if proof.stamped_file_id is not None:
        yield proof.stamped_file_id


retention.register("signed_documents", mask_old)
