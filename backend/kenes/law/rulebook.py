"""What people read of the law: rules with their editions, the calendar of a year, figures of the budget law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kenes.foundation import clock
from kenes.law import book, reference
from kenes.law.errors import RuleNotFound
from kenes.law.models import CalendarDay, DeadlineRule, Index


@dataclass(frozen=True, slots=True)
class RuleWithEditions:
    """One rule; editions newest first. `current` is the one in force today, if any."""

    key: str
    editions: tuple[DeadlineRule, ...]
    current: DeadlineRule | None

    @property
    def shown(self) -> DeadlineRule:
        """The edition that names the rule in lists."""
        return self.current or self.editions[0]


def rules() -> list[RuleWithEditions]:
    """Every rule in the order of the data, one query."""
    return _grouped(DeadlineRule.objects.all())


def rule(key: str) -> RuleWithEditions:
    """One rule. Raises RuleNotFound."""
    found = _grouped(DeadlineRule.objects.filter(key=key))
    if not found:
        raise RuleNotFound
    return found[0]


def _grouped(rows: Iterable[DeadlineRule]) -> list[RuleWithEditions]:
    editions: dict[str, list[DeadlineRule]] = {}
    for row in rows:
        editions.setdefault(row.key, []).append(row)
    made = []
    for key, own in editions.items():
        newest_first = sorted(own, key=lambda row: row.valid_from or date.min, reverse=True)
        current = next((row for row in newest_first if edition_state(row) == "current"), None)
        made.append(RuleWithEditions(key, tuple(newest_first), current))
    return sorted(made, key=lambda rule: (rule.shown.position, rule.key))


def edition_state(row: DeadlineRule) -> str:
    """past, current or future, today."""
    today = clock.today()
    if row.valid_from is not None and row.valid_from > today:
        return "future"
    return "past" if row.valid_to is not None and row.valid_to <= today else "current"


def calendar_years() -> tuple[int, int]:
    """First and last year that the calendar knows."""
    first, last = reference.data("calendar")["years"]
    return first, last


def calendar_of(year: int) -> list[CalendarDay]:
    """Days of a year that are not what their day of the week says, one query."""
    return list(book.stored_days(year).values())


def indices() -> list[Index]:
    """Figures of the budget law, newest first within a code."""
    return list(Index.objects.order_by("code", "-valid_from"))
