"""Draws the page that is added to a signed document: who signed what, when, how, and where to check it.

Nothing here knows Django. Fonts come from the packages fonts-crosextra-carlito and fonts-dejavu-core: both hold every
Kazakh letter and ₸.
"""

from __future__ import annotations

import functools
import io
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import qrcode
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kenes.signing.certificate_texts import TEXTS, PageLanguage, PageTexts

_ALMATY: Final = ZoneInfo("Asia/Almaty")
_FONT_FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/crosextra"),
    Path("/usr/share/fonts/truetype/dejavu"),
)
_FONT_FILES: Final = {
    "KenesText": ("Carlito-Regular.ttf", "DejaVuSans.ttf"),
    "KenesBold": ("Carlito-Bold.ttf", "DejaVuSans-Bold.ttf"),
    "KenesMono": ("DejaVuSansMono.ttf",),
}
_TEAL: Final = HexColor("#0B6E6E")
_SOFT: Final = HexColor("#E6F2F1")
_INK: Final = HexColor("#0F1F2E")
_MUTED: Final = HexColor("#5A6B7B")
_LINE: Final = HexColor("#DCE3E8")
_LEFT: Final = 20 * mm
_VALUE_LEFT: Final = 66 * mm
_RIGHT: Final = A4[0] - 20 * mm
_QR_SIDE: Final = 38 * mm
# The font library keeps its work in the shared font: two pages drawn at once would mix their letters.
_one_at_a_time = threading.Lock()


class FontMissingError(Exception):
    """A font of the certificate page is not installed."""


@dataclass(frozen=True)
class CertificateFacts:
    """What the page says. Times are aware; ``document_size`` is in bytes; hashes are lower-case hex SHA-256."""

    document_title: str
    document_number: str
    document_sha256: str
    document_size: int
    document_pages: int
    signer_name: str
    signed_at: datetime
    masked_phone: str
    agreement_version: str
    agreement_accepted_at: datetime
    signature_id: str
    verify_url: str
    seal_subject: str
    seal_fingerprint: str
    language: PageLanguage = "ru"


@dataclass(frozen=True)
class _Line:
    text: str
    font: str = "KenesText"
    size: float = 10.5
    colour: Color = _INK


def draw_certificate_page(facts: CertificateFacts) -> bytes:
    """Give a one-page A4 PDF. The document's own language stands first, the other one below it, smaller."""
    with _one_at_a_time:
        return _draw(facts)


def _draw(facts: CertificateFacts) -> bytes:
    _register_fonts()
    first = TEXTS[facts.language]
    second = TEXTS["kk" if facts.language == "ru" else "ru"]
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=1, invariant=1, initialFontName="KenesText")
    top = _draw_head(canvas, first, second)
    for labels, lines in _rows(facts, first, second):
        top = _draw_row(canvas, top, labels, lines)
    _draw_check(canvas, facts, first, second)
    _draw_foot(canvas, facts)
    canvas.save()
    return stream.getvalue()


def _rows(
    facts: CertificateFacts, first: PageTexts, second: PageTexts
) -> list[tuple[tuple[str, str], list[_Line]]]:
    agreement = {
        "version": facts.agreement_version,
        "accepted": _moment(facts.agreement_accepted_at, _ALMATY),
    }
    phone = {"phone": facts.masked_phone}
    size = {"pages": facts.document_pages, "size": _grouped(facts.document_size)}
    almaty, universal = _moment(facts.signed_at, _ALMATY), _moment(facts.signed_at, UTC)
    return [
        (
            (first.document, second.document),
            [_Line(facts.document_title, "KenesBold", 11.5), _Line(f"№ {facts.document_number}")],
        ),
        ((first.signer, second.signer), [_Line(facts.signer_name, "KenesBold", 11.5)]),
        (
            (first.when, second.when),
            [
                _Line(f"{almaty} ({first.almaty} · {second.almaty}, UTC+5)"),
                _second(f"{universal} UTC"),
            ],
        ),
        ((first.how, second.how), [_Line(first.sms_code % phone), _second(second.sms_code % phone)]),
        (
            (first.ground, second.ground),
            [_Line(first.agreement % agreement), _second(second.agreement % agreement)],
        ),
        (
            (first.file, second.file),
            [
                _Line(facts.document_sha256[:32], "KenesMono", 9.5),
                _Line(facts.document_sha256[32:], "KenesMono", 9.5),
                _second(first.file_size % size),
                _second(second.file_size % size),
            ],
        ),
        (
            (first.seal, second.seal),
            [
                _Line(facts.seal_subject),
                _second(f"{first.seal_certificate} · {second.seal_certificate}"),
                _Line(facts.seal_fingerprint, "KenesMono", 7.2, _MUTED),
            ],
        ),
    ]


def _second(text: str) -> _Line:
    return _Line(text, size=9, colour=_MUTED)


def _draw_head(canvas: Canvas, first: PageTexts, second: PageTexts) -> float:
    width, height = A4
    canvas.setTitle(f"{first.title} · {second.title}")
    canvas.setFillColor(_TEAL)
    canvas.rect(0, height - 6 * mm, width, 6 * mm, stroke=0, fill=1)
    top = height - 21 * mm
    _text(canvas, _LEFT, top, _Line(f"{first.title} · {second.title}", "KenesBold", 20))
    _text(
        canvas, _LEFT, top - 6.5 * mm, _Line(f"{first.subtitle} · {second.subtitle}", size=9.5, colour=_MUTED)
    )
    canvas.setFont("KenesBold", 11)
    canvas.setFillColor(_TEAL)
    canvas.drawRightString(_RIGHT, top, "Kenes Hub")
    _rule(canvas, top - 11 * mm, _TEAL)
    return float(top - 17 * mm)


def _draw_row(canvas: Canvas, top: float, labels: tuple[str, str], lines: list[_Line]) -> float:
    _text(canvas, _LEFT, top, _Line(labels[0], "KenesBold", 10.5))
    _text(canvas, _LEFT, top - 11.5, _second(labels[1]))
    below = top
    for line in lines:
        for part in simpleSplit(line.text, line.font, line.size, _RIGHT - _VALUE_LEFT):
            _text(canvas, _VALUE_LEFT, below, _Line(part, line.font, line.size, line.colour))
            below -= line.size * 1.28
    below = min(below, top - 22)
    _rule(canvas, below + 2, _LINE)
    return below - 14


def _draw_check(canvas: Canvas, facts: CertificateFacts, first: PageTexts, second: PageTexts) -> None:
    bottom, side = 40 * mm, _QR_SIDE
    canvas.setFillColor(_SOFT)
    canvas.roundRect(_LEFT, bottom, _RIGHT - _LEFT, side + 10 * mm, 3 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.roundRect(_LEFT + 4 * mm, bottom + 4 * mm, side + 2 * mm, side + 2 * mm, 2 * mm, stroke=0, fill=1)
    _draw_qr(canvas, facts.verify_url, _LEFT + 5 * mm, bottom + 5 * mm, side)
    left = _LEFT + side + 11 * mm
    top = bottom + side + 1.5 * mm
    _text(canvas, left, top, _Line(f"{first.check} · {second.check}", "KenesBold", 12))
    top -= 15
    for text, line in ((first.check_how, _Line("", size=10)), (second.check_how, _second(""))):
        for part in simpleSplit(text, line.font, line.size, _RIGHT - left - 5 * mm):
            _text(canvas, left, top, _Line(part, line.font, line.size, line.colour))
            top -= line.size * 1.28
        top -= 3
    size = 10.0
    while size > 6 and pdfmetrics.stringWidth(facts.verify_url, "KenesBold", size) > _RIGHT - left - 5 * mm:
        size -= 0.25
    _text(canvas, left, top - 4, _Line(facts.verify_url, "KenesBold", size, _TEAL))
    canvas.linkURL(facts.verify_url, (left, top - 7, _RIGHT - 5 * mm, top + 6), relative=0)


def _draw_foot(canvas: Canvas, facts: CertificateFacts) -> None:
    size = {"size": _grouped(facts.document_size)}
    languages: tuple[PageLanguage, PageLanguage] = ("ru", "kk") if facts.language == "ru" else ("kk", "ru")
    top = 34.5 * mm
    for language in languages:
        for part in simpleSplit(TEXTS[language].binding % size, "KenesText", 8.5, _RIGHT - _LEFT):
            _text(canvas, _LEFT, top, _Line(part, size=8.5, colour=_MUTED))
            top -= 10.6
        top -= 3
    _text(canvas, _LEFT, 11 * mm, _Line(facts.signature_id, "KenesMono", 7, _MUTED))


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


def _text(canvas: Canvas, left: float, baseline: float, line: _Line) -> None:
    canvas.setFont(line.font, line.size)
    canvas.setFillColor(line.colour)
    canvas.drawString(left, baseline, line.text)


def _rule(canvas: Canvas, height: float, colour: Color) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.6)
    canvas.line(_LEFT, height, _RIGHT, height)


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M:%S}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


@functools.cache
def _register_fonts() -> None:
    for name, files in _FONT_FILES.items():
        path = next(
            (folder / file for file in files for folder in _FONT_FOLDERS if (folder / file).exists()), None
        )
        if path is None:
            raise FontMissingError(f"none of {', '.join(files)} is installed")
        pdfmetrics.registerFont(TTFont(name, str(path)))
