"""Free times of a host: his rules on the Almaty clock, cut into slots, less what is taken. Pure, no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one day of the week (0 is Monday), from a day on until a day (None: without an end)."""

    weekday: int
    starts: time
    ends: time
    valid_from: date
    valid_until: date | None = None

    def hold_on(self, day: date) -> bool:
        """Whether these hours are kept on the day."""
        if day.weekday() != self.weekday or day < self.valid_from:
            return False
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until another one, the end not included."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        """Whether the two have a moment in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def offered(
    hours: Iterable[Hours], *, first: date, days: int, minutes: int, pause: int, zone: ZoneInfo
) -> list[Span]:
    """Every slot that the rules give in `days` days from `first`, in order; overlapping rules give a slot once."""
    rules = list(hours)
    found = {
        span.starts_at: span
        for day in (first + timedelta(days=number) for number in range(days))
        for rule in rules
        if rule.hold_on(day)
        for span in _cut(day, rule, minutes, pause, zone)
    }
    kept: list[Span] = []
    for start in sorted(found):
        if not kept or not kept[-1].meets(found[start]):
            kept.append(found[start])
    return kept


def _cut(day: date, rule: Hours, minutes: int, pause: int, zone: ZoneInfo) -> Iterator[Span]:
    start = datetime.combine(day, rule.starts, tzinfo=zone)
    end = datetime.combine(day, rule.ends, tzinfo=zone)
    length, step = timedelta(minutes=minutes), timedelta(minutes=minutes + pause)
    while start + length <= end:
        yield Span(start, start + length)
        start += step


def free(spans: Iterable[Span], taken: Sequence[Span], *, not_before: datetime) -> list[Span]:
    """Those that begin late enough and meet nothing that is taken."""
    return [
        span
        for span in spans
        if span.starts_at >= not_before and not any(span.meets(other) for other in taken)
    ]
