"""What signing holds about a person: signatures are evidence and stay; words of refusals go."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases.states.case import FINAL
from kenes.files import services as files
from kenes.foundation import retention
from kenes.foundation.personal_data import Copy, Counts, Subject, register
from kenes.signing.evidence import orders as evidence_orders
from kenes.signing.models import Signature, SignatureRequest, SignedPaper


def counts(subject: Subject) -> Counts:
    requests = SignatureRequest.objects.filter(signer_id=subject.person_id).count()
    kept = Signature.objects.filter(signer_id=subject.person_id).count()
    return Counts(
        given=requests, masked=requests - kept, kept=kept, ground="signed_documents" if kept else ""
    )


def copy(subject: Subject) -> Copy:
    rows = SignatureRequest.objects.filter(signer_id=subject.person_id).select_related(
        "signature", "document", "principal"
    )
    return Copy([_shown(row) for row in rows.prefetch_related("papers").order_by("created_at")])


def _shown(row: SignatureRequest) -> dict[str, object]:
    signature: Signature | None = getattr(row, "signature", None)
    return {
        "document": row.document.number, "document_sha256": row.document_sha256, "status": row.status,
        "created_at": row.created_at, "decline_reason": row.decline_reason, "part": row.role,
        "text_shown_at": row.text_shown_at, "represents": row.principal.full_name if row.principal else None,
        "papers": [
            {"handed_in_at": one.handed_in_at, "status": one.status, "reason": one.reason} for one in row.papers.all()
        ],
        "signature": None if signature is None else {
            "name": signature.signer_name, "phone": signature.phone, "method": signature.method,
            "signed_at": signature.signed_at, "ip": signature.ip, "browser": signature.user_agent,
            "certificate": {
                "name": signature.certificate_name, "iin": signature.certificate_iin,
                "bin": signature.certificate_bin, "organisation": signature.certificate_organisation,
                "serial": signature.certificate_serial,
            } if signature.certificate_serial else None,
        },
    }  # fmt: skip


def erase(subject: Subject) -> int:
    count = 0
    for row in SignatureRequest.objects.filter(signer_id=subject.person_id).select_for_update():
        if row.decline_reason:
            row.decline_reason = ""
            row.save(update_fields=["decline_reason"])
            count += 1
    for paper in SignedPaper.objects.filter(request__signer_id=subject.person_id).select_for_update():
        if paper.reason:
            paper.reason = ""
            paper.save(update_fields=["reason"])
            count += 1
    return count


_MASKED: Final = ("signer_name", "phone", "ip", "user_agent", "certificate_name", "certificate_iin", "report")


def mask_old(before: datetime) -> int:
    """Take people out of signatures of cases that ended before the moment; what was signed, when and how stays.

    Name, phone, place and what a certificate says of its owner go, with the bytes of the CMS and of photos of papers.
    """
    taken = 0
    rows = Signature.objects.filter(document__case__status__in=FINAL, document__case__closed_at__lt=before)
    for signature in rows.order_by("pk")[:2000]:
        if not any(getattr(signature, name) for name in _MASKED):
            continue
        signature.signer_name = signature.phone = signature.ip = signature.user_agent = ""
        signature.certificate_name = signature.certificate_iin = signature.report = None
        with transaction.atomic():
            signature.save(update_fields=_MASKED)
            for file_id in _files_of(signature):
                files.request_removal_of(file_id=file_id, ground="retention")
            # It names the same people; a new one would find nothing to name.
            evidence_orders.forget(document_id=signature.document_id)
        taken += 1
    return taken


def _files_of(signature: Signature) -> list[UUID]:
    """The CMS, and every photo of this request: also those that were not accepted."""
    photos = SignedPaper.objects.filter(request_id=signature.request_id).values_list("file_id", flat=True)
    return [*photos, *([signature.cms_file_id] if signature.cms_file_id is not None else [])]


register("signatures", label=_("Signatures"), order=82, preview=counts, export=copy, erase=erase)
retention.register("signed_documents", mask_old)
