"""Reading what a package consists of. Who may read the content of the case reads its packages."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from kenes.documents.errors import DocumentFileNotFound, PageNotFound
from kenes.documents.models import DocumentPackage
from kenes.documents.packages import papers as package_papers
from kenes.documents.packages import services as packages
from kenes.documents.packages.services import Shown
from kenes.files import pages
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError

_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "text/plain": "txt",
    package_papers.DOCX: "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


def _made(actor: Actor, document_id: UUID) -> tuple[Shown, DocumentPackage]:
    shown = packages.get(actor=actor, document_id=document_id)
    if shown.package is None or shown.package.pdf_file is None:
        raise DocumentFileNotFound
    return shown, shown.package


def file_of(*, actor: Actor, document_id: UUID, form: str) -> StoredFile:
    """The package (`pdf`), its cover letter (`cover`) or its sheet of proof (`proof`). DocumentNotFound, DocumentFileNotFound."""
    _shown, package = _made(actor, document_id)
    file = {"pdf": package.pdf_file, "cover": package.cover_file, "proof": package.proof_file}[form]
    if file is None:
        raise DocumentFileNotFound
    return file


def page_picture(*, actor: Actor, document_id: UUID, page: int) -> bytes:
    """PNG of a page of the package. DocumentNotFound, DocumentFileNotFound, PageNotFound."""
    _shown, package = _made(actor, document_id)
    if not 1 <= page <= package.pages:
        raise PageNotFound
    assert package.pdf_file is not None
    return pages.page_image(files.read(package.pdf_file), page).png


def parts_of(*, actor: Actor, document_id: UUID) -> tuple[str, Iterator[tuple[str, bytes]]]:
    """Name of the ZIP and its parts: the whole, the sealed letter as it is, and every paper as it was given."""
    shown, package = _made(actor, document_id)
    return f"{shown.document.number}_package.zip", _parts(shown, package)


def _parts(shown: Shown, package: DocumentPackage) -> Iterator[tuple[str, bytes]]:
    document, sums = shown.document, []
    named = [("package.pdf", package.pdf_file), ("1_cover.pdf", package.cover_file)]
    named.append((f"2_{document.number}.pdf", document.sealed_file or document.pdf_file))
    for text in document.translations.select_related("pdf_file"):
        named.append((f"3_{document.number}_{text.language}.pdf", text.pdf_file))
    papers = {one.place: one for one in shown.papers}
    for number, place in enumerate(shown.chosen, start=1):
        file = papers[place].file
        named.append((f"enclosure-{number:02d}.{_ENDINGS.get(file.mime, 'bin')}", file))
    named.append((f"{document.number}_proof.pdf", package.proof_file))
    for name, stored in named:
        if stored is None:
            continue
        try:
            data = files.read(stored)
        except KenesError:
            # A paper that was taken back meanwhile is missing here as it is in the case.
            continue
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        yield name, data
    yield "SHA256SUMS", "".join(sums).encode()
