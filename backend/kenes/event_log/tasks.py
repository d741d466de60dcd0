"""Timers of the event log."""

from datetime import timedelta

from celery import shared_task

from kenes.event_log import anchoring
from kenes.foundation import clock


@shared_task(name="event_log.anchor_yesterday", ignore_result=True)
def anchor_yesterday() -> None:
    anchoring.anchor(clock.today() - timedelta(days=1))
