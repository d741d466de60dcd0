"""Which names stand on the public verification page: each signer's own choice, and nobody else's."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from kenes.foundation.language.names import initials
from kenes.signing.models import PublicName, Signature


def own_signatures(person_id: UUID | None) -> QuerySet[Signature]:
    """Signatures that a person made, also under an account that was merged into his."""
    if person_id is None:
        return Signature.objects.none()
    return Signature.objects.filter(Q(signer_id=person_id) | Q(signer__merged_into_id=person_id))


def written(name: str, shows: str) -> str:
    """The name as the page shows it; empty where it is hidden."""
    match PublicName(shows):
        case PublicName.SHORT:
            return initials(name)
        case PublicName.FULL:
            return name
        case PublicName.HIDDEN:
            return ""


def represented(signature: Signature, all_of_document: Sequence[Signature]) -> str:
    """Whom the signer represents, with initials; empty also where that person signed too and hides his name."""
    principal = signature.principal
    if principal is None:
        return ""
    hides = any(
        one.signer_id == principal.pk and one.public_name == PublicName.HIDDEN for one in all_of_document
    )
    return "" if hides else initials(principal.full_name)
