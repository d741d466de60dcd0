"""All letter templates and their text dumps, made from the texts of this package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kenes.documents.authoring import restructuring_kk, restructuring_ru
from kenes.documents.docx_text import docx_text

FOLDER: Final = Path(__file__).resolve().parent.parent / "templates"


def templates() -> Iterator[tuple[str, str, bytes]]:
    """Yield (code, language, DOCX) of every template."""
    for code in restructuring_ru.WORDS:
        yield code, "ru", restructuring_ru.write(code)
        yield code, "kk", restructuring_kk.write(code)


def write_all(folder: Path = FOLDER) -> list[Path]:
    """Write every template and its dump; return the DOCX paths."""
    written = []
    for code, language, docx in templates():
        path = folder / code / f"{language}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(docx)
        path.with_suffix(".txt").write_text(docx_text(docx, footer=True), encoding="utf-8")
        written.append(path)
    return written
