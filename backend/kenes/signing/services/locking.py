"""What every signing service does first: lock case, document and request in this order, then look at them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.accounts import consents, one_time_codes
from kenes.accounts import selectors as accounts
from kenes.accounts.models import Consent, ConsentKind, OneTimeCode
from kenes.cases.models import Case
from kenes.cases.states.case import FINAL
from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime
from kenes.signing import permissions
from kenes.signing.errors import AgreementMissing, AlreadySigned, DocumentNotReady, SignatureRequestNotFound
from kenes.signing.events import SignatureRequestEnded
from kenes.signing.models import SignatureRequest
from kenes.signing.states import RequestAction, RequestStatus, move

PURPOSE: Final = OneTimeCode.Purpose.SIGNATURE


@dataclass(frozen=True, slots=True)
class Locked:
    """A request with its document and case, all locked until the transaction ends."""

    request: SignatureRequest
    document: Document
    case: Case


def lock_document(document_id: UUID) -> tuple[Document, Case]:
    """Lock the case, then the document."""
    case_id = Document.objects.values_list("case_id", flat=True).get(pk=document_id)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    return document, case


def lock_request(actor: Actor, request_id: UUID, action: str) -> Locked:
    """Lock for `action`. SignatureRequestNotFound also for somebody else's request; AlreadySigned for a signed one."""
    found = SignatureRequest.objects.filter(pk=request_id).values_list("document_id", "signer_id").first()
    if found is None or found[1] != actor.user_id:
        raise SignatureRequestNotFound
    permissions.require(actor, action, found[1])
    document, case = lock_document(found[0])
    request = SignatureRequest.objects.select_for_update().get(pk=request_id)
    if request.status == RequestStatus.SIGNED:
        raise AlreadySigned
    return Locked(request, document, case)


def is_signable(locked: Locked) -> bool:
    """Whether the document is still the one that was asked for, and still waits for a signature."""
    request, document = locked.request, locked.document
    return (
        document.status == Document.Status.READY_TO_SIGN
        and document.sha256 == request.document_sha256
        and request.expires_at > clock.now()
    )


def require_running(case: Case) -> None:
    """DocumentNotReady when the case has ended: its letter would never be sent."""
    if case.status in FINAL:
        raise DocumentNotReady


def agreement_of(person_id: UUID) -> Consent:
    """The accepted agreement on signing by SMS code, which cannot be withdrawn before the caller's transaction ends.

    AgreementMissing when there is none, or it was withdrawn.
    """
    consent = accounts.consent_of(person_id, ConsentKind.SMS_AGREEMENT)
    if consent is None or not consents.hold(person_id, ConsentKind.SMS_AGREEMENT):
        raise AgreementMissing
    return consent


def save_status(request: SignatureRequest) -> None:
    request.updated_at = clock.now()
    request.save(update_fields=["status", "decline_reason", "updated_at"])


def cancel_codes(request: SignatureRequest) -> None:
    one_time_codes.cancel_codes(
        person_id=request.signer_id, purpose=PURPOSE, bound_hash=request.document_sha256
    )


def end_unanswered(
    request: SignatureRequest, document: Document, action: RequestAction, actor: Actor
) -> None:
    """Close a request that can no longer be answered: expired, or its document was replaced."""
    move(request, action)
    save_status(request)
    cancel_codes(request)
    event_log.record(
        SignatureRequestEnded(
            case_id=document.case_id,
            document_id=document.pk,
            request_id=request.pk,
            outcome=request.status,
        ),
        actor=actor,
    )
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)
