"""Terms over many cases: list, counts and month of what the reader may see, terms of one case, next steps with proof."""

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from kenes.cases import permissions, selectors
from kenes.cases.answers import sharing
from kenes.cases.models import Case, CaseDeadline, CaseEvent, DeadlineChange, DeadlineReminder, StepOffer
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.tracks import evidence
from kenes.cases.tracks.evidence import Evidence
from kenes.foundation import clock
from kenes.foundation.actor import Actor

WEEK: Final = timedelta(days=7)
OVERDUE, TODAY, SOON, LATER = "overdue", "today", "soon", "later"
STAGES: Final = (OVERDUE, TODAY, SOON, LATER)


@dataclass(frozen=True, slots=True)
class TermFilters:
    """What the list is narrowed to; empty means everything. `assignee` is me, none or an id; `bound` codes of who must
    keep the term, where `others` means everybody but the borrower.
    """

    stage: Sequence[str] = ()
    bound: Sequence[str] = ()
    rule: Sequence[str] = ()
    assignee: str | None = None
    critical: bool = False
    due: date | None = None
    due_after: date | None = None
    due_before: date | None = None


def running_terms(*, actor: Actor, filters: TermFilters) -> QuerySet[CaseDeadline]:
    """Unmet watched terms of open cases that the actor sees, unordered."""
    rows = _seen(actor).filter(met_on__isnull=True, watched=True)
    if filters.stage:
        rows = rows.filter(_in_stages(filters.stage))
    if filters.bound:
        named = Q(bound__in=filters.bound)
        rows = rows.filter(named | ~Q(bound="borrower") if "others" in filters.bound else named)
    if filters.rule:
        rows = rows.filter(rule_key__in=filters.rule)
    if filters.assignee:
        rows = rows.filter(_assigned(actor, filters.assignee))
    if filters.critical:
        rows = rows.filter(critical=True)
    days = {"due": filters.due, "due__gte": filters.due_after, "due__lte": filters.due_before}
    return rows.filter(**{name: day for name, day in days.items() if day is not None})


def _seen(actor: Actor) -> QuerySet[CaseDeadline]:
    """Terms of cases whose content the actor reads; of cases seen by letters only those of the own debts, none of the
    borrower's. Who sees only that cases exist sees no terms.
    """
    ended = [*FINAL, CaseStatus.DRAFT]
    rows = CaseDeadline.objects.exclude(case__status__in=ended)
    if permissions.sees_metadata_only(actor):
        return rows.none()
    beyond = Case.objects.filter(selectors.seen_beyond_letters(actor))
    seen = Q(case__in=beyond)
    if selectors.sees_letters(actor):
        debts = sharing.shares_for(actor).values("obligation_id")
        seen |= Q(obligation_id__in=debts) & ~Q(bound="borrower")
    return rows.filter(seen)


def _in_stages(stages: Sequence[str]) -> Q:
    today = clock.today()
    conditions = {
        OVERDUE: Q(due__lt=today),
        TODAY: Q(due=today),
        SOON: Q(due__gt=today, due__lte=today + WEEK),
        LATER: Q(due__gt=today + WEEK),
    }
    chosen = Q(pk__in=[])
    for stage in stages:
        chosen |= conditions[stage]
    return chosen


def _assigned(actor: Actor, assignee: str) -> Q:
    match assignee:
        case "me":
            return Q(case__assignee_id=actor.user_id)
        case "none":
            return Q(case__assignee__isnull=True)
    return Q(case__assignee_id=UUID(assignee))


def with_rows(rows: QuerySet[CaseDeadline]) -> QuerySet[CaseDeadline]:
    """The same with everything that a line of the list shows: one query."""
    return rows.select_related("rule", "case__assignee", "obligation__creditor", "fact", "offer")


def counts(*, actor: Actor, filters: TermFilters) -> dict[str, Any]:
    """Totals by stage, and by who must keep the term; one query each."""
    rows = running_terms(actor=actor, filters=filters)
    by_stage = rows.aggregate(
        **{stage: Count("pk", filter=_in_stages([stage])) for stage in STAGES}, critical=Count("pk", filter=Q(critical=True))
    )  # fmt: skip
    by_bound = rows.values("bound").annotate(terms=Count("pk")).order_by("-terms", "bound")
    return {**by_stage, "by_bound": [(row["bound"], row["terms"]) for row in by_bound]}


def month(*, actor: Actor, filters: TermFilters, first: date) -> list[dict[str, Any]]:
    """Days of the month on which terms end, with how many and how many of them critical; one query."""
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    rows = running_terms(actor=actor, filters=filters).filter(due__gte=first, due__lte=last)
    days = rows.values("due").annotate(
        total=Count("pk"),
        critical=Count("pk", filter=Q(critical=True)),
        borrower=Count("pk", filter=Q(bound="borrower")),
    )
    return [dict(row) for row in days.order_by("due")]


@dataclass(frozen=True, slots=True)
class TermWithHistory:
    """A term as its page shows it."""

    row: CaseDeadline
    changes: Sequence[DeadlineChange]
    reminders: Sequence[DeadlineReminder]


def terms_of_case(*, actor: Actor, case_id: UUID) -> tuple[Case, list[TermWithHistory]]:
    """Terms of one visible case with history and reminders, the nearest first; a constant number of queries.

    Raises CaseNotFound, Forbidden.
    """
    case = selectors.get_case(actor=actor, case_id=case_id)
    changes = DeadlineChange.objects.select_related("old_rule", "new_rule").order_by("created_at", "pk")
    rows = (
        case.deadlines.select_related("rule", "obligation__creditor", "fact", "offer")
        .prefetch_related(
            Prefetch("changes", queryset=changes),
            Prefetch("reminders", queryset=DeadlineReminder.objects.order_by("day_of_term")),
        )
        .order_by(F("met_on").asc(nulls_first=True), "due", "rule_key", "id")
    )
    shown = permissions.shown_deadlines(actor, case, rows)
    sent_only = permissions.sees_sent_only(actor, case)
    return case, [
        TermWithHistory(row, [] if sent_only else list(row.changes.all()), [] if sent_only else list(row.reminders.all()))
        for row in shown
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferWithProof:
    """A next step that a breach has opened, with what the platform holds for it."""

    offer: StepOffer
    evidence: Sequence[Evidence]


def next_steps(*, actor: Actor, case_id: UUID) -> tuple[Case, list[OfferWithProof]]:
    """Next steps of a case that can be chosen or were, newest first. For who sees its content; Forbidden for others."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    permissions.require(actor, "case.view_content", case)
    offers = case.step_offers.filter(lapsed_at__isnull=True).select_related(
        "deadline__rule", "deadline__fact", "deadline__obligation__creditor", "obligation__creditor"
    )
    return case, [
        OfferWithProof(offer, evidence.of_term(offer.deadline, _fact(offer.deadline)))
        for offer in offers.order_by("-created_at", "pk")
    ]


def _fact(row: CaseDeadline) -> CaseEvent:
    return row.fact
