"""Draws the page that is added to a signed document: who signed what, when, how, and where to check it.

Nothing here knows Django. Fonts come from the packages fonts-crosextra-carlito and fonts-dejavu-core: both hold every
Kazakh letter and ₸.
"""

from __future__ import annotations

import functools
import io
import threading
from pathlib import Path
from typing import Final

import qrcode
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kenes.signing.certificate_facts import CertificateFacts
from kenes.signing.certificate_rows import (
    MUTED,
    RULE,
    SOFT,
    TEAL,
    Line,
    Row,
    grouped,
    rows_of,
    second,
    texts_of,
)

_FONT_FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/crosextra"),
    Path("/usr/share/fonts/truetype/dejavu"),
)
_FONT_FILES: Final = {
    "KenesText": ("Carlito-Regular.ttf", "DejaVuSans.ttf"),
    "KenesBold": ("Carlito-Bold.ttf", "DejaVuSans-Bold.ttf"),
    "KenesMono": ("DejaVuSansMono.ttf",),
}
_LEFT: Final = 20 * mm
_VALUE_LEFT: Final = 66 * mm
_RIGHT: Final = A4[0] - 20 * mm
_QR_SIDE: Final = 38 * mm
_CHECK_BOTTOM: Final = 40 * mm
_TOP: Final = A4[1] - 38 * mm
_FIRST_BOTTOM: Final = _CHECK_BOTTOM + _QR_SIDE + 11 * mm
_NEXT_BOTTOM: Final = 20 * mm
_LEADING: Final = 1.28
_LABELS_HEIGHT: Final = 22
_ROW_GAP: Final = 14
# The font library keeps its work in the shared font: two pages drawn at once would mix their letters.
_one_at_a_time = threading.Lock()


class FontMissingError(Exception):
    """A font of the certificate page is not installed."""


def draw_certificate_page(facts: CertificateFacts) -> bytes:
    """Give an A4 PDF, of one page as long as everybody fits. The document's own language stands first."""
    with _one_at_a_time:
        return _draw(facts)


def _draw(facts: CertificateFacts) -> bytes:
    _register_fonts()
    sheets = _sheets(rows_of(facts))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=1, invariant=1, initialFontName="KenesText")
    for number, rows in enumerate(sheets):
        top = _draw_head(canvas, facts)
        for row in rows:
            top = _draw_row(canvas, top, row)
        if number == 0:
            _draw_check(canvas, facts)
            _draw_binding(canvas, facts)
        _draw_foot(canvas, facts, number + 1, len(sheets))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _sheets(rows: list[Row]) -> list[list[Row]]:
    """Rows by sheets: the first has the box with the code below, so it holds less."""
    sheets: list[list[Row]] = [[]]
    top = _TOP
    for row in rows:
        height = _height(row)
        if sheets[-1] and top - height < (_FIRST_BOTTOM if len(sheets) == 1 else _NEXT_BOTTOM):
            sheets.append([])
            top = _TOP
        sheets[-1].append(row)
        top -= height
    return sheets


def _height(row: Row) -> float:
    lines = sum(
        line.size * _LEADING * len(simpleSplit(line.text, line.font, line.size, _RIGHT - _VALUE_LEFT))
        for line in row.lines
    )
    return float(max(lines, _LABELS_HEIGHT)) + _ROW_GAP


def _draw_head(canvas: Canvas, facts: CertificateFacts) -> float:
    width, height = A4
    first, other = texts_of(facts)
    canvas.setTitle(f"{first.title} · {other.title}")
    canvas.setFillColor(TEAL)
    canvas.rect(0, height - 6 * mm, width, 6 * mm, stroke=0, fill=1)
    top = height - 21 * mm
    _text(canvas, _LEFT, top, Line(f"{first.title} · {other.title}", "KenesBold", 20))
    _text(canvas, _LEFT, top - 6.5 * mm, Line(f"{first.subtitle} · {other.subtitle}", size=9.5, colour=MUTED))
    canvas.setFont("KenesBold", 11)
    canvas.setFillColor(TEAL)
    canvas.drawRightString(_RIGHT, top, "Kenes Hub")
    _rule(canvas, top - 11 * mm, TEAL)
    return float(_TOP)


def _draw_row(canvas: Canvas, top: float, row: Row) -> float:
    _text(canvas, _LEFT, top, _fitted(Line(row.labels[0], "KenesBold", 10.5)))
    _text(canvas, _LEFT, top - 11.5, _fitted(second(row.labels[1])))
    below = top
    for line in row.lines:
        for part in simpleSplit(line.text, line.font, line.size, _RIGHT - _VALUE_LEFT):
            _text(canvas, _VALUE_LEFT, below, Line(part, line.font, line.size, line.colour))
            below -= line.size * _LEADING
    below = min(below, top - _LABELS_HEIGHT)
    _rule(canvas, below + 2, RULE)
    return float(below - _ROW_GAP)


def _fitted(line: Line) -> Line:
    """A label made as small as its column wants."""
    size = line.size
    while size > 6 and pdfmetrics.stringWidth(line.text, line.font, size) > _VALUE_LEFT - _LEFT - 3 * mm:
        size -= 0.25
    return Line(line.text, line.font, size, line.colour)


def _draw_check(canvas: Canvas, facts: CertificateFacts) -> None:
    first, other = texts_of(facts)
    bottom, side = _CHECK_BOTTOM, _QR_SIDE
    canvas.setFillColor(SOFT)
    canvas.roundRect(_LEFT, bottom, _RIGHT - _LEFT, side + 10 * mm, 3 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.roundRect(_LEFT + 4 * mm, bottom + 4 * mm, side + 2 * mm, side + 2 * mm, 2 * mm, stroke=0, fill=1)
    _draw_qr(canvas, facts.verify_url, _LEFT + 5 * mm, bottom + 5 * mm, side)
    left = _LEFT + side + 11 * mm
    top = bottom + side + 1.5 * mm
    _text(canvas, left, top, Line(f"{first.check} · {other.check}", "KenesBold", 12))
    top -= 15
    for text, line in ((first.check_how, Line("", size=10)), (other.check_how, second(""))):
        for part in simpleSplit(text, line.font, line.size, _RIGHT - left - 5 * mm):
            _text(canvas, left, top, Line(part, line.font, line.size, line.colour))
            top -= line.size * _LEADING
        top -= 3
    size = 10.0
    while size > 6 and pdfmetrics.stringWidth(facts.verify_url, "KenesBold", size) > _RIGHT - left - 5 * mm:
        size -= 0.25
    _text(canvas, left, top - 4, Line(facts.verify_url, "KenesBold", size, TEAL))
    canvas.linkURL(facts.verify_url, (left, top - 7, _RIGHT - 5 * mm, top + 6), relative=0)


def _draw_binding(canvas: Canvas, facts: CertificateFacts) -> None:
    size = {"size": grouped(facts.document_size)}
    top = 34.5 * mm
    for texts in texts_of(facts):
        for part in simpleSplit(texts.binding % size, "KenesText", 8.5, _RIGHT - _LEFT):
            _text(canvas, _LEFT, top, Line(part, size=8.5, colour=MUTED))
            top -= 10.6
        top -= 3


def _draw_foot(canvas: Canvas, facts: CertificateFacts, number: int, of: int) -> None:
    _text(canvas, _LEFT, 11 * mm, Line(facts.signature_id, "KenesMono", 7, MUTED))
    if of > 1:
        canvas.setFont("KenesText", 8.5)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(_RIGHT, 11 * mm, texts_of(facts)[0].page_of % {"number": number, "all": of})


def _draw_qr(canvas: Canvas, text: str, left: float, bottom: float, side: float) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.modules
    cell = side / len(matrix)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(
                    left + start * cell, bottom + side - (row + 1) * cell, (column - start) * cell, cell
                )
                start = None
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)


def _text(canvas: Canvas, left: float, baseline: float, line: Line) -> None:
    canvas.setFont(line.font, line.size)
    canvas.setFillColor(line.colour)
    canvas.drawString(left, baseline, line.text)


def _rule(canvas: Canvas, height: float, colour: Color) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.6)
    canvas.line(_LEFT, height, _RIGHT, height)


@functools.cache
def _register_fonts() -> None:
    for name, files in _FONT_FILES.items():
        path = next(
            (folder / file for file in files for folder in _FONT_FOLDERS if (folder / file).exists()), None
        )
        if path is None:
            raise FontMissingError(f"none of {', '.join(files)} is installed")
        pdfmetrics.registerFont(TTFont(name, str(path)))
