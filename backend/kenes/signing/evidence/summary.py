"""Draws the summary of an evidence package: what the files prove, in words, in one of three languages."""

import functools
import hashlib
import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from kenes.signing.evidence.parts import Contents
from kenes.signing.evidence.summary_texts import TEXTS, SummaryTexts

_ALMATY: Final = ZoneInfo("Asia/Almaty")
_FOLDERS: Final = (Path("/usr/share/fonts/truetype/crosextra"), Path("/usr/share/fonts/truetype/dejavu"))
# Both families hold every Kazakh letter; the second one stands in where the first is not installed.
_FONTS: Final = {
    "EvidenceText": ("Carlito-Regular.ttf", "DejaVuSans.ttf"),
    "EvidenceBold": ("Carlito-Bold.ttf", "DejaVuSans-Bold.ttf"),
    "EvidenceMono": ("DejaVuSansMono.ttf",),
}
_TEAL, _INK, _MUTED, _LINE = (HexColor(code) for code in ("#0B6E6E", "#0F1F2E", "#5A6B7B", "#DCE3E8"))
_LABEL_WIDTH: Final = 42 * mm
_WIDTH: Final = A4[0] - 40 * mm
# The font library keeps its work in the shared font: two papers drawn at once would mix their letters.
_one_at_a_time = threading.Lock()

_TEXT: Final = ParagraphStyle(
    "text", fontName="EvidenceText", fontSize=10, leading=13.5, textColor=_INK, alignment=TA_LEFT
)
_LABEL: Final = ParagraphStyle("label", parent=_TEXT, textColor=_MUTED)
_TITLE: Final = ParagraphStyle("title", parent=_TEXT, fontName="EvidenceBold", fontSize=20, leading=25)
_HEAD: Final = ParagraphStyle(
    "head", parent=_TEXT, fontName="EvidenceBold", fontSize=13, leading=17, textColor=_TEAL, spaceBefore=10,
    spaceAfter=4,
)  # fmt: skip
_MONO: Final = ParagraphStyle(
    "mono", parent=_TEXT, fontName="EvidenceMono", fontSize=7.5, leading=10, wordWrap="CJK"
)
_Row = tuple[str, list[Flowable]]


def draw(contents: Contents, language: str, made_at: datetime) -> bytes:
    """A PDF of one or more A4 pages. `made_at` is when the package is made."""
    with _one_at_a_time:
        _register_fonts()
        texts = TEXTS[language]
        stream = io.BytesIO()
        paper = SimpleDocTemplate(
            stream, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=22 * mm, bottomMargin=18 * mm,
            title=f"{texts.title} {contents.document.number}", author="Kenes Hub", invariant=1,
        )  # fmt: skip
        frame = functools.partial(_frame, texts=texts)
        paper.build(list(_story(contents, language, texts, made_at)), onFirstPage=frame, onLaterPages=frame)
    return stream.getvalue()


def _frame(canvas: Canvas, paper: SimpleDocTemplate, *, texts: SummaryTexts) -> None:
    canvas.saveState()
    canvas.setFillColor(_TEAL)
    canvas.rect(0, A4[1] - 6 * mm, A4[0], 6 * mm, stroke=0, fill=1)
    canvas.setFont("EvidenceBold", 11)
    canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 15 * mm, "Kenes Hub")
    canvas.setFillColor(_MUTED)
    canvas.setFont("EvidenceText", 8.5)
    canvas.drawRightString(A4[0] - 20 * mm, 10 * mm, texts.page % {"page": paper.page})
    canvas.restoreState()


def _story(contents: Contents, language: str, texts: SummaryTexts, made_at: datetime) -> Iterator[Flowable]:
    yield Paragraph(texts.title, _TITLE)
    yield Spacer(1, 3)
    yield _text(texts.lead)
    yield Paragraph(texts.document, _HEAD)
    shown = contents.index["document"]
    yield _table(
        [
            (texts.document, [_text(shown["titles"][language])]),
            (texts.number, [_text(shown["number"])]),
            (texts.pages, [_text(str(shown["pages"]))]),
            (texts.hash, [_mono(shown["sha256"])]),
            (texts.made, [_text(_moment(made_at, texts))]),
        ]
    )
    yield Paragraph(texts.signatures, _HEAD)
    for facts in contents.signatures:
        yield _table(list(_signature(contents, facts, texts)))
        yield Spacer(1, 8)
    yield Paragraph(texts.events, _HEAD)
    yield _text(texts.events_lead)
    yield Spacer(1, 4)
    yield _events(contents)
    yield Paragraph(texts.anchor, _HEAD)
    yield from _anchor(contents, texts)
    yield Paragraph(texts.check, _HEAD)
    for number, step in enumerate(texts.check_steps, start=1):
        yield _text(f"{number}. {step}")
    yield Spacer(1, 6)
    yield _text(texts.trust)
    for anchor in contents.index["anchors"]:
        yield _mono(f"{hashlib.sha256(contents.files[anchor['path']]).hexdigest()}  {anchor['path']}")


def _signature(contents: Contents, facts: dict[str, Any], texts: SummaryTexts) -> Iterator[_Row]:
    yield texts.signer, [_text(facts["signer_name"], bold=True)]
    acts_for = ", ".join(name for name in (facts["represents"], facts["organisation"]) if name)
    if acts_for:
        yield texts.acts_for, [_text(acts_for)]
    yield texts.method, [_text(texts.methods.get(facts["method"], facts["method"]))]
    source = texts.time_sources.get(facts["time_source"], facts["time_source"])
    yield texts.when, [_text(f"{_moment(datetime.fromisoformat(facts['signed_at']), texts)}, {source}")]
    if facts["sms"]:
        yield from _sms(_json(contents, facts["sms"]), texts)
    if facts["agreement"]:
        agreement = _json(contents, facts["agreement"])
        fields = {**agreement, "accepted": _short(agreement["accepted_at"])}
        yield texts.agreement, [_text(texts.agreement_facts % fields), _mono(agreement["sha256"])]
    if facts["certificate"]:
        certificate = facts["certificate"]
        yield texts.certificate, [_text(texts.certificate_facts % certificate), _mono(certificate["sha256"])]
        yield texts.kept_answers, [_text(line) for line in _kept_answers(facts, texts)]
    if facts["paper"]:
        yield texts.paper, [_text(texts.paper_facts % {"path": facts["paper"]})]


def _kept_answers(facts: dict[str, Any], texts: SummaryTexts) -> Iterator[str]:
    yield texts.answer_kept if facts["ocsp"] else texts.answer_absent
    if facts["lists"]:
        yield texts.lists_kept % {"count": len(facts["lists"])}
    for one in facts["lists_left_out"]:
        words = texts.list_left_out if one["is_kept"] else texts.list_not_kept
        yield words % {"size": f"{one['size'] / 1024 / 1024:.1f}", "sha256": one["sha256"]}


def _sms(code: dict[str, Any], texts: SummaryTexts) -> Iterator[_Row]:
    fields = {
        "phone": code["phone"], "created": _short(code["created_at"]), "closed": _short(code["closed_at"]),
        "tries": code["tries_used"], "limit": code["tries_limit"],
    }  # fmt: skip
    yield texts.code, [_text(texts.code_facts % fields)]
    message = code["message"]
    if message is not None:
        line = texts.attempt % {
            "provider": message["provider"] or "SMS",
            "id": message["provider_id"] or message["id"],
            "status": texts.statuses.get(message["status"], message["status"]),
        }
        yield texts.delivery, [_text(line)]


def _events(contents: Contents) -> Flowable:
    rows = [
        [
            _mono(str(event["seq"])),
            _mono(event["type"]),
            _mono(_short(event["at"])),
            _mono(event["hash"][:16]),
        ]
        for event in contents.chain.events
        if "type" in event
    ]
    widths = [14 * mm, 62 * mm, 52 * mm, _WIDTH - 128 * mm]
    return _ruled(rows, widths) if rows else Spacer(1, 1)


def _anchor(contents: Contents, texts: SummaryTexts) -> Iterator[Flowable]:
    path = contents.index["anchor"]
    if path is None:
        yield _text(texts.anchor_none)
        return
    anchor = _json(contents, path)
    yield _text((texts.anchor_stamped if anchor["stamp"] else texts.anchor_bare) % {"day": anchor["day"]})
    yield _mono(anchor["root"])


def _json(contents: Contents, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(contents.files[path])
    return found


def _table(rows: list[_Row]) -> Flowable:
    cells = [[Paragraph(escape(label), _LABEL), values] for label, values in rows]
    return _ruled(cells, [_LABEL_WIDTH, _WIDTH - _LABEL_WIDTH])


def _ruled(cells: list[list[Any]], widths: list[float]) -> Flowable:
    table = Table(cells, colWidths=widths, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.6, _LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _text(words: str, *, bold: bool = False) -> Paragraph:
    plain = escape(words)
    return Paragraph(f'<font name="EvidenceBold">{plain}</font>' if bold else plain, _TEXT)


def _mono(words: str) -> Paragraph:
    return Paragraph(escape(words), _MONO)


def _moment(moment: datetime, texts: SummaryTexts) -> str:
    almaty, universal = moment.astimezone(_ALMATY), moment.astimezone(UTC)
    return f"{almaty:%d.%m.%Y %H:%M:%S} ({texts.almaty}), {universal:%d.%m.%Y %H:%M:%S} UTC"


def _short(moment: str | None) -> str:
    """Almaty time of an ISO moment."""
    return f"{datetime.fromisoformat(moment).astimezone(_ALMATY):%d.%m.%Y %H:%M:%S}" if moment else "—"


@functools.cache
def _register_fonts() -> None:
    for name, files in _FONTS.items():
        path = next(folder / file for file in files for folder in _FOLDERS if (folder / file).exists())
        pdfmetrics.registerFont(TTFont(name, str(path)))
