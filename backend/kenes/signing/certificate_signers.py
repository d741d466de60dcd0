"""Who answered in a document's round, as the certificate page names them."""

from typing import Final
from uuid import UUID

from kenes.accounts import selectors as accounts
from kenes.foundation.values import PhoneNumber
from kenes.signing import selectors
from kenes.signing.certificate_facts import CertificateOfKey, Method, SignerFacts
from kenes.signing.models import Signature, SignatureMethod, SignatureRequest, SignerRole
from kenes.signing.states import RequestStatus, RoundStatus

_METHODS: Final[dict[SignatureMethod, Method]] = {
    SignatureMethod.SMS: "sms",
    SignatureMethod.EDS: "eds",
    SignatureMethod.EGOV_QR: "egov_qr",
    SignatureMethod.PAPER: "paper",
}


def of_document(document_id: UUID) -> tuple[SignerFacts, ...]:
    """Signatures that count by time, then approvals. Three queries and one for each paper and approval."""
    signatures = [_signature(found) for found in selectors.signatures_of(document_id)]
    approvals = SignatureRequest.objects.filter(
        document_id=document_id,
        role=SignerRole.APPROVER,
        status=RequestStatus.APPROVED,
        round__status=RoundStatus.COMPLETED,
    ).order_by("updated_at", "pk")
    return (*signatures, *(_approval(found) for found in approvals))


def _signature(signature: Signature) -> SignerFacts:
    principal, organisation, paper = signature.principal, signature.organisation, signature.paper
    checked_by = accounts.get_person(paper.checked_by_id).full_name if paper and paper.checked_by_id else ""
    consent = signature.consent
    method = _METHODS[SignatureMethod(signature.method)]
    return SignerFacts(
        name=signature.signer_name,
        method=method,
        signed_at=signature.signed_at,
        organisation=organisation.name if organisation is not None else "",
        principal=accounts.get_person(principal.pk).full_name if principal is not None else "",
        masked_phone=PhoneNumber.parse(signature.phone).masked() if signature.phone else "",
        agreement_version=str(consent.version) if consent is not None else "",
        agreement_accepted_at=consent.accepted_at if consent is not None else None,
        certificate=_certificate(signature),
        is_stamped=signature.time_source == "timestamp",
        checked_by=checked_by,
        checked_at=paper.checked_at if paper is not None else None,
    )


def _certificate(signature: Signature) -> CertificateOfKey | None:
    if signature.cms_file_id is None:
        return None
    return CertificateOfKey(
        algorithm=signature.certificate_algorithm,
        serial=signature.certificate_serial,
        organisation=signature.certificate_organisation,
        bin=signature.certificate_bin,
        role=signature.certificate_role,
    )


def _approval(request: SignatureRequest) -> SignerFacts:
    person = accounts.get_person(request.signer_id)
    return SignerFacts(name=person.full_name, method="approval", signed_at=request.updated_at)
