"""Terms of open cases counted anew after a change of law: in batches by the outbox, case by case, each locked.

A pass that was interrupted goes on after the last finished case; a case looked at twice is changed once.
"""

import time
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kenes.cases.models import Case, CaseDeadline, ChangeCause, DeadlineChange, TermRecount
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.terms import term_changes, what_if
from kenes.cases.terms.what_if import Impact, Move, Running
from kenes.cases.tracks import progress
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor
from kenes.law.book import LawBook, open_book
from kenes.law.errors import DateOutsideCalendar
from kenes.law.models import ChangeKind, LawChange
from kenes.outbox import services as outbox

log = logs.get(__name__)
RECOUNT: Final = SystemActor("law-recount")
HANDLER: Final = "cases.recount_terms"
BATCH: Final = 100
BATCH_SECONDS: Final = 20.0


@transaction.atomic
def start(law_change_id: UUID) -> TermRecount:
    """Begin the pass for a change that was switched on; a second call gives the first pass back."""
    change = LawChange.objects.get(pk=law_change_id)
    total = what_if.affected(change).values("case_id").distinct().count()
    run, made = TermRecount.objects.get_or_create(
        law_change_id=law_change_id,
        defaults={
            "total": total, "started_at": clock.now(), "finished_at": None if total else clock.now(),
        },
    )  # fmt: skip
    if made and total:
        _enqueue(run)
    return run


def _enqueue(run: TermRecount) -> None:
    outbox.enqueue(HANDLER, {"recount_id": str(run.pk)}, key=f"{HANDLER}:{run.pk}:{run.cursor}")


def go_on(recount_id: UUID) -> bool:
    """Count the terms of the next cases anew and ask for the batch after it; True when the pass is finished."""
    run = TermRecount.objects.filter(pk=recount_id, finished_at__isnull=True).first()
    if run is None:
        return True
    change = LawChange.objects.get(pk=run.law_change_id)
    book = open_book(clock.today(), [change.rule_key] if change.rule_key else None)
    waiting = what_if.affected(change).values_list("case_id", flat=True)
    if run.cursor is not None:
        waiting = waiting.filter(case_id__gt=run.cursor)
    started = time.monotonic()
    page = list(waiting.order_by("case_id").distinct()[: BATCH + 1])
    for case_id in page[:BATCH]:
        _count_case(run, change, book, case_id)
        if time.monotonic() - started > BATCH_SECONDS:
            break
    return _finish_batch(run, over=len(page) <= BATCH and run.cursor == page[-1] if page else True)


def _count_case(run: TermRecount, change: LawChange, book: LawBook, case_id: UUID) -> None:
    try:
        run.moved += recount_case(change, book, case_id)
    except DateOutsideCalendar:
        run.failed += 1
        log.warning("term_not_recounted", case_id=str(case_id), law_change_id=str(change.pk))
    run.done += 1
    run.cursor = case_id


def _finish_batch(run: TermRecount, *, over: bool) -> bool:
    """Keep how far the pass has come. Of two that ran the same batch the one that got further wins."""
    with transaction.atomic():
        stored = TermRecount.objects.select_for_update().get(pk=run.pk)
        further = stored.cursor is None or (run.cursor is not None and run.cursor > stored.cursor)
        if stored.finished_at is not None or not (further or over):
            return stored.finished_at is not None
        run.finished_at = clock.now() if over else None
        run.save(update_fields=["done", "moved", "failed", "cursor", "finished_at"])
        if not over:
            _enqueue(run)
    return over


@transaction.atomic
def recount_case(change: LawChange, book: LawBook, case_id: UUID) -> int:
    """Count the terms of one case that the change touches; returns how many were moved. Idempotent."""
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None or case.status in {*FINAL, CaseStatus.DRAFT}:
        return 0
    count = what_if.counter(change, book)
    cause = ChangeCause.CALENDAR if change.kind == ChangeKind.CALENDAR else ChangeCause.RULE
    moved = 0
    rows = what_if.affected(change).filter(case_id=case_id).select_related("rule").order_by("pk")
    for row in rows:
        computed = count(_running(row, case))
        if computed is None or (computed.due == row.due and computed.rule.pk == row.rule_id):
            continue
        before = row.due
        term_changes.move(row, computed, cause=cause, actor=RECOUNT, law_change_id=change.pk)
        moved += row.due != before
    if moved:
        progress.save_progress(case)
    return moved


def _running(row: CaseDeadline, case: Case) -> Running:
    return Running(
        row.pk, row.case_id, case.number or "", row.rule_id, row.rule_key, row.start, row.due, row.extended_by,
        row.pauses, row.watched, row.bound,
    )  # fmt: skip


def progress_of(law_change_id: UUID) -> TermRecount | None:
    """How far the pass of a change has come; None before it began."""
    return TermRecount.objects.filter(law_change_id=law_change_id).first()


def moves_done_by(change: LawChange) -> Iterator[Move]:
    """Every term that a change has moved, in the order in which they were."""
    rows = DeadlineChange.objects.filter(law_change_id=change.pk).exclude(old_due=F("new_due"))
    for row in rows.select_related("deadline__case").order_by("created_at", "pk").iterator(2000):
        deadline, day = row.deadline, change.switch_on
        yield Move(
            deadline.case_id, deadline.case.number or "", deadline.pk, deadline.rule_key, deadline.bound,
            deadline.start, row.old_due, row.new_due, was_missed=deadline.watched and row.old_due < day,
            will_be_missed=deadline.watched and row.new_due < day,
        )  # fmt: skip


def done_by(change: LawChange, *, shown: int = 200) -> Impact:
    """Totals of what a change has done, and its first moves."""
    run = progress_of(change.pk)
    impact = Impact(on=change.switch_on, checked=run.done if run else 0, uncountable=run.failed if run else 0)
    for move in moves_done_by(change):
        impact.add(move)
        if len(impact.moves) < shown:
            impact.moves.append(move)
    return impact
