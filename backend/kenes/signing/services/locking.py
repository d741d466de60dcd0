"""What every signing service does first: lock case, document, round and request in this order, then look at them."""

import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.accounts import consents, one_time_codes
from kenes.accounts import selectors as accounts
from kenes.accounts.models import Consent, ConsentKind, OneTimeCode
from kenes.cases.models import Case
from kenes.cases.states.case import FINAL
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.signing import permissions, signers
from kenes.signing.errors import (
    AgreementMissing,
    AlreadySigned,
    DocumentChanged,
    DocumentNotReady,
    NotYourTurn,
    SignatureRequestClosed,
    SignatureRequestNotFound,
    TextNotShown,
    WrongWay,
)
from kenes.signing.models import SignatureRequest, SignerRole, SigningRound
from kenes.signing.states import ANSWERED, OPEN, RequestStatus, RoundStatus

PURPOSE: Final = OneTimeCode.Purpose.SIGNATURE


@dataclass(frozen=True, slots=True)
class Locked:
    """A request with its round, document and case, all locked until the transaction ends."""

    request: SignatureRequest
    round: SigningRound
    document: Document
    case: Case


def lock_document(document_id: UUID) -> tuple[Document, Case]:
    """Lock the case, then the document."""
    case_id = Document.objects.values_list("case_id", flat=True).get(pk=document_id)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    return document, case


def lock_request(actor: Actor, request_id: UUID, action: str) -> Locked:
    """Lock for `action`. SignatureRequestNotFound also for somebody else's request; AlreadySigned for an answered one."""
    found = SignatureRequest.objects.filter(pk=request_id).values_list("signer_id", flat=True).first()
    if found is None or found != actor.user_id:
        raise SignatureRequestNotFound
    permissions.require(actor, action, found)
    locked = lock_any(request_id)
    if locked.request.status in ANSWERED:
        raise AlreadySigned
    return locked


def lock_any(request_id: UUID) -> Locked:
    """Lock a request whoever's it is; for a caller that has looked at rights. SignatureRequestNotFound."""
    document_id = SignatureRequest.objects.filter(pk=request_id).values_list("document_id", flat=True).first()
    if document_id is None:
        raise SignatureRequestNotFound
    document, case = lock_document(document_id)
    round_id = SignatureRequest.objects.values_list("round_id", flat=True).get(pk=request_id)
    signing = None
    if round_id is not None:
        signing = SigningRound.objects.select_for_update(of=("self",)).get(pk=round_id)
    request = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    return Locked(request, signing or _adopt(request), document, case)


def _adopt(request: SignatureRequest) -> SigningRound:
    """A request that a former release made while this one was being put in place becomes a round of one."""
    others = SigningRound.objects.filter(document_id=request.document_id, status=RoundStatus.OPEN)
    # Where a round was begun meanwhile, that one stands.
    is_open = request.status in OPEN and not others.exists()
    signing = SigningRound.objects.create(
        document_id=request.document_id, document_sha256=request.document_sha256, created_by_id=request.signer_id,
        created_at=request.created_at, status=RoundStatus.OPEN if is_open else RoundStatus.FAILED,
        ended_at=None if is_open else request.updated_at,
    )  # fmt: skip
    request.round = signing
    request.save(update_fields=["round"])
    return signing


def is_signable(locked: Locked) -> bool:
    """Whether the document is still the one that was asked for, and still waits for a signature."""
    request, document = locked.request, locked.document
    return (
        document.status == Document.Status.READY_TO_SIGN
        and document.sha256 == request.document_sha256
        and not is_late(request)
    )


def is_late(request: SignatureRequest) -> bool:
    """Whether the signer's time is over; a paper that came in time waits for us, not for him."""
    return request.status != RequestStatus.ON_CHECK and request.expires_at <= clock.now()


def require_open(locked: Locked) -> None:
    """Rules of every answer: the request is open, the case runs, he still is who he was asked as, and it is his turn.

    Raises SignatureRequestClosed, WrongWay for a copy, DocumentNotReady, NotASigner, PowerEnded, NotYourTurn.
    """
    request = locked.request
    if request.role == SignerRole.COPY:
        raise WrongWay
    if request.status not in OPEN or locked.round.status != RoundStatus.OPEN:
        raise SignatureRequestClosed(current_status=request.status)
    require_running(locked.case)
    signers.require_still(request, locked.case)
    require_turn(locked)


def require_signable(locked: Locked) -> None:
    """`require_unchanged`, and he is a signer: WrongWay."""
    if locked.request.role != SignerRole.SIGNER:
        raise WrongWay
    require_unchanged(locked)


def require_unchanged(locked: Locked) -> None:
    """`require_open` and `require_same`."""
    require_open(locked)
    require_same(locked)


def require_same(locked: Locked) -> None:
    """SignatureRequestClosed when his time is over (the timer may not have come round yet), DocumentChanged over another text."""
    if is_signable(locked):
        return
    if is_late(locked.request):
        raise SignatureRequestClosed(current_status=RequestStatus.EXPIRED)
    raise DocumentChanged


def require_turn(locked: Locked) -> None:
    """NotYourTurn while somebody before him in an ordered round has not answered."""
    if locked.round.is_ordered and before(locked.request).exists():
        raise NotYourTurn


def before(request: SignatureRequest) -> "signers.Requests":
    """Requests of the round that have to be answered before this one."""
    waiting = SignatureRequest.objects.filter(round_id=request.round_id, status__in=sorted(OPEN))
    return waiting.filter(position__lt=request.position).exclude(role=SignerRole.COPY)


def require_shown(locked: Locked) -> None:
    """TextNotShown until the signer's screen has shown the document to its end."""
    if locked.request.text_shown_at is None:
        raise TextNotShown


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
    """Keep the status and the reason of a refusal."""
    request.updated_at = clock.now()
    request.save(update_fields=["status", "decline_reason", "updated_at"])


def bound_hash(request: SignatureRequest) -> str:
    """What a code confirms: this request and no other, and the document it is about."""
    return hashlib.sha256(f"{request.pk}:{request.document_sha256}".encode()).hexdigest()


def cancel_codes(request: SignatureRequest) -> None:
    """The code on its way to the signer stops working."""
    one_time_codes.cancel_codes(person_id=request.signer_id, purpose=PURPOSE, bound_hash=bound_hash(request))
