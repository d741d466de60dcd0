"""End every session of people who lose rights."""

from collections.abc import Iterable
from uuid import UUID

from kenes.accounts import live_sessions


def end_all_of(person_ids: Iterable[UUID]) -> None:
    """End all sessions and tokens of these people; call it in the transaction that takes the rights."""
    for person_id in sorted(set(person_ids)):
        live_sessions.end_all(user_id=person_id)
