"""Who may have the evidence package of a document: who reads the document, and who has signed it. Nobody else knows of it."""

from uuid import UUID

from kenes.documents import permissions as document_permissions
from kenes.documents import selectors as documents
from kenes.documents.errors import DocumentNotFound
from kenes.documents.models import Document
from kenes.files import access
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.signing.models import Signature
from kenes.signing.states import COUNTING

OWNER_KIND = "evidence"


def get_document(*, actor: Actor, document_id: UUID) -> Document:
    """The document for a party of it or staff who work the case; DocumentNotFound for everybody else.

    A creditor that was sent the letter reads the letter; the package tells of other people's phones and consents and
    is his only when he has signed.
    """
    if _has_signed(actor, document_id):
        return Document.objects.select_related("case", "pdf_file", "docx_file", "sealed_file").get(
            pk=document_id
        )
    document = documents.get_document(actor=actor, document_id=document_id)
    if not document_permissions.allowed(actor, "document.view", document.case):
        raise DocumentNotFound
    return document


def _has_signed(actor: Actor, document_id: UUID) -> bool:
    if actor.user_id is None:
        return False
    made = Signature.objects.filter(document_id=document_id, signer_id=actor.user_id)
    # One that was made in a round that was declined or taken back is not among those of the package.
    return made.filter(request__round__status__in=COUNTING).exists()


def _reads(actor: Actor, file: StoredFile) -> bool:
    try:
        get_document(actor=actor, document_id=file.owner_id)
    except KenesError:
        return False
    return True


def connect() -> None:
    """Say who reads packages by the id of their file; called once at the start."""
    access.register(OWNER_KIND, _reads)
