"""Who reads files of people by their id: the person himself, and who checks his papers."""

from kenes.accounts.models import PowerOfAttorney, SpecialistProfile, User
from kenes.files import access
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor


def _reads(actor: Actor, file: StoredFile) -> bool:
    if actor.user_id == file.owner_id:
        return True
    if actor.can("person.see") and User.objects.filter(photo_file_id=file.pk).exists():
        return True
    powers = PowerOfAttorney.objects.filter(document_file_id=file.pk)
    if actor.can("power.check") and powers.exists():
        return True
    return actor.can("specialist.check") and SpecialistProfile.objects.filter(proof_file_id=file.pk).exists()


def connect() -> None:
    """Register the rule; called once at the start."""
    access.register("person", _reads)
