"""Who reads files of letters by their id: whoever may download that file of the letter."""

from django.db.models import Q

from kenes.documents import permissions, selectors
from kenes.documents.models import Document
from kenes.files import access
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError


def _reads(actor: Actor, file: StoredFile) -> bool:
    known = Document.objects.filter(
        Q(pdf_file=file) | Q(docx_file=file) | Q(sealed_file=file) | Q(archival_file=file)
    )
    document_id = known.values_list("pk", flat=True).first()
    if document_id is None:
        return False
    try:
        document = selectors.get_document(actor=actor, document_id=document_id)
    except KenesError:
        return False
    actions = permissions.document_actions(actor, document, document.case)
    of_format = {
        "pdf": document.pdf_file_id,
        "docx": document.docx_file_id,
        "sealed": document.sealed_file_id,
        "pdfa": document.archival_file_id,
    }
    return any(file.pk == file_id and f"download_{name}" in actions for name, file_id in of_format.items())


def connect() -> None:
    """Register the rule; called once at the start."""
    access.register("document", _reads)
