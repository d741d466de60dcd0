"""What signing holds about a person: signatures are evidence and stay; words of refusals go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases.states.case import FINAL
from kenes.foundation import retention
from kenes.foundation.personal_data import Copy, Counts, Subject, register
from kenes.signing.models import Signature, SignatureRequest


def counts(subject: Subject) -> Counts:
    requests = SignatureRequest.objects.filter(signer_id=subject.person_id).count()
    kept = Signature.objects.filter(signer_id=subject.person_id).count()
    return Counts(
        given=requests, masked=requests - kept, kept=kept, ground="signed_documents" if kept else ""
    )


def copy(subject: Subject) -> Copy:
    rows = SignatureRequest.objects.filter(signer_id=subject.person_id).select_related(
        "signature", "document"
    )
    return Copy([_shown(row) for row in rows.order_by("created_at")])


def _shown(row: SignatureRequest) -> dict[str, object]:
    signature: Signature | None = getattr(row, "signature", None)
    return {
        "document": row.document.number, "document_sha256": row.document_sha256, "status": row.status,
        "created_at": row.created_at, "decline_reason": row.decline_reason,
        "signature": None if signature is None else {
            "name": signature.signer_name, "phone": signature.phone, "method": signature.method,
            "signed_at": signature.signed_at, "ip": signature.ip, "browser": signature.user_agent,
        },
    }  # fmt: skip


def erase(subject: Subject) -> int:
    count = 0
    for row in SignatureRequest.objects.filter(signer_id=subject.person_id).select_for_update():
        if row.decline_reason:
            row.decline_reason = ""
            row.save(update_fields=["decline_reason"])
            count += 1
    return count


def mask_old(before: datetime) -> int:
    """Take name, phone and place out of signatures of cases that ended before the moment; what was signed stays."""
    taken = 0
    rows = Signature.objects.filter(document__case__status__in=FINAL, document__case__closed_at__lt=before)
    for signature in rows.order_by("pk")[:2000]:
        if signature.signer_name or signature.phone or signature.ip:
            signature.signer_name = signature.phone = signature.ip = signature.user_agent = ""
            with transaction.atomic():
                signature.save(update_fields=["signer_name", "phone", "ip", "user_agent"])
            taken += 1
    return taken


register("signatures", label=_("Signatures"), order=82, preview=counts, export=copy, erase=erase)
retention.register("signed_documents", mask_old)
