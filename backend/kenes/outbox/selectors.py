"""What the outbox holds, for health and people who operate it."""

from django.db.models import Count

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
