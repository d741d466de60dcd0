"""Files of signing: photos of papers signed by hand, kept CMS, lists of revoked certificates. Evidence, and never emptied.

Only the photos are read by people.
"""

from collections.abc import Collection
from uuid import UUID

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.files import access, holds
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor
from kenes.signing.models import EdsProof, RevocationList, Signature, SignatureRequest, SignedPaper
from kenes.signing.services import papers


def _held(file_ids: Collection[UUID]) -> set[UUID]:
    ids = list(file_ids)
    photos = SignedPaper.objects.filter(file_id__in=ids).values_list("file_id", flat=True)
    messages = Signature.objects.filter(cms_file_id__in=ids).values_list("cms_file_id", flat=True)
    stamped = EdsProof.objects.filter(stamped_file_id__in=ids).values_list("stamped_file_id", flat=True)
    lists = RevocationList.objects.filter(file_id__in=ids).values_list("file_id", flat=True)
    return {pk for pk in photos.union(messages, stamped, lists) if pk is not None}


def _reads(actor: Actor, file: StoredFile) -> bool:
    """The signer himself, and who works on the case."""
    request = SignatureRequest.objects.select_related("document__case").filter(pk=file.owner_id).first()
    if request is None:
        return False
    if request.signer_id == actor.user_id:
        return True
    case = request.document.case
    if not cases.cases_visible_to(actor).filter(pk=case.pk).exists():
        return False
    return case_permissions.works_on(actor, case)


def connect() -> None:
    """Register the rules; called once at the start."""
    access.register(papers.OWNER, _reads)
    holds.register("signatures", _held)
