"""What an e-mail to a creditor carries: the sealed letter as it is, its translation, and the package if it is not too large."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.documents.models import Document, DocumentPackage, PackageStatus
from kenes.files.models import StoredFile
from kenes.messaging.services import MAX_ATTACHMENT_BYTES

READY: Final = PackageStatus.READY


@dataclass(frozen=True, slots=True)
class Carried:
    """Files in the order of the attachments. `package_pages`: 0 without a package; `left_out`: it is too large for an e-mail."""

    files: tuple[UUID, ...]
    package_pages: int = 0
    left_out: bool = False


def carried(document: Document, translation: Document | None) -> Carried:
    """The attachments of a sealed letter. What does not fit is left out, never the letter."""
    sealed, other = document.sealed_file, translation.pdf_file if translation is not None else None
    held = [file for file in (sealed, other) if file is not None]
    package = (
        DocumentPackage.objects.filter(document=document, status=READY).select_related("pdf_file").first()
    )
    if package is None or package.pdf_file is None:
        return Carried(tuple(file.pk for file in held))
    if _size(held) + package.pdf_file.size > MAX_ATTACHMENT_BYTES:
        return Carried(tuple(file.pk for file in held), package.pages, left_out=True)
    return Carried((*(file.pk for file in held), package.pdf_file.pk), package.pages)


def _size(held: list[StoredFile]) -> int:
    return sum(file.size for file in held)
