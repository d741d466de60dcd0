"""Ask for a signature, send its code, decline, and end what nobody answered."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import one_time_codes
from kenes.cases.models import Case
from kenes.documents import kinds
from kenes.documents import selectors as document_selectors
from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.realtime import services as realtime
from kenes.signing import permissions, sms_texts
from kenes.signing.errors import AlreadySigned, CodeNotEnough, DocumentChanged, DocumentNotReady
from kenes.signing.events import SignatureCodeSent, SignatureDeclined
from kenes.signing.models import Signature, SignatureRequest
from kenes.signing.services.locking import (
    PURPOSE,
    agreement_of,
    cancel_codes,
    end_unanswered,
    is_signable,
    lock_document,
    lock_request,
    require_running,
    save_status,
)
from kenes.signing.states import OPEN, RequestAction, move

LIFETIME: Final = timedelta(days=30)


@transaction.atomic
def request_signature(*, actor: Actor, document_id: UUID) -> SignatureRequest:
    """The open request of the borrower for this document; made when there is none.

    A request for an older version of the document, or one past its end, is closed first.
    Raises AlreadySigned, DocumentNotReady, CodeNotEnough for a kind that takes ЭЦП or paper, DocumentNotFound and Forbidden.
    """
    visible = document_selectors.get_document(actor=actor, document_id=document_id)
    document, case = lock_document(visible.pk)
    permissions.require(actor, "signature.request", case.borrower_id)
    if Signature.objects.filter(document=document, signer_id=case.borrower_id).exists():
        raise AlreadySigned
    if document.status != Document.Status.READY_TO_SIGN or not document.needs_signature:
        raise DocumentNotReady
    if not kinds.signed_by_code(document.code):
        raise CodeNotEnough
    require_running(case)
    return _current_request(actor, document, case) or SignatureRequest.objects.create(
        document=document,
        signer_id=case.borrower_id,
        document_sha256=document.sha256,
        expires_at=clock.now() + LIFETIME,
    )


def _current_request(actor: Actor, document: Document, case: Case) -> SignatureRequest | None:
    requests = SignatureRequest.objects.select_for_update()
    known = requests.filter(document=document, signer_id=case.borrower_id, status__in=OPEN).first()
    if known is None:
        return None
    if known.expires_at <= clock.now():
        end_unanswered(known, document, RequestAction.EXPIRE, actor)
        return None
    if known.document_sha256 != document.sha256:
        end_unanswered(known, document, RequestAction.FAIL, actor)
        return None
    return known


@transaction.atomic
def send_code(*, actor: Actor, request_id: UUID, document_sha256: str) -> SignatureRequest:
    """Send the code, or send it again. `document_sha256` is the hash of the document on the signer's screen.

    Raises DocumentChanged, DocumentNotReady, AgreementMissing, AlreadySigned, SignatureRequestClosed, and
    Throttled before the time to send again.
    """
    locked = lock_request(actor, request_id, "signature.send_code")
    request, document = locked.request, locked.document
    move(request, RequestAction.SEND_CODE)
    require_running(locked.case)
    if document_sha256 != request.document_sha256 or not is_signable(locked):
        raise DocumentChanged
    agreement_of(request.signer_id)
    save_status(request)
    code = one_time_codes.issue_code(
        person_id=request.signer_id,
        purpose=PURPOSE,
        bound_hash=request.document_sha256,
        text=lambda digits: sms_texts.signature(digits, document.number),
    )
    event_log.record(
        SignatureCodeSent(
            case_id=document.case_id, document_id=document.pk, request_id=request.pk, code_id=code.pk
        ),
        actor=actor,
    )
    return request


@transaction.atomic
def decline_signature(*, actor: Actor, request_id: UUID, reason: str) -> SignatureRequest:
    """The borrower does not sign. The code stops working; the letter can be made anew, or asked to be signed later.

    Raises AlreadySigned and SignatureRequestClosed.
    """
    locked = lock_request(actor, request_id, "signature.decline")
    request, document = locked.request, locked.document
    move(request, RequestAction.DECLINE)
    request.decline_reason = reason
    save_status(request)
    cancel_codes(request)
    event_log.record(
        SignatureDeclined(case_id=document.case_id, document_id=document.pk, request_id=request.pk),
        actor=actor,
    )
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)
    realtime.hint("staff", "case.changed", document.case_id)
    return request


@transaction.atomic
def close_requests_of(*, document_id: UUID) -> int:
    """End the open requests of a document that was replaced; how many. A second call finds none."""
    document, _case = lock_document(document_id)
    open_ones = SignatureRequest.objects.select_for_update().filter(document=document, status__in=OPEN)
    for request in open_ones:
        end_unanswered(request, document, RequestAction.FAIL, SystemActor("signing"))
    return len(open_ones)


def expire_requests(*, limit: int = 500) -> int:
    """End open requests whose time is over; how many. Each in a transaction of its own."""
    due = SignatureRequest.objects.filter(status__in=OPEN, expires_at__lte=clock.now())
    ended = 0
    for request_id, document_id in list(due.values_list("pk", "document_id")[:limit]):
        with transaction.atomic():
            document, _case = lock_document(document_id)
            request = SignatureRequest.objects.select_for_update().get(pk=request_id)
            if request.status in OPEN and request.expires_at <= clock.now():
                end_unanswered(request, document, RequestAction.EXPIRE, SystemActor("signature-timer"))
                ended += 1
    return ended
