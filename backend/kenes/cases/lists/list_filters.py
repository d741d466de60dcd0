"""Conditions of a list of cases beyond its first ones: procedures, stage of the next term, sums, source, days, what is new.

Each takes the filters and gives what narrows the list, or None. A case seen only by letters is never narrowed by these: the
answer would tell what the letters do not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models import Case as Choice

from kenes.cases.models import NO_DEADLINE, CaseDeadline, CaseSeen, CaseTag, Track
from kenes.cases.states.case import FINAL
from kenes.foundation import clock
from kenes.foundation.actor import Actor

_OVER: Final = sorted(FINAL)
# Stages of the next term, the nearest first. `overdue`: the borrower let a term pass.
STAGES: Final = ("overdue", "today", "in3", "in7", "later", "none")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything. `assignee` is me, none or an id. Sums are in tiyn.

    `term` are stages of the next term, of which one must fit; `column` is one column of the board by terms, where every case
    stands in one column only.
    """

    status: tuple[str, ...] = ()
    creditor: tuple[UUID, ...] = ()
    assignee: str | None = None
    urgency: tuple[int, ...] = ()
    created_after: date | None = None
    created_before: date | None = None
    deadline_before: date | None = None
    pressing: bool = False
    track_kind: tuple[str, ...] = ()
    track_state: tuple[str, ...] = ()
    term: tuple[str, ...] = ()
    column: str | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    submitted_after: date | None = None
    submitted_before: date | None = None
    unread: bool = False
    queue: tuple[UUID, ...] = ()
    tag: tuple[UUID, ...] = ()
    query: str = field(default="", repr=False)


def begin_of(day: date) -> datetime:
    """The first moment of an Almaty day."""
    return datetime.combine(day, time.min, tzinfo=clock.zone())


def missed_by_borrower() -> QuerySet[CaseDeadline]:
    """Terms that the borrower let pass."""
    return CaseDeadline.objects.filter(
        bound="borrower", watched=True, met_on__isnull=True, due__lt=clock.today()
    )


def _missed() -> Q:
    """Cases with such a term. Written as a choice, PostgreSQL reads these terms once and walks the list beside them; as a
    plain condition it looks for a term in every case it passes, and the newest have none.
    """
    missed = When(pk__in=missed_by_borrower().values("case_id"), then=Value(True))
    return Q(Choice(missed, default=Value(False), output_field=BooleanField()))


def pressing() -> Q:
    """A term that ends today, or one that the borrower let pass."""
    return Q(next_due=clock.today()) | _missed()


def _ahead(stage: str) -> Q:
    """Cases whose next term is in this stage, whatever was missed before. Stored terms never lie behind for long."""
    today = clock.today()
    match stage:
        case "today":
            return Q(next_due=today)
        case "in3":
            return Q(next_due__gt=today, next_due__lte=today + timedelta(days=3))
        case "in7":
            return Q(next_due__gt=today + timedelta(days=3), next_due__lte=today + timedelta(days=7))
        case "later":
            return Q(next_due__gt=today + timedelta(days=7), next_due__lt=NO_DEADLINE)
    return Q(next_due=NO_DEADLINE)


def by_term(stages: Iterable[str]) -> Q:
    """One of these stages fits. The terms of a case that is over wait for nobody."""
    found = Q()
    for stage in stages:
        found |= _of_running(stage, _missed() if stage == "overdue" else _ahead(stage))
    return found


def _of_running(stage: str, found: Q) -> Q:
    """The condition of a stage for cases that run; those that are over have none."""
    over = Q(status__in=_OVER)
    return found | over if stage == "none" else found & ~over


def in_column(stage: str) -> Q:
    """One column of the board: a near term comes before a missed one, a missed one before a far one."""
    near = Q(next_due__gte=clock.today(), next_due__lte=clock.today() + timedelta(days=7))
    if stage == "overdue":
        return _of_running(stage, _missed() & ~near)
    if stage in {"later", "none"}:
        return _of_running(stage, _ahead(stage) & ~_missed())
    return _of_running(stage, _ahead(stage))


def stage_column() -> Any:
    """The column of each case as an expression, to count by."""
    return Choice(
        *(When(in_column(stage), then=Value(stage)) for stage in ("today", "in3", "in7", "overdue", "later")),
        default=Value("none"),
        output_field=CharField(),
    )


def unread_of(actor: Actor) -> Q:
    """Something happened in the case since the actor last had it open."""
    if actor.user_id is None:
        return Q(pk__in=[])
    seen = CaseSeen.objects.filter(
        case=OuterRef("pk"), user_id=actor.user_id, seen_at__gte=OuterRef("activity_at")
    )
    return Q(activity_at__isnull=False) & ~Q(Exists(seen))


def _tracks(filters: Filters) -> Q | None:
    if not (filters.track_kind or filters.track_state):
        return None
    tracks = Track.objects.filter(case=OuterRef("pk"))
    if filters.track_kind:
        tracks = tracks.filter(kind__in=filters.track_kind)
    if filters.track_state:
        tracks = tracks.filter(state__in=filters.track_state)
    return Q(Exists(tracks))


def _sums(filters: Filters) -> Q | None:
    found = Q()
    if filters.amount_from is not None:
        found &= Q(total_tiyn__gte=filters.amount_from)
    if filters.amount_to is not None:
        found &= Q(total_tiyn__lte=filters.amount_to)
    return found or None


def _days(filters: Filters) -> Q | None:
    found = Q()
    if filters.submitted_after:
        found &= Q(submitted_at__gte=begin_of(filters.submitted_after))
    if filters.submitted_before:
        found &= Q(submitted_at__lt=begin_of(filters.submitted_before + timedelta(days=1)))
    return found or None


_PLAIN: Final[tuple[Callable[[Filters], Q | None], ...]] = (
    _tracks,
    _sums,
    _days,
    lambda filters: by_term(filters.term) if filters.term else None,
    lambda filters: in_column(filters.column) if filters.column else None,
    lambda filters: Q(language__in=filters.language) if filters.language else None,
    lambda filters: Q(source__in=filters.source) if filters.source else None,
    lambda filters: Q(urgency__in=filters.urgency) if filters.urgency else None,
    lambda filters: Q(next_due__lte=filters.deadline_before) if filters.deadline_before else None,
    lambda filters: pressing() if filters.pressing else None,
)


def conditions(actor: Actor, filters: Filters) -> list[Q]:
    """Everything here that narrows; nothing of it may be asked about cases seen by letters alone."""
    found = [made for make in _PLAIN if (made := make(filters)) is not None]
    if filters.unread:
        found.append(unread_of(actor))
    if filters.queue or filters.tag:
        found.append(_of_the_team(actor, filters))
    return found


def _of_the_team(actor: Actor, filters: Filters) -> Q:
    """Queues and tags are words of staff among themselves: nobody else finds anything by them."""
    if not actor.can("staff.area"):
        return Q(pk__in=[])
    found = Q()
    if filters.queue:
        found &= Q(queue_id__in=filters.queue)
    if filters.tag:
        found &= Q(Exists(CaseTag.objects.filter(case=OuterRef("pk"), tag_id__in=filters.tag)))
    return found
