"""Totals of a narrowed list: how many cases, how much debt, by status and by the stage of the next term. One query."""

from dataclasses import dataclass, field

from django.db.models import Count, Sum

from kenes.cases import permissions, selectors
from kenes.cases.lists import list_filters, listing
from kenes.cases.lists.list_filters import Filters
from kenes.foundation.actor import Actor


@dataclass(slots=True)
class Share:
    """A part of the list. `total_tiyn` is None for who does not see sums."""

    count: int = 0
    total_tiyn: int | None = 0

    def add(self, count: int, total_tiyn: int | None) -> None:
        self.count += count
        self.total_tiyn = (
            None if self.total_tiyn is None or total_tiyn is None else self.total_tiyn + total_tiyn
        )


@dataclass(slots=True)
class Totals:
    """The whole list and its parts; parts without cases are absent. Stages are empty for who knows cases by letters."""

    whole: Share = field(default_factory=Share)
    by_status: dict[str, Share] = field(default_factory=dict)
    by_term: dict[str, Share] = field(default_factory=dict)


def totals(*, actor: Actor, filters: Filters) -> Totals:
    """Count and sum of the debts of the visible cases that fit, in the currency's tiyn."""
    found = listing.cases(actor=actor, filters=filters)
    by_letters = selectors.sees_letters(actor)
    shows_sums = not by_letters and not permissions.sees_metadata_only(actor)
    counted = found if by_letters else found.annotate(stage=list_filters.stage_column())
    groups = ("status",) if by_letters else ("status", "stage")
    rows = counted.order_by().values_list(*groups).annotate(cases=Count("pk"), debt=Sum("total_tiyn"))
    made = Totals()
    for row in rows:
        count, debt = row[-2], row[-1] if shows_sums else None
        made.whole.add(count, debt)
        made.by_status.setdefault(row[0], Share()).add(count, debt)
        if not by_letters:
            made.by_term.setdefault(row[1], Share()).add(count, debt)
    if not shows_sums:
        made.whole.total_tiyn = None
    return made
