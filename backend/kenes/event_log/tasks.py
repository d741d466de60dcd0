"""Timers of the event log."""

from datetime import timedelta

from celery import shared_task

from kenes.event_log import anchoring, stamping
from kenes.foundation import clock


@shared_task(name="event_log.anchor_yesterday", ignore_result=True)
def anchor_yesterday() -> None:
    anchoring.anchor(clock.today() - timedelta(days=1))
    stamping.stamp_pending()


@shared_task(name="event_log.stamp_anchors", ignore_result=True)
def stamp_anchors() -> None:
    """Anchors that got no stamp when they were made, because the service was silent."""
    stamping.stamp_pending()
