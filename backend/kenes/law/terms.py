"""Counting of terms: pure functions over dates and a calendar.

A term runs from the day after the event. Calendar days, months and years that end on a day off move to the next
working day; working days skip days off. Months and years end on the same number, or on the last day of a shorter
month (Civil Code, general rules on terms).
"""

import calendar as months
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

SATURDAY: Final = "saturday"
SUNDAY: Final = "sunday"
EXTRA_DAY_OFF: Final = "extra_day_off"
_DAY: Final = timedelta(days=1)
DATED_UNITS: Final = frozenset(["CD", "WD", "M", "Y"])


class OutsideCalendar(ValueError):
    """A day for which the calendar has no data; counting on without holidays would be wrong."""


class SkippedDay(NamedTuple):
    """A day off that changed the result, with the code of its reason."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off with reasons, working weekends, and the years the data covers."""

    days_off: Mapping[date, str]
    workdays: frozenset[date]
    first: date
    last: date

    def reason_off(self, day: date) -> str | None:
        """Why nobody works on `day`, None for a working day. Raises OutsideCalendar beyond the data."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(day.isoformat())
        if day in self.workdays:
            return None
        if (reason := self.days_off.get(day)) is not None:
            return reason
        return (SATURDAY, SUNDAY)[day.weekday() - 5] if day.weekday() >= 5 else None

    def with_overrides(
        self, extra_holidays: Iterable[date], extra_workdays: Iterable[date]
    ) -> "WorkingCalendar":
        """The same calendar with days that stand above it; they are not moved when they fall on a weekend."""
        holidays, workdays = frozenset(extra_holidays), frozenset(extra_workdays)
        days_off = {day: reason for day, reason in self.days_off.items() if day not in workdays}
        days_off |= {day: days_off.get(day, EXTRA_DAY_OFF) for day in holidays}
        return replace(self, days_off=days_off, workdays=(self.workdays - holidays) | workdays)


@dataclass(frozen=True, slots=True)
class Term:
    """A counted term.

    `nominal_last` is the last day before any move; `skipped` are the days off that moved it (calendar days, months,
    years) or the holidays that working days jumped over; `worked` are weekends that counted as working days.
    """

    due: date
    counted_from: date
    nominal_last: date
    skipped: tuple[SkippedDay, ...] = ()
    worked: tuple[date, ...] = ()

    @property
    def moved(self) -> bool:
        return self.due != self.nominal_last


def add_months(day: date, amount: int) -> date:
    """Same number `amount` months later, or the last day of a shorter month. Raises OutsideCalendar past year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > date.max.year:
        raise OutsideCalendar(str(year))
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def compute_due(amount: int, unit: str, start: date, calendar: WorkingCalendar) -> Term:
    """The term of `amount` units (CD, WD, M, Y) after an event on `start`.

    Raises OutsideCalendar where the calendar has no data, ValueError for an amount below 1 or a unit without dates.
    """
    if amount < 1 or unit not in DATED_UNITS:
        raise ValueError(f"no date follows from {amount} {unit}")
    if start >= date.max - _DAY:
        raise OutsideCalendar(start.isoformat())
    if unit == "WD":
        return _working_days(amount, start, calendar)
    try:
        last = (
            start + amount * _DAY if unit == "CD" else add_months(start, amount * (12 if unit == "Y" else 1))
        )
    except OverflowError as problem:
        raise OutsideCalendar(start.isoformat()) from problem
    skipped: list[SkippedDay] = []
    due = last
    while (reason := calendar.reason_off(due)) is not None:
        skipped.append(SkippedDay(due, reason))
        due += _DAY
    worked = (due,) if due.weekday() >= 5 else ()
    return Term(due, start + _DAY, last, tuple(skipped), worked)


def _working_days(amount: int, start: date, calendar: WorkingCalendar) -> Term:
    skipped: list[SkippedDay] = []
    worked: list[date] = []
    day, left = start, amount
    while left:
        day += _DAY
        reason = calendar.reason_off(day)
        if reason is None:
            left -= 1
            if day.weekday() >= 5:
                worked.append(day)
        elif reason not in (SATURDAY, SUNDAY):
            skipped.append(SkippedDay(day, reason))
    return Term(day, start + _DAY, day, tuple(skipped), tuple(worked))
