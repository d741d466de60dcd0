"""The look of a formal letter, drawn with python-docx: margins, addressee block, headings, tables, page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from kenes.documents.authoring.markup import Row

# Calibri is what Word has; where it is missing LibreOffice takes Carlito, which has the same widths and all
# Kazakh letters and the tenge sign.
FONT: Final = "Calibri"
_LANGUAGES: Final = {"ru": "ru-RU", "kk": "kk-KZ", "en": "en-GB"}
_MADE: Final = datetime(2026, 11, 1)  # noqa: DTZ001 - Word keeps this one without a zone
_STAMP: Final = (2026, 11, 1, 0, 0, 0)


_WHOLE_WIDTH, _COLUMN_WIDTH = 17.0, 8.4
# A line drawn for a signature.
_SIGN_HERE: Final = "_" * 6


class Letter:
    """Collects the paragraphs of a template. Text may hold Jinja marks; `logic` is a line that only chooses."""

    def __init__(self, *, language: str, title: str) -> None:
        self._document = Document()
        # Where paragraphs go: the document, or a cell of two columns.
        self._place: Any = self._document
        self._width = _WHOLE_WIDTH
        self._columns: Any = None
        self._set_page()
        self._set_font(language)
        properties = self._document.core_properties
        properties.title, properties.author, properties.language = title, "Kenes Hub", _LANGUAGES[language]
        properties.created = properties.modified = _MADE
        properties.comments, properties.last_modified_by, properties.revision = "", "Kenes Hub", 1

    @contextmanager
    def column(self, number: int) -> Iterator[None]:
        """Inside, everything goes into the left (0) or right (1) half of a row; the left one begins a new row."""
        if self._columns is None:
            self._columns = self._document.add_table(rows=0, cols=2, style="Table Grid")
            self._columns.autofit = False
        if number == 0:
            # A part stays whole on a page where it can.
            self._columns.add_row()._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cell = self._columns.rows[-1].cells[number]
        cell.width = Cm(_WHOLE_WIDTH / 2)
        self._place, self._width = cell, _COLUMN_WIDTH
        first = cell.paragraphs[0]
        try:
            yield
        finally:
            # A cell begins with an empty paragraph, and must end with one when its last block is a table.
            if len(cell.paragraphs) > 1:
                first._p.getparent().remove(first._p)
            self._place, self._width = self._document, _WHOLE_WIDTH

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
        section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.6)
        section.footer_distance = Cm(0.8)

    def _set_font(self, language: str) -> None:
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(11)
        fonts = style.element.rPr.rFonts
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), _LANGUAGES[language])
        style.element.rPr.append(tongue)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.0

    def logic(self, *marks: str) -> None:
        """Paragraph-level Jinja: `if debt.since`, `else`, `endif`, `for …`. They leave no paragraph behind."""
        for mark in marks:
            self._place.add_paragraph(f"{{%p {mark} %}}")

    def address(self, text: str, *, bold: bool = False) -> None:
        """A line of the block at the right: addressee and applicant."""
        paragraph = self._place.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(8.5 if self._width == _WHOLE_WIDTH else 0)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(text).bold = bold

    def gap(self, points: float = 6) -> None:
        self._narrow(self._place.add_paragraph(), points)

    @staticmethod
    def _narrow(paragraph: Paragraph, points: float = 6) -> None:
        paragraph.paragraph_format.space_after = Pt(points)
        paragraph.paragraph_format.line_spacing = Pt(2)

    def title(self, text: str, size: float) -> None:
        """A centred line: the kind of the document in capitals, or what it is about."""
        paragraph = self._place.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._hold(paragraph)
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(size if self._width == _WHOLE_WIDTH else size - 1)

    def page(self) -> None:
        """What follows begins on a new page."""
        self._place.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def heading(self, text: str) -> None:
        paragraph = self._place.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(3)
        self._hold(paragraph)
        paragraph.add_run(text).bold = True

    def _hold(self, paragraph: Paragraph) -> None:
        """Keep a heading with what follows. Not in a column: there it would hold the whole row with the next one."""
        paragraph.paragraph_format.keep_with_next = self._width == _WHOLE_WIDTH or None

    def text(self, text: str, *, keep: bool = False) -> None:
        """An ordinary paragraph; `keep` holds it together with the next one.

        Not justified: dates and sums hold together by no-break spaces, which do not stretch.
        """
        if _SIGN_HERE in text:
            # The date in both wordings of `sign`, the gap, and the last words above them.
            self._hold_to_what_follows(4)
        self._place.add_paragraph(text).paragraph_format.keep_with_next = keep

    def _hold_to_what_follows(self, count: int) -> None:
        """Hold the last printed paragraphs to the next one: a place to sign never stands alone on a page."""
        printed = (one for one in reversed(self._place.paragraphs) if not one.text.startswith("{%p"))
        for paragraph in islice(printed, count):
            paragraph.paragraph_format.keep_with_next = True

    def quotation(self, text: str) -> None:
        """The borrower's own words."""
        paragraph = self._place.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.75)
        paragraph.add_run(text).italic = True

    def item(self, text: str) -> None:
        """A numbered request or paper; the number is part of the text."""
        paragraph = self._place.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Cm(0.9)
        paragraph.paragraph_format.first_line_indent = Cm(-0.45)
        paragraph.paragraph_format.space_after = Pt(2)

    def table(self, rows: Sequence[Row], widths: Sequence[float]) -> None:
        """A table with a head that is repeated on the next page; figures stand at the right. Widths in cm, equal when empty."""
        count = len(rows[0].cells)
        given = list(widths) or [1.0] * count
        scale = self._width / sum(given)
        table = self._place.add_table(rows=0, cols=count)
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        # LibreOffice goes by the grid, Word by the cells.
        for column, width in zip(table.columns, given, strict=True):
            column.width = Cm(width * scale)
        for index, row in enumerate(rows):
            cells = table.add_row().cells
            if row.logic:
                cells[0].paragraphs[0].add_run(f"{{%tr {row.logic[2:-2].strip()} %}}")
                continue
            if len(row.cells) != count:
                raise ValueError(f"a row of {len(row.cells)} cells in a table of {count}: {row.cells}")
            for cell, text, width in zip(cells, row.cells, given, strict=True):
                cell.width = Cm(width * scale)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                run = paragraph.add_run(text)
                run.font.size = Pt(10 if self._width == _WHOLE_WIDTH else 8.5)
                run.bold = index == 0 or row.bold
                if index and text.endswith("₸"):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        # A header row is repeated on the next page and read out as one.
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        if self._width == _WHOLE_WIDTH:
            self.gap()
        else:  # a cell has got an empty paragraph after its table
            self._narrow(self._place.paragraphs[-1])

    def note(self, text: str) -> None:
        """A framed line at the top: this text is a translation."""
        paragraph = self._place.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(10)
        borders = OxmlElement("w:pBdr")
        for side in ("w:top", "w:left", "w:bottom", "w:right"):
            border = OxmlElement(side)
            for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "3"), ("w:color", "auto")):
                border.set(qn(name), value)
            borders.append(border)
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def footer(self, parts: Sequence[str]) -> None:
        """Text in the middle of the foot; the parts `{page}` and `{pages}` are the numbers."""
        # The size is the style's: a page field does not take the size of its run everywhere.
        self._document.styles["Footer"].font.size = Pt(8.5)
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for part in parts:
            if part in ("{page}", "{pages}"):
                _page_field(paragraph, "PAGE" if part == "{page}" else "NUMPAGES")
            elif part:
                paragraph.add_run(part)

    def to_bytes(self) -> bytes:
        """The template as DOCX; the same text gives the same bytes."""
        raw, result = io.BytesIO(), io.BytesIO()
        self._document.save(raw)
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(result, "w") as target:
            for name in source.namelist():
                # The thumbnail of python-docx's own sample is not ours.
                if name == "docProps/thumbnail.jpeg":
                    continue
                content = source.read(name)
                if name == "_rels/.rels":
                    content = _without_thumbnail(content)
                entry = zipfile.ZipInfo(name, date_time=_STAMP)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, content)
        return result.getvalue()


def _page_field(paragraph: Paragraph, name: str) -> None:
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {name} "
            run._r.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _without_thumbnail(relationships: bytes) -> bytes:
    root = etree.fromstring(relationships)
    for relationship in list(root):
        if relationship.get("Target", "").endswith("thumbnail.jpeg"):
            root.remove(relationship)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
