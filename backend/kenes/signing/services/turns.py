"""Whose turn it is: who is asked now, and who is told at the end. The letters are written by the outbox."""

from uuid import UUID

from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.realtime import services as realtime
from kenes.signing.events import SignatureAsked
from kenes.signing.models import SignatureRequest, SignerRole, SigningRound
from kenes.signing.states import OPEN


def whose_turn(signing: SigningRound) -> list[SignatureRequest]:
    """Open requests that can be answered now: all of them, or those of the lowest place of an ordered round."""
    rows = signing.requests.filter(status__in=sorted(OPEN)).exclude(role=SignerRole.COPY)
    waiting = list(rows.order_by("position", "pk"))
    if not signing.is_ordered or not waiting:
        return waiting
    return [row for row in waiting if row.position == waiting[0].position]


def ask_next(signing: SigningRound, *, actor: Actor, case_id: UUID) -> list[SignatureRequest]:
    """Ask everybody whose turn has come and who was not asked yet; the round is locked. Who begins it is not asked."""
    due = [row for row in whose_turn(signing) if row.asked_at is None]
    for row in due:
        row.asked_at = clock.now()
        row.save(update_fields=["asked_at"])
        if row.signer_id == actor.user_id:
            continue
        event_log.record(
            SignatureAsked(
                case_id=case_id, document_id=signing.document_id, request_id=row.pk, signer_id=row.signer_id
            ),
            actor=actor,
        )
        hint_signer(row)
    return due


def hint_signer(row: SignatureRequest) -> None:
    """Tell the signer's browsers to look again at what waits for him."""
    realtime.hint(f"user:{row.signer_id}", "signature.changed", row.pk)
