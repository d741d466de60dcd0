"""Terms of a case: computed from dated facts by the rules of `law`, met by later facts. Called inside services.

Changes of a term's day are in `term_changes`; what people do to terms is in `deadline_services`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db.models import Min

from kenes.cases.models import (
    NO_DEADLINE,
    Case,
    CaseDeadline,
    CaseEvent,
    ChangeCause,
    StepOffer,
)
from kenes.cases.states.case import FINAL
from kenes.cases.terms import term_changes
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.law import selectors as law
from kenes.law.errors import RuleNotFound
from kenes.law.models import DeadlineRule, Direction
from kenes.law.selectors import ComputedTerm

_ROUTING: Final = Path(__file__).parents[1] / "data" / "routing.json"
TIMER: Final = SystemActor("deadline-timer")
BY_HAND: Final = "by_hand"


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


def start_terms(
    fact: CaseEvent, *, replacing: Sequence[UUID] = (), actor: Actor = TIMER, note: str = ""
) -> list[CaseDeadline]:
    """Compute and store every term that starts with the fact. Nothing in code knows the rules by name.

    `replacing`: facts whose place it takes. Their terms go on from the new day and keep their history; one whose rule
    is no longer in force goes.
    """
    computed = law.compute(fact.kind, fact.on, clock.today())
    former = {row.rule_key: row for row in _terms_of(fact.case_id, replacing)}
    new = []
    for term in computed:
        row = former.pop(term.rule.key, None)
        if row is None:
            new.append(_row(fact, term))
        else:
            term_changes.move(row, term, cause=ChangeCause.FACT, actor=actor, fact=fact, note=note)
    CaseDeadline.objects.filter(pk__in=[row.pk for row in former.values()]).delete()
    return CaseDeadline.objects.bulk_create(new)


def _terms_of(case_id: UUID, facts: Sequence[UUID]) -> Iterable[CaseDeadline]:
    """Terms of superseded facts, the latest of each rule last; the lock on the case guards them."""
    if not facts:
        return []
    rows = CaseDeadline.objects.filter(case_id=case_id, fact_id__in=facts).select_related("rule")
    return list(rows.order_by("created_at", "pk"))


def _row(fact: CaseEvent, computed: ComputedTerm) -> CaseDeadline:
    now, rule = clock.now(), computed.rule
    row = CaseDeadline(
        case_id=fact.case_id, obligation_id=fact.obligation_id, fact=fact, rule=rule, rule_key=rule.key,
        starts_on=fact.kind, bound=rule.bound, direction=rule.direction, watched=is_watched(rule),
        critical=rule.critical, start=fact.on, created_at=now,
    )  # fmt: skip
    term_changes.fill(row, computed)
    return row


def meet(case: Case, what: str, on: date, obligation_id: UUID | None, fact_id: UUID | None = None) -> int:
    """Mark terms as met that `what` (a fact or a sending) meets for this debt; returns how many.

    A next step that one of them had opened lapses unless the borrower has already chosen it.
    """
    met: list[UUID] = []
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
        met += own.values_list("pk", flat=True)
    if met:
        CaseDeadline.objects.filter(pk__in=met).update(met_on=on, met_by=what, met_fact_id=fact_id)
        lapse_offers(met)
    return len(met)


def lapse_offers(deadline_ids: Iterable[UUID]) -> None:
    """Next steps that nobody has chosen are no longer offered."""
    offers = StepOffer.objects.filter(deadline_id__in=list(deadline_ids), chosen="", lapsed_at__isnull=True)
    offers.update(lapsed_at=clock.now())


def is_watched(rule: DeadlineRule) -> bool:
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
