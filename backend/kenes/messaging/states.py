"""Which status of a message may follow which. What is final stays."""

from typing import Final

from kenes.foundation import clock
from kenes.messaging.models import Message

S = Message.Status

TRANSITIONS: Final[dict[S, frozenset[S]]] = {
    S.QUEUED: frozenset({S.SENDING, S.FAILED, S.UNKNOWN}),
    S.SENDING: frozenset({S.QUEUED, S.ACCEPTED, S.DELIVERED, S.FAILED, S.UNKNOWN}),
    S.ACCEPTED: frozenset({S.DELIVERED, S.FAILED, S.BOUNCED, S.UNKNOWN}),
    # Later knowledge replaces "nobody knows".
    S.UNKNOWN: frozenset({S.DELIVERED, S.FAILED, S.BOUNCED}),
    S.DELIVERED: frozenset(),
    S.FAILED: frozenset(),
    S.BOUNCED: frozenset(),
}
FINAL: Final = frozenset(status for status, following in TRANSITIONS.items() if not following)


def can_move(message: Message, status: S) -> bool:
    """Whether the table allows it."""
    return status in TRANSITIONS[S(message.status)]


def move(message: Message, status: S) -> bool:
    """Set the status when the table allows it; False when it does not. The caller holds the row's lock and saves."""
    if not can_move(message, status):
        return False
    message.status, message.status_at = status, clock.now()
    return True
