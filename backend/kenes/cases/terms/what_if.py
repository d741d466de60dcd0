"""What a change of law does to the terms of open cases: counted before it is switched on, and by the same code after.

A new edition counts anew the terms that run on its first day; what was over before stays over. Days of the calendar count
anew every unmet term whose days they touch. The end of a rule and figures of the budget move no term.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from kenes.cases.models import CaseDeadline
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.foundation import clock
from kenes.law import change_content
from kenes.law.book import LawBook, open_book
from kenes.law.errors import DateOutsideCalendar
from kenes.law.models import ChangeKind, DeadlineRule, LawChange
from kenes.law.selectors import ComputedTerm, has_date
from kenes.law.terms import Pause

BATCH: Final = 5000


class Running(NamedTuple):
    """What is needed of a term to count it anew."""

    pk: UUID
    case_id: UUID
    number: str
    rule_id: UUID
    rule_key: str
    start: date
    due: date
    extended_by: int
    pauses: list[dict[str, str]]
    watched: bool
    bound: str


_COLUMNS: Final = (
    "pk", "case_id", "case__number", "rule_id", "rule_key", "start", "due", "extended_by", "pauses", "watched", "bound",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """One term that would end on another day."""

    case_id: UUID
    number: str
    deadline_id: UUID
    rule_key: str
    bound: str
    start: date
    old_due: date
    new_due: date
    was_missed: bool
    will_be_missed: bool

    @property
    def days(self) -> int:
        return (self.new_due - self.old_due).days


@dataclass(slots=True)
class Impact:
    """Totals over all open cases, and the first moves of the list."""

    on: date
    checked: int = 0
    moved: int = 0
    earlier: int = 0
    later: int = 0
    newly_missed: int = 0
    no_longer_missed: int = 0
    uncountable: int = 0
    cases: set[UUID] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)

    def add(self, move: Move) -> None:
        self.moved += 1
        self.cases.add(move.case_id)
        self.earlier += move.days < 0
        self.later += move.days > 0
        self.newly_missed += move.will_be_missed and not move.was_missed
        self.no_longer_missed += move.was_missed and not move.will_be_missed


def affected(change: LawChange) -> QuerySet[CaseDeadline]:
    """Unmet terms of open cases that the change counts anew."""
    rows = CaseDeadline.objects.filter(met_on__isnull=True).exclude(
        case__status__in=[*FINAL, CaseStatus.DRAFT]
    )
    match ChangeKind(change.kind):
        case ChangeKind.EDITION:
            since = date.fromisoformat(change.content["valid_from"])
            return rows.filter(rule_key=change.rule_key, due__gte=since)
        case ChangeKind.CALENDAR:
            days = [date.fromisoformat(row["day"]) for row in change.content["days"]]
            return rows.filter(start__lt=max(days), due__gte=min(days))
        case ChangeKind.CLOSE | ChangeKind.INDEX:
            return rows.none()


def counter(change: LawChange, book: LawBook) -> Callable[[Running], ComputedTerm | None]:
    """The function that counts a term by the law of `book`: None where its rule gives no date there.

    Terms alike (rule, day, extension, pauses) are counted once. Raises DateOutsideCalendar.
    """
    known: dict[tuple[Any, ...], ComputedTerm | None] = {}
    by_id = {rule.pk: rule for rules in book.editions.values() for rule in rules}

    def count(row: Running) -> ComputedTerm | None:
        key = (row.rule_id, row.start, row.extended_by, tuple((p["from"], p["until"]) for p in row.pauses))
        if key not in known:
            rule = _edition(change, book, by_id, row)
            known[key] = None if rule is None or not has_date(rule) else book.count(
                rule, row.start, extended_by=row.extended_by, pauses=_pauses(row)
            )  # fmt: skip
        return known[key]

    return count


def _edition(
    change: LawChange, book: LawBook, by_id: Mapping[UUID, DeadlineRule], row: Running
) -> DeadlineRule | None:
    """A change of the calendar keeps the edition of each term; a new edition takes the place of the old one."""
    if change.kind == ChangeKind.CALENDAR:
        return by_id.get(row.rule_id)
    return book.edition(row.rule_key, row.start)


def _pauses(row: Running) -> list[Pause]:
    return [Pause(date.fromisoformat(p["from"]), date.fromisoformat(p["until"])) for p in row.pauses]


def future_book(change: LawChange) -> LawBook:
    """The law on the day of the switch with the change in it."""
    keys = [change.rule_key] if change.rule_key else None
    law = open_book(max(change.switch_on, clock.today()), keys)
    return change_content.laid_over(law, change.kind, change.rule_key, change.content)


def running(rows: QuerySet[CaseDeadline]) -> Iterator[Running]:
    """Terms in batches of one query each."""
    last: UUID | None = None
    while True:
        page = rows if last is None else rows.filter(pk__gt=last)
        batch = list(page.order_by("pk").values_list(*_COLUMNS)[:BATCH])
        yield from (Running(*values) for values in batch)
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def moves(change: LawChange, impact: Impact | None = None) -> Iterator[Move]:
    """Every term that the change would move; `impact` takes the count of the looked-at ones along."""
    book = future_book(change)
    count = counter(change, book)
    for row in running(affected(change)):
        if impact is not None:
            impact.checked += 1
        try:
            computed = count(row)
        except DateOutsideCalendar:
            if impact is not None:
                impact.uncountable += 1
            continue
        if computed is not None and computed.due != row.due:
            yield Move(
                row.case_id, row.number, row.pk, row.rule_key, row.bound, row.start, row.due, computed.due,
                was_missed=row.watched and row.due < book.on,
                will_be_missed=row.watched and computed.due < book.on,
            )  # fmt: skip


def impact_of(change: LawChange, *, shown: int = 200) -> Impact:
    """Totals of what the change would do on its day and its first `shown` moves, the largest shifts first."""
    impact = Impact(on=max(change.switch_on, clock.today()))
    found: list[Move] = []
    for move in moves(change, impact):
        impact.add(move)
        found.append(move)
        if len(found) > shown * 20:
            found = _largest(found, shown)
    impact.moves = _largest(found, shown)
    return impact


def _largest(found: list[Move], shown: int) -> list[Move]:
    return sorted(found, key=lambda move: (-abs(move.days), move.old_due, move.number))[:shown]
