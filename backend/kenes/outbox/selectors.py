"""What the outbox holds, for health and people who operate it."""

from collections.abc import Collection

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from kenes.foundation import clock
from kenes.outbox.models import OutboxRow


def counts_by_status() -> dict[str, float]:
    """Rows that wait and rows that are dead."""
    rows = (
        OutboxRow.objects.exclude(status=OutboxRow.Status.DONE)
        .values_list("status")
        .annotate(count=Count("id"))
    )
    counts = dict.fromkeys(("pending", "dead"), 0.0)
    counts.update({status: float(count) for status, count in rows})
    return counts


def oldest_due_seconds() -> float:
    """How long the oldest due row has been waiting, in seconds; 0 when none waits."""
    now = clock.now()
    first = (
        OutboxRow.objects.filter(status=OutboxRow.Status.PENDING, available_at__lte=now)
        .order_by("available_at")
        .values_list("available_at", flat=True)
        .first()
    )
    return (now - first).total_seconds() if first else 0.0


def waiting_before(
    handlers: Collection[str], *, keys: Collection[str] = (), prefix: str = ""
) -> dict[str, int]:
    """For effects that wait, named by their keys or the beginning of one key: how many due ones of these handlers come before. One query."""
    now = clock.now()
    due = OutboxRow.objects.filter(
        handler__in=handlers, status=OutboxRow.Status.PENDING, available_at__lte=now, id__lt=OuterRef("id")
    )
    before = due.order_by().values("status").annotate(count=Count("id")).values("count")
    rows = OutboxRow.objects.filter(status=OutboxRow.Status.PENDING)
    rows = rows.filter(key__startswith=prefix) if prefix else rows.filter(key__in=keys)
    counted = rows.annotate(before=Coalesce(Subquery(before, output_field=IntegerField()), 0))
    return dict(counted.values_list("key", "before"))


def due_count(handlers: Collection[str]) -> int:
    """How many effects of these handlers are due and not done."""
    rows = OutboxRow.objects.filter(status=OutboxRow.Status.PENDING, available_at__lte=clock.now())
    return rows.filter(handler__in=handlers).count()
