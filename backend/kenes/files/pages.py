"""What a person sees of a PDF before signing it: pages as pictures, and its text. By poppler's own programs."""

from __future__ import annotations

import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kenes.foundation.providers import Rejected, Temporary

# Sharp on a phone at twice its 360–450 points, readable at 200 % zoom on a desk.
PAGE_WIDTH: Final = 1000
MAX_PAGES: Final = 60
_TIMEOUT_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class PageImage:
    png: bytes
    width: int
    height: int


def page_image(pdf: bytes, page: int, *, width: int = PAGE_WIDTH) -> PageImage:
    """Page `page` (from 1) as PNG, `width` pixels wide.

    Raises ValueError for a page outside 1…MAX_PAGES, Rejected when there is no such page or the file is not a PDF,
    Temporary when drawing took too long.
    """
    if not 1 <= page <= MAX_PAGES:
        raise ValueError("no such page")
    with tempfile.TemporaryDirectory(prefix="kenes-preview-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        number = str(page)
        _run(
            "pdftoppm", "-png", "-singlefile", "-f", number, "-l", number, "-scale-to-x", str(width),
            "-scale-to-y", "-1", str(source), str(source.with_name("page")),
        )  # fmt: skip
        drawn = source.with_name("page.png")
        if not drawn.exists():
            raise Rejected("preview.no_such_page")
        png = drawn.read_bytes()
    drawn_width, drawn_height = struct.unpack(">II", png[16:24])
    return PageImage(png=png, width=drawn_width, height=drawn_height)


def pdf_text(pdf: bytes) -> str:
    """All text of the PDF in reading order, pages divided by form feeds. Raises Rejected and Temporary."""
    with tempfile.TemporaryDirectory(prefix="kenes-preview-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        return _run("pdftotext", "-enc", "UTF-8", str(source), "-").decode("utf-8", errors="replace")


def _run(*command: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program on a file of our own
            command, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise Temporary("preview.timeout") from error
    if done.returncode != 0:
        raise Rejected("preview.unreadable")
    return done.stdout
