"""Enqueue effects, take due ones with a lease, run them, mark the result."""

import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from kenes.foundation import clock, logs
from kenes.foundation.providers import Misconfigured, Rejected, Unsupported
from kenes.outbox import registry
from kenes.outbox.models import OutboxRow

log = logs.get(__name__)

RETRY_SECONDS: Final = (2, 5, 20, 60, 300, 1200, 3600)
MAX_ATTEMPTS: Final = len(RETRY_SECONDS) + 1
LEASE: Final = timedelta(seconds=120)
BATCH: Final = 100
BATCH_SECONDS: Final = 2.0


def enqueue(
    handler: str,
    payload: dict[str, Any],
    *,
    key: str,
    ordering_key: str = "",
    delay_seconds: float = 0,
) -> bool:
    """Add an effect to the current transaction; False when `key` is already there. `payload` holds ids and codes only."""
    return bool(
        enqueue_many([(handler, payload, key)], ordering_key=ordering_key, delay_seconds=delay_seconds)
    )


def enqueue_many(
    rows: Sequence[tuple[str, dict[str, Any], str]], *, ordering_key: str = "", delay_seconds: float = 0
) -> int:
    """Add many effects (handler, payload, key) with one statement; returns how many were asked for."""
    now = clock.now()
    lanes: set[str] = set()
    made: list[OutboxRow] = []
    for handler, payload, key in rows:
        entry = registry.find(handler)
        if entry is None:
            raise LookupError(f"no outbox handler named {handler!r}")
        lanes.add(entry.lane)
        made.append(
            OutboxRow(
                handler=handler,
                lane=entry.lane,
                payload=payload,
                key=key,
                ordering_key=ordering_key,
                available_at=now + timedelta(seconds=delay_seconds),
                on_date=clock.demo_date(),
                created_at=now,
            )
        )
    with transaction.atomic():
        OutboxRow.objects.bulk_create(made, ignore_conflicts=True)
    if delay_seconds == 0:
        for lane in lanes:
            transaction.on_commit(partial(_nudge, lane))
    return len(made)


def _nudge(lane: str) -> None:
    """Ask a worker to look now. It may be lost: the timer looks every few seconds anyway."""
    from kenes.outbox import tasks

    try:
        tasks.dispatch.apply_async((lane,), retry=False, expires=60)
    except Exception as problem:
        log.warning("outbox_nudge_lost", problem=type(problem).__name__)


def _due(lane: str | None) -> Any:
    now = clock.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    rows = OutboxRow.objects.filter(free, status=OutboxRow.Status.PENDING, available_at__lte=now)
    earlier = OutboxRow.objects.filter(
        status=OutboxRow.Status.PENDING, ordering_key=OuterRef("ordering_key"), id__lt=OuterRef("id")
    )
    rows = rows.filter(Q(ordering_key="") | ~Exists(earlier))
    return rows.filter(lane=lane) if lane else rows


@transaction.atomic
def claim(lane: str | None = None, limit: int = BATCH) -> list[OutboxRow]:
    """Take due rows with a lease: nobody else runs them until it ends. Counts the attempt."""
    rows = list(_due(lane).order_by("available_at", "id").select_for_update(skip_locked=True)[:limit])
    if not rows:
        return []
    leased_until = clock.now() + LEASE
    ids = [row.pk for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_outboxrow SET leased_until = %s, attempts = attempts + 1 WHERE id = ANY(%s)",
            [leased_until, ids],
        )
    for row in rows:
        row.attempts += 1
        row.leased_until = leased_until
    return rows


def run_batch(lane: str | None = None, limit: int = BATCH) -> int:
    """Claim and run one batch; returns how many rows were run. Rows not reached within two seconds are given back."""
    rows = claim(lane, limit)
    started = time.monotonic()
    done: list[OutboxRow] = []
    for index, row in enumerate(rows):
        if time.monotonic() - started > BATCH_SECONDS and index:
            _finish(done)
            _give_back(rows[index:])
            return index
        if _run(row):
            done.append(row)
    _finish(done)
    return len(rows)


def _run(row: OutboxRow) -> bool:
    """Run the handler; True when it succeeded. A failure is written at once."""
    entry = registry.find(row.handler)
    context = registry.OutboxContext(id=row.token, attempt=row.attempts)
    try:
        if entry is None:
            raise LookupError("handler is not registered")
        with clock.demo_today(row.on_date):
            entry.run(row.payload, context)
    except (Rejected, Unsupported, Misconfigured) as problem:
        _fail(row, problem, final=True)
        return False
    except Exception as problem:
        _fail(row, problem, final=row.attempts >= MAX_ATTEMPTS)
        return False
    return True


def _finish(rows: list[OutboxRow]) -> None:
    if rows:
        ids = [row.pk for row in rows]
        OutboxRow.objects.filter(pk__in=ids, status=OutboxRow.Status.PENDING).update(
            status=OutboxRow.Status.DONE, finished_at=clock.now(), leased_until=None, last_error=""
        )


def _give_back(rows: list[OutboxRow]) -> None:
    """End the lease of rows that were not started; the attempt does not count."""
    ids = [row.pk for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_outboxrow SET leased_until = NULL, attempts = attempts - 1"
            " WHERE id = ANY(%s) AND status = 'pending'",
            [ids],
        )


def _fail(row: OutboxRow, problem: Exception, *, final: bool) -> None:
    reason = f"{type(problem).__name__}: {logs.scrub(str(problem))}"[:300]
    update: dict[str, Any] = {"last_error": reason, "leased_until": None}
    if final:
        update |= {"status": OutboxRow.Status.DEAD, "finished_at": clock.now()}
        log.error("outbox_row_dead", handler=row.handler, outbox_id=str(row.token), reason=reason)
    else:
        base = RETRY_SECONDS[row.attempts - 1]
        wait = base * random.uniform(0.9, 1.2)  # noqa: S311  (spreads retries, no secret)
        update["available_at"] = clock.now() + timedelta(seconds=wait)
        log.warning("outbox_row_failed", handler=row.handler, attempt=row.attempts, reason=reason)
    OutboxRow.objects.filter(pk=row.pk, status=OutboxRow.Status.PENDING).update(**update)


def retry_dead(handler: str | None = None) -> int:
    """Give dead rows a new life (all, or of one handler); returns how many."""
    rows = OutboxRow.objects.filter(status=OutboxRow.Status.DEAD)
    if handler:
        rows = rows.filter(handler=handler)
    return rows.update(
        status=OutboxRow.Status.PENDING, attempts=0, available_at=clock.now(), finished_at=None
    )


def remove_old(before: datetime) -> int:
    """Delete rows done before the moment; how many."""
    return OutboxRow.objects.filter(status=OutboxRow.Status.DONE, finished_at__lt=before).delete()[0]
