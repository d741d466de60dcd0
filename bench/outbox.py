"""B5: enqueue inside business transactions and handle with an empty handler."""

import time

from django.db import transaction

from bench.measure import Row
from kenes.outbox import registry, services
from kenes.outbox.models import OutboxRow

ENQUEUE_BUDGET, HANDLE_BUDGET, ROWS = 800, 1500, 6000


@registry.handler("bench.nothing")
def nothing(payload: dict[str, object], context: registry.OutboxContext) -> None:
    """The empty handler."""


def rows() -> list[Row]:
    OutboxRow.objects.filter(handler="bench.nothing").delete()
    stamp = time.time_ns()
    started = time.perf_counter()
    for batch in range(ROWS // 20):
        with transaction.atomic():
            for number in range(20):
                services.enqueue(
                    "bench.nothing", {"n": number}, key=f"bench:{stamp}:{batch}:{number}", delay_seconds=0.001
                )
    enqueued = ROWS / (time.perf_counter() - started)
    time.sleep(0.01)
    started = time.perf_counter()
    handled = 0
    while ran := services.run_batch("default"):
        handled += ran
    rate = handled / (time.perf_counter() - started)
    left = OutboxRow.objects.filter(handler="bench.nothing").exclude(status="done").count()
    assert left == 0, f"{left} rows were lost"
    OutboxRow.objects.filter(handler="bench.nothing").delete()
    return [
        Row(
            "outbox: enqueue, 20 a transaction",
            f"{enqueued:.0f}/s",
            f"≥ {ENQUEUE_BUDGET}/s",
            enqueued >= ENQUEUE_BUDGET,
        ),
        Row("outbox: handle, empty handler", f"{rate:.0f}/s", f"≥ {HANDLE_BUDGET}/s", rate >= HANDLE_BUDGET),
    ]
