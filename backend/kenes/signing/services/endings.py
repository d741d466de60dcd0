"""How a round ends: completed, declined, out of time, taken back, chosen anew, or its document was replaced."""

from typing import Final
from uuid import UUID

from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime
from kenes.signing.events import RoundEnded, SignatureRequestEnded
from kenes.signing.models import SignatureRequest, SignedPaper, SignerRole, SigningRound
from kenes.signing.services.locking import cancel_codes, save_status
from kenes.signing.services.turns import hint_signer
from kenes.signing.states import OPEN, RequestAction, RoundAction, RoundStatus, move, move_round

# What becomes of requests that nobody has answered, by how the round ends.
_OF_OTHERS: Final = {
    RoundAction.CANCEL: RequestAction.CANCEL,
    RoundAction.REPLACE: RequestAction.CANCEL,
    RoundAction.EXPIRE: RequestAction.FAIL,
    RoundAction.DECLINE: RequestAction.FAIL,
    RoundAction.FAIL: RequestAction.FAIL,
}


def end_round(signing: SigningRound, action: RoundAction, *, actor: Actor, case_id: UUID) -> None:
    """End a locked open round and close what nobody has answered in it. Raises RoundClosed.

    A round of one, begun by its only signer, leaves no event of its own: what happened to its request says it all.
    """
    move_round(signing, action)
    signing.ended_at = clock.now()
    signing.save(update_fields=["status", "ended_at"])
    rows = list(signing.requests.select_for_update().order_by("pk"))
    for row in rows:
        if row.status in OPEN and row.role != SignerRole.COPY:
            move(row, _OF_OTHERS[action])
            close(row)
    if len(rows) > 1 or signing.created_by_id != rows[0].signer_id:
        event_log.record(
            RoundEnded(
                case_id=case_id, document_id=signing.document_id, round_id=signing.pk, outcome=signing.status
            ),
            actor=actor,
        )
    for row in rows:
        hint_signer(row)
    realtime.hint(f"case:{case_id}", "document.changed", signing.document_id)


def close(row: SignatureRequest) -> None:
    """Keep a request that has just been closed; its code and its waiting photo are worth nothing from now on."""
    save_status(row)
    cancel_codes(row)
    SignedPaper.objects.filter(request=row, status=SignedPaper.Status.WAITING).update(
        status=SignedPaper.Status.REPLACED, checked_at=clock.now()
    )


def end_unanswered(
    request: SignatureRequest, signing: SigningRound, document: Document, action: RequestAction, actor: Actor
) -> None:
    """Close a locked request that can no longer be answered (expired, document replaced), and its round with it."""
    move(request, action)
    close(request)
    event_log.record(
        SignatureRequestEnded(
            case_id=document.case_id,
            document_id=document.pk,
            request_id=request.pk,
            outcome=request.status,
        ),
        actor=actor,
    )
    if signing.status == RoundStatus.OPEN:
        ending = RoundAction.EXPIRE if action == RequestAction.EXPIRE else RoundAction.FAIL
        end_round(signing, ending, actor=actor, case_id=document.case_id)
