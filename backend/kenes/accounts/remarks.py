"""Write down why something was done."""

from uuid import UUID

from kenes.accounts.models import Remark
from kenes.foundation.actor import Actor


def write(*, actor: Actor, subject_id: UUID, text: str) -> UUID:
    """Keep the words (encrypted) and give the id that the event carries."""
    return Remark.objects.create(subject_id=subject_id, text=text, written_by_id=actor.user_id).pk
