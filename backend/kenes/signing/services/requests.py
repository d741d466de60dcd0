"""The quick way of the borrower: a round of one; the code of an SMS; and what nobody answers."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import one_time_codes
from kenes.cases.models import Case
from kenes.documents import selectors as document_selectors
from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.signing import methods, permissions, signers, sms_texts
from kenes.signing.errors import AlreadySigned, DocumentChanged, DocumentNotReady, RoundOpen
from kenes.signing.events import SignatureCodeSent
from kenes.signing.methods import Method
from kenes.signing.models import Signature, SignatureRequest, SignerRole
from kenes.signing.reading import deliveries
from kenes.signing.services import endings, rounds
from kenes.signing.services.locking import (
    PURPOSE,
    agreement_of,
    bound_hash,
    is_late,
    lock_any,
    lock_document,
    lock_request,
    require_running,
    require_signable,
    save_status,
)
from kenes.signing.states import COUNTING, OPEN, RequestAction, RequestStatus, RoundAction, move

LIFETIME: Final = timedelta(days=rounds.DAYS)


@transaction.atomic
def request_signature(*, actor: Actor, document_id: UUID) -> SignatureRequest:
    """The open request of the borrower for this document; made, as a round of one, when there is none.

    A round over an older version of the document, or one in which his time is over, is closed first.
    Raises AlreadySigned, DocumentNotReady, RoundOpen when others were chosen to sign, DocumentNotFound and Forbidden.
    """
    visible = document_selectors.get_document(actor=actor, document_id=document_id)
    document, case = lock_document(visible.pk)
    permissions.require(actor, "signature.request", case.borrower_id)
    # What he signed in a round that was declined or taken back is no signature of the document: he is asked again.
    made = Signature.objects.filter(document=document, signer_id=case.borrower_id, principal__isnull=True)
    if made.filter(request__round__status__in=COUNTING).exists():
        raise AlreadySigned
    rounds.require_ready(document)
    if not signers.is_borrowers(document.code):
        raise DocumentNotReady
    require_running(case)
    return _current_request(actor, document, case) or _round_of_one(actor, document, case)


def _round_of_one(actor: Actor, document: Document, case: Case) -> SignatureRequest:
    now = clock.now()
    return SignatureRequest.objects.create(
        round=rounds.create_round(actor, document),
        document=document,
        signer_id=case.borrower_id,
        party_role=signers.BORROWER,
        document_sha256=document.sha256,
        asked_at=now,
        expires_at=now + LIFETIME,
    )


def _current_request(actor: Actor, document: Document, case: Case) -> SignatureRequest | None:
    own = [
        row for row in rounds.open_requests(document)
        if row.signer_id == case.borrower_id and row.principal_id is None and row.role == SignerRole.SIGNER
    ]  # fmt: skip
    if not own:
        _require_no_round(actor, document, case)
        return None
    locked = lock_any(own[0].pk)
    if is_late(locked.request):
        endings.end_unanswered(locked.request, locked.round, document, RequestAction.EXPIRE, actor)
        return None
    if locked.request.document_sha256 != document.sha256:
        endings.end_unanswered(locked.request, locked.round, document, RequestAction.FAIL, actor)
        return None
    return locked.request


def _require_no_round(actor: Actor, document: Document, case: Case) -> None:
    known = rounds.open_round(document)
    if known is None:
        return
    if known.document_sha256 == document.sha256:
        raise RoundOpen
    endings.end_round(known, RoundAction.FAIL, actor=actor, case_id=case.pk)


@transaction.atomic
def send_code(*, actor: Actor, request_id: UUID, document_sha256: str, session: str) -> SignatureRequest:
    """Send the code, or send it again. `document_sha256` is the hash of the document on the signer's screen.

    The code will be taken only from `session` (a hash, see `recording.Origin`). Raises DocumentChanged, DocumentNotReady,
    what `methods.require_allowed` does (CodeNotEnough for a kind that takes ЭЦП or paper), AgreementMissing, AlreadySigned, NotYourTurn,
    SignatureRequestClosed, WrongWay, NotASigner, PowerEnded, TextNotGiven when this session never got the text, and Throttled before the time to send again.
    """
    locked = lock_request(actor, request_id, "signature.send_code")
    request, document = locked.request, locked.document
    require_signable(locked)
    move(request, RequestAction.SEND_CODE)
    if document_sha256 != request.document_sha256:
        raise DocumentChanged
    methods.require_allowed(request, Method.SMS)
    agreement_of(request.signer_id)
    deliveries.require_given(request, session=session, pages=document.pages)
    request.code_session = session
    request.save(update_fields=["code_session"])
    save_status(request)
    code = one_time_codes.issue_code(
        person_id=request.signer_id,
        purpose=PURPOSE,
        bound_hash=bound_hash(request),
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
def close_requests_of(*, document_id: UUID) -> int:
    """End the open requests of a document that was replaced, and their round; how many. A second call finds none."""
    document, _case = lock_document(document_id)
    open_ones = rounds.open_requests(document)
    for row in open_ones:
        locked = lock_any(row.pk)
        if locked.request.status in OPEN:
            endings.end_unanswered(
                locked.request, locked.round, document, RequestAction.FAIL, SystemActor("signing")
            )
    return len(open_ones)


def expire_requests(*, limit: int = 500) -> int:
    """End open requests whose time is over, and with each its round; how many. Each in a transaction of its own."""
    waiting = [RequestStatus.PENDING, RequestStatus.IN_PROGRESS]
    due = SignatureRequest.objects.filter(status__in=waiting, expires_at__lte=clock.now())
    return sum(_expire(request_id) for request_id in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _expire(request_id: UUID) -> int:
    locked = lock_any(request_id)
    if locked.request.status not in OPEN or not is_late(locked.request):
        return 0
    endings.end_unanswered(
        locked.request, locked.round, locked.document, RequestAction.EXPIRE, SystemActor("signature-timer")
    )
    return 1
