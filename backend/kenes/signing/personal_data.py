"""What signing holds about a person: signatures are evidence and stay; words of refusals go, and the name on the public page."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.personal_data import Copy, Counts, Subject, register
from kenes.signing.models import PublicName, Signature, SignatureRequest, SignedPaper
from kenes.signing.public_names import own_signatures
from kenes.signing.reading import deliveries


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
        "text_given_at": row.text_given_at, "text_shown_at": row.text_shown_at, "represents": row.principal.full_name if row.principal else None,
        "papers": [
            {"handed_in_at": one.handed_in_at, "status": one.status, "reason": one.reason} for one in row.papers.all()
        ],
        "signature": None if signature is None else {
            "name": signature.signer_name, "phone": signature.phone, "method": signature.method,
            "signed_at": signature.signed_at, "ip": signature.ip, "browser": signature.user_agent,
            "public_name": signature.public_name,
            "certificate": {
                "name": signature.certificate_name, "iin": signature.certificate_iin,
                "bin": signature.certificate_bin, "organisation": signature.certificate_organisation,
                "serial": signature.certificate_serial,
            } if signature.certificate_serial else None,
        },
    }  # fmt: skip


def erase(subject: Subject) -> int:
    deliveries.forget(subject.person_id)
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
    return count + _hide_names(subject)


def _hide_names(subject: Subject) -> int:
    """The signature stays; the public page names him no longer."""
    shown = own_signatures(subject.person_id).exclude(public_name=PublicName.HIDDEN)
    return shown.update(public_name=PublicName.HIDDEN)


register("signatures", label=_("Signatures"), order=82, preview=counts, export=copy, erase=erase)
