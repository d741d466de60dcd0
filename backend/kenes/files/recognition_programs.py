"""Poppler and Tesseract at work: words of a PDF, words of a picture. Nothing here knows the database.

Every program runs with lowered priority and limits of time and memory, in a folder of its own that is removed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kenes.files.recognition_layout import Line, Word, page_text
from kenes.foundation.providers import Misconfigured, Rejected, Temporary

# Kazakh first: where two readings are equally likely its letters win, and Russian has no letter that Kazakh lacks.
LANGUAGES: Final = "kaz+rus+eng"
DPI: Final = 300
PDF_SECONDS: Final = 30
PICTURE_SECONDS: Final = 25
OCR_SECONDS: Final = 75
# So long other ways of lying are tried for a page that reads badly.
_TRYING_SECONDS: Final = 45
_MEMORY_BYTES: Final = 1_500_000_000
# Under this certainty of single words a line is dirt on the paper.
_LEAST_CERTAIN: Final = 8.0
_SURE_OF_TURN: Final = 1.0
# Letters of an upright page are read this surely; below it the page is tried turned.
_READS_WELL: Final = 60.0


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page and its words; `certainty` from 0 to 100, 100 for what was not recognised but written."""

    text: str
    words: tuple[Word, ...]
    certainty: float = 100.0


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one piece of work."""
    with tempfile.TemporaryDirectory(prefix="kenes-recognition-") as name:
        yield Path(name)


def pdf_pages(pdf: bytes, *, last: int) -> list[PageText]:
    """Text that a PDF carries itself, page by page up to `last`; empty for pages that are pictures.

    Raises Rejected for what is no PDF, Temporary when it took too long.
    """
    with folder() as work:
        source = work / "document.pdf"
        source.write_bytes(pdf)
        output = _run(PDF_SECONDS, "pdftotext", "-tsv", "-enc", "UTF-8", "-l", str(last), str(source), "-")
    return _pages_of_tsv(output.decode("utf-8", errors="replace"))


def pdf_picture(pdf: bytes, page: int) -> bytes:
    """One page of a PDF as PNG at 300 dpi, never larger than 4000 pixels. Raises Rejected and Temporary."""
    with folder() as work:
        source = work / "document.pdf"
        source.write_bytes(pdf)
        number = str(page)
        _run(
            PICTURE_SECONDS, "pdftoppm", "-png", "-gray", "-singlefile", "-r", str(DPI), "-scale-to", "3508",
            "-f", number, "-l", number, str(source), str(work / "page"),
        )  # fmt: skip
        drawn = work / "page.png"
        if not drawn.exists():
            raise Rejected("recognition.no_such_page")
        return drawn.read_bytes()


def picture_page(picture: bytes) -> PageText:
    """What is written on a picture, whichever way it lies. Places are those on the picture as it is shown.

    Raises Rejected for what is no picture or too large, Temporary when it took too long, Misconfigured without Tesseract.
    """
    if shutil.which("tesseract") is None:
        raise Misconfigured("recognition.no_tesseract")
    started = time.monotonic()
    with folder() as work:
        source = work / "source"
        source.write_bytes(picture)
        upright = _prepared(work, source, 0)
        turn = _turn_of(upright)
        best = _read(_prepared(work, source, turn) if turn else upright, turn)
        if best.certainty >= _READS_WELL or not _has_writing(best):
            return best
        for other in (90, 270, 180):
            if other == turn or time.monotonic() - started > _TRYING_SECONDS:
                continue
            try:
                tried = _read(_prepared(work, source, other), other)
            except Temporary:
                break
            if tried.certainty > best.certainty + 5 and len(tried.words) >= len(best.words) // 2:
                best = tried
            if best.certainty >= _READS_WELL:
                break
        return best


def _has_writing(page: PageText) -> bool:
    return len(page.words) >= 5


def _prepared(work: Path, source: Path, turn: int) -> Path:
    target = work / f"turned-{turn}.png"
    script = Path(__file__).with_name("recognition_picture.py")
    _run(PICTURE_SECONDS, sys.executable, "-I", str(script), str(source), str(target), str(turn))
    return target


def _turn_of(picture: Path) -> int:
    """By how many degrees clockwise the picture has to be turned; 0 where that cannot be told."""
    try:
        told = _run(
            PICTURE_SECONDS, "tesseract", str(picture), "-", "-l", "osd", "--psm", "0", "--dpi", str(DPI)
        )
    except Rejected:
        return 0  # too few letters to tell
    text = told.decode("utf-8", errors="replace")
    turn = re.search(r"Rotate: (\d+)", text)
    sure = re.search(r"Orientation confidence: ([\d.]+)", text)
    if turn is None or sure is None or float(sure[1]) < _SURE_OF_TURN:
        return 0
    return int(turn[1]) % 360


def _read(picture: Path, turn: int) -> PageText:
    output = _run(
        OCR_SECONDS, "tesseract", str(picture), "-", "-l", LANGUAGES, "--psm", "3", "--dpi", str(DPI), "tsv"
    )
    pages = _pages_of_tsv(output.decode("utf-8", errors="replace"))
    page = pages[0] if pages else PageText("", (), 0.0)
    return replace(page, words=tuple(word.turned_back(turn) for word in page.words))


def _pages_of_tsv(tsv: str) -> list[PageText]:
    """Pages of the table that pdftotext and Tesseract both write: level, page, block, paragraph, line, word, box, text."""
    pages: list[list[list[str]]] = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        if cells[0] == "1":
            pages.append([])
        if pages:
            pages[-1].append(cells)
    return [_page(rows) for rows in pages]


def _page(rows: Sequence[list[str]]) -> PageText:
    width, height = float(rows[0][8]) or 1.0, float(rows[0][9]) or 1.0
    lines: dict[tuple[str, str, str], list[Word]] = {}
    certain: list[tuple[float, int]] = []
    for cells in rows:
        text = _clean(cells[11])
        if cells[0] != "5" or not text:
            continue
        certainty = float(cells[10])
        if 0 <= certainty < _LEAST_CERTAIN and not any(char.isalnum() for char in text):
            continue
        left, top, wide, high = (float(cell) for cell in cells[6:10])
        word = Word(
            text, *(_share(v, of) for v, of in ((left, width), (top, height), (wide, width), (high, height)))
        )
        lines.setdefault((cells[2], cells[3], cells[4]), []).append(word)
        certain.append((certainty, len(text)))
    text, words = page_text(
        Line((int(block), int(paragraph)), tuple(found)) for (block, paragraph, _), found in lines.items()
    )
    letters = sum(length for _, length in certain)
    average = sum(sure * length for sure, length in certain) / letters if letters else 0.0
    return PageText(text, tuple(words), average)


def _clean(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).strip()


def _share(value: float, of: float) -> float:
    return round(min(1.0, max(0.0, value / of)), 4)


def _run(seconds: int, *command: str) -> bytes:
    """Output of a program that runs last in line and within limits. Rejected when it fails, Temporary when too slow."""
    limited = (
        "nice",
        "-n",
        "15",
        "prlimit",
        f"--as={_MEMORY_BYTES}",
        f"--cpu={seconds * 2}",
        "--core=0",
        *command,
    )
    quiet = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LC_ALL": "C.UTF-8",
        # One thread: the machine has other work, and more threads make Tesseract hardly faster.
        "OMP_THREAD_LIMIT": "1",
    }
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        quiet["TESSDATA_PREFIX"] = prefix
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs on files of our own
            limited, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL, env=quiet
        )
    except subprocess.TimeoutExpired as error:
        raise Temporary("recognition.timeout") from error
    if done.returncode != 0:
        raise Rejected("recognition.unreadable")
    return done.stdout
