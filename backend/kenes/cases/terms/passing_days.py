"""What the mere passing of days changes in cases: expired terms and what follows, urgency, reminders, the nearest terms."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kenes.cases.models import NO_DEADLINE, Case, CaseDeadline, CaseStory, StepOffer
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus
from kenes.cases.terms import deadlines, duties, reminders
from kenes.cases.tracks import papers, progress, proposing
from kenes.foundation import clock

CLOCK: Final = deadlines.TIMER
OPEN: Final = tuple(status for status in CaseStatus if status not in {*FINAL, CaseStatus.DRAFT})


def pass_day() -> int:
    """Once a day after midnight in Almaty; may run again, also after days on which it did not. Returns how many cases
    were looked at.

    Terms that are over are noted, the silence of a creditor opens the next step, the route of such cases is proposed
    anew, reminders that have come due go out, and the nearest terms of all cases that slept over one are set.
    """
    looked_at = 0
    for case_id in _touched():
        _look_at(case_id)
        looked_at += 1
    resume_suspended()
    papers.remind_due()
    reminders.remind_due()
    refresh_nearest_terms()
    return looked_at


def resume_suspended() -> int:
    """Cases whose day to go on has come are worked on again; returns how many."""
    due = Case.objects.filter(status=CaseStatus.SUSPENDED, resume_on__lte=clock.today())
    resumed = 0
    for case_id in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            case = due.select_for_update(of=("self",)).filter(pk=case_id).first()
            if case is None:
                continue
            progress.change_status(CLOCK, case, CaseAction.RESUME)
            case.resume_on = None
            progress.save_progress(case)
            resumed += 1
    return resumed


def _touched() -> list[UUID]:
    """Open cases in which an expired term was not dealt with, or a term of the borrower has become urgent."""
    today = clock.today()
    soon = today + timedelta(days=deadlines.routing_data()["limits"]["urgent_window_days"])
    unmet = CaseDeadline.objects.filter(case=OuterRef("pk"), met_on__isnull=True)
    missed = unmet.filter(watched=True, due__lt=today, missed_at__isnull=True)
    pressing = unmet.filter(watched=True, bound="borrower", due__gte=today, due__lt=soon)
    worked_on = Q(status__in=duties.WORKED_ON)
    changed = Case.objects.filter(status__in=OPEN).filter(
        Q(Exists(missed))
        | worked_on & Q(Exists(_breached(unmet)))
        | worked_on & Q(Exists(pressing), urgency__gt=2)
    )
    return list(changed.order_by("pk").values_list("pk", flat=True))


def _breached(unmet: QuerySet[CaseDeadline]) -> QuerySet[CaseDeadline]:
    """Duties of others that are over and have opened no step yet; an older term of a duty that runs anew waits."""
    pairs = reduce(or_, (Q(starts_on=kind, bound=bound) for kind, bound in duties.DUTY_PAIRS))
    offered = StepOffer.objects.filter(deadline=OuterRef("pk"), lapsed_at__isnull=True)
    chosen = StepOffer.objects.filter(deadline=OuterRef("pk")).exclude(chosen="")
    newer = CaseDeadline.objects.filter(
        case=OuterRef("case"), starts_on=OuterRef("starts_on"), bound=OuterRef("bound"), met_on__isnull=True,
        due__gt=OuterRef("due"),
    ).filter(Q(obligation=OuterRef("obligation")) | Q(obligation__isnull=True))  # fmt: skip
    over = unmet.filter(pairs, due__lt=clock.today())
    return over.exclude(Exists(offered)).exclude(Exists(chosen)).exclude(Exists(newer))


@transaction.atomic
def _look_at(case_id: UUID) -> None:
    case = Case.objects.select_for_update().filter(pk=case_id, status__in=OPEN).first()
    if case is None:
        return
    before = _state(case)
    noted = [duties.note_expiry(CLOCK, case, row) for row in duties.expired(case)]
    if case.status in duties.WORKED_ON and CaseStory.objects.filter(case=case).exists():
        proposing.reroute(case)
    if any(noted) or _state(case) != before:
        progress.save_progress(case)


def _state(case: Case) -> tuple[object, ...]:
    return case.urgency, case.next_due, case.tracks.count()


def refresh_nearest_terms() -> int:
    """Set the nearest unmet term of every case whose stored one has passed; one statement. Returns the number."""
    today = clock.today()
    unmet = CaseDeadline.objects.filter(
        case=OuterRef("pk"), met_on__isnull=True, watched=True, due__gte=today
    )
    nearest = unmet.order_by("due").values("due")[:1]
    return (
        Case.objects.filter(next_due__lt=today)
        .exclude(status__in=FINAL)
        .update(next_due=Coalesce(Subquery(nearest), Value(NO_DEADLINE)))
    )
