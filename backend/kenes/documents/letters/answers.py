"""Answers of the interview: checked and read from what was sent, and as the values that a template prints.

An answer is kept as plain JSON: dates in ISO, money in tiyn, shares as text, rows as lists of groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kenes.documents.catalogue import Asked, Kind
from kenes.documents.letters.forms import Choice, Day, Language, Months, Organisation, Percent, Sum
from kenes.documents.letters.values import name, paragraphs
from kenes.foundation.values import Bin, Iin, PhoneNumber, ValueProblem

MAX_TEXT, MAX_LONG, MAX_ROWS, MAX_TIYN = 300, 5000, 60, 10**15
# What an absent answer is, so that a template may ask for it.
_ABSENT: Final[dict[str, object]] = {"long": [], "rows": [], "yes_no": False, "number": 0}
_EMPTY: Final = ("", None)


class AnswerProblem(ValueError):
    """What is wrong with an answer: a stable code, see `PROBLEMS`; `place` leads into rows."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code, self.place = code, place


# required: nothing was told; the others say what the answer should have been.
PROBLEMS: Final = (
    "required", "not_a_text", "too_long", "not_a_date", "not_a_sum", "not_a_number", "not_a_percent", "not_a_choice",
    "not_yes_or_no", "not_a_phone", "not_an_iin", "not_a_bin", "not_rows", "too_many_rows", "sum_differs",
)  # fmt: skip


def is_asked(field: Asked, answers: Mapping[str, Any]) -> bool:
    """Whether the field matters, by what was answered to the one that it depends on."""
    if field.when is None:
        return True
    told = answers.get(field.when.field)
    if isinstance(told, bool):
        told = "yes" if told else "no"
    return told in field.when.is_


def missing(kind: Kind, answers: Mapping[str, Any]) -> list[Asked]:
    """Required fields without an answer, in the order in which they are asked."""
    return [
        one
        for one in kind.fields
        if one.required and is_asked(one, answers) and answers.get(one.code) in (None, "", [])
    ]


def read(field: Asked, told: object) -> Any:
    """The answer as it is kept; None when it was emptied. Raises AnswerProblem."""
    if told in _EMPTY:
        return None
    return _READ[field.type](field, told)


def _text(field: Asked, told: object, most: int = MAX_TEXT) -> str:
    if not isinstance(told, str):
        raise AnswerProblem("not_a_text")
    text = told.replace("\x00", "").strip()
    if len(text) > most:
        raise AnswerProblem("too_long")
    return text


def _line(field: Asked, told: object) -> str | None:
    return " ".join(_text(field, told).split()) or None


def _phrase(field: Asked, told: object) -> str | None:
    """A line that a sentence of the document goes on or ends after, so without a full stop of its own."""
    line = _line(field, told)
    return line and (line.rstrip(" .") or None)


def _long(field: Asked, told: object) -> str | None:
    return _text(field, told, MAX_LONG) or None


def _date(field: Asked, told: object) -> str:
    try:
        return date.fromisoformat(_text(field, told)).isoformat()
    except ValueError as problem:
        raise AnswerProblem("not_a_date") from problem


def _whole(code: str, most: int) -> Any:
    def read_whole(field: Asked, told: object) -> int:
        if isinstance(told, bool) or not isinstance(told, int) or not 0 <= told <= most:
            raise AnswerProblem(code)
        return told

    return read_whole


def _percent(field: Asked, told: object) -> str:
    try:
        value = Decimal(str(told).replace(",", ".")) if not isinstance(told, bool) else Decimal(-1)
    except InvalidOperation as problem:
        raise AnswerProblem("not_a_percent") from problem
    if not value.is_finite() or not 0 <= value <= 10000:
        raise AnswerProblem("not_a_percent")
    return f"{value.normalize():f}"


def _choice(field: Asked, told: object) -> str:
    if told not in {option.code for option in field.options}:
        raise AnswerProblem("not_a_choice")
    return str(told)


def _yes_no(field: Asked, told: object) -> bool:
    if not isinstance(told, bool):
        raise AnswerProblem("not_yes_or_no")
    return told


def _of(parse: Any, code: str) -> Any:
    def read_number(field: Asked, told: object) -> str:
        try:
            return str(parse(_text(field, told)).value)
        except ValueProblem as problem:
            raise AnswerProblem(code) from problem

    return read_number


def _rows(field: Asked, told: object) -> list[dict[str, Any]]:
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise AnswerProblem("not_rows")
    if len(told) > MAX_ROWS:
        raise AnswerProblem("too_many_rows")
    return [_row(field, at, row) for at, row in enumerate(told)]


def _row(field: Asked, at: int, told: object) -> dict[str, Any]:
    if not isinstance(told, Mapping):
        raise AnswerProblem("not_rows", f"/{at}")
    row: dict[str, Any] = {}
    for column in field.columns:
        try:
            row[column.code] = read(column, told.get(column.code))
        except AnswerProblem as problem:
            raise AnswerProblem(problem.code, f"/{at}/{column.code}") from problem
        if column.required and row[column.code] is None:
            raise AnswerProblem("required", f"/{at}/{column.code}")
    _check_row(field, at, row)
    return row


def _check_row(field: Asked, at: int, row: Mapping[str, Any]) -> None:
    """Parts of a row give its total, as far as they are told. AnswerProblem at the total."""
    for total, parts in field.row_sums.items():
        told = [row[part] for part in parts if row[part] is not None]
        if row[total] is not None and told and sum(told) != row[total]:
            raise AnswerProblem("sum_differs", f"/{at}/{total}")
    for total, (count, price) in field.row_products.items():
        whole = (row[total], row[count], row[price])
        if None not in whole and whole[1] * whole[2] != whole[0]:
            raise AnswerProblem("sum_differs", f"/{at}/{total}")


def differing_sums(kind: Kind, answers: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Columns that do not give the total told elsewhere: (place of the last row's cell, sum of the rows, told total), in tiyn.

    They are looked at when the document is made, not while it is answered: both sides may have to change.
    """
    found = []
    for field in kind.fields:
        rows = answers.get(field.code)
        if not field.sums or not rows or not is_asked(field, answers):
            continue
        for column, total in field.sums.items():
            told, summed = answers.get(total), sum(row.get(column) or 0 for row in rows)
            if told is not None and told != summed:
                found.append((f"{field.code}/{len(rows) - 1}/{column}", summed, told))
    return found


_READ: Final[dict[str, Any]] = {
    "text": _phrase,
    "long": _long,
    "date": _date,
    "money": _whole("not_a_sum", MAX_TIYN),
    "number": _whole("not_a_number", 10**6),
    "months": _whole("not_a_number", 600),
    "percent": _percent,
    "choice": _choice,
    "yes_no": _yes_no,
    "name": _line,
    "organisation": _line,
    "phone": _of(PhoneNumber.parse, "not_a_phone"),
    "iin": _of(Iin.parse, "not_an_iin"),
    "bin": _of(Bin.parse, "not_a_bin"),
    "rows": _rows,
}


def values(kind: Kind, answers: Mapping[str, Any], language: Language) -> dict[str, object]:
    """Groups of the kind's own values by name; every declared field is there, None (or empty) without an answer.

    A field without a dot in its code stands by itself.
    """
    groups: dict[str, Any] = {}
    for field in kind.fields:
        told = answers.get(field.code) if is_asked(field, answers) else None
        printed = _printed(field, told, language)
        group, _, own = field.code.partition(".")
        if own:
            groups.setdefault(group, {})[own] = printed
        else:
            groups[group] = printed
    return groups


def _printed(field: Asked, told: Any, language: Language) -> object:
    if told is None:
        return _ABSENT.get(field.type, "" if field.type in ("text", "phone", "iin", "bin") else None)
    match field.type:
        case "date":
            return Day(date.fromisoformat(told), language)
        case "money":
            return Sum(told, language)
        case "percent":
            return Percent(Decimal(told))
        case "months":
            return Months(told, language)
        case "long":
            return paragraphs(told)
        case "name":
            return name(told, language)
        case "organisation":
            return Organisation(told, "", language)
        case "phone":
            return PhoneNumber(told).spaced()
        case "choice":
            option = next((one for one in field.options if one.code == told), None)
            words = "" if option is None else (option.printed or option.name).of(language)
            return Choice(told, words)
        case "rows":
            return [
                {one.code: _printed(one, row.get(one.code), language) for one in field.columns}
                for row in told
            ]
    return told
