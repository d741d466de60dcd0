"""A time stamp for a signature that got none when it was made, because its authority did not answer then."""

from typing import Any

from django.db import transaction

from kenes.files import services as files
from kenes.foundation.providers import Temporary
from kenes.outbox import registry
from kenes.signing.eds import checking, signing
from kenes.signing.eds.models import EdsProof


@registry.handler(signing.STAMP_LATER)
def stamp_later(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    """Put the stamp beside the signature; a second run finds it there. The signature itself and its time stay."""
    proof = EdsProof.objects.select_related("signature__cms_file", "signature__document__pdf_file").get(
        pk=payload["signature_id"]
    )
    signature = proof.signature
    if proof.stamped_file_id is not None or signature.cms_file is None or signature.document.pdf_file is None:
        return
    content = files.read(signature.document.pdf_file)
    stamped = checking.stamp(files.read(signature.cms_file), content=content)
    if not stamped:
        raise Temporary("time_stamp_missing")
    with transaction.atomic():
        proof = EdsProof.objects.select_for_update(of=("self",)).get(pk=proof.pk)
        if proof.stamped_file_id is None:
            signing.keep_stamped(proof, signature.document.number, stamped)
