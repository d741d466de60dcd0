"""Lists of cases: filters, search, counts, and the few extra rows that a page of a list shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, search_text, selectors
from kenes.cases.models import Case, CaseDeadline, Obligation, Track
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.creditors.models import Creditor
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.values import Iin, PhoneNumber, ValueProblem

NOT_RUNNING: Final = frozenset({*FINAL, CaseStatus.DRAFT})
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "-created_at": ("-created_at", "id"),
    "next_deadline": ("next_due", "id"),
    "urgency": ("urgency", "next_due", "id"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything. `assignee` is me, none or an id."""

    status: Sequence[str] = ()
    creditor: Sequence[UUID] = ()
    assignee: str | None = None
    urgency: Sequence[int] = ()
    created_after: date | None = None
    created_before: date | None = None
    deadline_before: date | None = None
    pressing: bool = False
    query: str = field(default="", repr=False)


def cases(*, actor: Actor, filters: Filters) -> QuerySet[Case]:
    """Visible cases by filters, unordered, with borrower and assignee. Days are Almaty days, both ends included."""
    found = selectors.cases_visible_to(actor).select_related("borrower", "assignee")
    if filters.status:
        found = found.filter(status__in=filters.status)
    if filters.creditor:
        debts = Obligation.objects.filter(case=OuterRef("pk"), creditor_id__in=filters.creditor)
        found = found.filter(Exists(debts))
    if filters.assignee:
        found = found.filter(_assigned_to(actor, filters.assignee))
    if filters.urgency:
        found = found.filter(urgency__in=filters.urgency)
    if filters.created_after:
        found = found.filter(created_at__gte=_begin_of(filters.created_after))
    if filters.created_before:
        found = found.filter(created_at__lt=_begin_of(filters.created_before + timedelta(days=1)))
    if filters.deadline_before:
        found = found.filter(next_due__lte=filters.deadline_before)
    if filters.pressing:
        found = found.filter(_pressing())
    return found.filter(_matches(actor, filters.query)) if filters.query else found


def _assigned_to(actor: Actor, assignee: str) -> Q:
    match assignee:
        case "me":
            return Q(assignee_id=actor.user_id)
        case "none":
            return Q(assignee__isnull=True)
    return Q(assignee_id=UUID(assignee))


def _pressing() -> Q:
    """A term that ends today, or one that the borrower let pass."""
    return Q(next_due=clock.today()) | Q(pk__in=_missed_by_borrower().values("case_id"))


def _missed_by_borrower() -> QuerySet[CaseDeadline]:
    return CaseDeadline.objects.filter(
        bound="borrower", watched=True, met_on__isnull=True, due__lt=clock.today()
    )


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.zone())


def _matches(actor: Actor, query: str) -> Q:
    """ИИН and phone are found only whole, by their hash; all other words stand in the search text in any order."""
    if permissions.sees_metadata_only(actor):
        return Q(number__iexact=query.strip())
    people = _people_with_number(query) if actor.can("case.assign") else []
    if people:
        return Q(borrower_id__in=people)
    needles = search_text.needles(query)
    if not needles:
        return Q(pk__in=[])
    condition = Q()
    for forms in needles:
        any_form = Q()
        for form in forms:
            any_form |= Q(search_text__contains=form)
        condition &= any_form
    return condition


def _people_with_number(query: str) -> list[UUID]:
    try:
        return account_selectors.find_ids(iin=Iin.parse(query))
    except ValueProblem:
        pass
    try:
        return account_selectors.find_ids(phone=PhoneNumber.parse(query))
    except ValueProblem:
        return []


def counts(*, actor: Actor) -> dict[str, object]:
    """Totals for the tabs of the list: by status, mine, without assignee, with a term missed, with one that presses."""
    visible = selectors.cases_visible_to(actor)
    mine = Count("pk", filter=Q(assignee_id=actor.user_id))
    rows = visible.values_list("status").annotate(
        cases=Count("pk"), mine=mine, unassigned=Count("pk", filter=Q(assignee__isnull=True))
    )
    by_status = dict.fromkeys(CaseStatus.values, 0)
    totals = {"mine": 0, "unassigned": 0}
    for status, cases_, mine_, unassigned in rows.order_by():
        by_status[status] = cases_
        if status not in NOT_RUNNING:
            totals["mine"] += mine_
            totals["unassigned"] += unassigned
    running = visible.exclude(status__in=NOT_RUNNING)
    overdue = running.filter(pk__in=_missed_by_borrower().values("case_id")).count()
    pressing = running.filter(_pressing()).count()
    return {"by_status": by_status, **totals, "overdue_deadlines": overdue, "pressing": pressing}


@dataclass(frozen=True, slots=True)
class Row:
    """A case of a list with what is shown beside it."""

    case: Case
    creditors: Sequence[Creditor]
    tracks: Sequence[Track]
    next_deadline: CaseDeadline | None
    missed_deadline: CaseDeadline | None
    masked: bool
    metadata_only: bool


def rows(actor: Actor, page: Iterable[Case]) -> list[Row]:
    """Extra rows of a page in four queries, whatever its size."""
    shown = list(page)
    ids = [case.id for case in shown]
    creditors: dict[UUID, list[Creditor]] = {}
    for debt in (
        Obligation.objects.filter(case_id__in=ids).select_related("creditor").order_by("case_id", "position")
    ):
        creditors.setdefault(debt.case_id, []).append(debt.creditor)
    tracks: dict[UUID, list[Track]] = {}
    for track in Track.objects.filter(case_id__in=ids):
        tracks.setdefault(track.case_id, []).append(track)
    nearest = (
        CaseDeadline.objects.filter(
            case_id__in=ids, met_on__isnull=True, watched=True, due__gte=clock.today()
        )
        .exclude(case__status__in=FINAL)
        .select_related("rule")
        .order_by("case_id", "due", "-critical", F("obligation_id").asc(nulls_last=True))
        .distinct("case_id")
    )
    next_of = {row.case_id: row for row in nearest}
    missed_of = _last_missed(ids)
    only_metadata = permissions.sees_metadata_only(actor)
    return [
        Row(
            case=case,
            creditors=creditors.get(case.id, []),
            tracks=tracks.get(case.id, []),
            next_deadline=next_of.get(case.id),
            missed_deadline=missed_of.get(case.id),
            masked=not permissions.allowed(actor, "case.view_content", case),
            metadata_only=only_metadata and not permissions.is_borrower(actor, case),
        )
        for case in shown
    ]


def _last_missed(ids: Sequence[UUID]) -> dict[UUID, CaseDeadline]:
    """The latest term that the borrower let pass, by case."""
    missed = _missed_by_borrower().filter(case_id__in=ids).select_related("rule")
    return {
        row.case_id: row for row in missed.order_by("case_id", "-due", "-critical", "id").distinct("case_id")
    }
