"""Reading of caps, shares and figures that are data with editions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kenes.law import reference
from kenes.law.errors import RateNotFound
from kenes.law.models import Index, Rate


@dataclass(frozen=True, slots=True)
class RateInForce:
    """A rate as it stood on a day. `value` in `unit`: PERCENT, PERCENT_YEAR, PERCENT_DAY, DAYS or MCI."""

    code: str
    value: Decimal
    unit: str
    valid_from: date
    sources: tuple[str, ...]
    needs_review: bool


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


class Rates:
    """Every edition of every rate, read once; asked by code and day."""

    def __init__(self, rows: Iterable[Rate]) -> None:
        self._rows: dict[str, list[Rate]] = {}
        for row in sorted(rows, key=lambda row: row.valid_from):
            self._rows.setdefault(row.code, []).append(row)

    def find(self, code: str, on: date) -> RateInForce | None:
        """The edition in force on the day; None before the first one."""
        row = next((row for row in reversed(self._rows.get(code, [])) if row.valid_from <= on), None)
        if row is None:
            return None
        return RateInForce(
            row.code, plain(row.value), row.unit, row.valid_from, tuple(row.sources), row.needs_review
        )

    def get(self, code: str, on: date) -> RateInForce:
        """The same; RateNotFound before the first edition."""
        found = self.find(code, on)
        if found is None:
            raise RateNotFound(rate=code)
        return found


def all_rates() -> Rates:
    """Every rate with its editions. One small query."""
    return Rates(Rate.objects.all())


def rate(code: str, on: date) -> RateInForce:
    """One rate in force on the day. Raises RateNotFound. One query."""
    return Rates(Rate.objects.filter(code=code)).get(code, on)


def label(code: str, lang: str) -> str:
    """Name of a rate: ru, kk or en."""
    return reference.rate_label(code, lang)


def sources(found: RateInForce, lang: str) -> list[dict[str, str]]:
    """What the rate rests on: [{"title", "reference"}]."""
    return [reference.source_of(code, lang) for code in found.sources]


def index_history() -> Mapping[str, list[tuple[date, int]]]:
    """Figures of the budget law by code, oldest first, in tiyn. One query."""
    found: dict[str, list[tuple[date, int]]] = {}
    for row in Index.objects.order_by("code", "valid_from"):
        found.setdefault(row.code, []).append((row.valid_from, row.value_tiyn))
    return found


def index_on(history: Mapping[str, list[tuple[date, int]]], code: str, on: date) -> int | None:
    """Figure in force on the day, in tiyn; None before the first one."""
    return next((value for since, value in reversed(history.get(code, [])) if since <= on), None)
