"""Files of signed and of sent documents are evidence: `files` refuses to remove them. The database holds their rows as well."""

from collections.abc import Collection
from uuid import UUID

from kenes.documents.models import Document
from kenes.documents.states import SIGNED_STATUSES
from kenes.files import holds
from kenes.messaging.models import MessageAttachment

MESSAGE_KIND = "creditor_letter"


def of_signed(file_ids: Collection[UUID]) -> set[UUID]:
    """Those of the files that a signature binds: the PDF, the DOCX that it was made of, the sealed copy."""
    found: set[UUID] = set()
    signed = Document.objects.filter(status__in=SIGNED_STATUSES)
    for column in ("pdf_file_id", "docx_file_id", "sealed_file_id"):
        rows = signed.filter(**{f"{column}__in": list(file_ids)})
        found.update(rows.values_list(column, flat=True))
    return found


def of_sent(file_ids: Collection[UUID]) -> set[UUID]:
    """Those of the files that left with a letter to a creditor."""
    rows = MessageAttachment.objects.filter(file_id__in=list(file_ids), message__kind=MESSAGE_KIND)
    return set(rows.values_list("file_id", flat=True))


holds.register("signed_documents", of_signed)
holds.register("sent_letters", of_sent)
