"""Words with their places made into the text of a page, as people read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

_FIGURES: Final = frozenset("0123456789.,-–—()%₸ ")
_SAME_ROW: Final = 0.55


@dataclass(frozen=True, slots=True)
class Word:
    """One word; left, top, width and height are shares of the page, from 0 to 1."""

    text: str
    left: float
    top: float
    width: float
    height: float

    def turned_back(self, turn: int) -> Self:
        """The place on the page as it is shown, when recognition turned it clockwise by 90, 180 or 270 degrees."""
        left, top, width, height = self.left, self.top, self.width, self.height
        match turn:
            case 90:
                left, top, width, height = top, round(1 - left - width, 4), height, width
            case 180:
                left, top = round(1 - left - width, 4), round(1 - top - height, 4)
            case 270:
                left, top, width, height = round(1 - top - height, 4), left, height, width
            case _:
                return self
        return type(self)(self.text, left, top, width, height)


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line of one block. `block` tells lines of different columns and paragraphs apart."""

    block: tuple[int, int]
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.top + word.height for word in self.words)

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def is_figure(self) -> bool:
        """Mostly digits: a cell of a table that belongs to the words left of it."""
        text = self.text
        return any(char.isdigit() for char in text) and (
            sum(char in _FIGURES for char in text) >= 0.6 * len(text) and len(self.words) <= 6
        )


def page_text(lines: Iterable[Line]) -> tuple[str, list[Word]]:
    """Text of the page and its words in the order of the text; paragraphs are divided by an empty line."""
    rows = _with_figures_beside([line for line in lines if line.words])
    parts: list[str] = []
    words: list[Word] = []
    former: tuple[int, int] | None = None
    for row in rows:
        if former is not None:
            parts.append("\n\n" if row[0].block != former else "\n")
        parts.append("  ".join(line.text for line in row))
        words += [word for line in row for word in line.words]
        former = row[0].block
    return "".join(parts), words


def _with_figures_beside(lines: Sequence[Line]) -> list[list[Line]]:
    """Rows in the order of reading; figures of a table stand behind the words on their left."""
    rows = [[line] for line in lines if not line.is_figure]
    alone = [line for line in lines if line.is_figure]
    left_over: list[Line] = []
    for figure in alone:
        row = _row_of(rows, figure)
        if row is None:
            left_over.append(figure)
        else:
            row.append(figure)
    for row in rows:
        row.sort(key=lambda line: line.left)
    for figure in left_over:
        at = next((i for i, row in enumerate(rows) if row[0].top > figure.top), len(rows))
        rows.insert(at, [figure])
    return rows


def _row_of(rows: Sequence[list[Line]], figure: Line) -> list[Line] | None:
    """The row of words left of a figure on the same height; the nearest one where there are several."""
    best: tuple[float, list[Line]] | None = None
    for row in rows:
        first = row[0]
        shared = min(first.bottom, figure.bottom) - max(first.top, figure.top)
        lower = min(first.bottom - first.top, figure.bottom - figure.top)
        far = figure.left - first.left
        if lower > 0 and shared / lower >= _SAME_ROW and far > 0 and (best is None or far < best[0]):
            best = (far, row)
    return best[1] if best else None
