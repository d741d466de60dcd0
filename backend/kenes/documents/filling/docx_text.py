"""Plain text of a DOCX: what a reviewer of a template reads, and what a screen reader says of a letter."""

import io

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def docx_text(docx: bytes, *, footer: bool = False) -> str:
    """A line per paragraph or table row, in reading order, cells divided by a bar; empty lines are left out."""
    document = Document(io.BytesIO(docx))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
    if footer:
        lines += ["---", *(paragraph.text for paragraph in document.sections[0].footer.paragraphs)]
    return "\n".join(line for line in lines if line.strip()) + "\n"
