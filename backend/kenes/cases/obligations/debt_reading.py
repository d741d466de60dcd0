"""Debts of a case as they are read: splits with their history, schedules with their payments. A constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet, Sum

from kenes.cases import permissions, selectors
from kenes.cases.errors.debts import ScheduleNotFound
from kenes.cases.models import (
    Case,
    DebtSource,
    DebtSplit,
    Obligation,
    PaymentSchedule,
    ScheduleKind,
    ScheduleRow,
    Track,
)
from kenes.cases.obligations import debt_access, debt_services
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.law import rates as law_rates


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule with its rows; rows of superseded ones are read on their own page only."""

    schedule: PaymentSchedule
    rows: list[ScheduleRow]
    payments: int
    total_tiyn: int
    first_due: date | None
    last_due: date | None

    @property
    def is_live(self) -> bool:
        return self.schedule.superseded_at is None


@dataclass(frozen=True, slots=True)
class DebtView:
    """One debt with everything about it. `splits` newest first; the first one not superseded is what the debt shows."""

    case: Case
    debt: Obligation
    splits: list[DebtSplit]
    schedules: list[ScheduleView]
    actions: list[str]

    @property
    def current(self) -> DebtSplit:
        return next(split for split in self.splits if split.superseded_at is None)

    def live(self, kind: str) -> ScheduleView | None:
        """The schedule of a kind that holds now."""
        return next((view for view in self.schedules if view.is_live and view.schedule.kind == kind), None)


@dataclass(frozen=True, slots=True)
class LawFigures:
    """Rates and figures of the budget law, read once for a page."""

    rates: law_rates.Rates
    indices: Mapping[str, list[tuple[date, int]]] = field(default_factory=dict)

    def index(self, code: str, on: date) -> int | None:
        return law_rates.index_on(self.indices, code, on)


def law_figures() -> LawFigures:
    """Two small queries."""
    return LawFigures(law_rates.all_rates(), law_rates.index_history())


def debts_of(*, actor: Actor, case_id: UUID) -> tuple[Case, list[DebtView]]:
    """A case and those of its debts that the reader sees. CaseNotFound; Forbidden for who sees only that the case exists."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    rows = list(case.obligations.select_related("creditor").order_by("position"))
    return case, _views(actor, case, permissions.shown_debts(actor, case, rows))


def debt_of(*, actor: Actor, obligation_id: UUID) -> DebtView:
    """One debt that the reader sees. DebtNotFound, Forbidden."""
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id)
    return _views(actor, case, [debt])[0]


def _views(actor: Actor, case: Case, debts: list[Obligation]) -> list[DebtView]:
    ids = [debt.pk for debt in debts]
    case._prefetched_objects_cache = {"tracks": Track.objects.filter(case=case)}  # type: ignore[attr-defined]
    splits: dict[UUID, list[DebtSplit]] = {}
    for split in DebtSplit.objects.filter(obligation_id__in=ids).order_by("-as_of", "-given_at"):
        splits.setdefault(split.obligation_id, []).append(split)
    schedules: dict[UUID, list[ScheduleView]] = {}
    for view in _schedules(PaymentSchedule.objects.filter(obligation_id__in=ids)):
        schedules.setdefault(view.schedule.obligation_id, []).append(view)
    return [
        DebtView(
            case, debt, splits.get(debt.pk) or [first_split(case, debt)], schedules.get(debt.pk, []),
            debt_access.actions(actor, case, debt),
        )
        for debt in debts
    ]  # fmt: skip


def first_split(case: Case, debt: Obligation) -> DebtSplit:
    """What was told at submission, while nobody has told anything since; not stored."""
    return DebtSplit(
        obligation=debt, as_of=debt_services.first_day(case), source=DebtSource.BORROWER,
        given_at=case.submitted_at or case.created_at, **{name: getattr(debt, name) for name in debt_services.SUMS},
    )  # fmt: skip


def _schedules(found: "QuerySet[PaymentSchedule]") -> list[ScheduleView]:
    """Two queries: schedules with their totals, and the rows of those that hold."""
    counted = found.annotate(
        payments=Count("rows"), total=Sum("rows__total_tiyn"), first=Min("rows__due"), last=Max("rows__due")
    )
    views = [
        ScheduleView(row, [], row.payments, row.total or 0, row.first, row.last)
        for row in counted.order_by("-given_at", "pk")
    ]
    live = {view.schedule.pk: view for view in views if view.is_live}
    for row in ScheduleRow.objects.filter(schedule_id__in=live).order_by("schedule_id", "number"):
        live[row.schedule_id].rows.append(row)
    return views


def schedule_of(*, actor: Actor, obligation_id: UUID, kind: str) -> tuple[DebtView, ScheduleView]:
    """The schedule of a kind that holds now, with its rows. DebtNotFound, ScheduleNotFound, Forbidden."""
    view = debt_of(actor=actor, obligation_id=obligation_id)
    found = view.live(kind)
    if found is None:
        raise ScheduleNotFound
    return view, found


def row_state(row: ScheduleRow, kind: str, late_since: date | None) -> str:
    """confirmed, paid (marked), part (less than asked), missed, due_today, late or ahead; an offer is only ahead.

    Of a contract nobody marks what was paid before the delay: unmarked payments due before `late_since` are assumed.
    """
    today = clock.today()
    if kind == ScheduleKind.OFFERED:
        return "ahead"
    if row.confirmed_on is not None:
        return "confirmed" if (row.confirmed_tiyn or 0) >= row.total_tiyn else "part"
    if row.paid_on is not None:
        return "paid" if (row.paid_tiyn or 0) >= row.total_tiyn else "part"
    if row.missed_on is not None:
        return "missed"
    if kind == ScheduleKind.CONTRACT and row.due < (late_since or today):
        return "assumed"
    if row.due == today:
        return "due_today"
    return "late" if row.due < today else "ahead"


def next_payment(view: ScheduleView, late_since: date | None = None) -> ScheduleRow | None:
    """The first row that is neither marked nor confirmed, nor assumed to be paid."""
    kind = view.schedule.kind
    waiting = ("late", "missed", "due_today", "ahead")
    return next((row for row in view.rows if row_state(row, kind, late_since) in waiting), None)
