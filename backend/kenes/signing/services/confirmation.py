"""Signing by SMS: a right code for exactly this request, document, number and session, once."""

import hmac
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import one_time_codes
from kenes.accounts.models import User
from kenes.accounts.one_time_codes import CodeCheck
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.signing import methods
from kenes.signing.errors import (
    DocumentChanged,
    OtherSession,
    SignatureCodeExpired,
    SignatureRequestClosed,
    SignatureTriesSpent,
)
from kenes.signing.methods import Method
from kenes.signing.models import SignatureMethod, SignatureRequest
from kenes.signing.services import endings, recording
from kenes.signing.services.locking import (
    PURPOSE,
    Locked,
    agreement_of,
    bound_hash,
    cancel_codes,
    is_signable,
    lock_request,
    require_open,
    require_shown,
    require_signable,
)
from kenes.signing.services.recording import Origin, Proof
from kenes.signing.states import RequestAction

# The digits were not looked at: the code is worth nothing here.
_UNUSABLE: Final = CodeCheck(one_time_codes.Outcome.EXPIRED)


def confirm_signature(*, actor: Actor, request_id: UUID, digits: str, origin: Origin) -> SignatureRequest:
    """Sign with the code. Never call it inside a transaction: a wrong try must stay counted.

    Raises FieldErrors at /code (wrong, with `tries_left`), SignatureCodeExpired, SignatureTriesSpent, OtherSession, TextNotShown,
    DocumentChanged, DocumentNotReady, AgreementMissing, CodeNotEnough, NotYourTurn, NotASigner, PowerEnded, WrongWay,
    SignatureRequestClosed; AlreadySigned for the loser of two parallel answers.
    """
    problem: KenesError | None = None
    check: CodeCheck | None = None
    with transaction.atomic():
        locked = lock_request(actor, request_id, "signature.confirm")
        require_open(locked)
        if not is_signable(locked):
            problem = _end(locked, actor)
        else:
            check = _answer(locked, digits, origin, actor)
    if problem is not None:
        raise problem
    if check is not None:
        one_time_codes.raise_unless_right(check, spent=SignatureTriesSpent, expired=SignatureCodeExpired)
    return locked.request


def _end(locked: Locked, actor: Actor) -> KenesError:
    """Close what is past its time, or over a document that is another one by now; gives what to tell the signer."""
    unchanged = (
        locked.document.sha256 == locked.request.document_sha256
        and locked.document.status == Document.Status.READY_TO_SIGN
    )
    is_late = unchanged and locked.request.expires_at <= clock.now()
    action = RequestAction.EXPIRE if is_late else RequestAction.FAIL
    endings.end_unanswered(locked.request, locked.round, locked.document, action, actor)
    return SignatureRequestClosed(current_status=locked.request.status) if is_late else DocumentChanged()


def _answer(locked: Locked, digits: str, origin: Origin, actor: Actor) -> CodeCheck:
    request = locked.request
    require_signable(locked)
    methods.require_allowed(request, Method.SMS)
    consent = agreement_of(request.signer_id)
    require_shown(locked)
    # Before the digits are looked at: another device can neither use the code nor spend its tries.
    if request.code_session and not hmac.compare_digest(request.code_session, origin.session):
        raise OtherSession
    if not _goes_to_present_number(request):
        cancel_codes(request)
        return _UNUSABLE
    check = one_time_codes.check_code(
        person_id=request.signer_id, purpose=PURPOSE, bound_hash=bound_hash(request), digits=digits
    )
    if check.is_right and check.code is not None:
        # The moment the code was accepted, and the moment of signing, are the same.
        signed_at = check.code.closed_at or clock.now()
        proof = Proof(SignatureMethod.SMS, signed_at, origin, code=check.code, consent=consent)
        recording.record_signature(locked, actor=actor, proof=proof)
    return check


def _goes_to_present_number(request: SignatureRequest) -> bool:
    """Whether the code that is open went to the number the signer still has; true when none is open."""
    code = one_time_codes.open_code(
        person_id=request.signer_id, purpose=PURPOSE, bound_hash=bound_hash(request)
    )
    if code is None:
        return True
    signer = User.objects.only("phone", "phone_verified_at").get(pk=request.signer_id)
    return signer.phone_verified_at is not None and signer.phone == code.phone
