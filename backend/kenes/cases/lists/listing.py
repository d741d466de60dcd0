"""Lists of cases: filters, search, counts, and the few extra rows that a page of a list shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import and_
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from kenes.cases import permissions, selectors
from kenes.cases.answers import sharing
from kenes.cases.collaboration import tags
from kenes.cases.lists import list_filters, unread
from kenes.cases.lists.list_filters import Filters
from kenes.cases.models import Case, CaseDeadline, Obligation, Tag, Track
from kenes.cases.search import query as search_query
from kenes.cases.search.query import Understood
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.creditors.models import Creditor
from kenes.foundation import clock
from kenes.foundation.actor import Actor

# An exact number of all cases would cost a walk over them at each look at a list.
COUNTED_TO: Final = 1000
NOT_RUNNING: Final = frozenset({*FINAL, CaseStatus.DRAFT})
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "-created_at": ("-created_at", "id"),
    "created_at": ("created_at", "-id"),
    "next_deadline": ("next_due", "id"),
    "urgency": ("urgency", "next_due", "id"),
    "-amount": ("-total_tiyn", "id"),
    "amount": ("total_tiyn", "-id"),
    "-updated_at": ("-updated_at", "id"),
    "updated_at": ("updated_at", "-id"),
    "-number": ("-number_order", "id"),
    "number": ("number_order", "-id"),
}


def cases(*, actor: Actor, filters: Filters, understood: Understood | None = None) -> QuerySet[Case]:
    """Visible cases by filters, unordered. Days are Almaty days, both ends included.

    `understood` is how the words of the filters were taken, when the caller has asked already.
    A case seen only by letters is found by what those letters say and by nothing else of it: who can ask whether a case
    has another lender, a missed term or a manager would read it off the answer.
    """
    found = selectors.cases_visible_to(actor)
    if filters.status:
        found = found.filter(status__in=filters.status)
    if filters.created_after:
        found = found.filter(created_at__gte=list_filters.begin_of(filters.created_after))
    if filters.created_before:
        found = found.filter(created_at__lt=list_filters.begin_of(filters.created_before + timedelta(days=1)))
    if filters.query and understood is None:
        understood = search_query.understand(actor, filters.query)
    narrowed = _narrowed(actor, filters, understood)
    if narrowed is None:
        return found
    if selectors.sees_letters(actor):
        by_letters = _narrowed_by_letters(actor, filters, understood)
        narrowed = selectors.seen_beyond_letters(actor) & narrowed | by_letters
    return found.filter(narrowed)


def _narrowed(actor: Actor, filters: Filters, understood: Understood | None) -> Q | None:
    """The filters that look into a case; None when none is set."""
    conditions = list_filters.conditions(actor, filters)
    if filters.creditor:
        debts = Obligation.objects.filter(case=OuterRef("pk"), creditor_id__in=filters.creditor)
        conditions.append(Q(Exists(debts)))
    if filters.assignee:
        conditions.append(_assigned_to(actor, filters.assignee))
    if understood is not None:
        conditions.append(understood.condition)
    return reduce(and_, conditions) if conditions else None


def _narrowed_by_letters(actor: Actor, filters: Filters, understood: Understood | None) -> Q:
    """The same for what letters let the actor see."""
    if filters.assignee or list_filters.conditions(actor, filters):
        return selectors.NOTHING
    shares = sharing.shares_for(actor).filter(case=OuterRef("pk"))
    if filters.creditor:
        shares = shares.filter(creditor_id__in=filters.creditor)
    sent = Q(Exists(shares))
    return sent if understood is None else sent & search_query.by_letters(actor, understood)


def order(actor: Actor, sort: str) -> tuple[str, ...]:
    """Columns to sort by, see `order_name`."""
    return SORTS[order_name(actor, sort)]


def order_name(actor: Actor, sort: str) -> str:
    """What the actor's list is really sorted by. Who sees cases by letters gets the newest first: terms and urgency are
    about all the debts.
    """
    return "-created_at" if selectors.sees_letters(actor) else sort


def ordered(found: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """The list with the made columns that its order needs; numbers are missing in drafts."""
    if sort not in {"number", "-number"}:
        return found
    return found.annotate(number_order=Coalesce("number", Value("")))


def with_people(picked: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """These cases with borrower, assignee and queue. Rows of a page only: joined to all that is sorted they cost the most."""
    return ordered(Case.objects.filter(pk__in=picked).select_related("borrower", "assignee", "queue"), sort)


def _assigned_to(actor: Actor, assignee: str) -> Q:
    match assignee:
        case "me":
            return Q(assignee_id=actor.user_id)
        case "none":
            return Q(assignee__isnull=True)
    return Q(assignee_id=UUID(assignee))


def counts(*, actor: Actor) -> dict[str, object]:
    """For the tabs of the list: by status, mine, without assignee, with a term missed, with one that presses.

    No number goes beyond `COUNTED_TO`, so that the tabs cost the same however many cases there are. One query.
    """
    visible = selectors.cases_visible_to(actor)
    running = visible.exclude(status__in=NOT_RUNNING)
    known = running
    if selectors.sees_letters(actor):
        # Of cases seen by letters alone nobody learns their terms, nor whether they have a manager.
        known = running.filter(selectors.seen_beyond_letters(actor))
    missed = list_filters.missed_by_borrower().values("case_id")
    behind = {
        "mine": running.filter(assignee_id=actor.user_id),
        "unassigned": known.filter(assignee__isnull=True),
        "overdue_deadlines": known.filter(pk__in=missed),
        "pressing": known.filter(list_filters.pressing()),
    }
    found = _counted(behind | {status: visible.filter(status=status) for status in CaseStatus.values})
    by_status = {status: found.get(status, 0) for status in CaseStatus.values}
    return {"by_status": by_status, **{tab: found.get(tab, 0) for tab in behind}, "counted_to": COUNTED_TO}


def _counted(behind: dict[str, QuerySet[Case]]) -> dict[str, int]:
    """How many cases stand behind each name, up to `COUNTED_TO`; names without cases are absent."""
    each = [
        Case.objects.filter(pk__in=found.order_by().values("pk")[:COUNTED_TO])
        .order_by()
        .values_list(Value(name))
        .annotate(cases=Count("pk"))
        for name, found in behind.items()
    ]
    return dict(each[0].union(*each[1:], all=True))


def masked_among(actor: Actor, cases: Sequence[Case]) -> frozenset[UUID]:
    """Which of these cases the actor sees with the name masked; notes on them what he is in them."""
    selectors.load_reader(actor, cases)
    return frozenset(
        case.pk
        for case in cases
        if not permissions.allowed(actor, "case.view_content", case)
        and not permissions.sees_sent_only(actor, case)
    )


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
    sent_only: bool
    total_tiyn: int
    unread: bool = False
    tags: Sequence[Tag] = ()
    # The reader is the borrower himself.
    own: bool = False


def rows(actor: Actor, page: Iterable[Case]) -> list[Row]:
    """Extra rows of a page in six queries, whatever its size; two more for specialists and people of creditors."""
    shown = list(page)
    ids = [case.id for case in shown]
    selectors.load_reader(actor, shown)
    debts: dict[UUID, list[Obligation]] = {}
    for debt in (
        Obligation.objects.filter(case_id__in=ids).select_related("creditor").order_by("case_id", "position")
    ):
        debts.setdefault(debt.case_id, []).append(debt)
    tracks: dict[UUID, list[Track]] = {}
    for track in Track.objects.filter(case_id__in=ids):
        tracks.setdefault(track.case_id, []).append(track)
    next_of, missed_of = _nearest(ids), _last_missed(ids)
    news = unread.news_among(actor, shown)
    tags_of = tags.tags_of(ids) if actor.can("staff.area") else {}
    only_metadata = permissions.sees_metadata_only(actor)
    made = []
    for case in shown:
        sent_only = permissions.sees_sent_only(actor, case)
        content = permissions.allowed(actor, "case.view_content", case)
        own = permissions.shown_debts(actor, case, debts.get(case.id, []))
        made.append(
            Row(
                case=case,
                creditors=[debt.creditor for debt in own],
                tracks=permissions.shown_tracks(actor, case, tracks.get(case.id, [])),
                # The nearest term of all debts may be another creditor's; the page of the case shows the own ones.
                next_deadline=None if sent_only else next_of.get(case.id),
                missed_deadline=None if sent_only else missed_of.get(case.id),
                masked=not content and not sent_only,
                metadata_only=only_metadata and not content,
                sent_only=sent_only,
                total_tiyn=sum(debt.total_tiyn for debt in own) if sent_only else case.total_tiyn,
                unread=case.pk in news and not sent_only,
                tags=() if sent_only else tags_of.get(case.pk, ()),
                own=permissions.is_borrower(actor, case),
            )
        )
    return made


def _nearest(ids: Sequence[UUID]) -> dict[UUID, CaseDeadline]:
    """The nearest term of each running case."""
    nearest = (
        CaseDeadline.objects.filter(
            case_id__in=ids, met_on__isnull=True, watched=True, due__gte=clock.today()
        )
        .exclude(case__status__in=FINAL)
        .select_related("rule")
        .order_by("case_id", "due", "-critical", F("obligation_id").asc(nulls_last=True))
        .distinct("case_id")
    )
    return {row.case_id: row for row in nearest}


def _last_missed(ids: Sequence[UUID]) -> dict[UUID, CaseDeadline]:
    """The latest term that the borrower let pass, by case."""
    missed = list_filters.missed_by_borrower().filter(case_id__in=ids).select_related("rule")
    return {
        row.case_id: row for row in missed.order_by("case_id", "-due", "-critical", "id").distinct("case_id")
    }
