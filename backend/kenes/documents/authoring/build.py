"""All letter templates and their text dumps, made from the texts of this package."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from kenes.documents.authoring import restructuring_kk, restructuring_ru

FOLDER: Final = Path(__file__).resolve().parent.parent / "templates"


def templates() -> Iterator[tuple[str, str, bytes]]:
    """Yield (code, language, DOCX) of every template."""
    for code in restructuring_ru.WORDS:
        yield code, "ru", restructuring_ru.write(code)
        yield code, "kk", restructuring_kk.write(code)


def text_of(docx: bytes) -> str:
    """The text of a DOCX, a paragraph or table row per line: what a reviewer of a template reads."""
    document = Document(io.BytesIO(docx))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
    lines += ["---", *(paragraph.text for paragraph in document.sections[0].footer.paragraphs)]
    return "\n".join(line for line in lines if line.strip()) + "\n"


def write_all(folder: Path = FOLDER) -> list[Path]:
    """Write every template and its dump; return the DOCX paths."""
    written = []
    for code, language, docx in templates():
        path = folder / code / f"{language}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(docx)
        path.with_suffix(".txt").write_text(text_of(docx), encoding="utf-8")
        written.append(path)
    return written
