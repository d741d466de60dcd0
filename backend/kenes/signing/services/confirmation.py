"""The signature itself: a right code for exactly this document, once."""

import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import one_time_codes
from kenes.accounts import selectors as accounts
from kenes.accounts.models import Consent, OneTimeCode
from kenes.accounts.one_time_codes import CodeCheck
from kenes.documents import services as document_services
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.signing.errors import (
    DocumentChanged,
    SignatureCodeExpired,
    SignatureRequestClosed,
    SignatureTriesSpent,
)
from kenes.signing.events import SignatureMade
from kenes.signing.models import Signature, SignatureMethod, SignatureRequest, VerificationRecord
from kenes.signing.services.locking import (
    PURPOSE,
    Locked,
    agreement_of,
    end_unanswered,
    is_signable,
    lock_request,
    require_running,
    save_status,
)
from kenes.signing.states import OPEN, RequestAction, move

# 144 bits: nobody guesses the address of a document.
_TOKEN_BYTES: Final = 18


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the answer came from: kept with the signature, encrypted."""

    ip: str
    user_agent: str


def confirm_signature(*, actor: Actor, request_id: UUID, digits: str, origin: Origin) -> SignatureRequest:
    """Sign with the code. Never call it inside a transaction: a wrong try must stay counted.

    Raises FieldErrors at /code (wrong, with `tries_left`), SignatureCodeExpired, SignatureTriesSpent,
    DocumentChanged, DocumentNotReady, AgreementMissing, SignatureRequestClosed; AlreadySigned for the loser of two parallel answers.
    """
    problem: KenesError | None = None
    check: CodeCheck | None = None
    with transaction.atomic():
        locked = lock_request(actor, request_id, "signature.confirm")
        if locked.request.status not in OPEN:
            raise SignatureRequestClosed(current_status=locked.request.status)
        require_running(locked.case)
        if not is_signable(locked):
            end_unanswered(locked.request, locked.document, RequestAction.FAIL, actor)
            problem = DocumentChanged()
        else:
            consent = agreement_of(locked.request.signer_id)
            check = one_time_codes.check_code(
                person_id=locked.request.signer_id,
                purpose=PURPOSE,
                bound_hash=locked.request.document_sha256,
                digits=digits,
            )
            if check.is_right and check.code is not None:
                _sign(locked, check.code, consent, origin, actor)
    if problem is not None:
        raise problem
    if check is not None:
        one_time_codes.raise_unless_right(check, spent=SignatureTriesSpent, expired=SignatureCodeExpired)
    return locked.request


def _sign(locked: Locked, code: OneTimeCode, consent: Consent, origin: Origin, actor: Actor) -> Signature:
    request, document = locked.request, locked.document
    move(request, RequestAction.SIGN)
    save_status(request)
    # The moment the code was accepted, and the moment of signing, are the same.
    signed_at = code.closed_at or clock.now()
    signature = Signature.objects.create(
        request=request,
        document=document,
        signer_id=request.signer_id,
        signer_name=accounts.get_person(request.signer_id).full_name,
        method=SignatureMethod.SMS,
        document_sha256=request.document_sha256,
        signed_at=signed_at,
        phone=code.phone,
        ip=origin.ip,
        user_agent=origin.user_agent[:500],
        code=code,
        consent=consent,
    )
    VerificationRecord.objects.create(
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        document=document,
        signature=signature,
        original_sha256=request.document_sha256,
    )
    document_services.mark_signed(actor=actor, document_id=document.pk, signed_at=signed_at)
    event_log.record(
        SignatureMade(
            case_id=document.case_id,
            document_id=document.pk,
            request_id=request.pk,
            signature_id=signature.pk,
            signer_id=request.signer_id,
            method=signature.method,
            document_sha256=signature.document_sha256,
            consent_id=consent.pk,
            code_id=code.pk,
        ),
        actor=actor,
    )
    return signature
