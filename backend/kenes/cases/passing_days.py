"""What the mere passing of days changes in cases: silence of creditors, urgency, the nearest term."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kenes.cases import deadlines, progress
from kenes.cases.models import NO_DEADLINE, Case, CaseDeadline, FactSource, Track
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor

CLOCK: Final = SystemActor("deadline-timer")
_RUNNING: Final = (CaseStatus.TRIAGE, CaseStatus.AWAITING_BORROWER, CaseStatus.ACTIVE)
_WITH_CREDITOR: Final = (TrackState.SENT, TrackState.RECEIVED, TrackState.UNDER_REVIEW)


def pass_day() -> int:
    """Once a day after midnight in Almaty; may run again. Returns how many cases were looked at.

    A creditor whose term to answer is over is noted as silent, the route of such cases is proposed anew, and the
    nearest terms of all cases that slept over one are set.
    """
    looked_at = 0
    for case_id in _touched():
        _look_at(case_id)
        looked_at += 1
    refresh_nearest_terms()
    return looked_at


def _touched() -> QuerySet[Case, UUID]:
    """Running cases in which a creditor is silent, or a term of the borrower has become urgent."""
    today = clock.today()
    soon = today + timedelta(days=deadlines.routing_data()["limits"]["urgent_window_days"])
    unmet = CaseDeadline.objects.filter(case=OuterRef("pk"), met_on__isnull=True, watched=True)
    over = unmet.filter(starts_on="APPLICATION_RECEIVED", bound="lender", due__lt=today)
    pressing = unmet.filter(bound="borrower", due__gte=today, due__lt=soon)
    running = Case.objects.filter(status__in=_RUNNING)
    changed = running.filter(Q(Exists(over)) | Q(Exists(pressing), urgency__gt=2))
    return changed.order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _look_at(case_id: UUID) -> None:
    case = Case.objects.select_for_update().filter(pk=case_id, status__in=_RUNNING).first()
    if case is None:
        return
    for track in case.tracks.filter(kind=TrackKind.RESTRUCTURING, state__in=_WITH_CREDITOR).order_by("pk"):
        _note_silence(case, track)
    before = (case.urgency, case.next_due, case.tracks.count())
    progress.reroute(case)
    if (case.urgency, case.next_due, case.tracks.count()) != before:
        progress.save_progress(case)


def _note_silence(case: Case, track: Track) -> None:
    if track.obligation is None:
        return
    waiting = case.deadlines.filter(
        obligation=track.obligation,
        starts_on="APPLICATION_RECEIVED",
        bound="lender",
        met_on__isnull=True,
    )
    last = waiting.order_by("-due").values_list("due", flat=True).first()
    if last is None or last >= clock.today():
        return
    progress.add_fact(
        actor=CLOCK, case=case, kind="NO_REPLY", on=clock.today(), text="", obligation=track.obligation,
        source=FactSource.SYSTEM, track=track,
    )  # fmt: skip


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
