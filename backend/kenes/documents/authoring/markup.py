"""The text of a template as authors write it, read into blocks. Two languages of one document are two texts.

A line says by its beginning what it is; what has no mark is a paragraph, and an empty line ends it.

    ; a remark for authors          ;К what a lawyer has to look at before approval
    >> line of the block at the right, addressee and applicant          >>! the same in bold
    # KIND OF THE DOCUMENT          ## what it is about          ### a heading
    - a numbered demand or paper (the number is part of the text)
    > somebody's own words          = a framed line          ~ a small gap
    {% if … %}                      alone on a line: chooses or repeats whole blocks
    @widths 4 3 9                   widths in cm of the table that follows
    | cell | cell |                 a row; the first is the head; |! a total, in bold
    | {% for one in debts %} |      alone in a row: repeats rows
    @include name                   a common part (`texts/common/<language>/name.txt`)
    @page                           a new page
    @footer text {page} of {pages}

A paragraph that ends with a colon stays with what follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

TEXTS: Final = Path(__file__).resolve().parent / "texts"
_LOGIC: Final = re.compile(r"\{%[^%]*%\}")
_MARKS: Final = {
    ">>!": "address_bold", ">>": "address", "###": "heading", "##": "about", "#": "kind", "-": "item", ">": "quotation",
    "=": "note",
}  # fmt: skip
# Held together in print: a number sign, a currency sign and a percent sign with their number.
_HELD: Final = ((re.compile(r"№ "), "№\u00a0"), (re.compile(r" (?=[₸%])(?!%\})"), "\u00a0"))


class MarkupProblem(ValueError):
    """The text cannot be read; says in which file and line."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row, or one mark of Jinja that repeats or chooses rows."""

    cells: tuple[str, ...]
    bold: bool = False

    @property
    def logic(self) -> str:
        alone = self.cells[0].strip()
        return alone if len(self.cells) == 1 and _LOGIC.fullmatch(alone) else ""


@dataclass(frozen=True, slots=True)
class Block:
    """`what`: a name of `_MARKS`, or text, logic, gap, page, footer, table."""

    what: str
    text: str = ""
    rows: tuple[Row, ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(slots=True)
class Text:
    """Blocks in order, and what a lawyer has to look at."""

    blocks: list[Block] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the document is called, without marks of Jinja: for the properties of the file."""
        lines = [block.text for block in self.blocks if block.what in ("kind", "about")]
        plain = (re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", line).strip(" №") for line in lines)
        return " ".join(line for line in plain if line)[:200]


def read(code: str, language: str) -> Text:
    """The text of a kind. Raises MarkupProblem, FileNotFoundError."""
    text = Text()
    _read_into(text, TEXTS / code / f"{language}.txt", language)
    return text


def _read_into(text: Text, path: Path, language: str) -> None:
    paragraph: list[str] = []
    table: list[Row] = []
    widths: tuple[float, ...] = ()

    def end() -> None:
        nonlocal widths
        if paragraph:
            text.blocks.append(Block("text", _held(" ".join(paragraph))))
            paragraph.clear()
        if table:
            text.blocks.append(Block("table", rows=tuple(table), widths=widths))
            table.clear()
            widths = ()

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("|"):
            if not table:
                end()
            table.append(_row(line))
        elif line.startswith("@widths"):
            end()
            widths = tuple(float(one) for one in line.split()[1:])
        elif not line:
            end()
        elif line.startswith("@include "):
            end()
            _read_into(text, TEXTS / "common" / language / f"{line.split()[1]}.txt", language)
        else:
            block = _block(line, text)
            if block is None:
                if table:
                    raise MarkupProblem(f"{path.name}, line {number}: a table ends with an empty line")
                if not line.startswith(";"):
                    paragraph.append(line)
            else:
                end()
                text.blocks.append(block)
    end()


def _block(line: str, text: Text) -> Block | None:
    """The block of a line that is one by itself; None for a line of a paragraph and for a remark."""
    if line.startswith(";"):
        if line.startswith(";К"):
            text.remarks.append(line[2:].strip())
        return None
    if line == "~":
        return Block("gap")
    if line == "@page":
        return Block("page")
    if line.startswith("@footer "):
        return Block("footer", _held(line.removeprefix("@footer ")))
    if _LOGIC.fullmatch(line):
        return Block("logic", line[2:-2].strip())
    for mark, what in _MARKS.items():
        if line.startswith(f"{mark} "):
            return Block(what, _held(line.removeprefix(mark).strip()))
    return None


def _row(line: str) -> Row:
    bold = line.startswith("|!")
    inside = line.removeprefix("|!" if bold else "|").strip().removesuffix("|")
    # A bar inside a mark of Jinja is a filter.
    cells = re.split(r"\|(?![^{]*(?:\}\}|%\}))", inside)
    return Row(tuple(_held(cell.strip()) for cell in cells), bold)


def _held(text: str) -> str:
    for pattern, put in _HELD:
        text = pattern.sub(put, text)
    return text
