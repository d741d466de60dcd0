"""Schedules pasted from a bank's application, a letter or a table: text into rows, with what is wrong line by line."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_LINES: Final = 601
MAX_TIYN: Final = 10**15
_DATE: Final = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_SUM: Final = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f']\d{3})+|\d+)(?:[.,](\d{1,2}))?")
_SPLIT: Final = re.compile(r"[\t;|]+")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One payment as read. In tiyn."""

    due: date
    principal: int
    interest: int
    total: int


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong in a line (1 is the first)."""

    line: int
    code: str


def read(text: str) -> tuple[list[TypedRow], list[LineProblem]]:
    """Rows «date; principal; interest[; total]» or «date; total», separated by tab, semicolon or bar; a head line is skipped.

    Codes of problems: too_many, date, sum, sums_differ, order.
    """
    rows: list[TypedRow] = []
    problems: list[LineProblem] = []
    lines = [line.strip() for line in text.splitlines()]
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line]
    if len(filled) > MAX_LINES:
        return [], [LineProblem(MAX_LINES, "too_many")]
    for place, (number, line) in enumerate(filled):
        cells = [cell.strip() for cell in _SPLIT.split(line) if cell.strip()]
        if place == 0 and not _DATE.search(line):
            continue
        row = _row(cells)
        if isinstance(row, str):
            problems.append(LineProblem(number, row))
        elif rows and row.due <= rows[-1].due:
            problems.append(LineProblem(number, "order"))
        else:
            rows.append(row)
    return rows, problems


def _row(cells: list[str]) -> TypedRow | str:
    # The first cell may be the number of the payment.
    if len(cells) > 1 and not _DATE.fullmatch(cells[0]) and _DATE.fullmatch(cells[1]):
        cells = cells[1:]
    due = _day(cells[0]) if cells else None
    if due is None:
        return "date"
    sums = [_tiyn(cell) for cell in cells[1:4]]
    if not sums or any(found is None for found in sums):
        return "sum"
    whole = [found for found in sums if found is not None]
    if len(whole) == 1:
        return TypedRow(due, whole[0], 0, whole[0])
    total = whole[2] if len(whole) == 3 else whole[0] + whole[1]
    if whole[0] + whole[1] != total:
        return "sums_differ"
    return TypedRow(due, whole[0], whole[1], total)


def _day(cell: str) -> date | None:
    match = _DATE.fullmatch(cell)
    if match is None:
        return None
    first, month, last = (int(part) for part in match.groups())
    year, day = (first, last) if len(match[1]) == 4 else (last, first)
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _tiyn(cell: str) -> int | None:
    plain = re.sub(r"(?i)\s*(₸|kzt|тенге|теңге|тг\.?)$", "", cell)
    match = _SUM.fullmatch(plain)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match[1])
    if len(whole) > 14:
        return None
    tiyn = int(whole) * 100 + int((match[2] or "").ljust(2, "0"))
    return tiyn if tiyn <= MAX_TIYN else None
