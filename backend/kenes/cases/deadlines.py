"""Terms of a case: computed from dated facts by the rules of `law`, met by later facts. Called inside services."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db.models import Min

from kenes.cases.models import NO_DEADLINE, Case, CaseDeadline, CaseEvent
from kenes.cases.states.case import FINAL
from kenes.foundation import clock
from kenes.law import selectors as law
from kenes.law.errors import RuleNotFound
from kenes.law.models import DeadlineRule, Direction

_ROUTING: Final = Path(__file__).parent / "data" / "routing.json"


@cache
def routing_data() -> dict[str, Any]:
    """Names of the rules that decide a route, its limits, and which fact meets which term."""
    data: dict[str, Any] = json.loads(_ROUTING.read_text(encoding="utf-8"))
    return data


def term_of(today: date) -> Callable[[str, date], date]:
    """The function that routing asks for the last day of a named term, by the rules in force on `today`.

    Where no rule is in force the day has not come: `date.max`.
    """
    rules = routing_data()["terms"]

    @cache
    def due(name: str, start: date) -> date:
        try:
            return law.due_by_rule(rules[name], start, on=today)
        except RuleNotFound:
            return date.max

    return due


def start_terms(fact: CaseEvent) -> list[CaseDeadline]:
    """Compute and store every term that starts with the fact. Nothing in code knows the rules by name."""
    now = clock.now()
    rows = [
        CaseDeadline(
            case_id=fact.case_id, obligation_id=fact.obligation_id, fact=fact, rule=computed.rule,
            rule_key=computed.rule.key, starts_on=fact.kind, bound=computed.rule.bound,
            direction=computed.rule.direction, watched=_watched(computed.rule), critical=computed.rule.critical, start=fact.on,
            due=computed.term.due, counted_from=computed.term.counted_from, nominal_last=computed.term.nominal_last,
            worked=[day.isoformat() for day in computed.term.worked],
            skipped=[{"date": day.isoformat(), "reason": reason} for day, reason in computed.term.skipped],
            created_at=now,
        )
        for computed in law.compute(fact.kind, fact.on, clock.today())
    ]  # fmt: skip
    return CaseDeadline.objects.bulk_create(rows)


def meet(case: Case, what: str, on: date, obligation_id: UUID | None) -> int:
    """Mark terms as met that `what` (a fact or a sending) meets for this debt; returns how many."""
    met = 0
    for key, meeting in routing_data()["met_by"].items():
        if what not in meeting:
            continue
        starts_on, bound = key.split("/")
        unmet = case.deadlines.filter(starts_on=starts_on, bound=bound, met_on__isnull=True)
        own = (
            unmet.filter(obligation__isnull=True)
            if obligation_id is None
            else unmet.filter(obligation_id=obligation_id)
        )
        met += own.update(met_on=on)
    return met


def _watched(rule: DeadlineRule) -> bool:
    """Whether the platform waits for the term to be kept; the others only say from which day something is possible."""
    return (
        rule.direction == Direction.AT_MOST
        and f"{rule.starts_on}/{rule.bound}" not in routing_data()["not_watched"]
    )


def refresh_next_due(case: Case) -> None:
    """Set the nearest unmet term that has not passed, none in an ended case; the caller saves the case."""
    if case.status in FINAL:
        case.next_due = NO_DEADLINE
        return
    unmet = CaseDeadline.objects.filter(case=case, met_on__isnull=True, watched=True, due__gte=clock.today())
    case.next_due = unmet.aggregate(nearest=Min("due"))["nearest"] or NO_DEADLINE
