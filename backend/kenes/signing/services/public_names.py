"""A signer says how the public verification page names him."""

from uuid import UUID

from django.db import transaction

from kenes.documents import selectors as documents
from kenes.event_log import services as event_log
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden
from kenes.signing import permissions
from kenes.signing.errors import NotPublicYet
from kenes.signing.events import PublicNameChosen
from kenes.signing.models import PublicName
from kenes.signing.public_names import own_signatures
from kenes.signing.services.locking import lock_document
from kenes.signing.states import COUNTING, RoundStatus


@transaction.atomic
def choose_public_name(*, actor: Actor, document_id: UUID, shows: PublicName) -> PublicName:
    """Keep the choice with all signatures of the actor under the document; the same choice again changes nothing.

    Who has signed may choose also when he reads the document no longer. Raises DocumentNotFound for who neither signed nor
    reads it, Forbidden for every other reader and for who acts on behalf of the signer, NotPublicYet.
    """
    own = own_signatures(actor.user_id).filter(document_id=document_id)
    own = own.filter(request__round__status__in=COUNTING)
    if not own.exists():
        documents.get_document(actor=actor, document_id=document_id)
        raise Forbidden
    document, _case = lock_document(document_id)
    made = list(own.select_related("signer", "request__round").select_for_update(of=("self",)).order_by("pk"))
    for one in made:
        permissions.require_chooses_name(actor, one)
    if any(one.request.round is None or one.request.round.status != RoundStatus.COMPLETED for one in made):
        raise NotPublicYet
    changed = [one for one in made if one.public_name != shows]
    for one in changed:
        one.public_name = shows
        one.save(update_fields=["public_name"])
    if changed:
        event_log.record(
            PublicNameChosen(
                case_id=document.case_id, document_id=document.pk, signer_id=changed[0].signer_id, shows=shows.value
            ),
            actor=actor,
        )  # fmt: skip
    return shows
