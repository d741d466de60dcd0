"""Texts of files: whether there is one, and what it says."""

from dataclasses import dataclass
from typing import Any, Final

from kenes.files import recognition_programs as programs
from kenes.files import services
from kenes.files.models import StoredFile
from kenes.files.recognition_layout import Word
from kenes.files.texts_models import FileText, FileTextPage
from kenes.foundation.providers import ProviderError

PDF: Final = "application/pdf"
# Of long files only the beginning is searched.
MAX_PAGES: Final = 40


@dataclass(frozen=True, slots=True)
class TextOfPage:
    """One page; `certainty` from 0 to 100."""

    page: int
    text: str
    words: tuple[Word, ...]
    certainty: float


def state_of(file: StoredFile) -> str:
    """ready, preparing or none. A PDF that the product made carries its text and is always ready."""
    row = FileText.objects.filter(file=file).only("state").first()
    if row is not None:
        return row.state
    return "ready" if _says_itself(file) else "none"


def _says_itself(file: StoredFile) -> bool:
    return file.mime == PDF and file.origin == StoredFile.Origin.GENERATED


def pages_of(file: StoredFile) -> list[TextOfPage]:
    """Pages with text, in order; what has been recognised so far of a file that is being worked on.

    Raises what `services.read` raises for a file that may not be read.
    """
    services.require_readable(file)
    rows = FileTextPage.objects.filter(of__file=file).order_by("page")
    known = [_page(row) for row in rows]
    if known or not _says_itself(file) or FileText.objects.filter(file=file).exists():
        return known
    try:
        found = programs.pdf_pages(services.read(file), last=MAX_PAGES)
    except ProviderError:
        return []
    return [
        TextOfPage(number, page.text, page.words, page.certainty)
        for number, page in enumerate(found, start=1)
        if page.text
    ]


def _page(row: FileTextPage) -> TextOfPage:
    content: dict[str, Any] = row.content
    words = tuple(Word(str(word[0]), *map(float, word[1:5])) for word in content["words"])
    return TextOfPage(row.page, content["text"], words, row.certainty)
