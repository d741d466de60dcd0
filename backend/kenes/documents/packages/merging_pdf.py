"""Several papers as one PDF: every part begins with an entry of the table of contents and has page numbers of its own. Pure.

A merged copy of a sealed document carries no valid signature: its fields are taken off, and the sealed file goes along as it is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.constants import PageLabelStyle
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, NameObject

A4: Final = (595.28, 841.89)
_MARGIN: Final = 36.0
_SHORT_SIDE_PIXELS: Final = 1240
_MOST_PIXELS: Final = 60_000_000
MOST_PAGES: Final = 400


class NotMergeable(ValueError):
    """A file that no pages can be taken from: broken, locked by a password, too large."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the whole. `pdf` is None for one that could not be turned into pages; it is only listed."""

    title: str
    pdf: bytes | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in the whole: first page from 1 and how many; 0 pages for one that is only listed."""

    title: str
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Merged:
    pdf: bytes
    places: tuple[Place, ...]
    sizes: tuple[tuple[float, float], ...]


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has. NotMergeable when it cannot be read."""
    return len(_opened(pdf).pages)


def _opened(pdf: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted:
            raise NotMergeable("locked")
        if not 0 < len(reader.pages) <= MOST_PAGES:
            raise NotMergeable("pages")
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise NotMergeable("broken") from problem
    return reader


def picture_pdf(data: bytes) -> bytes:
    """One A4 page with the picture, turned as the camera held it. NotMergeable for what is no picture or is too large."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise NotMergeable("too large")
            shown = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as problem:
        raise NotMergeable("picture") from problem
    shown.thumbnail((_SHORT_SIDE_PIXELS * 2, _SHORT_SIDE_PIXELS * 2))
    single = io.BytesIO()
    shown.save(single, "PDF", resolution=150.0, quality=82)
    page = PdfReader(io.BytesIO(single.getvalue())).pages[0]
    writer = PdfWriter()
    _fit(writer.add_blank_page(*A4), page)
    return _bytes(writer)


def _fit(sheet: PageObject, page: PageObject) -> None:
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    scale = min((A4[0] - 2 * _MARGIN) / width, (A4[1] - 2 * _MARGIN) / height, 1.0)
    place = (
        Transformation().scale(scale).translate((A4[0] - width * scale) / 2, A4[1] - _MARGIN - height * scale)
    )
    sheet.merge_transformed_page(page, place)


def merge(parts: Sequence[Part], *, title: str) -> Merged:
    """All parts one after another; a part that cannot be read is listed without pages."""
    writer, places, sizes = PdfWriter(), list[Place](), list[tuple[float, float]]()
    for number, part in enumerate(parts, start=1):
        first = len(writer.pages)
        pages = _append(writer, part)
        places.append(Place(part.title, first + 1 if pages else 0, pages))
        if not pages:
            continue
        writer.add_outline_item(title=part.title, page_number=first)
        writer.set_page_label(first, first + pages - 1, PageLabelStyle.DECIMAL, prefix=f"{number}.", start=1)
    for page in writer.pages:
        _without_signatures(page)
        sizes.append((float(page.mediabox.width), float(page.mediabox.height)))
    writer.page_mode = "/UseOutlines"
    writer.add_metadata({"/Title": title, "/Producer": "Kenes Hub"})
    return Merged(_bytes(writer), tuple(places), tuple(sizes))


def _append(writer: PdfWriter, part: Part) -> int:
    if part.pdf is None:
        return 0
    before = len(writer.pages)
    try:
        writer.append(_opened(part.pdf), import_outline=False)
    except (NotMergeable, PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        while len(writer.pages) > before:
            writer.remove_page(len(writer.pages) - 1)
        return 0
    return len(writer.pages) - before


def _without_signatures(page: PageObject) -> None:
    """Fields to fill in or signed are taken off, with whatever they would run; links stay."""
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = [note for note in notes.get_object() if note.get_object().get("/Subtype") not in ("/Widget",)]
    page[NameObject("/Annots")] = ArrayObject(kept)
    for entry in ("/AA",):
        page.pop(entry, None)


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
