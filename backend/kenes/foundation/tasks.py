"""Timers of the foundation."""

from datetime import datetime

from celery import shared_task
from django.core.cache import cache

from kenes.foundation import clock, health, retention
from kenes.foundation.models import IdempotencyRecord

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_SECONDS = 90


@shared_task(name="foundation.heartbeat", ignore_result=True)
def heartbeat() -> None:
    """Sent by beat, run by a worker: proves that both work."""
    cache.set(HEARTBEAT_KEY, clock.now().isoformat(), HEARTBEAT_SECONDS)


def check_worker() -> None:
    if cache.get(HEARTBEAT_KEY) is None:
        raise RuntimeError("no worker has reported")


def remove_old_answers(before: datetime) -> int:
    """Delete answers to keyed requests from before the moment; how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=before).delete()[0]


health.register("worker", check_worker)
retention.register("request_answers", remove_old_answers)
