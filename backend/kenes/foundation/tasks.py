"""Timers of the foundation."""

from datetime import timedelta

from celery import shared_task
from django.core.cache import cache

from kenes.foundation import clock, health
from kenes.foundation.models import IdempotencyRecord

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_SECONDS = 90
KEEP_ANSWERS = timedelta(days=2)


@shared_task(name="foundation.heartbeat", ignore_result=True)
def heartbeat() -> None:
    """Sent by beat, run by a worker: proves that both work."""
    cache.set(HEARTBEAT_KEY, clock.now().isoformat(), HEARTBEAT_SECONDS)


def check_worker() -> None:
    if cache.get(HEARTBEAT_KEY) is None:
        raise RuntimeError("no worker has reported")


@shared_task(name="foundation.remove_old_answers", ignore_result=True)
def remove_old_answers() -> None:
    IdempotencyRecord.objects.filter(created_at__lt=clock.now() - KEEP_ANSWERS).delete()


health.register("worker", check_worker)
