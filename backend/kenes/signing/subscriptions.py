"""What signing does after something happened."""

from kenes.documents import selectors as documents
from kenes.documents.events import DocumentSuperseded, DocumentVoided
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.foundation import health
from kenes.signing import merging, organisation_seal, personal_data, selectors, timeline  # noqa: F401  (some register themselves)
from kenes.signing.events import SignatureMade
from kenes.signing.services import requests, seals


@subscribe(SignatureMade, lane="documents")
def seal_signed_document(event: Recorded[SignatureMade]) -> None:
    """Seal at once after the last signature; sending follows in `documents` when the sealed file is attached."""
    if event.data.is_last:
        seals.seal_document(signature_id=event.data.signature_id)


@subscribe(DocumentSuperseded)
def close_requests_of_replaced_document(event: Recorded[DocumentSuperseded]) -> None:
    """A newer version took the place of the letter: its code must not sign the old one."""
    requests.close_requests_of(document_id=event.data.document_id)


@subscribe(DocumentVoided)
def close_requests_of_void_document(event: Recorded[DocumentVoided]) -> None:
    """The procedure was stopped: a code on its way must not sign the letter."""
    requests.close_requests_of(document_id=event.data.document_id)


documents.register_verify_urls(selectors.verify_urls)
health.register("seal", organisation_seal.check)
merging.connect()
