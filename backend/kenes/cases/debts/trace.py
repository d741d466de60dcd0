"""How a figure came about: ordered lines, each with its formula, what went into it, and what came out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """In what a value is; money in whole tiyn, percent as people write it (46, not 0.46)."""

    MONEY = "money"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with its unit. `rate` names the rate of the law that it comes from."""

    amount: int | Decimal | date
    unit: Unit
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One step. `formula` names its inputs in braces; `code` is the key of its words in every language."""

    code: str
    formula: str
    inputs: Mapping[str, Value]
    result: Value


@dataclass(slots=True)
class Trace:
    """Lines in the order in which they were counted."""

    lines: list[Line] = field(default_factory=list)

    def add(self, code: str, formula: str, result: Value, **inputs: Value) -> None:
        """Write one step down."""
        self.lines.append(Line(code, formula, inputs, result))


def money(tiyn: int) -> Value:
    return Value(tiyn, Unit.MONEY)


def percent(value: Decimal, rate: str = "") -> Value:
    return Value(value, Unit.PERCENT, rate)


def days(count: int, rate: str = "") -> Value:
    return Value(count, Unit.DAYS, rate)


def months(count: int) -> Value:
    return Value(count, Unit.MONTHS)


def on(day: date) -> Value:
    return Value(day, Unit.DATE)


def number(value: int | Decimal) -> Value:
    return Value(value, Unit.NUMBER)
