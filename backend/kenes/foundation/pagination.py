"""Cursor pages: the cursor holds the key of the last row, so pages stay right while rows are added."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import FieldError, FieldErrors

Joined = Callable[[QuerySet[Any]], QuerySet[Any]]

_READERS: dict[str, Any] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "u": UUID,
    "n": Decimal,
    "i": int,
    "s": str,
}


def _write(value: Any) -> tuple[str, str]:
    match value:
        case datetime():
            return "t", value.isoformat()
        case date():
            return "d", value.isoformat()
        case UUID():
            return "u", str(value)
        case Decimal():
            return "n", str(value)
        case bool() | int():
            return "i", str(int(value))
        case str():
            return "s", value
    raise TypeError(f"no cursor for {type(value)}")


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([_write(v) for v in values]).encode()).decode().rstrip("=")


def _decode(cursor: str, size: int) -> list[Any]:
    try:
        raw = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [_READERS[kind](text) for kind, text in raw]
        if len(values) != size or any(isinstance(v, str) and "\x00" in v for v in values):
            raise ValueError
        # Ours are all in UTC; other offsets would leave the range of dates when they are converted.
        if any(isinstance(v, datetime) and v.utcoffset() != timedelta() for v in values):
            raise ValueError
        if any(isinstance(v, int) and not -(2**63) <= v < 2**63 for v in values):
            raise ValueError
    except (
        ValueError,
        TypeError,
        KeyError,
        ArithmeticError,
        AttributeError,
        binascii.Error,
        RecursionError,
    ) as problem:
        raise FieldErrors(
            [FieldError("/cursor", "invalid", _("This page address is not valid."))]
        ) from problem
    return values


def _after(key: tuple[str, ...], values: list[Any]) -> Q:
    """Rows that come after `values` in the order of `key` (a leading minus means descending)."""
    condition = Q()
    equal = Q()
    for part, value in zip(key, values, strict=True):
        name = part.removeprefix("-")
        compare = "lt" if part.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{compare}": value})
        equal &= Q(**{name: value})
    # Says nothing new, but only from this can PostgreSQL tell where in an index a far page begins.
    first, is_descending = key[0].removeprefix("-"), key[0].startswith("-")
    return Q(**{f"{first}__{'lte' if is_descending else 'gte'}": values[0]}) & condition


def page(
    queryset: QuerySet[Any],
    *,
    key: tuple[str, ...],
    limit: int,
    cursor: str = "",
    joined: Joined | None = None,
) -> tuple[list[Any], str | None]:
    """Rows of one page and the cursor of the next, None at the end. Columns of `key` must not be NULL.

    `joined` gets the keys of the page's rows and gives these rows with what stands beside them: then PostgreSQL joins that
    to the rows of one page, not to all that it sorts.
    """
    queryset = queryset.order_by(*key)
    if cursor:
        try:
            queryset = queryset.filter(_after(key, _decode(cursor, len(key))))
            rows = _rows(queryset, key, limit + 1, joined)
        except (TypeError, ValueError, ArithmeticError, ValidationError) as problem:
            # A cursor of another list: the types do not fit this key.
            raise FieldErrors(
                [FieldError("/cursor", "invalid", _("This page address is not valid."))]
            ) from problem
    else:
        rows = _rows(queryset, key, limit + 1, joined)
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, cursor_after(rows[-1], key=key)


def _rows(queryset: QuerySet[Any], key: tuple[str, ...], most: int, joined: Joined | None) -> list[Any]:
    if joined is None:
        return list(queryset[:most])
    return list(joined(queryset[:most].values("pk")).order_by(*key))


def cursor_after(row: Any, *, key: tuple[str, ...]) -> str:
    """The cursor that goes on behind this row, for lists that leave some rows of a page out."""
    return _encode([_column(row, part.removeprefix("-")) for part in key])


def _column(row: Any, name: str) -> Any:
    value = row[name] if isinstance(row, dict) else row
    if not isinstance(row, dict):
        for part in name.split("__"):
            value = getattr(value, part)
    return value
