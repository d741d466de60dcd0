"""Texts and tables as simple Word files, so that one converter draws everything that has pages."""

import io
import re
from typing import Any, Final
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

# Nobody reads more of a text on the screen; the original has all of it.
MOST_LINES: Final = 5000
MOST_CHARACTERS: Final = 400_000
# Characters that XML does not know.
_UNKNOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def of_text(text: bytes) -> bytes:
    """Plain text, a paragraph a line."""
    document = _empty("DejaVu Sans Mono", 9)
    shown = text.decode("utf-8-sig", "replace")[:MOST_CHARACTERS].replace("\f", "\n")
    for line in shown.splitlines()[:MOST_LINES]:
        document.add_paragraph(_known(line)).paragraph_format.space_after = Pt(0)
    return _saved(document)


def of_tables(sheets: list[dict[str, Any]]) -> bytes:
    """Sheets with `name` and `rows` of texts, each as a heading and a table, lying."""
    document = _empty("DejaVu Sans", 8)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    for sheet in sheets:
        document.add_heading(_known(sheet["name"]), level=2)
        if sheet["rows"]:
            # Written at once: asking for cell after cell takes minutes in a long table.
            document.element.body.insert(len(document.element.body) - 1, parse_xml(_table(sheet["rows"])))
    return _saved(document)


def _table(rows: list[list[str]]) -> str:
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t xml:space=\"preserve\">{escape(_known(text))}</w:t></w:r></w:p></w:tc>" for text in row) + "</w:tr>"
        for row in rows
    )  # fmt: skip
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "<w:gridCol/>" * len(rows[0])
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )


def _known(text: str) -> str:
    return _UNKNOWN.sub("", text)


def _empty(font: str, points: int) -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(points)
    style.paragraph_format.space_after = Pt(0)
    return document


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
