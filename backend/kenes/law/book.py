"""The law as it stands on a day, whole: counts many terms without asking the database again, and with a proposal laid over it.

What a proposal would move and what the switch then moves is counted by the same code: only the book differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kenes.law import reference, selectors
from kenes.law.models import CalendarDay, DayKind, DeadlineRule
from kenes.law.selectors import ComputedTerm
from kenes.law.terms import Pause, WorkingCalendar

PLAIN: Final = "plain"


@dataclass(frozen=True, slots=True)
class LawBook:
    """Editions by rule and the calendar, as of `on`."""

    on: date
    editions: Mapping[str, Sequence[DeadlineRule]]
    calendar: WorkingCalendar

    def edition(self, key: str, start: date) -> DeadlineRule | None:
        """The edition that counts a term begun by an event on `start`; None where the rule is not in force."""
        return selectors.edition_for(self.editions.get(key, ()), start, self.on)

    def count(
        self, rule: DeadlineRule, start: date, *, extended_by: int = 0, pauses: Iterable[Pause] = ()
    ) -> ComputedTerm:
        """The term by this edition. Raises DateOutsideCalendar; ValueError where the edition gives no date."""
        term = selectors.count_term(rule, start, self.calendar, extended_by=extended_by, pauses=pauses)
        return ComputedTerm(rule, start, term)

    def with_edition(self, edition: DeadlineRule) -> "LawBook":
        """The same law with one more edition; the one in force before it ends on its first day."""
        kept = []
        for rule in self.editions.get(edition.key, ()):
            before = rule.valid_from is None or (
                edition.valid_from is not None and rule.valid_from < edition.valid_from
            )
            if before and (rule.valid_to is None or rule.valid_to > (edition.valid_from or date.max)):
                kept.append(_ended(rule, edition.valid_from))
            else:
                kept.append(rule)
        return replace(self, editions={**self.editions, edition.key: [*kept, edition]})

    def without_rule(self, key: str, since: date) -> "LawBook":
        """The same law with the rule out of force from a day on."""
        ended = [
            _ended(rule, since) if rule.valid_to is None else rule for rule in self.editions.get(key, ())
        ]
        return replace(self, editions={**self.editions, key: ended})

    def with_days(self, days: Mapping[date, tuple[str, str]]) -> "LawBook":
        """The same law with days of the calendar set: day -> (day_off, workday or plain; code of the reason)."""
        days_off = {day: reason for day, reason in self.calendar.days_off.items() if day not in days}
        days_off |= {day: reason for day, (kind, reason) in days.items() if kind == DayKind.DAY_OFF}
        workdays = (self.calendar.workdays - set(days)) | {
            day for day, (kind, _reason) in days.items() if kind == DayKind.WORKDAY
        }
        return replace(self, calendar=replace(self.calendar, days_off=days_off, workdays=workdays))


def _ended(rule: DeadlineRule, on: date | None) -> DeadlineRule:
    """A copy that ends on a day; the row itself is not touched."""
    copy = DeadlineRule(
        **{field.attname: getattr(rule, field.attname) for field in DeadlineRule._meta.concrete_fields}
    )
    copy.valid_to = on
    return copy


def open_book(on: date, keys: Iterable[str] | None = None) -> LawBook:
    """The law on a day from the tables: two queries, one more after an edit of the calendar. `keys` narrows to some rules.

    Raises ReferenceDataMissing without a calendar.
    """
    rows = DeadlineRule.objects.all()
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    editions: dict[str, list[DeadlineRule]] = {}
    for rule in rows:
        editions.setdefault(rule.key, []).append(rule)
    return LawBook(on, editions, selectors.working_calendar())


def plain_day(day: date) -> tuple[str, str]:
    """What a day is once an editor's row is taken away: what the reference data says, or its day of the week."""
    spec = next((row for row in reference.calendar_days() if row.day == day), None)
    return (PLAIN, "") if spec is None else (spec.kind, spec.reason)


def stored_days(year: int) -> dict[date, CalendarDay]:
    """Rows of the calendar of a year, one query."""
    return {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
