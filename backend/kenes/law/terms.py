"""Counting of terms: pure functions over dates and a calendar.

A term runs from the day after the event. Calendar days, months and years that end on a day off move to the next
working day; working days skip days off. Months and years end on the same number, or on the last day of a shorter
month (Civil Code, general rules on terms). While a term is suspended its days do not count: it ends later by as many
days as it stood still.
"""

import calendar as months
import hashlib
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


class Pause(NamedTuple):
    """Days on which a term stands still, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


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

    def mark(self, first: date, last: date) -> str:
        """Fingerprint of what the calendar says against the days of the week from `first` to `last`, 16 hex digits."""
        digest = hashlib.sha256()
        for offset in range((last - first).days + 1):
            day = first + offset * _DAY
            if day in self.workdays:
                digest.update(f"{day}+".encode())
            elif (reason := self.days_off.get(day)) is not None:
                digest.update(f"{day}-{reason};".encode())
        return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Term:
    """A counted term.

    `nominal_last` is the last day before any move; `skipped` are the days off that moved it (calendar days, months,
    years) or the holidays that working days jumped over; `worked` are weekends that counted as working days. `pauses` are
    the parts of suspensions that fell into the term; `nominal_last` already stands behind them.
    """

    due: date
    counted_from: date
    nominal_last: date
    skipped: tuple[SkippedDay, ...] = ()
    worked: tuple[date, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def moved(self) -> bool:
        return self.due != self.nominal_last

    @property
    def paused_days(self) -> int:
        return sum(pause.days for pause in self.pauses)


def add_months(day: date, amount: int) -> date:
    """Same number `amount` months later, or the last day of a shorter month. Raises OutsideCalendar past year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > date.max.year:
        raise OutsideCalendar(str(year))
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def merged(pauses: Iterable[Pause], since: date) -> tuple[Pause, ...]:
    """Pauses in order, without days before `since`, overlapping and touching ones joined. Raises ValueError on one that
    ends before it begins.
    """
    joined: list[Pause] = []
    for pause in sorted(pauses):
        if pause.last < pause.first:
            raise ValueError(f"a pause ends before it begins: {pause}")
        first = max(pause.first, since)
        if pause.last < first:
            continue
        if joined and first <= joined[-1].last + _DAY:
            joined[-1] = Pause(joined[-1].first, max(joined[-1].last, pause.last))
        else:
            joined.append(Pause(first, pause.last))
    return tuple(joined)


def compute_due(
    amount: int, unit: str, start: date, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()
) -> Term:
    """The term of `amount` units (CD, WD, M, Y) after an event on `start`, standing still during `pauses`.

    Raises OutsideCalendar where the calendar has no data, ValueError for an amount below 1, a unit without dates or a
    pause that ends before it begins.
    """
    if amount < 1 or unit not in DATED_UNITS:
        raise ValueError(f"no date follows from {amount} {unit}")
    if start >= date.max - _DAY:
        raise OutsideCalendar(start.isoformat())
    stops = merged(pauses, start + _DAY)
    try:
        if unit == "WD":
            return _working_days(amount, start, calendar, stops)
        last = (
            start + amount * _DAY if unit == "CD" else add_months(start, amount * (12 if unit == "Y" else 1))
        )
        used: list[Pause] = []
        for pause in stops:
            if pause.first <= last:
                last += pause.days * _DAY
                used.append(pause)
        return _moved(start, last, used, stops, calendar)
    except OverflowError as problem:
        raise OutsideCalendar(start.isoformat()) from problem


def _moved(
    start: date, last: date, used: list[Pause], stops: tuple[Pause, ...], calendar: WorkingCalendar
) -> Term:
    """The term whose last day by the count is `last`: moved on over days off, and over a pause that begins there."""
    skipped: list[SkippedDay] = []
    due = last
    while True:
        pause = next((stop for stop in stops if stop.first <= due <= stop.last), None)
        if pause is not None:
            used.append(pause)
            due = pause.last + _DAY
        elif (reason := calendar.reason_off(due)) is not None:
            skipped.append(SkippedDay(due, reason))
            due += _DAY
        else:
            break
    worked = (due,) if due.weekday() >= 5 else ()
    return Term(due, start + _DAY, last, tuple(skipped), worked, tuple(used))


def _working_days(amount: int, start: date, calendar: WorkingCalendar, stops: tuple[Pause, ...]) -> Term:
    skipped: list[SkippedDay] = []
    worked: list[date] = []
    used: list[Pause] = []
    day, left = start, amount
    while left:
        day += _DAY
        pause = next((stop for stop in stops if stop.first <= day <= stop.last), None)
        if pause is not None:
            used.append(pause)
            day = pause.last
            continue
        reason = calendar.reason_off(day)
        if reason is None:
            left -= 1
            if day.weekday() >= 5:
                worked.append(day)
        elif reason not in (SATURDAY, SUNDAY):
            skipped.append(SkippedDay(day, reason))
    return Term(day, start + _DAY, day, tuple(skipped), tuple(worked), tuple(used))


def nth_day(
    number: int, unit: str, start: date, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()
) -> date:
    """The `number`-th day of a term that began after `start`: working days for WD, calendar days for all other units."""
    return compute_due(number, "WD" if unit == "WD" else "CD", start, calendar, pauses).nominal_last
