"""What a person sees of a PDF before signing it: pages as pictures, and its text. By poppler's own programs."""

from __future__ import annotations

import re
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
# A4 at 150 dots per inch, for a viewer that enlarges.
SCREEN_WIDTH: Final = 1240
MOST_HEIGHT: Final = 5000
MOST_PAGES: Final = 500
_MEMORY_BYTES: Final = 1024 * 1024 * 1024
_SIZE: Final = re.compile(r"^Page\s+(\d+) size:\s+([\d.]+) x ([\d.]+) pts", re.MULTILINE)
_TURN: Final = re.compile(r"^Page\s+(\d+) rot:\s+(\d+)", re.MULTILINE)


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


def page_sizes(pdf: bytes) -> list[list[int]]:
    """[width, height] of each page as it is drawn for the screen, up to MOST_PAGES. Raises Rejected and Temporary."""
    with tempfile.TemporaryDirectory(prefix="kenes-preview-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        told = _run("pdfinfo", "-f", "1", "-l", str(MOST_PAGES), str(source)).decode("utf-8", "replace")
    turned = {int(page) for page, turn in _TURN.findall(told) if int(turn) % 180 == 90}
    sizes = []
    for page, width, height in _SIZE.findall(told):
        across, down = float(width), float(height)
        sizes.append(_fitted(down, across) if int(page) in turned else _fitted(across, down))
    return sizes


def _fitted(width: float, height: float) -> list[int]:
    """SCREEN_WIDTH across, less where the page would be very long."""
    scale = min(SCREEN_WIDTH / max(width, 1.0), MOST_HEIGHT / max(height, 1.0))
    return [max(1, round(width * scale)), max(1, round(height * scale))]


def draw(pdf: bytes, page: int, *, width: int, height: int) -> bytes:
    """Page `page` (from 1) as PNG of this size. Rejected when there is none, Temporary when it took too long."""
    with tempfile.TemporaryDirectory(prefix="kenes-preview-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        number = str(page)
        _run(
            "pdftoppm", "-png", "-singlefile", "-f", number, "-l", number, "-scale-to-x", str(width),
            "-scale-to-y", str(height), str(source), str(source.with_name("page")),
        )  # fmt: skip
        drawn = source.with_name("page.png")
        if not drawn.exists():
            raise Rejected("preview.no_such_page")
        return drawn.read_bytes()


def pdf_text(pdf: bytes) -> str:
    """All text of the PDF in reading order, pages divided by form feeds. Raises Rejected and Temporary."""
    with tempfile.TemporaryDirectory(prefix="kenes-preview-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        return _run("pdftotext", "-enc", "UTF-8", str(source), "-").decode("utf-8", errors="replace")


def _run(*command: str) -> bytes:
    # A page that unfolds to gigabytes costs its limit and nobody else's memory.
    limits = ("prlimit", f"--as={_MEMORY_BYTES}", f"--cpu={_TIMEOUT_SECONDS}", "--core=0", "--")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program on a file of our own
            (*limits, *command),
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise Temporary("preview.timeout") from error
    if done.returncode != 0:
        raise Rejected("preview.unreadable")
    return done.stdout
